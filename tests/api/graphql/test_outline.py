"""The schema, the ontology and the shapes tell of the same classes and properties."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping

import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType

from ewgraph.api.graphql import schema
from ewgraph.api.graphql.kinds import KINDS
from ewgraph.api.graphql.outline import OUTLINES
from ewgraph.api.graphql.properties import Form, Outline, Property
from ewgraph.api.graphql.told import told
from ewgraph.api.graphql.values import Node
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, RdfFormat, parse
from tests.conftest import ROOT

NO_TYPE: Mapping[str, str] = {
    "Conflict": "derived: the type Conflict tells it, of no node in the graph",
    "Coverage": "derived: the field covers and the hops of kind COVERS tell it",
    "Entity": "the interface Node stands for it: what has an IRI",
    "ValidationResult": "a report about what was handed in, never in the graph",
    **dict.fromkeys(
        ("ComponentType", "Mineral", "ProductCategory", "Provision", "Standard"),
        "an entry of a code list: a Concept",
    ),
}
"""Classes of the ontology without a type of their own, and why."""
NO_FIELD: Mapping[str, str] = {
    "addressPrecision": "of Address, which is told as a part",
    "answers": "of the ontology's own terms",
    "between": "of Conflict",
    "codeList": "of the ontology's own terms",
    "conflictKind": "of Conflict: its field kind",
    "covers": "of Coverage: the field covers of Contract",
    "describedIn": "derived: the records of a thing",
    "erasedOn": "of a tombstone in the ledger, which is in no graph",
    "fundamentalFrom": "of code lists: Linked Data tells it",
    "line": "of Coverage",
    "outcomeNumber": "of code lists: Linked Data tells it",
    "rank": "of Concept",
    "recordedAt": "given by the ledger, so no shape has it: of Record",
}
"""Properties of the ontology that are in no outline, and why."""


def test_the_outline_is_what_the_ontology_and_the_shapes_say() -> None:
    tool = ROOT / "tools" / "graphql_outline.py"
    assert subprocess.run([sys.executable, tool, "--check"], check=False).returncode == 0  # our own tool


def test_every_class_of_the_ontology_has_a_type_or_a_reason_for_none() -> None:
    typed = {kind for kind in terms.SUPERCLASSES if not {kind, *terms.SUPERCLASSES[kind]}.isdisjoint(KINDS)}
    typed |= {terms.Activity}  # an interface
    bare = {kind.value.removeprefix(terms.EW) for kind in terms.SUPERCLASSES.keys() - typed}
    assert bare == NO_TYPE.keys()


def test_every_property_of_the_ontology_has_a_field_or_a_reason_for_none() -> None:
    told_of = {one.path for outline in OUTLINES.values() for one in outline.properties}
    ours = {one for name, one in vars(terms).items() if isinstance(one, IRI) and name[0].islower()}
    assert {one.value.removeprefix(terms.EW) for one in ours - told_of} == NO_FIELD.keys()


def fields_of(kind: IRI) -> Mapping[str, object]:
    name = KINDS[kind].__name__ if kind in KINDS else kind.value.removeprefix(terms.EW)
    found = schema._schema.type_map["Claim" if kind == terms.Claim else name]
    assert isinstance(found, GraphQLObjectType | GraphQLInterfaceType)
    return found.fields


@pytest.mark.parametrize("kind", OUTLINES, ids=lambda kind: kind.value.removeprefix(terms.EW))
def test_every_property_of_a_shape_is_a_field_of_its_type(kind: IRI) -> None:
    missing = {one.name for one in OUTLINES[kind].properties} - fields_of(kind).keys()
    assert missing == set()


def shapes() -> Iterator[tuple[IRI, IRI, bool]]:
    """Each class with each property that a shape of it has, read here anew, and whether it has at most one value."""
    triples = {
        quad.triple
        for path in sorted((ROOT / "shapes").glob("*.ttl"))
        for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE)
    }
    values: dict[tuple[object, str], list[object]] = defaultdict(list)
    for triple in triples:
        values[triple.subject, triple.predicate.value.rpartition("#")[2]].append(triple.object)
    for (shape, name), targets in list(values.items()):
        for target in targets if name == "targetClass" else ():
            single: dict[object, bool] = defaultdict(bool)
            for one in values[shape, "property"]:
                for path in values[one, "path"]:
                    single[path] |= bool(values[one, "maxCount"])
            for path, at_most_one in single.items():
                assert isinstance(target, IRI)
                assert isinstance(path, IRI)
                yield target, path, at_most_one


SHAPES = sorted(set(shapes()), key=str)
PARTS = {terms.LOCN.Address, terms.GEO.Geometry, terms.ADMS.Identifier}


def test_there_are_shapes() -> None:
    assert len(SHAPES) > 500


@pytest.mark.parametrize("kind", sorted({kind for kind, _, _ in SHAPES} - PARTS, key=str), ids=str)
def test_every_shape_of_a_class_is_in_its_outline(kind: IRI) -> None:
    above = {kind, *terms.SUPERCLASSES[kind]}
    outlined = {one.path: one for base in above for one in OUTLINES.get(base, Outline("", ())).properties}
    for target, path, at_most_one in SHAPES:
        if target == kind:
            one = outlined.get(path)
            assert one is not None, f"{path} of {kind} is no field"
            assert at_most_one or one.many or one.form in {Form.TEXT, Form.OWN}, f"{path} of {kind} can be several"


def test_a_type_that_lacks_a_field_of_its_own_is_refused() -> None:
    class Bare(Node):
        """It should tell where the site lies."""

    with pytest.raises(TypeError, match="Bare needs a field addresses"):
        told(terms.Site)(Bare)


def test_a_property_has_one_field_in_a_type() -> None:
    for outline in OUTLINES.values():
        by_name: dict[str, Property] = {}
        for one in outline.properties:
            assert one.form is Form.OWN or one.name not in by_name
            by_name[one.name] = one
