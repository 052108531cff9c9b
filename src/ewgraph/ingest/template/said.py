"""The rows that a record of the form said: its claims turned back into cells, in the words of their record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ewgraph.model import terms
from ewgraph.model.codes import Component
from ewgraph.model.rdf import IRI, BlankNode, Literal, Quad, Term

_COMPONENTS: Final = frozenset(component.value for component in Component)
_ADDRESS: Final = {
    "locality": terms.LOCN.postName,
    "region": terms.LOCN.adminUnitL2,
    "postcode": terms.LOCN.postCode,
    "country": terms.country,
}
_CLAIMED: Final = {
    "tier": terms.tier,
    "valid_from": terms.validFrom,
    "valid_to": terms.validTo,
    "confidence": terms.confidence,
    "comment": terms.RDFS.comment,
}
_REQUESTED: Final = {
    "due_diligence": terms.dueDiligenceStatus,
    "sent_on": terms.sentOn,
    "replied_on": terms.repliedOn,
    "comment": terms.RDFS.comment,
}


class Said:
    """The statements of one record, by subject.

    Args:
        record: the record.
        quads: its statements.
    """

    def __init__(self, record: IRI, quads: Iterable[Quad]) -> None:
        self.record = record
        self._said: defaultdict[object, list[Quad]] = defaultdict(list)
        for quad in quads:
            self._said[quad.subject].append(quad)

    def values(self, subject: object, predicate: IRI) -> list[Term]:
        """The values of a property, in a fixed order."""
        found = [quad.object for quad in self._said.get(subject, ()) if quad.predicate == predicate]
        return sorted((value for value in found if isinstance(value, IRI | Literal | BlankNode)), key=str)

    def text(self, subject: object, predicate: IRI) -> str:
        """The first value of a property as text; a plain label goes before one of a language. Empty where none."""
        found = [value for value in self.values(subject, predicate) if isinstance(value, IRI | Literal)]
        found.sort(key=lambda value: getattr(value, "language", None) is not None)
        return found[0].value if found else ""

    def nodes(self, kind: IRI) -> list[IRI]:
        """The nodes of a class, sorted."""
        found = [
            subject
            for subject, quads in self._said.items()
            if isinstance(subject, IRI) and any(q.predicate == terms.RDF.type and q.object == kind for q in quads)
        ]
        return sorted(found, key=lambda node: node.value)

    def identifier(self, subject: object, scheme: str) -> str:
        """The identifier of that scheme, empty where there is none."""
        for node in self.values(subject, terms.ADMS.identifier):
            if self.text(node, terms.ADMS.schemaAgency) == scheme:
                return self.text(node, terms.SKOS.notation)
        return ""


def rows_of(said: Said, contract: IRI, models: Mapping[IRI, str]) -> list[dict[str, str]]:
    """The rows of the form that would say the same of the contract.

    Args:
        said: the record.
        contract: the contract; what is said of others is left out.
        models: the models of the contract, with their names.
    """
    rows = [*_supplied(said, contract), *_asked(said, contract, models)]
    rows += _only_complete(said, contract, rows)
    for row in rows:
        if row.get("model"):
            row["model_name"] = models.get(IRI(row["model"]), row["model"].rpartition("/")[2])
    return [{name: text for name, text in row.items() if text} for row in rows]


def _supplied(said: Said, contract: IRI) -> Iterator[dict[str, str]]:
    complete = _completeness(said, contract)
    operators = _operators(said)
    for claim in said.nodes(terms.SupplyClaim):
        if contract not in said.values(claim, terms.scopeContract):
            continue
        output = said.text(claim, terms.output)
        is_part = output in _COMPONENTS
        row = {name: said.text(claim, predicate) for name, predicate in _CLAIMED.items()}
        row["component"] = output if is_part else ""
        site = said.text(claim, terms.site)
        if site:
            row |= {"site": site, **_place(said, IRI(site)), **operators.get(site, {})}
        made = [value.value for value in said.values(claim, terms.intoModel) if isinstance(value, IRI)]
        for model in made if is_part else [output]:
            yield {**row, "model": model, "completeness": complete.get((model, row["tier"]), "")}


def _place(said: Said, site: IRI) -> dict[str, str]:
    row = {
        "site_name": said.text(site, terms.RDFS.label),
        "native_name": said.text(site, terms.nativeName),
        "site_type": said.text(site, terms.siteType),
        "country": said.text(site, terms.country),
        "os_id": said.identifier(site, "os-id"),
        "gln": said.identifier(site, "gln"),
    }
    for address in said.values(site, terms.LOCN.address)[:1]:
        street = said.text(address, terms.LOCN.fullAddress) or said.text(address, terms.LOCN.thoroughfare)
        row |= {"address": street, **{name: said.text(address, way) for name, way in _ADDRESS.items()}}
    return row


def _operators(said: Said) -> dict[str, dict[str, str]]:
    """Who operates each site."""
    found = {}
    for claim in said.nodes(terms.OperationClaim):
        operator = said.text(claim, terms.operator)
        if operator:
            found[said.text(claim, terms.site)] = {
                "operator": operator,
                "operator_name": said.text(IRI(operator), terms.RDFS.label),
                "operator_lei": said.identifier(IRI(operator), "lei"),
            }
    return found


def _completeness(said: Said, contract: IRI) -> dict[tuple[str, str], str]:
    """How complete what was said is, by model and tier."""
    return {
        (said.text(claim, terms.ofModel), said.text(claim, terms.tier)): said.text(claim, terms.completeness)
        for claim in said.nodes(terms.CompletenessClaim)
        if contract in said.values(claim, terms.ofContract)
    }


def _only_complete(said: Said, contract: IRI, rows: Iterable[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """Rows that say nothing but how complete the others are: none exists, say."""
    there = {(row.get("model", ""), row.get("tier", "")) for row in rows if row.get("completeness")}
    for (model, tier), completeness in _completeness(said, contract).items():
        if (model, tier) not in there:
            yield {"model": model, "tier": tier, "completeness": completeness}


def _asked(said: Said, contract: IRI, models: Mapping[IRI, str]) -> Iterator[dict[str, str]]:
    """The request that a due-diligence record tells of, for each model and tier that it names in its labels."""
    record = said.record
    if contract not in said.values(record, terms.ofContract):
        return
    asked = said.text(record, terms.requestedFrom)
    row = {name: said.text(record, predicate) for name, predicate in _REQUESTED.items()}
    row |= {"asked": asked, "asked_name": said.text(IRI(asked), terms.RDFS.label) if asked else ""}
    named = [
        _named(label.value, models) for label in said.values(record, terms.RDFS.label) if isinstance(label, Literal)
    ]
    for about in [each for each in named if each] or [{}]:
        yield {**row, **about}


def _named(label: str, models: Mapping[IRI, str]) -> dict[str, str]:
    """The model and the tier or component that the label of a due-diligence record names: `Slate 14: battery`."""
    name, _, stage = label.rpartition(": ")
    model = next((model.value for model, known in models.items() if known == name), "")
    if not model:
        return {}
    component = f"{terms.EWK}component/{stage}"
    if component in _COMPONENTS:
        return {"model": model, "component": component}
    return {"model": model, "tier": f"{terms.EWK}tier/{stage}"}
