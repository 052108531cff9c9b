"""Who sees what, for staff: as a page, or as JSON."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ewgraph.access import Explainer
from ewgraph.api.linkeddata.labels import Labels
from ewgraph.api.pages import Pages
from ewgraph.errors import InputError
from ewgraph.ledger import Event
from ewgraph.trace.explanation import ASKED, MOST, NOTHING, as_json, explanation, whose
from ewgraph.web.readers import Readers
from ewgraph.web.staff.asked import NO_STORE, wants_html
from ewgraph.web.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ExplanationPage:
    """Answers `/staff/explanation`."""

    workspace: Workspace
    readers: Readers
    pages: Pages

    def answer(self, request: Request) -> Response:
        """The explanation; that it was asked for is noted."""
        by = self.readers.administrator(request)
        given = {name: text.strip() for name, text in request.query_params.items() if name in ASKED and text.strip()}
        explainer = Explainer(self.workspace.gate, self.workspace.release_log)
        found, problem, status = NOTHING, "", 200
        try:
            found = explanation(explainer, self.workspace.catalogue, given)
        except InputError as error:
            if not wants_html(request):
                raise
            problem, status = str(error), 400
        if found != NOTHING:
            self.workspace.audit.note(Event.EXPLAINED, by.by, "staff", **given)
        if not wants_html(request):
            return JSONResponse(as_json(found), headers=NO_STORE)
        labels = Labels(explainer.view)
        context = {"given": given, "found": found, "labels": labels, "problem": problem, "whose": whose, "most": MOST}
        response = self.pages(request, "staff/explanation.html", context, status)
        response.headers.update(NO_STORE)
        return response
