"""A stored question with what a person wrote for its parameters, answered over a View as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from ewgraph.access import View
from ewgraph.catalogue import Catalogue, StoredQuery
from ewgraph.errors import ConfigurationError
from ewgraph.model.rdf import IRI, Literal, Term, datetime_literal
from ewgraph.trace import Hop, Touch, Touches, contracts_touching, sites_touched_by
from ewgraph.web.table import Table

_WALKS: Final[Mapping[str, tuple[str, Callable[[View, Catalogue, IRI], Touches]]]] = {
    "contracts-touching": ("site", contracts_touching),
    "sites-touched-by": ("contract", sites_touched_by),
}


def answer(view: View, catalogue: Catalogue, name: str, values: Mapping[str, str]) -> Table:
    """The answer to a stored question, in this process and without a deadline.

    Args:
        view: the reader's view; its instants stand in for `validAt` and `knownAt` where the values have none.
        catalogue: the stored queries.
        name: the question's id.
        values: the parameters as written; an empty text counts as not given.

    Raises:
        NotFoundError: there is no such question.
        InputError: a parameter is unknown, missing or not of its kind.
    """
    query = catalogue[name]
    bindings = bound(view, query, values)
    if query.walk:
        return touch_table(query, walked(view, catalogue, query, bindings))
    solutions = view.select(query, bindings)
    return columns_of(query, solutions.variables, solutions.rows)


def bound(view: View, query: StoredQuery, values: Mapping[str, str]) -> dict[str, Term]:
    """The question's parameters as terms, `validAt` and `knownAt` from the view where they are not given.

    Raises:
        InputError: a parameter is unknown, missing or not of its kind.
    """
    names = {parameter.name for parameter in query.parameters}
    given = {name: text for name, text in values.items() if text.strip()}
    now = {name: term.value for name, term in view.as_of.bindings().items() if name in names}
    return query.bindings(now | given)


def columns_of(query: StoredQuery, variables: tuple[str, ...], rows: list[tuple[Term | None, ...]]) -> Table:
    """The solutions in the columns that the question declares, in its order; all of them where it declares none."""
    names = tuple(column.name for column in query.columns) or variables
    missing = set(names) - set(variables)
    if missing:
        raise ConfigurationError(f"the stored query {query.id!r} does not select its columns {sorted(missing)}")
    places = [variables.index(name) for name in names]
    return Table(names, [tuple(row[place] for place in places) for row in rows])


def walked(view: View, catalogue: Catalogue, query: StoredQuery, bindings: Mapping[str, Term]) -> Touches:
    """The answer to a question whose text defines one hop: what following it finds, strongest first."""
    if query.walk is None or query.walk not in _WALKS:
        raise ConfigurationError(f"the stored query {query.id!r} names an unknown walk {query.walk!r}")
    start, walk = _WALKS[query.walk]
    here = view.at(_day(bindings.get("validAt")), _instant(bindings.get("knownAt")))
    return walk(here, catalogue, IRI(bindings[start].value))


def touch_table(query: StoredQuery, touches: Iterable[Touch]) -> Table:
    """The touches in the columns that the question declares, a row each."""
    cells = [_cells(touch) for touch in touches]
    names = tuple(column.name for column in query.columns)
    return Table(names, [tuple(row[name] for name in names) for row in cells])


def path_text(path: tuple[Hop, ...]) -> str:
    """An evidence path in a line, from the contract on: each hop as `KIND end (claim in record)`, with semicolons."""
    return "; ".join(f"{hop.kind.name} {hop.end.value} ({hop.claim.value} in {hop.record.value})" for hop in path)


def _cells(touch: Touch) -> dict[str, Term]:
    return {
        "contract": touch.contract,
        "site": touch.site,
        "reading": Literal("possible" if touch.possible else "named"),
        "scope": Literal(touch.scope.name),
        "basis": Literal(touch.basis.name),
        "hops": Literal(len(touch.path)),
        "path": Literal(path_text(touch.path)),
        "lastConfirmed": datetime_literal(touch.last_confirmed),
    }


def _day(term: Term | None) -> dt.date | None:
    return dt.date.fromisoformat(term.value) if term else None


def _instant(term: Term | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(term.value) if term else None
