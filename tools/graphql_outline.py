"""Generate `outline.py` of `ewgraph.api.graphql` from `ontology/` and `shapes/`: what the schema tells of each class.

    tools/graphql_outline.py            write it
    tools/graphql_outline.py --check    exit with 1 when it is not what the ontology and the shapes say

A property of a class is one that a shape of the class has; its description is the ontology's definition. Here stand
only the names that the schema has for properties, and the words for properties of other vocabularies.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src" / "ewgraph" / "api" / "graphql" / "outline.py"
MODULES = ("ewgraph", "entities", "records", "claims", "remedy")

EW = "https://w3id.org/ewgraph/ns#"
EWS = "https://w3id.org/ewgraph/shapes#"
SH = "http://www.w3.org/ns/shacl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
RANGE = "https://schema.org/rangeIncludes"

SPACES: Mapping[str, str] = {
    "http://purl.org/dc/terms/": "DCT",
    "http://www.opengis.net/ont/geosparql#": "GEO",
    "http://www.w3.org/ns/adms#": "ADMS",
    "http://www.w3.org/ns/locn#": "LOCN",
    "http://www.w3.org/ns/org#": "ORG",
    "http://www.w3.org/ns/prov#": "PROV",
    "http://www.w3.org/ns/regorg#": "ROV",
    "http://xmlns.com/foaf/0.1/": "FOAF",
    RDFS: "RDFS",
    SKOS: "SKOS",
}
"""How `ewgraph.model.terms` calls the vocabularies of others."""

TOGETHER: Mapping[str, str] = {
    **dict.fromkeys(("Factory", "Smelter", "Mine", "RecyclingFacility", "Warehouse", "Dormitory"), "Site"),
    **dict.fromkeys(("FrameworkAgreement", "CallOff"), "Contract"),
    **dict.fromkeys(
        (
            *("Disclosure", "DueDiligenceRecord", "SupplierListEdition", "MineralsDeclaration", "MonitoringReport"),
            *("AuditReport", "RiskAssessment", "Testimony", "Reply", "DatasetImport", "ContractNotice"),
            *("Adjudication", "RedactedEdition", "Release", "Retraction"),
        ),
        "Record",
    ),
}
"""Classes that have the type of a wider one: a thing may be of several of them, or its type was promised."""
PARTS = frozenset({"Address", "Geometry", "Identifier"})
"""Classes whose things are told as parts of others, by hand."""
SHARED = frozenset({"Claim", "Activity"})
"""Classes whose properties are those that all classes below them share."""

CONCEPTS = frozenset(
    {
        *("country", "mineral", "component", "provision", "severity", "standard", "obligation-type"),
        *("observation-topic", "site-attribute", "risk-level", "stage"),
    },
)
"""Code lists that grow, or that several authors make: their entries are told as concepts, not as an enumeration."""
FOREIGN: Mapping[str, set[str]] = {"wasRevisionOf": {"Record"}}
"""To which classes properties of other vocabularies lead, where the shapes do not tell."""
MONEY = frozenset({"value", "amount", "feeAmount"})
"""Numbers that are told exactly."""

NAMES: Mapping[str, str] = {
    "asWKT": "location",
    "assertedIn": "record",
    "bibliographicCitation": "citation",
    "evidenceBasis": "basis",
    "hasGeometry": "location",
    "hasLine": "lines",
    "hasRule": "rules",
    "hides": "kinds",
    "boundaryHash": "reference",
    "sourceColumn": "source",
    "sourcePage": "source",
    "sourceRow": "source",
    "sourceSheet": "source",
    "sourceDocument": "sourceDocument",
    "subOrganizationOf": "partOf",
    "wasAttributedTo": "attributedTo",
    "wasRevisionOf": "revises",
    **{
        verb: verb
        for verb in (
            *("addresses", "deliveredTo", "fulfils", "inFavourOf", "releases", "repliesTo", "requestedFrom"),
            *("retracts", "successorOf", "verifies", "underClauses"),
        )
    },
}
"""What the schema calls a property, where that is not the property's name, or its plural for several values."""
BY_HAND = frozenset(
    {
        *("addresses of Site", "addresses of Organization", "identifiers", "kinds of Boundary", "location", "record"),
        *("source of Claim", "source of Activity", "value of ObservationClaim", "value of SiteAttributeClaim"),
    },
)
"""Fields that are told by hand: a class has to have them."""
WORDS: Mapping[str, str] = {
    "address": "The addresses that were given for it.",
    "bibliographicCitation": "How to cite it.",
    "comment": "What is said of it besides.",
    "hasGeometry": "Where it lies on the map.",
    "homepage": "Its pages on the web.",
    "identifier": "What registers call it.",
    "issued": "The day on which it was published.",
    "label": "What it is called.",
    "legalName": "The name under which it is registered.",
    "license": "The terms under which it may be used.",
    "member": "Who is affiliated.",
    "organization": "The organization that is joined.",
    "role": "Which part it takes.",
    "source": "Where it was found, as an address or in words.",
    "subOrganizationOf": "The organizations that it is a part of.",
    "title": "Its title.",
    "wasAttributedTo": "On whose word it stands.",
    "wasRevisionOf": "The records that it takes the place of.",
}
"""Descriptions of properties of other vocabularies, which define them for any use."""

HEADER = '''# ruff: noqa: E501 -- a property is a line
# fmt: off
"""What the schema tells of each class: its definition, and its properties as fields.

Generated from `ontology/` and `shapes/` by `tools/graphql_outline.py`. Do not edit: change those, then run that tool.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ewgraph.api.graphql.properties import Form, Outline, Property
from ewgraph.model import terms
from ewgraph.model.rdf import IRI

OUTLINES: Final[Mapping[IRI, Outline]] = {
'''


class Graph:
    """The triples of Turtle files."""

    def __init__(self, *folders: str) -> None:
        self._store = Store()
        for folder in folders:
            for path in sorted((ROOT / folder).glob("*.ttl")):
                self._store.load(path=str(path), format=RdfFormat.TURTLE)

    def objects(self, subject: str | Quad, predicate: str) -> list[NamedNode | Literal]:
        """The values of a property of a named or a blank node."""
        node = NamedNode(subject) if isinstance(subject, str) else subject
        return [quad.object for quad in self._store.quads_for_pattern(node, NamedNode(predicate), None)]  # type: ignore[misc]

    def texts(self, subject: str, predicate: str) -> list[str]:
        """The same as text, sorted."""
        return sorted(value.value for value in self.objects(subject, predicate))

    def english(self, subject: str, predicate: str) -> str | None:
        """The value that is tagged as English, if there is one."""
        found = [o.value for o in self.objects(subject, predicate) if isinstance(o, Literal) and o.language == "en"]
        return found[0] if found else None

    def members(self, head: str) -> list[str]:
        """The members of a list."""
        found, node = [], NamedNode(head)
        while node.value != f"{RDF}nil":
            found += [value.value for value in self.objects(node, f"{RDF}first")]  # type: ignore[arg-type]
            node = self.objects(node, f"{RDF}rest")[0]  # type: ignore[arg-type, assignment]
        return found

    def shapes(self) -> Iterator[tuple[str, list[str]]]:
        """Each class that a shape is for, with the shape's property shapes."""
        for quad in self._store.quads_for_pattern(None, NamedNode(f"{SH}targetClass"), None):
            yield quad.object.value, self.texts(quad.subject.value, f"{SH}property")

    def classes(self) -> dict[str, set[str]]:
        """Our classes, each with all of ours above it."""
        kind = NamedNode("http://www.w3.org/2002/07/owl#Class")
        ours = [quad.subject.value for quad in self._store.quads_for_pattern(None, NamedNode(f"{RDF}type"), kind)]
        direct = {name: {a for a in self.texts(name, f"{RDFS}subClassOf") if a.startswith(EW)} for name in ours}

        def above(name: str) -> set[str]:
            return direct[name].union(*(above(parent) for parent in direct[name]))

        return {_local(name): {_local(one) for one in above(name)} for name in ours}


@dataclass(frozen=True, slots=True)
class Row:
    """A property of a class, as a field."""

    name: str
    path: str
    form: str
    text: str
    of: str
    many: bool

    def __str__(self) -> str:
        rest = [f'of="{self.of}"'] * bool(self.of) + ["many=True"] * self.many
        parts = [repr_of(self.name), _term(self.path), f"Form.{self.form}", repr_of(self.text), *rest]
        return f"Property({', '.join(parts)})"


def repr_of(text: str) -> str:
    """A text in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]


def _term(iri: str) -> str:
    local = _local(iri)
    space = iri.removesuffix(local)
    return f"terms.{local}" if space == EW else f"terms.{SPACES[space]}.{local}"


class Outliner:
    """Reads the ontology and the shapes."""

    def __init__(self) -> None:
        self.ontology = Graph("ontology")
        self.shapes = Graph("shapes")
        self.above = self.ontology.classes()

    def rows(self) -> dict[str, list[Row]]:
        """The properties of each class that has a type, sorted; those of the classes above it left out."""
        paths: defaultdict[str, defaultdict[str, list[list[str]]]] = defaultdict(lambda: defaultdict(list))
        owners: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
        for target, properties in self.shapes.shapes():
            kind = TOGETHER.get(_local(target), _local(target))
            if not properties or kind in PARTS:
                continue
            here: defaultdict[str, list[str]] = defaultdict(list)
            for one in properties:
                here[self.shapes.texts(one, f"{SH}path")[0]].append(one)
            for path, found in here.items():
                paths[kind][path].append(found)
            for base in SHARED & self.above.get(kind, set()):
                owners[base][kind] = set(paths[kind])
        for base, below in owners.items():
            for path in set.intersection(*below.values()):
                paths[base][path] = [found for kind in sorted(below) for found in paths[kind][path]]
                for kind in below:
                    del paths[kind][path]
        return {
            kind: sorted(
                (self._row(kind, path, of) for path, of in found.items()), key=lambda row: (row.name, row.path)
            )
            for kind, found in sorted(paths.items())
        }

    def _row(self, kind: str, path: str, shapes: list[list[str]]) -> Row:
        """The field of a property that shapes of the type's classes have, each with these property shapes."""
        form, of, many = max((self._form(path, found) for found in shapes), key=lambda form: form[2])
        name = NAMES.get(_local(path)) or (_plural(_local(path)) if many else _local(path))
        if name == "sourceDocument" or form in {"TEXT", "OWN"}:
            many = False
        if not BY_HAND.isdisjoint({name, f"{name} of {kind}"}):
            form, of, many = "OWN", "", False
        text = WORDS.get(_local(path)) if not path.startswith(EW) else self.ontology.english(path, f"{SKOS}definition")
        if not text:
            sys.exit(f"<{path}> has no definition, and no words here")
        return Row(name, path, form, text, of, many)

    def _form(self, path: str, shapes: list[str]) -> tuple[str, str, bool]:
        """The form of a property's values, the type or list they are of, and whether there may be several."""

        def said(name: str, space: str = SH) -> list[str]:
            return [_local(value) for one in shapes for value in self.shapes.texts(one, f"{space}{name}")]

        many, kinds = not said("maxCount"), set(said("nodeKind"))
        if lists := [one.removesuffix("-concepts") for one in said("in") if one.endswith("-concepts")]:
            found = self._listed(lists[0], many)
        elif described := said("classIfDescribed", EWS):
            classes = {TOGETHER.get(one, one) for one in map(_local, self.shapes.members(f"{EWS}{described[0]}"))}
            found = "NODE", (classes - {"Boundary"}).pop(), many
        elif types := said("datatype"):
            found = self._literal(types[0], many)
        elif "IRIOrLiteral" in kinds:
            found = "VALUES" if many else "VALUE", "", many
        elif "IRI" in kinds or (not kinds and path == f"{EW}assertedIn"):
            found = self._named(path, many)
        elif "Literal" in kinds or path == f"{EW}offset":
            found = "TEXT", "", False
        else:
            found = ("DECIMAL" if _local(path) in MONEY else "NUMBER"), "", many
        return found

    @staticmethod
    def _listed(scheme: str, many: bool) -> tuple[str, str, bool]:
        if scheme in CONCEPTS:
            return "CONCEPT", "", many
        return "CODE", "".join(word.capitalize() for word in scheme.split("-")), many

    @staticmethod
    def _literal(datatype: str, many: bool) -> tuple[str, str, bool]:
        forms = {"date": "DATE", "dateTime": "INSTANT", "integer": "INTEGER", "boolean": "BOOLEAN"}
        form = forms.get(datatype, "TEXT")
        return form, "", many and form != "TEXT"

    def _named(self, path: str, many: bool) -> tuple[str, str, bool]:
        """The form of a property that leads to things of which the shapes do not tell the class."""
        ranges = {_local(one) for one in self.ontology.texts(path, RANGE)} or FOREIGN.get(_local(path), set())
        if not ranges:
            return "VALUES", "", True
        if ranges <= {"Concept", "ProductCategory"}:
            return "CONCEPT", "", many
        of = {TOGETHER.get(one, one) for one in ranges}
        return "NODE", ("Node" if len(of) > 1 or of == {"Claim"} else of.pop()), many


def _plural(name: str) -> str:
    if name.endswith("y"):
        return f"{name[:-1]}ies"
    return f"{name}es" if name.endswith("s") else f"{name}s"


def source() -> str:
    """The text of outline.py."""
    outliner = Outliner()
    parts = [HEADER]
    for kind, rows in outliner.rows().items():
        text = outliner.ontology.english(f"{EW}{kind}", f"{SKOS}definition")
        parts.append(f"    terms.{kind}: Outline({repr_of(text or '')}, (\n")
        parts += [f"        {row},\n" for row in rows]
        parts.append("    )),\n")
    parts.append("}\n")
    return "".join(parts)


def main() -> int:
    """Write or compare the generated module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare only; exit with 1 when it differs")
    text = source()
    if parser.parse_args().check:
        if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
            return 0
        print(f"{TARGET.relative_to(ROOT)} is not what ontology/ and shapes/ say. Run tools/graphql_outline.py.")
        return 1
    TARGET.write_text(text, encoding="utf-8")
    print(f"wrote {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
