"""Write shapes/codelists.ttl: the concepts of each code list as an RDF list that `sh:in` can point at.

Run it after a change of ontology/kos; `--check` writes nothing and fails when the file is not up to date.
"""

import argparse
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Final

from ewgraph.model.rdf import IRI, Literal, RdfFormat, parse

ROOT: Final = Path(__file__).parents[1]
TARGET: Final = ROOT / "shapes" / "codelists.ttl"
KOS: Final = "https://w3id.org/ewgraph/kos/"
# Lists kept by others that a record names members of. The CPV is not among them: ontology/kos has its ICT part only.
ELSEWHERE: Final = {"http://publications.europa.eu/resource/authority/country": "country"}
SKOS_IN_SCHEME: Final = IRI("http://www.w3.org/2004/02/skos/core#inScheme")
RANK: Final = IRI("https://w3id.org/ewgraph/ns#rank")
SH: Final = "http://www.w3.org/ns/shacl#"
HEAD: Final = """\
# The concepts of each code list, for sh:in, and the ranks of the visibilities.
# Generated from ontology/kos by tools/codelist_shapes.py: do not edit.
"""


def prefixes(ontology: Path) -> dict[str, str]:
    """The prefix of each namespace that ontology/prefixes.ttl declares."""
    names: dict[object, str] = {}
    namespaces: dict[object, str] = {}
    for quad in parse(path=str(ontology / "prefixes.ttl"), format=RdfFormat.TURTLE):
        if quad.predicate == IRI(f"{SH}prefix") and isinstance(quad.object, Literal):
            names[quad.subject] = quad.object.value
        elif quad.predicate == IRI(f"{SH}namespace") and isinstance(quad.object, Literal):
            namespaces[quad.subject] = quad.object.value
    return {namespace: names[node] for node, namespace in namespaces.items()}


def written(iri: str, prefix_of: dict[str, str], used: set[str]) -> str:
    """The IRI in Turtle, short where a prefix is declared; the namespace is added to `used`."""
    namespace, local = re.fullmatch(r"(.*[/#])(.*)", iri).groups()  # type: ignore[union-attr]
    if namespace in prefix_of and re.fullmatch(r"[A-Za-z0-9_]([A-Za-z0-9_-]*)", local):
        used.add(namespace)
        return f"{prefix_of[namespace]}:{local}"
    return f"<{iri}>"


def listed_as(scheme: str) -> str | None:
    """The name under which a scheme's concepts are listed, None where they are not; sub-schemes share one list."""
    return scheme.removeprefix(KOS).split("/")[0] if scheme.startswith(KOS) else ELSEWHERE.get(scheme)


def codelists(ontology: Path) -> str:
    """The text of shapes/codelists.ttl."""
    concepts: defaultdict[str, list[str]] = defaultdict(list)
    ranks: dict[str, str] = {}
    for file in sorted((ontology / "kos").rglob("*.ttl")):
        for quad in parse(path=str(file), format=RdfFormat.TURTLE):
            if not isinstance(quad.subject, IRI):
                continue
            if quad.predicate == SKOS_IN_SCHEME and isinstance(quad.object, IRI):
                name = listed_as(quad.object.value)
                if name is not None:
                    concepts[name].append(quad.subject.value)
            elif quad.predicate == RANK and isinstance(quad.object, Literal):
                ranks[quad.subject.value] = quad.object.value
    prefix_of = prefixes(ontology)
    used = {"https://w3id.org/ewgraph/shapes#", "https://w3id.org/ewgraph/ns#"}
    used.add("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
    body = []
    for scheme, members in sorted(concepts.items()):
        first, *rest = [written(iri, prefix_of, used) for iri in members]
        tail = "".join(f"\n    {concept}" for concept in rest)
        body.append(f"ews:{scheme}-concepts\n  rdf:first {first} ;\n  rdf:rest ({tail} ) .\n")
    body.extend(f"{written(iri, prefix_of, used)} ew:rank {ranks[iri]} .\n" for iri in concepts["visibility"])
    declared = sorted((prefix_of[namespace], namespace) for namespace in used)
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in declared)
    return f"{HEAD}\n{head}\n" + "\n".join(body)


def main(arguments: list[str]) -> int:
    """Write the file, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the file is not up to date")
    check = parser.parse_args(arguments).check
    text = codelists(ROOT / "ontology")
    if not check:
        TARGET.write_text(text, "utf-8")
        return 0
    if TARGET.exists() and TARGET.read_text("utf-8") == text:
        return 0
    print(f"{TARGET.relative_to(ROOT)} is not up to date: run python tools/codelist_shapes.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
