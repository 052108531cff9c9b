"""The ontology keeps its rules, and each rule notices an offence."""

import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse

import ontology_hygiene as hygiene
import vocabulary

Checker = Callable[[Collection[Quad]], Iterator[str]]

PREFIXES = """
@prefix ew: <https://w3id.org/ewgraph/ns#> .
@prefix l: <https://w3id.org/ewgraph/kos/letter/> .
@prefix cpv: <http://data.europa.eu/cpv/cpv/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""

PLANTED: list[tuple[Checker, str, str]] = [
    (hygiene.missing_notes, 'ew:Thing a owl:Class ; rdfs:label "thing"@en .', "ew:Thing> has no definition"),
    (hygiene.missing_notes, 'l:a a skos:Concept ; skos:prefLabel "A"@en .', "l:a> has no topConceptOf or broader"),
    (hygiene.unknown_questions, "ew:Thing a owl:Class .", "ew:Thing> answers no competency question"),
    (hygiene.unknown_questions, 'ew:Thing a owl:Class ; ew:answers "A25" .', "ew:Thing> answers A25, which is"),
    (hygiene.misnamed, "ew:thing a owl:Class .", "ew:thing> is not in UpperCamel"),
    (hygiene.misnamed, "ew:HasThing a owl:ObjectProperty .", "ew:HasThing> is not in lowerCamel"),
    (hygiene.misnamed, "l:Big_A a skos:Concept .", "l:Big_A> is not in lower kebab"),
    (
        hygiene.duplicate_labels,
        'l:a skos:inScheme ew:s ; skos:prefLabel "A"@en . l:b skos:inScheme ew:s ; skos:prefLabel "a"@en .',
        "ew:s>: 'a'@en is the label of",
    ),
    (hygiene.duplicate_labels, 'l:a skos:prefLabel "A"@en, "B"@en .', "l:a> has 2 labels @en"),
    (hygiene.broader_cycles, "l:a skos:broader l:b . l:b skos:broader l:c . l:c skos:broader l:a .", "l:a> is broader"),
    (hygiene.uneven_ranks, "l:a skos:inScheme ew:s ; ew:rank 1 . l:b skos:inScheme ew:s ; ew:rank 1 .", "ranks [1, 1]"),
    (hygiene.uneven_ranks, "l:a skos:inScheme ew:s ; ew:rank 1 . l:b skos:inScheme ew:s ; ew:rank 3 .", "ranks [1, 3]"),
    (hygiene.uneven_ranks, "l:a skos:inScheme ew:s ; ew:rank 1 . l:b skos:inScheme ew:s .", "2 concepts and the ranks"),
    (
        hygiene.uneven_ranks,
        "l:a skos:inScheme ew:s ; ew:rank 0 . l:b skos:inScheme ew:s ; ew:rank 1 ; skos:exactMatch l:a .",
        "l:b> is not ranked as",
    ),
    (hygiene.wrong_cpv_digits, 'cpv:30213100 skos:notation "30213100-7" .', "30213100-7 should end in 6"),
    (hygiene.wrong_cpv_digits, 'cpv:30213100 skos:notation "30213200-7" .', "has the notation '30213200-7'"),
]


@pytest.mark.parametrize("checker", sorted({checker for checker, _, _ in PLANTED}, key=lambda c: c.__name__))
def test_the_ontology_is_clean(checker: Checker, quads: list[Quad]) -> None:
    assert list(checker(quads)) == []


@pytest.mark.parametrize(("checker", "turtle", "offence"), PLANTED)
def test_an_offence_is_noticed(checker: Checker, turtle: str, offence: str) -> None:
    for prefix, namespace in re.findall(r"@prefix (\w+): <(.*)> \.", PREFIXES):
        offence = re.sub(rf"\b{prefix}:(?=\w)", namespace, offence)
    found = list(checker(list(parse(PREFIXES + turtle, format=RdfFormat.TURTLE))))
    assert any(offence in sentence for sentence in found), found


def test_every_term_and_concept_that_the_repository_uses_is_defined(root: Path, quads: list[Quad]) -> None:
    spaces = vocabulary.prefixes()
    files = [
        path
        for folder, suffixes in {
            "ontology": {".ttl"},
            "shapes": {".ttl"},
            "queries": {".rq"},
            "data": {".trig", ".ttl"},
        }.items()
        for path in sorted((root / folder).rglob("*"))
        if path.suffix in suffixes
    ]
    offences = {
        str(path.relative_to(root)): found
        for path in files
        if (found := list(hygiene.undefined(hygiene.iris_in(path, spaces), quads)))
    }
    assert offences == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.rq", "# ew:Fine in a comment\nPREFIX ew: <https://w3id.org/ewgraph/ns#>\nSELECT * { ?s a ew:SupplyClam }"),
        ("b.ttl", "@prefix ew: <https://w3id.org/ewgraph/ns#> . ew:Claim ew:sees ew:SupplyClam ."),
        ("c.rq", "SELECT * { ?s ?p <https://w3id.org/ewgraph/kos/tier/second> }"),
        ("d.trig", "@prefix tier: <https://w3id.org/ewgraph/kos/tier/> . <x:g> { <x:c> <x:p> tier:second }"),
    ],
)
def test_a_misspelt_term_is_noticed(name: str, text: str, tmp_path: Path, quads: list[Quad]) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = list(hygiene.undefined(hygiene.iris_in(path, vocabulary.prefixes()), quads))
    assert found
    assert not any("Fine" in sentence for sentence in found)


def test_a_prefix_means_one_namespace_everywhere_in_the_ontology(root: Path) -> None:
    spaces = vocabulary.prefixes()
    for path in (root / "ontology").rglob("*.ttl"):
        for prefix, namespace in re.findall(r"(?m)^@prefix ([\w-]*): <(.*)> \.$", path.read_text(encoding="utf-8")):
            assert spaces.get(prefix) == namespace, f"{path.name}: {prefix}"
