"""Finds the answer to a stored question: as it is now, or as it was when somebody cited it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from ewgraph.access import View
from ewgraph.api.askers import asker_of, while_connected
from ewgraph.catalogue import Catalogue, StoredQuery
from ewgraph.errors import ConfigurationError, ConflictError, NotFoundError
from ewgraph.graph.oxigraph import GraphStore, begun_at, solutions_of
from ewgraph.graph.past import Moment
from ewgraph.graph.workers import FreeQuery, QueryPool
from ewgraph.ledger import ServedTexts
from ewgraph.model.rdf import Term
from ewgraph.trace import Answer, cited
from ewgraph.trace import Part as Found
from ewgraph.trace.questions import as_bound, asked, question_of
from ewgraph.web.ask import bound, columns_of, table_of
from ewgraph.web.asked import Asked
from ewgraph.web.formats import SOLUTIONS
from ewgraph.web.pasts import Pasts
from ewgraph.web.permalink import Pins, pins_of
from ewgraph.web.table import Table


@dataclass(frozen=True, slots=True)
class Told:
    """An answer.

    Attributes:
        table: all of it.
        found: as it was found.
        pins: what pins it.
        differs: whether it is another than the one that was cited.
    """

    table: Table
    found: Answer[Any]
    pins: Pins
    differs: bool = False


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is asked of whom."""

    request: Request
    catalogue: Catalogue
    query: StoredQuery
    view: View
    bindings: Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers stored questions.

    Attributes:
        catalogue: the questions.
        texts: their texts, and those that were served before.
        pool: answers the questions that are one query; the others are answered here.
        pasts: the graph as it was.
    """

    catalogue: Catalogue
    texts: ServedTexts
    pool: QueryPool
    pasts: Pasts

    def defining(self, name: str, definition: str | None) -> Catalogue:
        """The catalogue in which a question has the text of that SHA-256; None for the present one.

        Raises:
            NotFoundError: there is no such question, or no such text of it was ever served.
            ConflictError: the text is one that this release cannot ask any more.
        """
        query = self.catalogue[name]
        if definition in {None, query.digest}:
            return self.catalogue
        served = self.texts.of(definition or "")
        if served is None or served.id != name:
            raise NotFoundError(f"no text of {name!r} with the SHA-256 {definition!r} was served here")
        try:
            catalogue = self.catalogue.with_text(name, served.text, served.hop)
            if catalogue[name].closed_by:
                question_of(catalogue[name])
        except ConfigurationError as error:
            raise ConflictError("this release cannot ask that text any more: it follows a rule that is gone") from error
        return catalogue

    async def answer(self, request: Request, wanted: Asked, catalogue: Catalogue, pins: Pins, view: View) -> Told:
        """The answer to what is asked; where it is pinned, as it was, if it can be made again.

        An answer that is the cited one now needs no copy of what the graph was.
        """
        query = wanted.query
        asking = _Asking(request, catalogue, query, view, bound(view, query, wanted.values))
        beyond = query.closed_by is not None and question_of(query).looks_beyond
        if pins.moment is None or pins.result is not None or beyond:
            table, found = await self._present(asking)
            told = Told(table, found, pins_of(found, table, view.now()))
            if pins.moment is None or beyond or table.digest == pins.result:
                return _held(told, pins)
        async with self.pasts.of(view, pins.moment, asker_of(request, view.principal)) as folder:
            if folder is None:
                table, found = await self._present(asking)
            else:
                table, found = await self._past(asking, folder, pins.moment)
        return _held(Told(table, found, pins_of(found, table, view.now())), pins)

    async def _present(self, asking: _Asking) -> tuple[Table, Answer[Any]]:
        if asking.query.closed_by is None:
            return await self._selected(asking)
        own = asking.query is self.catalogue[asking.query.id]
        view = asking.view if own else asking.view.by_definition()
        return await run_in_threadpool(_followed, asking, view)

    async def _past(self, asking: _Asking, folder: Path, moment: Moment) -> tuple[Table, Answer[Any]]:
        """The answer over a copy; what it cites is what there was to cite then."""
        if asking.query.closed_by is None:
            table, found = await self._selected(asking, folder)
        else:

            def follow() -> tuple[Table, Answer[Any]]:
                return _followed(asking, asking.view.by_definition(GraphStore.read_only(folder)))

            table, found = await run_in_threadpool(follow)
        then = replace(
            found.provenance,
            graph_digest=None,
            records=found.provenance.records if moment.records is None else moment.records,
            ledger_sequence=None,
            index_generation=None,
        )
        return table, replace(found, provenance=then)

    async def _selected(self, asking: _Asking, folder: Path | None = None) -> tuple[Table, Answer[Any]]:
        """The answer to a question that is one query."""
        query, view = asking.query, asking.view
        text, given = begun_at(query.text, asking.bindings), dict(asking.bindings)
        free = FreeQuery(text, view.graphs, {"solutions": SOLUTIONS}, bindings=given, own=True)
        asker = asker_of(asking.request, view.principal)
        answer = await while_connected(asking.request, self.pool.run(free, asker, folder))
        table = await run_in_threadpool(_solutions, query, answer.content)
        part = Found(table.rows, 0, len(table))
        return table, cited(as_bound(view, asking.bindings), query, part, view.told(answer.state))


def _held(told: Told, pins: Pins) -> Told:
    """The answer, held against what was cited; the one that was is pinned as it was."""
    if pins.result is not None and pins.result != told.table.digest:
        return replace(told, differs=True)
    return told if pins.moment is None else replace(told, pins=replace(told.pins, moment=pins.moment))


def _followed(asking: _Asking, view: View) -> tuple[Table, Answer[Any]]:
    found = asked(view, asking.catalogue, asking.query, asking.bindings)
    return table_of(asking.query, found), found


def _solutions(query: StoredQuery, content: bytes) -> Table:
    solutions = solutions_of(content)
    if isinstance(solutions, bool):
        raise ConfigurationError(f"the stored query {query.id!r} is no SELECT")
    return columns_of(query, tuple(solutions[0]), solutions[1])
