"""What the one whose word it is knows already: its contracts, their obligations, the sites that it named before.

All of it is read through the View of that organisation: a contract of somebody else is as unknown as one that does not
exist.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ewgraph.access import View
from ewgraph.ingest.disclosing.lookups import lookups_of
from ewgraph.ingest.mapping.naming import Knows, Lookups
from ewgraph.model import terms
from ewgraph.model.codes import SiteAttribute
from ewgraph.model.rdf import IRI, Literal, Quad, RdfFormat, Term, Triple, parse

_CONTRACT: Final = frozenset(
    {
        terms.RDF.type,
        terms.RDFS.label,
        terms.buyer,
        terms.contractor,
        terms.hasLine,
        terms.covers,
        terms.signedOn,
        terms.endsOn,
        terms.underFramework,
    }
)
_LINE: Final = frozenset({terms.RDF.type, terms.model, terms.category, terms.validFrom, terms.validTo})
_MODEL: Final = frozenset({terms.RDF.type, terms.RDFS.label, terms.brand})
_SITE: Final = frozenset(
    {terms.RDF.type, terms.RDFS.label, terms.country, terms.siteType, terms.mineral, terms.successorOf}
)
_REPORT: Final = frozenset(
    {terms.site, terms.attribute, terms.value, terms.validFrom, terms.validTo, terms.observedOn, terms.assertedIn}
)
_PARTIES: Final = (terms.contractor, terms.buyer)
NAMED: Final = frozenset({terms.scopeContract, terms.ofContract, terms.site, terms.smelter, terms.deliveredTo})
"""The properties whose values a context may know something of."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty of a contract, and whether a standing record answers it already."""

    iri: str
    contract: str
    type: str
    label: str
    due_on: str | None
    model: str | None
    tier: str | None
    answered: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What is known to an organisation. It travels to worker processes, hence texts only.

    Attributes:
        known: by contract and by site, the N-Triples of what is known of it: of a contract also its lines and models,
            of a site also whether it was reported closed.
        obligations: those of its contracts.
        models: the models of each contract.
        parties: the parties of each contract.
        names: what contracts and models are called.
        lookups: the contracts and models by what a file may call them.
    """

    known: Mapping[str, str] = field(default_factory=dict)
    obligations: tuple[Obligation, ...] = ()
    models: Mapping[str, frozenset[str]] = field(default_factory=dict)
    parties: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    lookups: Lookups = field(default_factory=dict)

    def triples(self, named: Iterable[object]) -> list[Triple]:
        """What is known of the contracts and sites among the terms."""
        nodes = sorted({node.value for node in named if isinstance(node, IRI)})
        texts = (self.known.get(node, "") for node in nodes)
        return [quad.triple for quad in parse("".join(texts), format=RdfFormat.N_TRIPLES)]


def knowledge(view: View) -> Knows:
    """What tells whether a view shows something of one of some classes."""
    return lambda thing, kinds: any(kind in kinds for kind in view.objects(thing, terms.RDF.type))


def context_of(view: View, author: IRI) -> Context:
    """What the organisation may know, by its own view."""
    reading = _Reading(view)
    contracts = {node for party in _PARTIES for node in view.subjects(party, author)}
    for contract in sorted(contracts, key=lambda node: node.value):
        reading.read_contract(contract)
    reading.read_sites(author)
    return Context(
        known={node: "".join(dict.fromkeys(lines)) for node, lines in reading.known.items()},
        obligations=tuple(reading.obligations(contracts)),
        models=reading.models,
        parties=reading.parties,
        names=reading.names,
        lookups=lookups_of(view, reading.models),
    )


class _Reading:
    """Reads the parts of a context."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.known: defaultdict[str, list[str]] = defaultdict(list)
        self.models: dict[str, frozenset[str]] = {}
        self.parties: dict[str, frozenset[str]] = {}
        self.names: dict[str, str] = {}

    def read_contract(self, contract: IRI) -> None:
        """Note a contract with its lines and models."""
        said = self._note(contract, contract, _CONTRACT)
        models = {quad.object for quad in said if quad.predicate == terms.covers and isinstance(quad.object, IRI)}
        for line in [quad.object for quad in said if quad.predicate == terms.hasLine]:
            if isinstance(line, IRI):
                bought = self._note(contract, line, _LINE)
                models |= {q.object for q in bought if q.predicate == terms.model and isinstance(q.object, IRI)}
        for model in sorted(models, key=lambda node: node.value):
            self._name(model, self._note(contract, model, _MODEL))
        self._name(contract, said)
        self.models[contract.value] = frozenset(model.value for model in models)
        self.parties[contract.value] = frozenset(
            quad.object.value for quad in said if quad.predicate in _PARTIES and isinstance(quad.object, IRI)
        )

    def read_sites(self, author: IRI) -> None:
        """Note the sites of the author's standing records, the smelters, and the sites that were reported on."""
        sites = set(self._view.subjects(terms.RDF.type, terms.Smelter))
        for record in self._view.subjects(terms.PROV.wasAttributedTo, author):
            if not self._view.subjects(terms.PROV.wasRevisionOf, record):
                for claim in self._view.subjects(terms.assertedIn, record):
                    sites |= {node for node in self._view.objects(claim, terms.site) if isinstance(node, IRI)}
        for site in sites:
            self._note(site, site, _SITE)
        for report in self._view.subjects(terms.attribute, SiteAttribute.STATUS.iri):
            for reported in self._view.objects(report, terms.site):
                if isinstance(reported, IRI):
                    self._note(reported, report, _REPORT)

    def _note(self, about: IRI, subject: IRI, wanted: frozenset[IRI]) -> list[Quad]:
        said = [quad for quad in self._view.quads(subject) if quad.predicate in wanted]
        self.known[about.value] += [f"{quad.triple} .\n" for quad in said]
        return said

    def _name(self, node: IRI, said: Iterable[Quad]) -> None:
        for quad in said:
            if quad.predicate == terms.RDFS.label and isinstance(quad.object, Literal):
                self.names.setdefault(node.value, quad.object.value)

    def obligations(self, contracts: Iterable[IRI]) -> Iterator[Obligation]:
        """It yields the obligations of the contracts that stand, by the day on which they are due."""
        owed = {node for contract in contracts for node in self._view.subjects(terms.ofContract, contract)}
        made = [self._obligation(node) for node in owed if self._is(node, terms.Obligation) and self._stands(node)]
        yield from sorted(made, key=lambda one: (one.due_on or "", one.iri))

    def _is(self, node: IRI, kind: IRI) -> bool:
        return kind in self._view.objects(node, terms.RDF.type)

    def _stands(self, statement: IRI) -> bool:
        """Whether a record states it that is not revised, and nothing retracts it."""
        records = [record for record in self._view.objects(statement, terms.assertedIn) if isinstance(record, IRI)]
        revised = (bool(self._view.subjects(terms.PROV.wasRevisionOf, record)) for record in records)
        return not all(revised) and not self._view.subjects(terms.retracts, statement)

    def _obligation(self, node: IRI) -> Obligation:
        kind = self._text(node, terms.obligationType) or ""
        contract = self._text(node, terms.ofContract) or ""
        return Obligation(
            iri=node.value,
            contract=contract,
            type=kind,
            label=self._text(node, terms.RDFS.label) or self._text(IRI(kind), terms.SKOS.prefLabel) or node.value,
            due_on=self._text(node, terms.dueOn),
            model=self._text(node, terms.aboutModel),
            tier=self._text(node, terms.aboutTier),
            answered=any(map(self._answers, self._view.subjects(terms.fulfils, node))),
        )

    def _text(self, node: IRI, predicate: IRI) -> str | None:
        found: list[Term] = self._view.objects(node, predicate)
        english = [term for term in found if isinstance(term, Literal) and term.language == "en"]
        return next((term.value for term in (*english, *found) if isinstance(term, IRI | Literal)), None)

    def _answers(self, record: IRI) -> bool:
        """Whether the record stands, and is accepted where it only shows due diligence."""
        if self._view.subjects(terms.PROV.wasRevisionOf, record):
            return False
        accepted = any(getattr(term, "value", "") == "true" for term in self._view.objects(record, terms.accepted))
        return accepted or not self._is(record, terms.DueDiligenceRecord)
