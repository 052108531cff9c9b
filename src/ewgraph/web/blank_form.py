"""The form to fill in, as a workbook, with what its reader knows of the contract in it already."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from ewgraph.access import Principal
from ewgraph.errors import InputError
from ewgraph.ingest.mapping import load_mapping
from ewgraph.ingest.template import Form, known_of, words_in, write_form
from ewgraph.model.rdf import IRI, Quad, iri
from ewgraph.web.reports import XLSX, attachment, language_of
from ewgraph.web.transfers import NO_STORE
from ewgraph.web.workspace import Workspace

_MAPPING = "factory-disclosure"


class BlankForm:
    """Answers `/disclosures/template`."""

    def __init__(self, workspace: Workspace, kos: Path, holders: Callable[[Request], Principal]) -> None:
        """Take what is known, the code lists, and what tells who asks."""
        self._workspace = workspace
        self._kos = kos
        self._holders = holders

    def answer(self, request: Request) -> Response:
        """The form for the contract of the parameter `contract`, in the language of the reader.

        Raises:
            NotFoundError: there is no such contract, or none that the reader may see.
        """
        holder = self._holders(request)
        named = request.query_params.get("contract", "").strip()
        if not named:
            raise InputError("contract: name the contract by its IRI, as in /disclosures/template?contract=https://…")
        contract, language = iri(named), language_of(request)
        known = known_of(self._workspace.gate.view(holder), self._quads, contract, language)
        form = Form(load_mapping(_MAPPING), words_in(language), self._kos, self._workspace.clock.now().date())
        out = io.BytesIO()
        write_form(known, form, out)
        name = f"disclosure-{contract.value.rstrip('/').rpartition('/')[2]}.xlsx"
        headers = {**NO_STORE, "Content-Disposition": attachment(name), "Content-Language": language}
        return Response(out.getvalue(), media_type=XLSX, headers=headers)

    def _quads(self, record: IRI) -> list[Quad]:
        entry = self._workspace.ledger.entry(record)
        return entry.quads() if entry else []
