"""Redacted editions: the twins of a record's claims, in which boundaries stand for its sites and organisations.

A twin says what its claim says of product models, scope, basis, tier, period and mineral, and nothing else: no label,
no place in a source, no record, no day of receipt. Its names are keyed digests, which only the salt's holder can make.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from ewgraph.access import View
from ewgraph.errors import InputError
from ewgraph.ingest.releasing.audience import Audience
from ewgraph.ledger import Salt
from ewgraph.model import terms
from ewgraph.model.codes import Redaction, Scope
from ewgraph.model.rdf import IRI, Literal, Quad, Term

_SITES: Final = (terms.Factory, terms.Smelter, terms.Mine, terms.RecyclingFacility, terms.Warehouse, terms.Dormitory)
_CROWD: Final = 3
"""A country is told of a hidden site only where staff know so many of its kind there."""

_KEPT: Final = (terms.tier, terms.scope, terms.evidenceBasis, terms.validFrom, terms.validTo, terms.mineral)
_MODELS: Final = (terms.output, terms.intoModel)
_HIDDEN: Final[Mapping[IRI, Mapping[IRI, IRI]]] = {
    terms.SupplyClaim: {
        terms.site: terms.Site,
        terms.deliveredTo: terms.Site,
        terms.forBrand: terms.Organization,
    },
    terms.SmelterListingClaim: {terms.smelter: terms.Smelter, terms.declarant: terms.Organization},
    terms.SourcingClaim: {terms.smelter: terms.Smelter, terms.mine: terms.Mine},
    terms.SameSiteClaim: {terms.siteA: terms.Site, terms.siteB: terms.Site},
}
"""The claims that have a twin, and which of their properties name what is hidden, each with what that is at least."""
_SAME_SITE: Final = (terms.verdict, terms.evidenceBasis)

NO_FORM: Final = "claims of a kind that has no redacted form"
STRICTER: Final = "claims that are meant for fewer than their record"
UNSEEN: Final = "claims about a product model that the audience does not see"
NOWHERE: Final = "claims that name no mine"

Values = Mapping[IRI, list[Term]]


@dataclass(slots=True)
class Edition:
    """A redacted edition as it is made.

    Attributes:
        record: its IRI.
        quads: what its graph says beside the record itself.
        twins: the claims that each twin stands for; two that are the same once redacted have one twin.
        left_out: how many claims have none, by why.
        boundaries: what stands for the hidden.
    """

    record: IRI
    quads: list[Quad] = field(default_factory=list)
    twins: dict[IRI, list[IRI]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    boundaries: set[IRI] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Redactor:
    """Makes editions for one audience.

    Attributes:
        view: what staff see.
        audience: whom it is for.
        salt: theirs.
        base: the address under which IRIs are minted.
        redaction: what a boundary tells: its kind, or with `name-removed` its country as well.
        keep: the sites and organisations that stay named.
    """

    view: View
    audience: Audience
    salt: Salt
    base: str
    redaction: Redaction
    keep: Collection[IRI]

    def edition(self, record: IRI, claims: Iterable[IRI], release: IRI) -> Edition:
        """The edition of a record that a release shows.

        Raises:
            InputError: what is to stay named is not seen by the audience, or no claim has a redacted form.
        """
        for node in self.keep:
            if not self.audience.sees(node):
                raise InputError(f"{node.value!r} cannot stay named: the audience sees nothing of it so far")
        made = Edition(self._minted("edition", record, release))
        alike: dict[frozenset[tuple[IRI, Term]], IRI] = {}
        hidden: dict[IRI, set[IRI]] = defaultdict(set)
        for claim in claims:
            said = self._said(claim)
            twin = self._twin(said, hidden)
            if isinstance(twin, str):
                made.left_out[twin] += 1
                continue
            name = alike.setdefault(frozenset(twin), self._minted("claim", claim, release))
            made.twins.setdefault(name, []).append(claim)
        if not made.twins:
            why = "; ".join(f"{number} {why}" for why, number in sorted(made.left_out.items())) or "it has no claims"
            raise InputError(f"{record.value!r} has nothing that can be shown redacted: {why}")
        for content, name in alike.items():
            stated = [*content, (terms.assertedIn, made.record)]
            made.quads += [Quad(name, predicate, value, made.record) for predicate, value in stated]
        shown = {value for content in alike for _, value in content}
        for node, kinds in hidden.items():
            if (boundary := self._boundary(node)) in shown:
                made.boundaries.add(boundary)
                made.quads += self._described(boundary, node, kinds, made.record)
        return made

    def _said(self, claim: IRI) -> Values:
        found: defaultdict[IRI, list[Term]] = defaultdict(list)
        for quad in self.view.quads(claim):
            found[quad.predicate].append(quad.object)  # type: ignore[arg-type]  # no triple terms are stored
        return found

    def _twin(self, said: Values, hidden: dict[IRI, set[IRI]]) -> list[tuple[IRI, Term]] | str:
        """What the twin of a claim says; or why it has none."""
        kind = next((kind for kind in _HIDDEN if kind in said.get(terms.RDF.type, ())), None)
        if kind is None:
            return NO_FORM
        if said.get(terms.visibility):
            return STRICTER
        if kind == terms.SourcingClaim and not said.get(terms.mine):
            return NOWHERE
        twin: list[tuple[IRI, Term]] = [(terms.RDF.type, kind)]
        for predicate, least in _HIDDEN[kind].items():
            for node in said.get(predicate, ()):
                if not isinstance(node, IRI):
                    continue
                if node not in self.keep:
                    hidden[node].add(least)
                twin.append((predicate, node if node in self.keep else self._boundary(node)))
        if kind == terms.SameSiteClaim:
            return [*twin, *((predicate, value) for predicate in _SAME_SITE for value in said.get(predicate, ()))]
        models = list(self._models(said))
        if _is_cut(said, models):
            return UNSEEN
        return [*twin, *models, *self._rest(said, models)]

    def _models(self, said: Values) -> Iterator[tuple[IRI, Term]]:
        """It yields what is made, and into what, as far as it is a concept or the audience sees it."""
        for predicate in _MODELS:
            for node in said.get(predicate, ()):
                if isinstance(node, IRI) and (node.value.startswith(terms.EWK) or self.audience.sees(node)):
                    yield predicate, node

    def _rest(self, said: Values, models: Collection[tuple[IRI, Term]]) -> Iterator[tuple[IRI, Term]]:
        """It yields scope, basis, tier, period and mineral; for a contract that is not seen the next weaker scope."""
        contracts = [node for node in said.get(terms.scopeContract, ()) if isinstance(node, IRI)]
        seen = [node for node in contracts if self.audience.sees(node)]
        of_model = any(isinstance(node, IRI) and not node.value.startswith(terms.EWK) for _, node in models)
        weaker = Scope.MODEL.iri if of_model else Scope.COMPANY.iri
        for predicate in _KEPT:
            for value in said.get(predicate, ()):
                yield predicate, weaker if value == Scope.CONTRACT.iri and not seen else value
        yield from ((terms.scopeContract, contract) for contract in seen)

    def _boundary(self, node: IRI) -> IRI:
        return IRI(f"{self.base}id/boundary/{self.salt.digest('node', node.value)}")

    def _described(self, boundary: IRI, node: IRI, least: Collection[IRI], record: IRI) -> Iterator[Quad]:
        """It yields what is told of a hidden node."""
        types = self.view.objects(node, terms.RDF.type)
        kinds = [kind for kind in _SITES if kind in types] or sorted(least, key=lambda kind: kind.value)
        yield Quad(boundary, terms.RDF.type, terms.Boundary, record)
        yield Quad(boundary, terms.boundaryHash, Literal(self.salt.digest("node", node.value)), record)
        yield from (Quad(boundary, terms.hides, kind, record) for kind in kinds)
        if self.redaction is Redaction.NAME_REMOVED:
            countries = self._countries(node)
            if len(countries) == 1 and all(self._crowded(countries[0], kind) for kind in kinds):
                yield Quad(boundary, terms.country, countries[0], record)

    def _countries(self, node: IRI) -> list[IRI]:
        addresses = [address for address in self.view.objects(node, terms.LOCN.address) if isinstance(address, IRI)]
        found = {value for one in (node, *addresses) for value in self.view.objects(one, terms.country)}
        return [value for value in found if isinstance(value, IRI)]

    def _crowded(self, country: IRI, kind: IRI) -> bool:
        """Whether there are several of a kind in a country, so that the two do not tell which it is."""
        return len(set(islice(self._in_country(country, kind), _CROWD))) == _CROWD

    def _in_country(self, country: IRI, kind: IRI) -> Iterator[IRI]:
        met = set[IRI]()
        for quad in self.view.quads(None, terms.country, country):
            holders = [quad.subject, *(q.subject for q in self.view.quads(None, terms.LOCN.address, quad.subject))]  # type: ignore[arg-type]
            for node in holders:
                if isinstance(node, IRI) and node not in met and kind in self.view.objects(node, terms.RDF.type):
                    met.add(node)
                    yield node

    def _minted(self, kind: str, node: IRI, release: IRI) -> IRI:
        return IRI(f"{self.base}id/{kind}/{self.salt.digest(kind, node.value, release.value)}")


def _is_cut(said: Values, models: Collection[tuple[IRI, Term]]) -> bool:
    """Whether the audience does not see the models that were named, so that a twin would say something else."""
    shown = {predicate for predicate, _ in models}
    if said.get(terms.output) and terms.output not in shown:
        return True
    return bool(said.get(terms.intoModel)) and terms.intoModel not in shown and not said.get(terms.deliveredTo)
