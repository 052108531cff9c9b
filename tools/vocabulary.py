"""Generate `terms.py` and `codes.py` of `ewgraph.model` from `ontology/`.

    tools/vocabulary.py            write them
    tools/vocabulary.py --check    exit with 1 when they are not what the ontology says

The output depends on the ontology alone: the order is alphabetical for terms, by rank and then as written for concepts.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

ROOT = Path(__file__).parents[1]
ONTOLOGY = ROOT / "ontology"
MODEL = ROOT / "src" / "ewgraph" / "model"
MODULES = ("ewgraph", "entities", "records", "claims", "remedy")

REUSED: Mapping[str, tuple[str, ...]] = {
    "adms": ("Identifier", "identifier", "schemaAgency"),
    "dcat": ("Dataset", "distribution", "version"),
    "dct": ("bibliographicCitation", "description", "issued", "license", "source", "title"),
    "foaf": ("homepage",),
    "geo": ("Feature", "Geometry", "asWKT", "hasGeometry", "wktLiteral"),
    "locn": ("Address", "address", "adminUnitL2", "fullAddress", "postCode", "postName", "thoroughfare"),
    "org": ("FormalOrganization", "Membership", "Site", "member", "organization", "role", "subOrganizationOf"),
    "owl": ("versionIRI", "versionInfo"),
    "prov": ("Activity", "Entity", "wasAttributedTo", "wasRevisionOf"),
    "rdf": ("langString", "type"),
    "rdfs": ("comment", "isDefinedBy", "label", "subClassOf"),
    "rov": ("legalName",),
    "schema": ("ProductModel", "domainIncludes", "rangeIncludes"),
    "skos": (
        *("Concept", "ConceptScheme", "altLabel", "broadMatch", "broader", "closeMatch", "definition", "exactMatch"),
        *("example", "inScheme", "notation", "prefLabel", "topConceptOf"),
    ),
    "xsd": (
        *("anyURI", "boolean", "date", "dateTime", "dayTimeDuration", "decimal", "double", "duration", "gYear"),
        *("gYearMonth", "integer", "string"),
    ),
}
"""The terms of others that the code names, by prefix of `ontology/prefixes.ttl`."""

CLOSURES: Mapping[str, str] = {
    "RECORD_CLASSES": "Record",
    "CLAIM_CLASSES": "Claim",
    "SITE_CLASSES": "Site",
    "ENTITY_CLASSES": "Entity",
    "ACTIVITY_CLASSES": "Activity",
}
"""The frozensets of terms.py: a class of ours and all below it."""

SH = "http://www.w3.org/ns/shacl#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
RDFS_DEFINED = "http://www.w3.org/2000/01/rdf-schema#isDefinedBy"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OWL_CLASS = "http://www.w3.org/2002/07/owl#Class"

HEADER = '''"""{title}

Generated from `ontology/` by `tools/vocabulary.py`. Do not edit: change the ontology, then run that tool.
"""
'''


class Facts:
    """The triples of some Turtle files, in the order in which they are written."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._values: dict[tuple[str, str], list[NamedNode | Literal]] = defaultdict(list)
        self.subjects: dict[str, None] = {}
        for path in paths:
            for quad in parse(path=str(path), format=RdfFormat.TURTLE):
                if isinstance(quad.object, Triple):
                    sys.exit(f"{path}: RDF 1.2 triple terms are not used here")
                self.subjects[quad.subject.value] = None
                self._values[quad.subject.value, quad.predicate.value].append(quad.object)

    def texts(self, subject: str, predicate: str) -> list[str]:
        """The objects as text, in the order of the file."""
        return [term.value for term in self._values[subject, predicate]]

    def english(self, subject: str, predicate: str) -> str:
        """The one object that is tagged as English."""
        found = [t.value for t in self._values[subject, predicate] if isinstance(t, Literal) and t.language == "en"]
        if len(found) != 1:
            sys.exit(f"<{subject}> has {len(found)} English values of <{predicate}>, not one")
        return found[0]


def prefixes() -> dict[str, str]:
    """The namespaces by prefix, from `prefixes.ttl`."""
    facts = Facts([ONTOLOGY / "prefixes.ttl"])
    return {
        facts.texts(node, f"{SH}prefix")[0]: facts.texts(node, f"{SH}namespace")[0]
        for node in facts.subjects
        if facts.texts(node, f"{SH}prefix")
    }


# ── terms.py ──


def superclasses(facts: Facts, namespace: str) -> dict[str, frozenset[str]]:
    """For each class of ours, all of our classes above it."""
    direct = {
        name: {above for above in facts.texts(name, RDFS_SUBCLASS) if above.startswith(namespace)}
        for name in facts.subjects
        if OWL_CLASS in facts.texts(name, RDF_TYPE)
    }

    def above(name: str, seen: frozenset[str]) -> frozenset[str]:
        if name in seen:
            sys.exit(f"<{name}> is above itself")
        return frozenset(direct[name]).union(*(above(parent, seen | {name}) for parent in direct[name]))

    return {name: above(name, frozenset()) for name in sorted(direct)}


def terms_source() -> str:
    """The text of terms.py."""
    spaces = prefixes()
    ours = spaces["ew"]
    facts = Facts(ONTOLOGY / f"{module}.ttl" for module in MODULES)
    names = sorted(s.removeprefix(ours) for s in facts.subjects if s.startswith(ours) and facts.texts(s, RDFS_DEFINED))
    tree = superclasses(facts, ours)
    parts = [
        "# ruff: noqa: N815, N816 -- the names are those of the vocabularies\n# fmt: off\n",
        HEADER.format(title="The terms of the ontology, and those it reuses, as constants."),
        "\nfrom __future__ import annotations\n\nfrom collections.abc import Mapping\n",
        "from types import MappingProxyType\nfrom typing import Final\n\nfrom ewgraph.model.rdf import IRI\n\n",
        f'EW: Final = "{ours}"\n',
        f'EWK: Final = "{spaces["ewk"]}"\n\n',
    ]
    parts += [f'{name}: Final = IRI("{ours}{name}")\n' for name in names]
    for prefix, terms in REUSED.items():
        parts.append(f'\n\nclass {prefix.upper()}:\n    """Terms of `{spaces[prefix]}`."""\n\n')
        parts += [f'    {term}: Final = IRI("{spaces[prefix]}{term}")\n' for term in terms]
    parts.append("\n\n")
    for constant, base in CLOSURES.items():
        members = sorted(n.removeprefix(ours) for n, above in tree.items() if f"{ours}{base}" in {n, *above})
        parts.append(f"{constant}: Final[frozenset[IRI]] = {_frozenset(members, '')}\n")
        parts.append(f'"""ew:{base} and every class below it."""\n')
    parts.append("SUPERCLASSES: Final[Mapping[IRI, frozenset[IRI]]] = MappingProxyType(\n    {\n")
    for name, above in tree.items():
        inner = _frozenset(sorted(a.removeprefix(ours) for a in above), " " * 8)
        parts.append(f"        {name.removeprefix(ours)}: {inner},\n")
    parts.append('    },\n)\n"""For each class of ours, every class of ours above it, itself excluded."""\n')
    return "".join(parts)


def _frozenset(names: list[str], indent: str) -> str:
    if not names:
        return "frozenset()"
    one_line = f"frozenset({{{', '.join(names)}}})"
    if len(one_line) < 60:
        return one_line
    lines = "".join(f"{indent}        {name},\n" for name in names)
    return f"frozenset(\n{indent}    {{\n{lines}{indent}    }},\n{indent})"


# ── codes.py ──


@dataclass(frozen=True, slots=True)
class CodeList:
    """A scheme and its concepts as they become an enumeration."""

    iri: str
    name: str
    definition: str
    members: list[tuple[str, str, int | None]] = field(default_factory=list)
    aliases: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def code_lists() -> Iterator[CodeList]:
    """The schemes that become enumerations: all of ours but provisions, which are data of their codes."""
    spaces = prefixes()
    for path in sorted((ONTOLOGY / "kos").rglob("*.ttl")):
        facts = Facts([path])
        for scheme in facts.subjects:
            slug = scheme.removeprefix(spaces["ewk"])
            is_scheme = f"{SKOS}ConceptScheme" in facts.texts(scheme, RDF_TYPE)
            if is_scheme and slug != scheme and not slug.startswith("provision/"):
                yield _code_list(facts, scheme, slug, spaces["ew"])


def _code_list(facts: Facts, scheme: str, slug: str, ours: str) -> CodeList:
    name = "".join(word.capitalize() for word in re.split(r"[-/]", slug))
    found = CodeList(scheme, name, facts.english(scheme, f"{SKOS}definition"))
    for concept in facts.subjects:
        if scheme not in facts.texts(concept, f"{SKOS}inScheme"):
            continue
        same = [other for other in facts.texts(concept, f"{SKOS}exactMatch") if other.startswith(f"{scheme}/")]
        if same:
            found.aliases[same[0]].append(concept)
            continue
        ranks = facts.texts(concept, f"{ours}rank")
        label = facts.english(concept, f"{SKOS}prefLabel")
        found.members.append((concept, label, int(ranks[0]) if ranks else None))
    found.members.sort(key=lambda member: -1 if member[2] is None else member[2])
    return found


def member_name(slug: str, scheme: str) -> str:
    """Upper snake case, led by the scheme's name where it would begin with a digit."""
    name = re.sub(r"[^A-Za-z0-9]+", "_", slug).upper()
    return f"{re.sub(r'[-/]', '_', scheme).upper()}_{name}" if name[0].isdigit() else name


def codes_source() -> str:
    """The text of codes.py."""
    kos = prefixes()["ewk"]
    parts = [
        "# ruff: noqa: E501 -- a concept is a line\n# fmt: off\n",
        HEADER.format(title="The code lists of the ontology as enumerations; ranked ones ascend."),
        "\nfrom __future__ import annotations\n\nfrom ewgraph.model.code import Code\n",
    ]
    for scheme in code_lists():
        parts.append(f'\n\nclass {scheme.name}(Code):\n    """{scheme.definition}"""\n\n')
        for iri, label, rank in scheme.members:
            also = scheme.aliases.get(iri, [])
            values = [f'"{iri}"', f'"{label}"', *([str(rank)] if rank is not None or also else [])]
            values += [f'"{alias}"' for alias in also]
            name = member_name(iri.removeprefix(f"{scheme.iri}/"), scheme.iri.removeprefix(kos))
            parts.append(f"    {name} = ({', '.join(values)})\n")
    return "".join(parts)


def main() -> int:
    """Write or compare the generated modules."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare only; exit with 1 when they differ")
    check = parser.parse_args().check
    stale = 0
    for path, text in ((MODEL / "terms.py", terms_source()), (MODEL / "codes.py", codes_source())):
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        if check:
            print(f"{path.relative_to(ROOT)} is not what ontology/ says. Run tools/vocabulary.py.", file=sys.stderr)
            stale = 1
        else:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    return stale


if __name__ == "__main__":
    sys.exit(main())
