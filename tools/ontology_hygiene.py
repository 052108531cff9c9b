"""Rules that the ontology keeps. Each checker takes triples and gives back one sentence per offence; none means clean.

The tests run them on `ontology/`, and on planted offences to show that they can fail.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

EW = "https://w3id.org/ewgraph/ns#"
EWK = "https://w3id.org/ewgraph/kos/"
CPV = "http://data.europa.eu/cpv/cpv"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
OWL_CLASS = "http://www.w3.org/2002/07/owl#Class"

TERM_NOTES = (f"{RDFS}label", f"{SKOS}prefLabel", f"{SKOS}definition", f"{SKOS}example", f"{RDFS}isDefinedBy")
CONCEPT_NOTES = (
    *(f"{SKOS}{note}" for note in ("prefLabel", "definition", "example", "notation", "inScheme")),
    (f"{SKOS}topConceptOf", f"{SKOS}broader"),
)

QUESTIONS = frozenset(
    f"{letter}{number:02}"
    for letter, count in {"A": 24, "C": 11, "M": 15, "R": 15, "I": 9, "P": 10, "N": 5}.items()
    for number in range(1, count + 1)
)
"""The ids of the 89 competency questions."""

CPV_WEIGHTS = (3, 7, 1, 3, 7, 1, 3, 7)
CPV_EXCEPTIONS = frozenset({"48628000-9"})
"""ICT codes whose published check digit is not the one the weights give. (Of all 9,454 codes of 2008, 532 are so.)"""

FORMATS = {".ttl": RdfFormat.TURTLE, ".trig": RdfFormat.TRIG}


def quads_of(paths: Iterable[Path]) -> list[Quad]:
    """The statements of Turtle and TriG files."""
    return [quad for path in paths for quad in parse(path=str(path), format=FORMATS[path.suffix])]


def _subject(quad: Quad) -> str:
    if isinstance(quad.subject, Triple):
        raise TypeError(f"RDF 1.2 triple terms are not used here: {quad}")
    return quad.subject.value


def _objects(quads: Iterable[Quad], predicate: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        if quad.predicate.value == predicate and isinstance(quad.object, NamedNode | Literal):
            found[_subject(quad)].append(quad.object.value)
    return found


def terms(quads: Iterable[Quad]) -> list[str]:
    """Our classes and properties: the subjects in our namespace that are given a type."""
    return sorted({_subject(q) for q in quads if q.predicate.value == RDF_TYPE and _subject(q).startswith(EW)})


def concepts(quads: Iterable[Quad]) -> list[str]:
    """The concepts of our own code lists."""
    found = {_subject(q) for q in quads if q.predicate.value == RDF_TYPE and q.object == NamedNode(f"{SKOS}Concept")}
    return sorted(name for name in found if name.startswith(EWK))


def missing_notes(quads: Collection[Quad]) -> Iterator[str]:
    """Terms and concepts that lack a label, a definition, an example, their home or their place."""
    present = {(_subject(q), q.predicate.value) for q in quads}
    for names, notes in ((terms(quads), TERM_NOTES), (concepts(quads), CONCEPT_NOTES)):
        for name in names:
            for note in notes:
                either = (note,) if isinstance(note, str) else note
                if not any((name, one) in present for one in either):
                    yield f"<{name}> has no {' or '.join(one.rpartition('#')[2] for one in either)}"


def unknown_questions(quads: Collection[Quad]) -> Iterator[str]:
    """Terms that answer no competency question, or one that does not exist."""
    answers = _objects(quads, f"{EW}answers")
    for name in terms(quads):
        if not answers[name]:
            yield f"<{name}> answers no competency question"
        yield from (
            f"<{name}> answers {q}, which is no competency question" for q in answers[name] if q not in QUESTIONS
        )


def misnamed(quads: Collection[Quad]) -> Iterator[str]:
    """Classes not in UpperCamel, properties not in lowerCamel, concepts not in lower kebab.

    Concepts that stand for a standard or its clauses keep the designation of their publisher (`ILO-C029`, `A`).
    """
    types = _objects(quads, RDF_TYPE)
    for name in terms(quads):
        is_class = OWL_CLASS in types[name]
        rule, style = ("[A-Z][A-Za-z0-9]*", "UpperCamel") if is_class else ("[a-z][A-Za-z0-9]*", "lowerCamel")
        if not re.fullmatch(rule, name.removeprefix(EW)):
            yield f"<{name}> is not in {style}"
    for name in concepts(quads):
        designation = f"{EW}Standard" in types[name] or f"{EW}Provision" in types[name]
        rule = "[A-Za-z0-9]+(-[A-Za-z0-9]+)*" if designation else "[a-z0-9]+(-[a-z0-9]+)*"
        if not re.fullmatch(rule, name.rpartition("/")[2]):
            yield f"<{name}> is not in lower kebab"


def duplicate_labels(quads: Collection[Quad]) -> Iterator[str]:
    """Preferred labels that two concepts of one scheme share in one language, and two of one language on a concept."""
    schemes = _objects(quads, f"{SKOS}inScheme")
    holders: dict[tuple[str, str, str | None], set[str]] = defaultdict(set)
    languages: Counter[tuple[str, str | None]] = Counter()
    for quad in quads:
        if quad.predicate.value == f"{SKOS}prefLabel" and isinstance(quad.object, Literal):
            languages[_subject(quad), quad.object.language] += 1
            for scheme in schemes[_subject(quad)]:
                holders[scheme, quad.object.value.casefold(), quad.object.language].add(_subject(quad))
    for (scheme, label, language), names in holders.items():
        if len(names) > 1:
            yield f"<{scheme}>: {label!r}@{language} is the label of {', '.join(sorted(names))}"
    yield from (
        f"<{name}> has {count} labels @{language}" for (name, language), count in languages.items() if count > 1
    )


def broader_cycles(quads: Collection[Quad]) -> Iterator[str]:
    """Concepts that are broader than themselves."""
    above = _objects(quads, f"{SKOS}broader")
    for start in list(above):
        seen: set[str] = set()
        front = list(above[start])
        while front:
            name = front.pop()
            if name not in seen:
                seen.add(name)
                front.extend(above.get(name, ()))
        if start in seen:
            yield f"<{start}> is broader than itself"


def uneven_ranks(quads: Collection[Quad]) -> Iterator[str]:
    """Schemes in which some but not all concepts are ranked, or the ranks are not consecutive and distinct.

    A concept that is an exact match of another in its scheme is an alias: it has that one's rank.
    """
    schemes = _objects(quads, f"{SKOS}inScheme")
    ranks = _objects(quads, f"{EW}rank")
    same = _objects(quads, f"{SKOS}exactMatch")
    members: dict[str, list[str]] = defaultdict(list)
    for name, homes in schemes.items():
        originals = [other for other in same[name] if set(schemes.get(other, ())) & set(homes)]
        if not originals:
            members[homes[0]].append(name)
        elif ranks[name] != ranks[originals[0]]:
            yield f"<{name}> is not ranked as <{originals[0]}>, which it is an alias of"
    for scheme, names in members.items():
        found = sorted(int(rank) for name in names for rank in ranks[name])
        if found and (len(found) != len(names) or found != list(range(found[0], found[0] + len(found)))):
            yield f"<{scheme}> has {len(names)} concepts and the ranks {found}"


def wrong_cpv_digits(quads: Collection[Quad]) -> Iterator[str]:
    """CPV notations whose check digit is not the weighted sum of the eight digits, modulo 10."""
    for name, notations in _objects(quads, f"{SKOS}notation").items():
        if not name.startswith(f"{CPV}/"):
            continue
        for notation in notations:
            if not re.fullmatch(r"\d{8}-\d", notation) or notation[:8] != name.removeprefix(f"{CPV}/"):
                yield f"<{name}> has the notation {notation!r}"
            elif notation not in CPV_EXCEPTIONS and cpv_digit(notation[:8]) != int(notation[9]):
                yield f"{notation} should end in {cpv_digit(notation[:8])}"


def cpv_digit(digits: str) -> int:
    """The check digit of eight digits: their sum with weights 3, 7, 1, 3, 7, 1, 3, 7, modulo 10.

    >>> cpv_digit("30213100")
    6
    """
    return sum(weight * int(digit) for weight, digit in zip(CPV_WEIGHTS, digits, strict=True)) % 10


def undefined(used: Iterable[str], quads: Collection[Quad]) -> Iterator[str]:
    """IRIs of our namespaces that the ontology does not define."""
    defined = {_subject(quad) for quad in quads}
    for name in sorted(set(used)):
        ours = (name.startswith(EW) and name != EW) or (name.startswith(EWK) and not name.endswith("/"))
        if ours and name not in defined:
            yield f"<{name}> is used and not defined"


def iris_in(path: Path, spaces: dict[str, str]) -> set[str]:
    """The IRIs that a Turtle, TriG or SPARQL file names.

    Args:
        path: the file; a SPARQL file is read by its words, without comments and strings.
        spaces: the namespaces by prefix, for SPARQL files.
    """
    if path.suffix in FORMATS:
        nodes = (node for quad in quads_of([path]) for node in (quad.subject, quad.predicate, quad.object))
        return {node.value for node in nodes if isinstance(node, NamedNode)}
    text = re.sub(r"(?m)^\s*#.*$", "", path.read_text(encoding="utf-8"))
    text = re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', text)
    found = set(re.findall(r"<([^<>\s]+)>", text))
    for prefix, local in re.findall(
        r"(?<![\w<:/-])([A-Za-z][\w-]*):([A-Za-z0-9_][\w-]*)", re.sub(r"<[^<>\s]+>", "", text)
    ):
        if prefix in spaces:
            found.add(spaces[prefix] + local)
    return found
