"""The stored questions that are more than one query: from the values of their parameters to rows of columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from ewgraph.access import View
from ewgraph.catalogue import Catalogue, StoredQuery
from ewgraph.errors import ConfigurationError
from ewgraph.model.changes import Change
from ewgraph.model.conflicts import Conflict
from ewgraph.model.gaps import Gap
from ewgraph.model.hop import EvidencePath, Exposure, Hop, Origin, Touch
from ewgraph.model.instants import instant
from ewgraph.model.leverage import Count, SharedLeverage
from ewgraph.model.rdf import IRI, Literal, Term, date_literal, datetime_literal
from ewgraph.model.risks import Risk
from ewgraph.model.window import Key
from ewgraph.trace.answer import Answer
from ewgraph.trace.changes import by_instant, what_changed
from ewgraph.trace.conflicts import by_kind, conflicts
from ewgraph.trace.definition.walk import key as hop_key
from ewgraph.trace.exposure import by_concerned, exposed_to
from ewgraph.trace.gaps import by_model, disclosure_gaps
from ewgraph.trace.leverage import shared_leverage
from ewgraph.trace.origins import by_mineral, mineral_origins
from ewgraph.trace.paths import HOPS, PATHS, best_paths
from ewgraph.trace.risks import by_category, risk_map
from ewgraph.trace.touching import by_contract, by_site, contracts_touching, sites_touched_by

Bindings: TypeAlias = Mapping[str, Term]
Row: TypeAlias = Mapping[str, Term | None]


@dataclass(frozen=True, slots=True)
class Question:
    """How a stored question is answered.

    Attributes:
        ask: the answer over a view that has the instants already.
        row: an item of the answer, and which one it is from 1 on, by the names of the question's columns.
        key: what the answer is sorted by; no two items have the same.
        shape: a regular expression for the kinds of the key's parts: `i` a whole number, `s` a text.
        looks_beyond: whether it counts over more than its reader sees.
    """

    ask: Callable[[View, Catalogue, Bindings], Answer[Any]]
    row: Callable[[int, Any], Row]
    key: Callable[[Any], Key]
    shape: str
    looks_beyond: bool = False


def question_of(query: StoredQuery) -> Question:
    """How a stored question is answered that is more than one query.

    Raises:
        ConfigurationError: it names no walk or rule that is known.
    """
    try:
        return _QUESTIONS[query.closed_by or ""]
    except KeyError as error:
        raise ConfigurationError(f"the stored query {query.id!r} names an unknown rule {query.closed_by!r}") from error


def asked(view: View, catalogue: Catalogue, query: StoredQuery, bindings: Bindings) -> Answer[Any]:
    """The answer to a stored question as of the instants that are bound, or else those of the view."""
    return question_of(query).ask(as_bound(view, bindings), catalogue, bindings)


def as_bound(view: View, bindings: Bindings) -> View:
    """The view as of the instants that are bound, if they are."""
    return view.at(_day(bindings.get("validAt")), _instant(bindings.get("knownAt")))


def path_text(path: tuple[Hop, ...]) -> str:
    """An evidence path in a line, from its start on: each hop as `KIND end (claim in record)`, with semicolons."""
    return "; ".join(f"{hop.kind.name} {hop.end.value} ({hop.claim.value} in {hop.record.value})" for hop in path)


def _by_path(found: EvidencePath) -> Key:
    """What paths between two nodes are sorted by: as touches are, then hop by hop."""
    return (*found.key(found.end), *chain.from_iterable(map(hop_key, found.path)))


def _by_site(told: SharedLeverage) -> Key:
    return (told.site.value,)


def _touch_row(_: int, touch: Touch) -> Row:
    return {"contract": touch.contract, "site": touch.site, **_path_row(touch)}


def _origin_row(_: int, origin: Origin) -> Row:
    return {"mineral": origin.mineral, "site": origin.site, **_path_row(origin), **_weakest(origin)}


def _ranked_row(place: int, found: EvidencePath) -> Row:
    return {"rank": Literal(place), **_path_row(found), **_weakest(found)}


def _exposure_row(_: int, exposure: Exposure) -> Row:
    return {
        "concerned": Literal(exposure.concerned.value),
        "who": exposure.who,
        "by": exposure.start,
        "site": exposure.end,
        **_path_row(exposure),
    }


def _gap_row(_: int, gap: Gap) -> Row:
    confirmed = gap.known.last_confirmed
    return {
        "model": gap.known.model,
        "tier": gap.known.tier.iri,
        "state": Literal(gap.state.value),
        "sites": Literal(len(gap.known.named)),
        "possibleSites": Literal(len(gap.known.possible)),
        "lastConfirmed": datetime_literal(confirmed) if confirmed else None,
        "completeness": gap.completeness.iri if gap.completeness else None,
        "request": gap.request.iri if gap.request else None,
        "question": Literal(gap.question.value) if gap.question else None,
        "addressee": next(iter(gap.addressees), None),
        "obligation": gap.owed.obligation if gap.owed else None,
        "obligationType": gap.owed.kind if gap.owed else None,
        "dueOn": date_literal(gap.owed.due_on) if gap.owed else None,
        "clauses": next(iter(gap.clauses), None),
    }


def _change_row(_: int, change: Change) -> Row:
    return {
        "at": datetime_literal(change.at) if change.at else None,
        "change": Literal(change.kind.value),
        "what": Literal(change.entry.what),
        "claim": change.entry.claim,
        "record": change.entry.record,
        "about": change.entry.about,
        "by": change.by,
        "replacedBy": change.replaced_by.claim if change.replaced_by else None,
    }


def _conflict_row(_: int, conflict: Conflict) -> Row:
    one, other = conflict.one, conflict.other
    return {
        "kind": Literal(conflict.kind.value.rpartition("/")[2]),
        "about": conflict.about,
        "dimension": conflict.dimension,
        "valueA": Literal(one.text),
        "recordA": one.record,
        "claimA": next(iter(one.claims), None),
        "valueB": Literal(other.text) if other.values else None,
        "recordB": other.record,
        "claimB": next(iter(other.claims), None),
    }


def _risk_row(_: int, risk: Risk) -> Row:
    assessed = risk.assessed
    return {
        "category": risk.category,
        "stage": risk.stage,
        "level": assessed.level if assessed else None,
        "inheritedFrom": assessed.inherited_from if assessed else None,
        "market": assessed.market if assessed else None,
        "originCountry": assessed.origin_country if assessed else None,
        "models": Literal(risk.models),
        "disclosed": Literal(risk.disclosed),
        "partly": Literal(risk.partly),
        "undisclosed": Literal(risk.undisclosed),
        "claim": assessed.claim if assessed else None,
        "record": assessed.record if assessed else None,
    }


def _leverage_row(_: int, told: SharedLeverage) -> Row:
    def numbers(name: str, count: Count | None) -> Row:
        numbered = (count.at_least, count.at_most, count.contracts) if count else (None, None, None)
        columns = (f"{name}AtLeast", f"{name}AtMost", f"{name}Contracts")
        return {
            column: None if number is None else Literal(number)
            for column, number in zip(columns, numbered, strict=True)
        }

    spend = "; ".join(f"{one.currency} from {one.at_least} to below {one.below}" for one in told.spend)
    return {
        "site": told.site,
        **numbers("suspected", told.suspected),
        **numbers("strict", told.strict),
        "spend": Literal(spend) if spend else None,
        "least": Literal(told.least),
    }


def _weakest(found: EvidencePath) -> Row:
    return {"weakestClaim": found.weakest.claim, "weakestRecord": found.weakest.record}


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


def _number(bindings: Bindings, name: str, otherwise: int) -> int:
    return int(bindings[name].value) if name in bindings else otherwise


def _day(term: Term | None) -> dt.date | None:
    return dt.date.fromisoformat(term.value) if term else None


def _instant(term: Term | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(term.value) if term else None


_QUESTIONS: Final[Mapping[str, Question]] = MappingProxyType(
    {
        "contracts-touching": Question(
            lambda view, catalogue, given: contracts_touching(view, catalogue, _node(given, "site")),
            _touch_row,
            by_contract,
            "iiis",
        ),
        "sites-touched-by": Question(
            lambda view, catalogue, given: sites_touched_by(view, catalogue, _node(given, "contract")),
            _touch_row,
            by_site,
            "iiis",
        ),
        "mineral-origins": Question(
            lambda view, catalogue, given: mineral_origins(
                view, catalogue, _node(given, "start"), mineral=_given(given, "mineral")
            ),
            _origin_row,
            by_mineral,
            "siiis",
        ),
        "paths": Question(
            lambda view, catalogue, given: best_paths(
                view,
                catalogue,
                _node(given, "from"),
                _node(given, "to"),
                max_paths=_number(given, "maxPaths", PATHS),
                max_hops=_number(given, "maxHops", HOPS),
            ),
            _ranked_row,
            _by_path,
            "iiis(ssss)*",
        ),
        "disclosure-gaps": Question(
            lambda view, catalogue, given: disclosure_gaps(
                view,
                catalogue,
                _node(given, "contract"),
                confirmed_since=_instant(given.get("confirmedSince")),
            ),
            _gap_row,
            by_model,
            "si",
        ),
        "what-changed": Question(
            lambda view, catalogue, given: what_changed(
                view,
                catalogue,
                _node(given, "about"),
                since=instant(given["from"].value),
                until=instant(given["to"].value),
            ),
            _change_row,
            by_instant,
            "s{6}",
        ),
        "conflicts": Question(
            lambda view, catalogue, given: conflicts(
                view, catalogue, _node(given, "about"), days=_number(given, "window", 0)
            ),
            _conflict_row,
            by_kind,
            "is{5}",
        ),
        "risk-map": Question(
            lambda view, catalogue, given: risk_map(
                view,
                catalogue,
                _node(given, "affiliate"),
                confirmed_since=_instant(given.get("confirmedSince")),
            ),
            _risk_row,
            by_category,
            "sss",
        ),
        "shared-leverage": Question(
            lambda view, catalogue, given: shared_leverage(view, catalogue, _node(given, "site")),
            _leverage_row,
            _by_site,
            "s",
            looks_beyond=True,
        ),
        "exposed-to": Question(
            lambda view, catalogue, given: exposed_to(view, catalogue, _node(given, "finding")),
            _exposure_row,
            by_concerned,
            "iiiis",
        ),
    }
)
