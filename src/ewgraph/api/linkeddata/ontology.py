"""The ontology and its code lists as documents: read from their own files, which everybody may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from ewgraph.api.linkeddata.labels import local_name
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, RdfFormat, Term, Triple, parse

NAMESPACE: Final = IRI(terms.EW.rstrip("#"))
MODULES: Final = ("entities", "records", "claims", "remedy", "alignments")

_SH: Final = "http://www.w3.org/ns/shacl#"
_OWL: Final = "http://www.w3.org/2002/07/owl#"
_PREFIX: Final = IRI(_SH + "prefix")
_NAMESPACE: Final = IRI(_SH + "namespace")
_KINDS: Final[Mapping[str, str]] = {
    _OWL + "Class": "Classes",
    _OWL + "ObjectProperty": "Properties that point to things",
    _OWL + "DatatypeProperty": "Properties that hold values",
    terms.RDF.type.value.replace("type", "Property"): "Properties that do either",
    _OWL + "AnnotationProperty": "Properties of the vocabulary itself",
}
_ALIKE: Final = tuple(
    IRI("http://www.w3.org/2004/02/skos/core#" + name)
    for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
)


@dataclass(frozen=True, slots=True)
class Use:
    """That the shapes let the nodes of a class have a property.

    Attributes:
        required: whether they have to.
    """

    of: IRI
    property: IRI
    required: bool


@dataclass(frozen=True, slots=True)
class OntologyTerm:
    """A term as its documentation shows it."""

    node: IRI
    name: str
    kind: str
    label: str
    definition: str
    examples: list[str]
    above: list[IRI]
    below: list[IRI]
    domain: list[IRI]
    range: list[IRI]
    code_lists: list[IRI]
    alike: list[IRI]
    answers: list[str]
    uses: list[Use]


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a code list; `broader` is the one above it."""

    node: IRI
    name: str
    notations: list[str]
    labels: list[Literal]
    definition: str
    examples: list[str]
    broader: list[IRI]
    alike: list[IRI]


@dataclass(frozen=True, slots=True)
class CodeList:
    """A concept scheme with its concepts.

    Attributes:
        name: what it is called in addresses, such as `scope`.
    """

    node: IRI
    name: str
    label: str
    definition: str
    concepts: list[Concept]


class Graph:
    """The triples of some files, by subject and property."""

    def __init__(self, triples: list[Triple]) -> None:
        self.triples = triples
        self._by_subject: defaultdict[Term, list[Triple]] = defaultdict(list)
        for triple in triples:
            self._by_subject[triple.subject].append(triple)  # type: ignore[index]  # RDF 1.1

    def of(self, subject: Term) -> list[Triple]:
        """What is said of a subject, with what is said of the nameless nodes in it."""
        found: list[Triple] = []
        nodes, seen = [subject], {subject}
        while nodes:
            for triple in self._by_subject.get(nodes.pop(0), ()):
                found.append(triple)
                value: Term = triple.object  # type: ignore[assignment]  # RDF 1.1
                if not isinstance(value, IRI | Literal) and value not in seen:
                    seen.add(value)
                    nodes.append(value)
        return found

    def objects(self, subject: Term, predicate: IRI) -> list[Term]:
        """The values of a property."""
        return [t.object for t in self._by_subject.get(subject, ()) if t.predicate == predicate]  # type: ignore[misc]

    def nodes(self, subject: Term, predicate: IRI) -> list[IRI]:
        """The values that are IRIs."""
        return [term for term in self.objects(subject, predicate) if isinstance(term, IRI)]

    def texts(self, subject: Term, predicate: IRI) -> list[str]:
        """The values that are literals."""
        return [term.value for term in self.objects(subject, predicate) if isinstance(term, Literal)]

    def text(self, subject: Term, *predicates: IRI) -> str:
        """The first text in English, or in any language."""
        for predicate in predicates:
            found = [term for term in self.objects(subject, predicate) if isinstance(term, Literal)]
            if found:
                return min(found, key=lambda one: one.language != "en").value
        return ""

    def typed(self, kind: IRI) -> list[IRI]:
        """The subjects of a class, sorted."""
        found = {t.subject for t in self.triples if t.predicate == terms.RDF.type and t.object == kind}
        return sorted((node for node in found if isinstance(node, IRI)), key=lambda node: node.value)


class Ontology:
    """The ontology, its modules and its code lists."""

    def __init__(self, folder: Path, shapes: Path) -> None:
        """Read from the folder of the ontology, and that of the shapes, which say what has which property."""
        self._folder = folder
        self._shapes = shapes

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The namespace of each prefix."""
        graph = Graph(_parsed(self._folder / "prefixes.ttl"))
        declared = {t.subject for t in graph.triples if t.predicate == _PREFIX}
        return {graph.text(node, _PREFIX): graph.text(node, _NAMESPACE) for node in declared}  # type: ignore[arg-type]

    @cached_property
    def whole(self) -> Graph:
        """The terms, and what they are like elsewhere."""
        return Graph([triple for name in ("ewgraph", *MODULES) for triple in _parsed(self._folder / f"{name}.ttl")])

    def module(self, name: str) -> list[Triple]:
        """One file of the ontology; nothing where there is none of that name."""
        return _parsed(self._folder / f"{name}.ttl") if name in MODULES else []

    @property
    def version(self) -> str:
        """The version of the ontology."""
        return self.whole.text(NAMESPACE, terms.OWL.versionInfo)

    @cached_property
    def sections(self) -> dict[str, list[OntologyTerm]]:
        """The terms by kind, each kind by name."""
        found: dict[str, list[OntologyTerm]] = {}
        for kind, title in _KINDS.items():
            nodes = [node for node in self.whole.typed(IRI(kind)) if node.value.startswith(terms.EW)]
            found[title] = sorted((self._term(node, title) for node in nodes), key=lambda term: term.name.lower())
        return found

    def _term(self, node: IRI, kind: str) -> OntologyTerm:
        graph = self.whole
        below = [t.subject for t in graph.triples if t.predicate == terms.RDFS.subClassOf and t.object == node]
        uses = [use for use in self._uses if node in {use.of, use.property}]
        return OntologyTerm(
            node=node,
            name=local_name(node),
            kind=kind,
            label=graph.text(node, terms.SKOS.prefLabel, terms.RDFS.label),
            definition=graph.text(node, terms.SKOS.definition),
            examples=graph.texts(node, terms.SKOS.example),
            above=graph.nodes(node, terms.RDFS.subClassOf),
            below=sorted((n for n in below if isinstance(n, IRI)), key=lambda n: n.value),
            domain=graph.nodes(node, terms.SCHEMA.domainIncludes),
            range=graph.nodes(node, terms.SCHEMA.rangeIncludes),
            code_lists=graph.nodes(node, terms.codeList),
            alike=[other for predicate in _ALIKE for other in graph.nodes(node, predicate)],
            answers=sorted(graph.texts(node, terms.answers)),
            uses=sorted(uses, key=lambda use: (not use.required, use.of.value, use.property.value)),
        )

    @cached_property
    def _uses(self) -> list[Use]:
        graph = Graph([t for path in sorted(self._shapes.glob("*.ttl")) for t in _parsed(path)])
        found: dict[tuple[IRI, IRI], bool] = {}
        targets = [t for t in graph.triples if t.predicate.value == _SH + "targetClass" and isinstance(t.object, IRI)]
        for target in targets:
            for shape in graph.objects(target.subject, IRI(_SH + "property")):  # type: ignore[arg-type]
                for path in graph.nodes(shape, IRI(_SH + "path")):
                    least = graph.text(shape, IRI(_SH + "minCount"))
                    demands = _SH + "Violation" in {n.value for n in graph.nodes(shape, IRI(_SH + "severity"))}
                    key: tuple[IRI, IRI] = (target.object, path)  # type: ignore[assignment]  # as asked for above
                    found[key] = found.get(key, False) or (least not in {"", "0"} and demands)
        return [Use(of, path, required) for (of, path), required in found.items()]

    @cached_property
    def code_lists(self) -> dict[str, CodeList]:
        """The code lists by name; those of others too, by the last part of their IRI."""
        lists = (_code_list(node, graph) for node, graph in self._schemes())
        return {one.name: one for one in sorted(lists, key=lambda one: one.name)}

    @cached_property
    def kos(self) -> Graph:
        """The triples of all code lists."""
        return Graph([triple for path in sorted(self._folder.rglob("kos/**/*.ttl")) for triple in _parsed(path)])

    def _schemes(self) -> Iterator[tuple[IRI, Graph]]:
        for path in sorted(self._folder.rglob("kos/**/*.ttl")):
            graph = Graph(_parsed(path))
            for node in graph.typed(terms.SKOS.ConceptScheme):
                yield node, graph


def _code_list(node: IRI, graph: Graph) -> CodeList:
    inside = [n for n in graph.typed(terms.SKOS.Concept) if node in graph.nodes(n, terms.SKOS.inScheme)]
    name = node.value.removeprefix(terms.EWK) if node.value.startswith(terms.EWK) else local_name(node)
    concepts = [
        Concept(
            node=each,
            name=local_name(each),
            notations=graph.texts(each, terms.SKOS.notation),
            labels=[term for term in graph.objects(each, terms.SKOS.prefLabel) if isinstance(term, Literal)],
            definition=graph.text(each, terms.SKOS.definition),
            examples=graph.texts(each, terms.SKOS.example),
            broader=graph.nodes(each, terms.SKOS.broader),
            alike=[other for predicate in _ALIKE for other in graph.nodes(each, predicate)],
        )
        for each in inside
    ]
    ranked = sorted(concepts, key=lambda one: (_rank(graph, one.node), one.name))
    label = graph.text(node, terms.SKOS.prefLabel)
    return CodeList(node, name, label, graph.text(node, terms.SKOS.definition), ranked)


def _rank(graph: Graph, node: IRI) -> float:
    text = graph.text(node, terms.rank)
    return float(text) if text else 0.0


def _parsed(path: Path) -> list[Triple]:
    return [quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE, rename_blank_nodes=True)]
