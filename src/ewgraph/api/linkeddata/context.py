"""The JSON-LD context of the data: generated from the shapes and the ontology, so that none of it is said twice.

A property that takes nodes is coerced to `@id`, one that takes a datatype to that, and one that takes text in any
language is a language map. The same rules, as `Context`, write compacted JSON-LD.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Quad, RdfFormat, Triple, parse

_SH: Final = "http://www.w3.org/ns/shacl#"
_OWL: Final = "http://www.w3.org/2002/07/owl#"
_PATH: Final = IRI(_SH + "path")
_SAID: Final = frozenset(IRI(_SH + name) for name in ("datatype", "nodeKind", "class", "in", "node"))
_NODE_KINDS: Final = frozenset({_SH + "IRI", _SH + "BlankNodeOrIRI", _SH + "BlankNode"})
_MORE: Final[Mapping[str, str]] = MappingProxyType(
    {
        terms.SKOS.prefLabel.value: "@language",
        terms.SKOS.altLabel.value: "@language",
        terms.SKOS.definition.value: "@language",
        terms.SKOS.example.value: "@language",
        terms.DCT.title.value: "@language",
        **dict.fromkeys(
            (
                *(terms.SKOS.inScheme.value, terms.SKOS.broader.value, terms.SKOS.topConceptOf.value),
                *(terms.SKOS.broadMatch.value, terms.SKOS.closeMatch.value, terms.SKOS.exactMatch.value),
                terms.RDFS.isDefinedBy.value,
            ),
            "@id",
        ),
    }
)
"""What records do not hold, but code lists do."""
_LOCAL: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Property:
    """How a property is written.

    Attributes:
        name: its term.
        coercion: `@id`, a datatype's IRI, `@language`, or nothing.
    """

    name: str
    coercion: str = ""


class Context:
    """The terms, and what they stand for.

    Attributes:
        version: of the ontology that it was made from.
        prefixes: the namespaces that IRIs are shortened with, by prefix.
        properties: how each property is written, by IRI.
        classes: the term of each class, by IRI.
    """

    def __init__(
        self, version: str, prefixes: Mapping[str, str], properties: Mapping[str, str], classes: Iterable[str]
    ) -> None:
        """Choose a term for each: the name in its namespace; ours first, and none that two others share.

        Args:
            version: of the ontology.
            prefixes: namespaces by prefix.
            properties: the coercion of each property, by IRI.
            classes: the IRIs of the classes.
        """
        classes = sorted(set(classes))
        local = {node: _local(node) for node in (*properties, *classes)}
        ours = {name for node, name in local.items() if node.startswith(terms.EW)}
        often = Counter(name for node, name in local.items() if not node.startswith(terms.EW))
        chosen = {
            node: name
            for node, name in local.items()
            if name and (node.startswith(terms.EW) or (name not in ours and often[name] == 1))
        }
        taken = set(chosen.values())
        self.version = version
        self.prefixes = {
            name: space for name, space in sorted(prefixes.items()) if _is_general(space) and name not in taken
        }
        self.properties = {
            node: Property(chosen[node], coercion) for node, coercion in properties.items() if node in chosen
        }
        self.classes = {node: chosen[node] for node in classes if node in chosen}

    @classmethod
    def of(cls, ontology: Path, shapes: Path, prefixes: Mapping[str, str]) -> Context:
        """The context of an ontology and the shapes of its data, read from their folders."""
        triples = [quad.triple for path in sorted(ontology.glob("*.ttl")) for quad in _parsed(path)]
        kinds: defaultdict[str, set[str]] = defaultdict(set)
        version = ""
        for triple in triples:
            if (
                triple.predicate == terms.RDF.type
                and isinstance(triple.object, IRI)
                and isinstance(triple.subject, IRI)
            ):
                kinds[triple.object.value].add(triple.subject.value)
            elif triple.predicate.value == _OWL + "versionInfo":
                version = getattr(triple.object, "value", "")
        properties = dict(_MORE)
        for node in kinds[_OWL + "ObjectProperty"]:
            properties[node] = "@id"
        for name in ("DatatypeProperty", "AnnotationProperty"):
            properties.update(dict.fromkeys(kinds[_OWL + name], ""))
        properties.update(_shaped(shapes))
        classes = kinds[_OWL + "Class"] | {terms.SKOS.Concept.value, terms.SKOS.ConceptScheme.value}
        return cls(version, prefixes, properties, classes)

    def document(
        self, *, only: frozenset[str] | None = None, without: frozenset[str] = frozenset()
    ) -> dict[str, object]:
        """What stands under `@context`: all terms, or only those named, without some prefixes."""
        defined: dict[str, object] = {"@version": 1.1, "id": "@id", "type": "@type"}
        wanted = {node: one for node, one in self.properties.items() if only is None or one.name in only}
        classes = {node: name for node, name in self.classes.items() if only is None or name in only}
        used = set(only or ())
        for node in (*wanted, *classes, *(one.coercion for one in wanted.values())):
            prefix = self._prefix(node, without)
            used |= {prefix} if prefix else set()
        defined |= {name: space for name, space in self.prefixes.items() if only is None or name in used - without}
        entries: dict[str, object] = {name: self.shortened(node, without) for node, name in classes.items()}
        entries |= {one.name: self._entry(node, one, without) for node, one in wanted.items()}
        return defined | dict(sorted(entries.items()))

    def _entry(self, node: str, one: Property, without: frozenset[str]) -> object:
        short = self.shortened(node, without)
        if one.coercion == "@language":
            return {"@id": short, "@container": "@language"}
        return {"@id": short, "@type": self.shortened(one.coercion, without)} if one.coercion else short

    def shortened(self, node: str, without: frozenset[str] = frozenset()) -> str:
        """An IRI as a prefix and a name, where there is such a prefix; as it is, otherwise."""
        prefix = self._prefix(node, without)
        return f"{prefix}:{node.removeprefix(self.prefixes[prefix])}" if prefix else node

    def _prefix(self, node: str, without: frozenset[str]) -> str:
        """The prefix of the longest namespace that the IRI begins with, if what follows makes a readable name."""
        fitting = [
            (len(space), name)
            for name, space in self.prefixes.items()
            if name not in without and node.startswith(space)
        ]
        if not fitting:
            return ""
        name = max(fitting)[1]
        rest = node.removeprefix(self.prefixes[name])
        return name if rest and not rest.startswith("//") else ""


def _local(node: str) -> str:
    name = re.split(r"[#/]", node)[-1]
    return name if _LOCAL.fullmatch(name) and name not in {"id", "type"} else ""


def _is_general(space: str) -> bool:
    """Not of one code list: those share names with properties, and `ewk` shortens their concepts as well."""
    return space == terms.EWK or not space.startswith(terms.EWK)


def _shaped(folder: Path) -> dict[str, str]:
    """What the shapes let each property take, as a coercion."""
    paths: dict[object, IRI] = {}
    said: defaultdict[object, list[Triple]] = defaultdict(list)
    for path in sorted(folder.glob("*.ttl")):
        for quad in _parsed(path):
            if quad.predicate == _PATH and isinstance(quad.object, IRI):
                paths[quad.subject] = quad.object
            elif quad.predicate in _SAID:
                said[quad.subject].append(quad.triple)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for shape, node in paths.items():
        for triple in said[shape]:
            value = getattr(triple.object, "value", "")
            if triple.predicate.value == _SH + "datatype":
                found[node.value].add("" if value == terms.XSD.string.value else value)
            elif triple.predicate.value != _SH + "nodeKind" or value in _NODE_KINDS:
                found[node.value].add("@id")
            else:
                found[node.value].add("@language" if value == _SH + "Literal" else "")
    return {node: next(iter(ways)) if len(ways) == 1 else "" for node, ways in found.items()}


def _parsed(path: Path) -> Iterable[Quad]:
    return parse(path=str(path), format=RdfFormat.TURTLE, rename_blank_nodes=True)
