"""Who said it? No word of the vocabulary can tell, and a record that tries is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Quad, iri
from ewgraph.validate.validator import Validator
from tests.competency.asking import HERE, records_of
from tests.conftest import ROOT

TESTIMONY = iri("https://data.example.org/id/T1")
SOMEBODY = iri("https://data.example.org/id/somebody")
FOAF = "http://xmlns.com/foaf/0.1/"
PERSONS = [
    iri(name)
    for name in (
        f"{FOAF}Person",
        "https://schema.org/Person",
        "http://www.w3.org/ns/prov#Person",
        "http://www.w3.org/2006/vcard/ns#Individual",
        "http://www.w3.org/ns/person#Person",
    )
]
NAMES = [iri(f"{FOAF}name"), iri("https://schema.org/name"), iri("http://www.w3.org/2006/vcard/ns#fn")]


@pytest.fixture(scope="module")
def validator() -> Validator:
    return Validator(ROOT / "shapes")


@pytest.fixture
def testimony() -> list[Quad]:
    """A testimony as it may be told: a count, a month, a language and a role."""
    return next(
        record for record in records_of(HERE / "remedies" / "records.trig") if record[0].graph_name == TESTIMONY
    )


def told(subject: IRI, predicate: IRI, value: IRI | Literal) -> Quad:
    return Quad(subject, predicate, value, TESTIMONY)


def of_kind(kind: IRI) -> list[Quad]:
    return [told(SOMEBODY, terms.RDF.type, kind)]


ATTEMPTS: dict[str, Callable[[], list[Quad]]] = {
    **{f"a node is a {kind.value}": lambda kind=kind: of_kind(kind) for kind in PERSONS},  # type: ignore[misc]
    **{
        f"the testimony has {name.value}": lambda name=name: [told(TESTIMONY, name, Literal("Somebody"))]  # type: ignore[misc]
        for name in NAMES
    },
    "the testimony was given by somebody": lambda: [told(TESTIMONY, iri(f"{FOAF}maker"), SOMEBODY)],
    "an organization has a member": lambda: [
        told(SOMEBODY, terms.RDF.type, terms.Organization),
        told(SOMEBODY, iri("http://www.w3.org/ns/org#hasMember"), iri("https://data.example.org/id/another")),
    ],
}


def test_the_testimony_itself_conforms(testimony: list[Quad], validator: Validator) -> None:
    assert validator.validate(TESTIMONY, testimony).conforms


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_a_testimony_that_names_somebody_is_refused(attempt: str, testimony: list[Quad], validator: Validator) -> None:
    assert not validator.validate(TESTIMONY, [*testimony, *ATTEMPTS[attempt]()]).conforms


def test_no_class_of_the_vocabulary_is_of_persons() -> None:
    above = {kind for classes in terms.SUPERCLASSES.values() for kind in classes}
    assert above.isdisjoint(PERSONS)
    assert not [kind.value for kind in above | terms.SUPERCLASSES.keys() if kind.value.endswith(("Person", "Worker"))]
