"""The audit log, for staff, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ewgraph.api.pages import Pages
from ewgraph.errors import InputError
from ewgraph.ledger import AuditEntry, Event
from ewgraph.web.readers import Readers
from ewgraph.web.staff.asked import NO_STORE, wants_html
from ewgraph.web.workspace import Workspace

_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Answers `/staff`: what was done, and the way to the other pages."""

    workspace: Workspace
    readers: Readers
    pages: Pages

    def answer(self, request: Request) -> Response:
        """The lines before a number, of one event or of all."""
        self.readers.administrator(request)
        before, event = _number(request.query_params.get("before", "")), _event(request.query_params.get("event", ""))
        lines = self.workspace.audit.entries(before=before, event=event, limit=_PAGE)
        if not wants_html(request):
            return JSONResponse(list(map(_told, lines)), headers=NO_STORE)
        context = {"lines": lines, "events": list(Event), "event": event, "more": len(lines) == _PAGE}
        response = self.pages(request, "staff/audit.html", context)
        response.headers.update(NO_STORE)
        return response


def _number(text: str) -> int | None:
    if text and not (text.isascii() and text.isdigit() and len(text) < 19):
        raise InputError(f"before is the number of a line, not {text[:80]!r}")
    return int(text) if text else None


def _event(text: str) -> Event | None:
    if text and text not in set(Event):
        raise InputError(f"event is one of {', '.join(Event)}, not {text[:80]!r}")
    return Event(text) if text else None


def _told(line: AuditEntry) -> dict[str, object]:
    return {
        "number": line.seq,
        "at": line.at.isoformat(),
        "event": line.event.value,
        "by": line.by,
        "principal": line.principal,
        "details": line.details,
    }
