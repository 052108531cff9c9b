"""What records say against each other, for staff: kept up with every record while the service runs.

One disclosure says that a site lies in Vietnam, another in China; a revised notice no longer covers a model that was
disclosed. Neither record is wrong by itself, and neither author may know of the other.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ewgraph.access import STAFF_READER, View
from ewgraph.api.negotiation import preferred
from ewgraph.assets import asset
from ewgraph.errors import EwgraphError, FormatError, NotFoundError, UnavailableError
from ewgraph.model import terms
from ewgraph.model.rdf import IRI
from ewgraph.validate.crossing import CrossingRules
from ewgraph.validate.report import Report, Result
from ewgraph.validate.watch import Watch
from ewgraph.web.readers import Readers
from ewgraph.web.workspace import Workspace

_LOGGER: Final = logging.getLogger(__name__)
_FAILED: Final = "checks_failed"
_SETTLED: Final = "checks_settled"
_POLL_SECONDS: Final = 2.0
_JSON: Final = "application/json"
_TURTLE: Final = "text/turtle"


class Checks:
    """Keeps the crossing rules up with the graph, and answers `/checks`."""

    def __init__(self, workspace: Workspace, readers: Readers) -> None:
        self._workspace = workspace
        self._readers = readers
        self._watch = Watch(CrossingRules(asset("shapes")), workspace.store)
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to keep up, in the running event loop."""
        self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """Keep up no longer; an evaluation that has begun is finished."""
        self._stopping.set()
        if self._task is not None:
            await asyncio.wait([self._task])

    async def _follow(self) -> None:
        while not self._stopping.is_set():
            try:
                if await asyncio.to_thread(self._watch.settle):
                    _LOGGER.info(_SETTLED, extra={"results": len(self._watch.results or ())})
            except (EwgraphError, OSError, ValueError):  # what is wrong now may be right later: go on trying
                _LOGGER.exception(_FAILED)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), _POLL_SECONDS)

    async def answer(self, request: Request) -> Response:
        """The results whose claims still stand, as JSON or as a sh:ValidationReport; for staff alone."""
        if self._readers(request) != STAFF_READER:
            raise NotFoundError("there is nothing at this address, or nothing that you may see")
        pending, results = self._watch.pending, self._watch.results
        if results is None:
            raise UnavailableError("the records are being held against each other for the first time. Ask again soon")
        media_type = preferred(request.headers.get("accept"), (_JSON, _TURTLE))
        if media_type is None:
            raise FormatError(f"the checks are written as {_JSON} or {_TURTLE}")
        standing = await run_in_threadpool(standing_results, self._workspace.gate.view(STAFF_READER), results)
        headers = {"Cache-Control": "no-store"}
        if media_type == _TURTLE:
            return Response(Report.of("", standing).to_graph(), media_type=_TURTLE, headers=headers)
        return JSONResponse({"pending": pending, "results": list(map(_told, standing))}, headers=headers)


def standing_results(view: View, results: tuple[Result, ...]) -> list[Result]:
    """Those about claims that are neither revised nor retracted, nor their records, and about what is no claim."""
    ended: dict[IRI, bool] = {}

    def is_ended(node: IRI) -> bool:
        if node not in ended:
            ended[node] = bool(
                view.subjects(terms.PROV.wasRevisionOf, node)
                or view.subjects(terms.retracts, node)
                or any(is_ended(record) for record in view.objects(node, terms.assertedIn) if isinstance(record, IRI))
            )
        return ended[node]

    return [result for result in results if not is_ended(IRI(result.about or result.focus_node))]


def _told(result: Result) -> dict[str, object]:
    return {
        "severity": result.severity.value,
        "message": result.message,
        "messages": dict(result.messages),
        "focusNode": result.focus_node,
        "path": result.path,
        "value": result.value,
        "sourceShape": result.source_shape,
    }
