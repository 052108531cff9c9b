"""What is known of a contract to whom the form is for: its models, what is owed under it, what was said of it before.

The View decides what is known; of what it shows, the author's own records are quoted in the words they were written in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from ewgraph.access import View
from ewgraph.errors import NotFoundError
from ewgraph.ingest.disclosing.standing import standing_records, stands
from ewgraph.ingest.template.said import Said, rows_of
from ewgraph.model import terms
from ewgraph.model.codes import ObligationType, Tier
from ewgraph.model.rdf import IRI, BlankNode, Literal, Quad

Row: TypeAlias = Mapping[str, str]
_DEPTH: Final = 3
"""How deep blank nodes may lie below a node of their own: an address lies one deep."""
_SAME: Final = ("model", "tier", "component", "site", "valid_from", "asked", "sent_on")
_TIERS: Final = tuple(tier.value for tier in Tier)
_TIER_OF: Final = {
    ObligationType.FINAL_ASSEMBLY_SITES.value: Tier.FINAL_ASSEMBLY.value,
    ObligationType.COMPONENT_SITES.value: Tier.STRATEGIC_COMPONENT.value,
}


@dataclass(frozen=True, slots=True)
class Model:
    """A model that the contract covers."""

    iri: IRI
    label: str


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation of the contract.

    Attributes:
        type: the concept of the obligation type.
        due_on: the day, in ISO form.
        answered: whether a record that still stands answers it.
    """

    type: str
    due_on: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the form is filled in with.

    Attributes:
        author: who is to fill in the form.
        buyers: what the buyers are called.
        clauses: what the clause sets of the contract are called.
        owed: ascending by day.
        rows: the rows by column of the mapping; codes as the IRIs of their concepts. First what was said, then what is
            wanted.
    """

    contract: IRI
    label: str
    author: IRI | None
    author_label: str
    buyers: tuple[str, ...]
    clauses: tuple[str, ...]
    models: tuple[Model, ...]
    owed: tuple[Owed, ...]
    rows: tuple[Row, ...]


def known_of(view: View, quads_of: Callable[[IRI], Iterable[Quad]], contract: IRI, language: str = "en") -> Known:
    """What the view shows of a contract.

    Args:
        view: of the author, or of the buyer who sends the form.
        quads_of: the statements of a record, as they were written. It is asked only for records that the view shows.
        contract: the contract's IRI.
        language: the language of labels that have one.

    Raises:
        NotFoundError: there is no such contract, or none that the reader may see.
    """
    reading = _Reading(view, language)
    if not reading.is_a(contract, terms.Contract):
        raise NotFoundError(
            f"there is no contract {contract.value!r} that {view.principal.name} may see. "
            "`ewgraph ask contracts-of-buyer` lists contracts"
        )
    author = reading.author(contract)
    models = reading.models(contract)
    owed = reading.owed(contract)
    label = reading.label(contract)
    records = standing_records(view, author, contract) if author else []
    said = [Said(record, reading.shown(record, quads_of(record))) for record in records]
    names = {model.iri: model.label for model in models}
    rows = _newest(row for one in said for row in rows_of(one, contract, names))
    rows += _wanted(models, owed, rows)
    rows = [{"contract": contract.value, "contract_name": label, **row} for row in sorted(rows, key=_order)]
    return Known(
        contract=contract,
        label=label,
        author=author,
        author_label=reading.label(author) if author else "",
        buyers=tuple(sorted(map(reading.label, reading.nodes(contract, terms.buyer)))),
        clauses=tuple(sorted(map(reading.label, reading.nodes(contract, terms.underClauses)))),
        models=models,
        owed=owed,
        rows=tuple(rows),
    )


def _newest(rows: Iterable[Row]) -> list[Row]:
    """The rows without those that a later record says anew: of one model, step and site, or of one request."""
    found = {tuple(row.get(name, "") for name in _SAME): row for row in rows}
    return list(found.values())


def _wanted(models: Iterable[Model], owed: Iterable[Owed], rows: Iterable[Row]) -> list[Row]:
    """A row to fill for each model and tier that is owed and of which nothing was said: final assembly at least."""
    there = {(row.get("model", ""), row.get("tier", "")) for row in rows}
    tiers = {Tier.FINAL_ASSEMBLY.value, *(_TIER_OF[each.type] for each in owed if each.type in _TIER_OF)}
    return [
        {"model": model.iri.value, "model_name": model.label, "tier": tier}
        for model in models
        for tier in sorted(tiers, key=_TIERS.index)
        if (model.iri.value, tier) not in there
    ]


def _order(row: Row) -> tuple[object, ...]:
    tier = row.get("tier", "")
    rank = _TIERS.index(tier) if tier in _TIERS else len(_TIERS)
    last = (row.get("component", ""), row.get("site_name", ""), row.get("valid_from", ""), row.get("site", ""))
    return (row.get("model_name", ""), row.get("model", ""), rank, *last)


class _Reading:
    """Reads a contract through a view."""

    def __init__(self, view: View, language: str) -> None:
        self._view = view
        self._language = language

    def is_a(self, node: IRI, kind: IRI) -> bool:
        return next(self._view.quads(node, terms.RDF.type, kind), None) is not None

    def nodes(self, node: IRI, predicate: IRI) -> list[IRI]:
        """The IRIs that a property leads to, each once."""
        return [value for value in dict.fromkeys(self._view.objects(node, predicate)) if isinstance(value, IRI)]

    def label(self, node: IRI) -> str:
        """What a node is called: in the language where it can be, or else the last part of its IRI."""
        found = [value for value in self._view.objects(node, terms.RDFS.label) if isinstance(value, Literal)]
        return min(found, key=self._foreignness).value if found else node.value.rpartition("/")[2]

    def _foreignness(self, label: Literal) -> tuple[int, str]:
        order = (self._language, None, "en")
        return (order.index(label.language) if label.language in order else len(order)), label.value

    def stands(self, record: IRI) -> bool:
        return stands(self._view, record)

    def shown(self, record: IRI, quads: Iterable[Quad]) -> list[Quad]:
        """What the view shows of a record, node by node: a claim may be stricter than its record, or retracted."""
        listed = list(quads)
        subjects = {quad.subject for quad in listed if isinstance(quad.subject, IRI)}
        seen: set[object] = {subject for subject in subjects if self._shows(record, subject)}
        for _ in range(_DEPTH):
            seen |= {q.object for q in listed if q.subject in seen and isinstance(q.object, BlankNode)}
        return [quad for quad in listed if quad.subject in seen]

    def _shows(self, record: IRI, node: IRI) -> bool:
        marks = (terms.assertedIn, terms.describedIn)
        if node != record and not any(next(self._view.quads(node, mark, record), None) for mark in marks):
            return False
        return not any(map(self.stands, self._view.subjects(terms.retracts, node)))

    def author(self, contract: IRI) -> IRI | None:
        """Whose form it is: the reader's own, or the contractor's where the buyer or the staff asks for it."""
        reader = self._view.principal.organization
        if reader is not None and reader not in self.nodes(contract, terms.buyer):
            return reader
        return next(iter(self.nodes(contract, terms.contractor)), None)

    def models(self, contract: IRI) -> tuple[Model, ...]:
        """The models that a notice which stands says the contract covers, by name."""
        found: dict[IRI, None] = {}
        for node in self._view.subjects(terms.ofContract, contract):
            if self.is_a(node, terms.Coverage) and any(map(self.stands, self.nodes(node, terms.assertedIn))):
                found |= dict.fromkeys(self.nodes(node, terms.ofModel))
        return tuple(
            sorted((Model(node, self.label(node)) for node in found), key=lambda one: (one.label, one.iri.value))
        )

    def owed(self, contract: IRI) -> tuple[Owed, ...]:
        """The obligations of the contract, by day."""
        found = []
        for node in self._view.subjects(terms.ofContract, contract):
            if self.is_a(node, terms.Obligation) and any(map(self.stands, self.nodes(node, terms.assertedIn))):
                answered = any(map(self.stands, self._view.subjects(terms.fulfils, node)))
                kinds = self.nodes(node, terms.obligationType)
                days = [value.value for value in self._view.objects(node, terms.dueOn) if isinstance(value, Literal)]
                found += [Owed(kind.value, day, answered) for kind in kinds[:1] for day in days[:1]]
        return tuple(sorted(set(found), key=lambda each: (each.due_on, each.type)))
