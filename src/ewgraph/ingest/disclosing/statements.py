"""What a record says, in the few words that comparing two disclosures needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from sys import intern
from typing import Final, NamedTuple, TypeAlias

from ewgraph.ingest.mapping.words import folded
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, BlankNode, Literal, Quad, Term

_KINDS: Final = terms.CLAIM_CLASSES | {terms.DueDiligenceRecord}
_SITES: Final = (terms.site, terms.mine, terms.smelter)
_MODELS: Final = (terms.intoModel, terms.ofModel, terms.output)
_CONTRACTS: Final = (terms.scopeContract, terms.ofContract)
_STATE: Final = frozenset(
    {
        terms.accepted,
        terms.completeness,
        terms.dueDiligenceStatus,
        terms.operator,
        terms.repliedOn,
        terms.sentOn,
        terms.tier,
        terms.validFrom,
        terms.validTo,
        terms.value,
    }
)
"""What may change while it is still the same claim."""

_IDENTITY: Final = frozenset(
    {
        *_SITES,
        *_MODELS,
        *_CONTRACTS,
        terms.attribute,
        terms.declarant,
        terms.deliveredTo,
        terms.forBrand,
        terms.mineral,
        terms.requestedFrom,
        terms.standard,
    }
)
_ADDRESS: Final = "http://www.w3.org/ns/locn#address"
_FULL_ADDRESS: Final = "http://www.w3.org/ns/locn#fullAddress"
_STREET: Final = frozenset(
    f"http://www.w3.org/ns/locn#{name}" for name in ("thoroughfare", "locatorDesignator", "postCode", "postName")
)


class Statement(NamedTuple):
    """One claim.

    Attributes:
        what: the local name of its class.
        about: what it is about besides the site: models, contract, brand.
        site: the IRI of the site; empty where it is about none.
        state: what may change while it is the same claim: period, tier, operator.
        name: what the site is called.
        place: its country and address, as they are compared; empty where the record does not say.
        named: its country and name, as they are compared.
        shown: model, component, tier and contract, for reading.
    """

    what: str
    about: tuple[str, ...]
    site: str
    state: tuple[str, ...]
    name: str
    place: str
    named: str
    shown: tuple[str | None, str | None, str | None, str | None]
    sheet: str
    row: int | None


Described: TypeAlias = Mapping[IRI | BlankNode, Sequence[tuple[IRI, Term]]]
"""What a record says of each node: properties with their values."""


def described(quads: Iterable[Quad]) -> Described:
    """What a record says, by node, in the order of the quads."""
    found: dict[IRI | BlankNode, list[tuple[IRI, Term]]] = {}
    last: IRI | BlankNode | None = None
    said: list[tuple[IRI, Term]] = []
    for quad in quads:
        subject: IRI | BlankNode = quad.subject  # type: ignore[assignment]  # a record has terms of RDF 1.1 only
        if subject != last:
            last, said = subject, found.setdefault(subject, [])
        said.append((quad.predicate, quad.object))  # type: ignore[arg-type]
    return found


def statements_of(nodes: Described, names: Mapping[str, str]) -> list[Statement]:
    """The claims of a record, in their order; and the record itself where it shows due diligence.

    Args:
        nodes: what the record says.
        names: what contracts and models are called, where the record does not say it.
    """
    about = _Descriptions(nodes, names)
    return [
        about.statement(node, _local(value.value))
        for node, said in nodes.items()
        for predicate, value in said
        if predicate == terms.RDF.type and value in _KINDS
    ]


class _Descriptions:
    """What a record says of each node."""

    def __init__(self, nodes: Described, names: Mapping[str, str]) -> None:
        self._described = nodes
        self._names = names
        self._places: dict[str, tuple[str, str, str]] = {}

    def statement(self, claim: IRI | BlankNode, what: str) -> Statement:
        """A claim as a statement."""
        state, about = list[str](), list[str]()
        found: dict[IRI, str] = {}
        for predicate, value in self._described[claim]:
            text = str(value) if isinstance(value, BlankNode) else value.value
            if predicate in _IDENTITY and predicate not in _SITES:
                about.append(intern(f"{_local(predicate.value)} {text}"))
            elif predicate in _STATE:
                state.append(intern(f"{_local(predicate.value)} {text}"))
            found[predicate] = text
        site, *others = [(way, found[way]) for way in _SITES if way in found] or [(terms.site, "")]
        about += [intern(f"{_local(way.value)} {text}") for way, text in others]
        name, place, named = self._place(site[1])
        tier = found.get(terms.tier)
        return Statement(
            what=intern(what),
            about=tuple(sorted(about)),
            site=site[1],
            state=tuple(sorted(state)),
            name=name,
            place=place,
            named=named,
            shown=(
                self._named(found, _MODELS, component=False),
                self._named(found, (terms.output,), component=True),
                intern(_local(tier)) if tier else None,
                self._named(found, _CONTRACTS),
            ),
            sheet=intern(found.get(terms.sourceSheet, "")),
            row=_number(found.get(terms.sourceRow)),
        )

    def _named(self, found: Mapping[IRI, str], predicates: Iterable[IRI], *, component: bool = False) -> str | None:
        """What the value of the first of the properties is called; a component is a term of a code list."""
        for predicate in predicates:
            text = found.get(predicate)
            if text is not None and text.startswith(terms.EWK) == component:
                return intern(self._names.get(text) or self._label(text) or _local(text))
        return None

    def _label(self, node: str) -> str:
        for predicate, value in self._described.get(IRI(node), ()):
            if predicate == terms.RDFS.label and isinstance(value, Literal):
                return value.value
        return ""

    def _place(self, site: str) -> tuple[str, str, str]:
        """The site's name; its country and address, and its country and name, as they are compared."""
        if not site:
            return "", "", ""
        if site not in self._places:
            name, country, address = "", "", ""
            for predicate, value in self._described.get(IRI(site), ()):
                if predicate == terms.RDFS.label and isinstance(value, Literal):
                    name = name or value.value
                elif predicate == terms.country and isinstance(value, IRI):
                    country = value.value
                elif predicate.value == _ADDRESS and not isinstance(value, Literal):
                    address = self._address(value)
            place = f"{_local(country)} {folded(address)}" if address else ""
            self._places[site] = name, place, f"{_local(country)} {folded(name)}"
        return self._places[site]

    def _address(self, node: IRI | BlankNode) -> str:
        texts = {
            predicate.value: value.value
            for predicate, value in self._described.get(node, ())
            if isinstance(value, Literal)
        }
        return texts.get(_FULL_ADDRESS) or " ".join(texts[name] for name in sorted(texts) if name in _STREET)


def _local(text: str) -> str:
    """The last part of an IRI."""
    return text.rpartition("#")[2].rpartition("/")[2]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None
