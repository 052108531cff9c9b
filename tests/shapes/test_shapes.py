"""The shapes themselves: legal SHACL, no misspelt word, each with a severity and a sentence for the supplier."""

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from ewgraph.errors import ConfigurationError
from ewgraph.model import terms
from ewgraph.model.rdf import IRI
from ewgraph.validate.shapes import EWS, Shapes
from ewgraph.validate.typed_checks import CHECKS

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "shapes").glob("*.ttl"))
GENERATED_LISTS = ROOT / "shapes" / "codelists.ttl"
SHACL_ASSETS = Path(pyshacl.__file__).parent / "assets"
NAMED = (SH.NodeShape, SH.PropertyShape)


def _graph(files: Iterable[Path]) -> rdflib.Graph:
    graph = rdflib.Graph(bind_namespaces="none")
    for file in files:
        graph.parse(file, format="turtle")
    return graph


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return _graph(FILES)


def _misspelt_shacl(graph: rdflib.Graph) -> set[str]:
    """The names in SHACL's namespace that SHACL does not have; pySHACL and SHACL's own shapes pass over them."""
    legal = set(_graph([SHACL_ASSETS / "shacl.ttl"]).subjects())
    used = {term for triple in graph for term in triple if isinstance(term, rdflib.URIRef) and term.startswith(str(SH))}
    return {str(term) for term in used - legal}


def _known_terms() -> set[str]:
    """Every IRI that the generated module of terms has."""
    classes = [value for value in vars(terms).values() if isinstance(value, type)]
    constants = [value for holder in (terms, *classes) for value in vars(holder).values()]
    return {value.value for value in constants if isinstance(value, IRI)}


def _unknown_words(graph: rdflib.Graph) -> set[str]:
    """Target classes and paths, nested ones too, that the ontology does not have; those of our parameters aside."""
    words = {*graph.objects(None, SH.targetClass), *graph.objects(None, SH.path), *graph.objects(None, SH.lessThan)}
    words |= {*graph.objects(None, SH.lessThanOrEquals), *graph.objects(None, SH.disjoint)}
    return {str(word) for word in words if not str(word).startswith(EWS)} - _known_terms()


def _mute_shapes(graph: rdflib.Graph) -> set[str]:
    """Named shapes without one explicit severity or without an English message; property shapes without a name."""
    named = {shape for cls in NAMED for shape in graph.subjects(RDF.type, cls)}
    mute = {
        shape
        for shape in named
        if len(set(graph.objects(shape, SH.severity))) != 1
        or [m.language for m in graph.objects(shape, SH.message) if isinstance(m, rdflib.Literal)].count("en") != 1
    }
    anonymous = {shape for shape in graph.objects(None, SH.property) if not isinstance(shape, rdflib.URIRef)}
    return {str(shape) for shape in mute | anonymous}


PLANTED = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ew: <https://w3id.org/ewgraph/ns#> .
@prefix ews: <https://w3id.org/ewgraph/shapes#> .
ews:planted a sh:NodeShape ; sh:targetClass ew:SuplyClaim ; sh:severity sh:Violation ; sh:message "Planted."@en ;
  sh:property [ sh:path ew:recievedAt ; sh:mincount 1 ] .
"""


def test_no_word_of_shacl_is_misspelt(graph: rdflib.Graph) -> None:
    assert _misspelt_shacl(graph) == set()


def test_every_target_class_and_path_is_a_word_of_the_ontology(graph: rdflib.Graph) -> None:
    assert _unknown_words(graph) == set()


def test_every_shape_has_a_name_a_severity_and_an_english_message(graph: rdflib.Graph) -> None:
    assert _mute_shapes(graph) == set()


def test_the_checks_find_a_planted_mistake() -> None:
    planted = rdflib.Graph().parse(data=PLANTED, format="turtle")
    assert _misspelt_shacl(planted) == {f"{SH}mincount"}
    assert _unknown_words(planted) == {f"{terms.EW}SuplyClaim", f"{terms.EW}recievedAt"}
    assert len(_mute_shapes(planted)) == 1


def test_every_property_shape_is_listed_by_a_node_shape(graph: rdflib.Graph) -> None:
    listed = set(graph.objects(None, SH.property))
    assert set(graph.subjects(RDF.type, SH.PropertyShape)) - listed == set()
    assert listed - set(graph.subjects(RDF.type, SH.PropertyShape)) == set()


def test_the_shapes_conform_to_the_shapes_of_shacl() -> None:
    """Lists of one stand for the long generated ones: SHACL's shapes visit each list once for each of its nodes."""
    shapes = _graph(file for file in FILES if file != GENERATED_LISTS)
    for head in {*shapes.objects(None, SH["in"])}:
        if (head, RDF.first, None) not in shapes:
            shapes.add((head, RDF.first, head))
            shapes.add((head, RDF.rest, RDF.nil))
    meta = _graph([SHACL_ASSETS / "shacl-shacl.ttl"])
    conforms, _, text = pyshacl.validate(shapes, shacl_graph=meta, inplace=True)
    assert conforms, text


def test_every_list_that_a_shape_points_at_is_there_and_ends(graph: rdflib.Graph) -> None:
    for head in {*graph.objects(None, SH["in"]), *graph.objects(None, rdflib.URIRef(f"{EWS}classIfDescribed"))}:
        assert next(iter(graph.items(head)), None) is not None, head
        assert (None, RDF.rest, RDF.nil) in graph


def test_the_code_lists_of_the_shapes_are_those_of_the_ontology() -> None:
    command = [sys.executable, str(ROOT / "tools" / "codelist_shapes.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_prefix_means_what_it_means_everywhere(file: Path) -> None:
    declared = {}
    declarations = _graph([ROOT / "ontology" / "prefixes.ttl"])
    for node in declarations.subjects(SH.prefix):
        declared[str(declarations.value(node, SH.prefix))] = str(declarations.value(node, SH.namespace))
    used = dict(re.findall(r"^@prefix ([\w-]+): <(.+)> \.$", file.read_text("utf-8"), re.MULTILINE))
    assert used.items() <= declared.items()


def test_a_message_makes_sense_where_there_is_no_value(graph: rdflib.Graph) -> None:
    """A count has no value to name: a shape that counts speaks of the value in a half sentence that can go."""
    counting = {*graph.subjects(SH.minCount), *graph.subjects(SH.maxCount)}
    messages = [str(text) for shape in counting for text in graph.objects(shape, SH.message)]
    assert [text for text in messages if "{$value}" in text and "; {$value}" not in text] == []


def test_each_constraint_component_of_our_own_is_evaluated(graph: rdflib.Graph) -> None:
    parameters = {str(graph.value(node, SH.path)).removeprefix(EWS) for node in graph.subjects(RDF.type, SH.Parameter)}
    assert parameters == CHECKS.keys()
    assert {constraint.name for constraint in Shapes(ROOT / "shapes").typed_constraints} == CHECKS.keys()


def test_a_folder_without_shapes_is_a_wrong_installation(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="holds no shapes"):
        Shapes(tmp_path)


def test_a_file_that_is_no_turtle_is_a_wrong_installation(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("ews:x a sh:NodeShape", "utf-8")
    with pytest.raises(ConfigurationError, match=r"broken\.ttl"):
        Shapes(tmp_path)
