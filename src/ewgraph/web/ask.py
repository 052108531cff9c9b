"""A stored question with what a person wrote for its parameters, answered over a View as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any, Final
from urllib.parse import urlencode

from ewgraph.access import View
from ewgraph.catalogue import Catalogue, StoredQuery
from ewgraph.errors import ConfigurationError
from ewgraph.model.rdf import Term
from ewgraph.trace import Answer, Part, answered
from ewgraph.trace.questions import as_bound, asked, question_of
from ewgraph.web.keyset import in_order
from ewgraph.web.table import Table


def answer(
    view: View,
    catalogue: Catalogue,
    name: str,
    values: Mapping[str, str],
) -> tuple[Table, Answer[Any]]:
    """The answer to a stored question, in this process and without a deadline: as a table, and as it was found.

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
    if query.closed_by:
        found = asked(view, catalogue, query, bindings)
        return table_of(query, found), found

    def find() -> Part[tuple[Term | None, ...]]:
        solutions = view.select(query, bindings)
        rows = columns_of(query, solutions.variables, solutions.rows).rows
        return Part(rows, 0, len(rows))

    found = answered(as_bound(view, bindings), query, find)
    return _table(query, tuple(column.name for column in query.columns), found.items), found


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
    """The solutions in the columns and the order that the question declares; all of them where it declares none."""
    names = tuple(column.name for column in query.columns) or variables
    missing = set(names) - set(variables)
    if missing:
        raise ConfigurationError(f"the stored query {query.id!r} does not select its columns {sorted(missing)}")
    places = [variables.index(name) for name in names]
    return in_order(query, _table(query, names, [tuple(row[place] for place in places) for row in rows]))


_INSTANTS: Final = frozenset({"validAt", "knownAt"})
CITED: Final = (
    *("Query", "Query-SHA256", "Parameters", "Valid-At", "Known-At", "Graph-Digest", "Graph-Records"),
    *("Ledger-Sequence", "Index-Generation", "Limits-Reached", "Recorded-At", "Result-SHA256", "Cite-As"),
)
"""The names of what there may be to cite."""
COUNTING: Final = frozenset({"Ledger-Sequence", "Index-Generation"})
"""What of it counts all that is handed in."""


def citation(found: Answer[Any], given: Mapping[str, str]) -> dict[str, str]:
    """What to cite for an answer, and which limits it reached, as names and values; only what there is.

    Args:
        found: the answer.
        given: the parameters as they were written; the two instants are cited as they count.
    """
    told = found.provenance
    asked_with = {name: text.strip() for name, text in sorted(given.items()) if text.strip() and name not in _INSTANTS}
    parameters = urlencode(asked_with, safe=":/")
    limits = ", ".join(f"{limit.name}={limit.value}" for limit in found.completeness.limits)
    values = (
        *(told.query, told.query_sha256, parameters or None, told.valid_at.isoformat(), told.known_at.isoformat()),
        *(told.graph_digest, told.records, told.ledger_sequence, told.index_generation, limits or None),
    )
    return {name: str(value) for name, value in zip(CITED, values, strict=False) if value is not None}


def table_of(query: StoredQuery, found: Answer[Any]) -> Table:
    """What was found by following hops, in the columns that the question declares, a row each."""
    names = tuple(column.name for column in query.columns)
    row = question_of(query).row
    rows = [tuple(cells[name] for name in names) for cells in map(row, count(found.start + 1), found)]
    return _table(query, names, rows)


def _table(query: StoredQuery, names: tuple[str, ...], rows: Sequence[tuple[Term | None, ...]]) -> Table:
    return Table(names, rows, tuple(column.kind for column in query.columns))
