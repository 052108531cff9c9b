"""Compacted JSON-LD says the same as the triples, as a processor that is not ours reads it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld

from ewgraph.api.linkeddata.context import Context
from ewgraph.api.linkeddata.jsonld import json_ld
from ewgraph.api.linkeddata.ontology import Ontology
from ewgraph.assets import asset
from ewgraph.model import terms
from ewgraph.model.rdf import (
    IRI,
    BlankNode,
    Literal,
    Quad,
    RdfFormat,
    Triple,
    canonical_nquads,
    parse,
)

PUBLISHED = "https://data.example.org/contexts/ewgraph.jsonld"
COMPACTED = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"'
EXPANDED = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"'
EX = "https://data.example.org/id/"


@pytest.fixture(scope="module")
def context() -> Context:
    return Context.of(asset("ontology"), asset("shapes"), Ontology(asset("ontology"), asset("shapes")).prefixes)


def loader(context: Context) -> Callable[..., Mapping[str, Any]]:
    """It gives the published context, and nothing else: no processor asks the network."""

    def load(address: str, _: object) -> Mapping[str, Any]:
        assert address == PUBLISHED
        return {"contextUrl": None, "documentUrl": address, "document": {"@context": context.document()}}

    return load


def read_by_another(content: bytes, context: Context) -> bytes:
    """The triples that pyld reads, in canonical form."""
    lines = jsonld.to_rdf(
        json.loads(content), {"format": "application/n-quads", "documentLoader": loader(context), "base": ""}
    )
    return canonical_nquads(parse(lines.encode(), format=RdfFormat.N_QUADS))


def canonical(triples: list[Triple]) -> bytes:
    return canonical_nquads(Quad(*triple) for triple in triples)


_NAMED = st.sampled_from(
    [IRI(EX + "a"), IRI(EX + "b"), IRI("https://w3id.org/ewgraph/genid/1"), IRI("https://w3id.org/ewgraph/genid/2")]
)
_ODD = st.sampled_from(
    [
        IRI("geo:48.2,16.4"),
        IRI("urn:x:y"),
        IRI("org:foo"),
        IRI("https://w3id.org/ewgraph/kos/scope/brand"),
        IRI(terms.EW),
    ]
)
_NODES = st.one_of(_NAMED, _ODD, st.sampled_from([BlankNode("x"), BlankNode("y")]))
_PREDICATES = st.sampled_from(
    [
        *(terms.RDFS.label, terms.DCT.title, terms.site, terms.tier, terms.validFrom, terms.DCT.source, terms.rank),
        *(terms.ADMS.identifier, terms.SKOS.notation, terms.outcomeNumber, IRI("urn:p"), IRI("geo:p"), terms.RDF.type),
        *(terms.recordedAt, IRI("http://www.w3.org/ns/org#role"), terms.currency),
    ]
)
_LITERALS = st.one_of(
    st.builds(Literal, st.text(max_size=4)),
    st.builds(
        lambda text, tag: Literal(text, language=tag), st.text(max_size=4), st.sampled_from(["en", "de", "nb-no"])
    ),
    st.sampled_from([Literal(text, datatype=terms.XSD.integer) for text in ("3", "03", "-0", "12345678901234567890")]),
    st.sampled_from([Literal(text, datatype=terms.XSD.boolean) for text in ("true", "1")]),
    st.sampled_from([Literal("2024-01-31", datatype=terms.XSD.date), Literal("1.50", datatype=terms.XSD.decimal)]),
)
_TRIPLES = st.lists(st.builds(Triple, _NODES, _PREDICATES, st.one_of(_NODES, _LITERALS)), min_size=1, max_size=12)


@given(triples=_TRIPLES, accept=st.sampled_from([None, COMPACTED, EXPANDED]))
def test_any_triples_are_read_as_they_are(context: Context, triples: list[Triple], accept: str | None) -> None:
    assert read_by_another(json_ld(context, triples, accept, PUBLISHED), context) == canonical(triples)


def test_the_ontology_itself_is_read_as_it_is(context: Context) -> None:
    triples = Ontology(asset("ontology"), asset("shapes")).whole.triples
    assert read_by_another(json_ld(context, triples, COMPACTED, PUBLISHED), context) == canonical(triples)


def test_an_answer_needs_nobody_else_to_be_read(context: Context) -> None:
    triples = [Triple(IRI(EX + "a"), terms.RDF.type, terms.Factory), Triple(IRI(EX + "a"), terms.tier, IRI(EX + "t"))]
    held = parse(json_ld(context, triples, None, PUBLISHED), format=RdfFormat.JSON_LD)
    assert {str(quad.triple) for quad in held} == {str(triple) for triple in triples}


def test_people_can_read_it(context: Context) -> None:
    site, part = IRI(EX + "works"), IRI("https://w3id.org/ewgraph/genid/1")
    triples = [
        Triple(site, terms.RDF.type, terms.Factory),
        Triple(site, terms.RDFS.label, Literal("Works", language="en")),
        Triple(site, terms.RDFS.label, Literal("Werk 1")),
        Triple(site, terms.ADMS.identifier, part),
        Triple(part, terms.SKOS.notation, Literal("F-2")),
    ]
    document = json.loads(json_ld(context, triples, COMPACTED, PUBLISHED))
    assert document == {
        "@context": PUBLISHED,
        "id": site.value,
        "type": "Factory",
        "label": {"@none": "Werk 1", "en": "Works"},
        "identifier": {"id": part.value, "notation": "F-2"},
    }


def test_what_looks_like_a_prefix_and_is_a_scheme_stays_what_it_is(context: Context) -> None:
    role = IRI("http://www.w3.org/ns/org#role")
    triples = [Triple(IRI(EX + "a"), terms.RDFS.label, IRI("org:foo")), Triple(IRI(EX + "a"), role, IRI(EX + "b"))]
    for accept in (None, COMPACTED):
        assert read_by_another(json_ld(context, triples, accept, PUBLISHED), context) == canonical(triples)


def test_terms_are_coerced_as_the_shapes_have_it(context: Context) -> None:
    defined = context.document()
    assert defined["site"] == {"@id": "ew:site", "@type": "@id"}
    assert defined["validFrom"] == {"@id": "ew:validFrom", "@type": "xsd:date"}
    assert defined["label"] == {"@id": "rdfs:label", "@container": "@language"}
    assert defined["source"] == "dct:source"
    assert defined["scope"] == {"@id": "ew:scope", "@type": "@id"}, "not the prefix of the code list"
    assert defined["Factory"] == "ew:Factory"
