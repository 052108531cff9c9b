"""The stored questions that are answered by following hops: from values of parameters to rows of columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from ewgraph.access import View
from ewgraph.catalogue import Catalogue, StoredQuery
from ewgraph.errors import ConfigurationError
from ewgraph.model.hop import EvidencePath, Hop, Origin, Touch
from ewgraph.model.rdf import IRI, Literal, Term, datetime_literal
from ewgraph.trace.answer import Answer
from ewgraph.trace.origins import mineral_origins
from ewgraph.trace.touching import contracts_touching, sites_touched_by

Bindings: TypeAlias = Mapping[str, Term]
Row: TypeAlias = Mapping[str, Term | None]


@dataclass(frozen=True, slots=True)
class Question:
    """How a stored question is answered.

    Attributes:
        ask: the answer over a view that has the instants already.
        row: an item of the answer by the names of the question's columns.
    """

    ask: Callable[[View, Catalogue, Bindings], Answer[Any]]
    row: Callable[[Any], Row]


def question_of(query: StoredQuery) -> Question:
    """How a stored question is answered by following its hops.

    Raises:
        ConfigurationError: it names no such walk.
    """
    try:
        return _QUESTIONS[query.walk or ""]
    except KeyError as error:
        raise ConfigurationError(f"the stored query {query.id!r} names an unknown walk {query.walk!r}") from error


def asked(view: View, catalogue: Catalogue, query: StoredQuery, bindings: Bindings) -> Answer[Any]:
    """The answer to a stored question as of the instants that are bound, or else those of the view."""
    return question_of(query).ask(as_bound(view, bindings), catalogue, bindings)


def as_bound(view: View, bindings: Bindings) -> View:
    """The view as of the instants that are bound, if they are."""
    return view.at(_day(bindings.get("validAt")), _instant(bindings.get("knownAt")))


def path_text(path: tuple[Hop, ...]) -> str:
    """An evidence path in a line, from its start on: each hop as `KIND end (claim in record)`, with semicolons."""
    return "; ".join(f"{hop.kind.name} {hop.end.value} ({hop.claim.value} in {hop.record.value})" for hop in path)


def _touch_row(touch: Touch) -> Row:
    return {"contract": touch.contract, "site": touch.site, **_path_row(touch)}


def _origin_row(origin: Origin) -> Row:
    weakest = {"weakestClaim": origin.weakest.claim, "weakestRecord": origin.weakest.record}
    return {"mineral": origin.mineral, "site": origin.site, **_path_row(origin), **weakest}


def _path_row(found: EvidencePath) -> Row:
    return {
        "reading": Literal(found.reading),
        "scope": Literal(found.scope.name),
        "basis": Literal(found.basis.name),
        "hops": Literal(len(found.path)),
        "path": Literal(path_text(found.path)),
        "lastConfirmed": datetime_literal(found.last_confirmed),
    }


def _node(bindings: Bindings, name: str) -> IRI:
    return IRI(bindings[name].value)


def _given(bindings: Bindings, name: str) -> IRI | None:
    return IRI(bindings[name].value) if name in bindings else None


def _day(term: Term | None) -> dt.date | None:
    return dt.date.fromisoformat(term.value) if term else None


def _instant(term: Term | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(term.value) if term else None


_QUESTIONS: Final[Mapping[str, Question]] = MappingProxyType(
    {
        "contracts-touching": Question(
            lambda view, catalogue, given: contracts_touching(view, catalogue, _node(given, "site")),
            _touch_row,
        ),
        "sites-touched-by": Question(
            lambda view, catalogue, given: sites_touched_by(view, catalogue, _node(given, "contract")),
            _touch_row,
        ),
        "mineral-origins": Question(
            lambda view, catalogue, given: mineral_origins(
                view, catalogue, _node(given, "start"), mineral=_given(given, "mineral")
            ),
            _origin_row,
        ),
    }
)
