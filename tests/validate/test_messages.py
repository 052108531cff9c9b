"""Every message can be read in four languages, and each of them says the same with the same placeholders."""

from collections import defaultdict
from pathlib import Path

import pytest

from ewgraph.errors import InputError
from ewgraph.model.rdf import Literal, RdfFormat, parse
from ewgraph.validate.messages import LANGUAGES, Messages, placeholders
from ewgraph.validate.report import SH, Severity

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "shapes").rglob("*.ttl"))


def faults_of(turtle: str) -> list[str]:
    """Each node with messages that lacks a language, has one twice, or fills its placeholders unequally."""
    said: defaultdict[object, list[Literal]] = defaultdict(list)
    for quad in parse(turtle, format=RdfFormat.TURTLE):
        if quad.predicate.value == f"{SH}message" and isinstance(quad.object, Literal):
            said[quad.subject].append(quad.object)
    faults = []
    for node, texts in said.items():
        if sorted(str(text.language) for text in texts) != sorted(LANGUAGES):
            faults.append(f"{node}: {sorted(str(text.language) for text in texts)}")
        if len({placeholders(text.value) for text in texts}) > 1:
            faults.append(f"{node}: {[sorted(placeholders(text.value)) for text in texts]}")
    return faults


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_message_is_there_in_four_languages_with_the_same_placeholders(file: Path) -> None:
    assert faults_of(file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "messages",
    [
        '"One."@en , "Eins."@de , "Én."@nb',
        '"One."@en , "Eins."@de , "Én."@nb , "Uno."@es , "Un."@es',
        '"One {$value}."@en , "Eins {$value}."@de , "Én."@nb , "Uno {$value}."@es',
    ],
)
def test_a_missing_language_or_placeholder_is_noticed(messages: str) -> None:
    assert len(faults_of(f"<x:shape> <{SH}message> {messages} .")) == 1


@pytest.fixture(scope="module")
def messages() -> Messages:
    return Messages(ROOT / "shapes")


def test_a_message_is_given_with_its_severity_and_its_placeholders_filled(messages: Messages) -> None:
    severity, texts = messages.of("reading-rowRepeated", {"other": "7"})
    assert severity is Severity.WARNING
    assert texts["en"].startswith("This row says the same as row 7:")
    assert texts["de"].startswith("Diese Zeile sagt dasselbe wie Zeile 7:")
    assert texts.keys() == set(LANGUAGES)


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("cellError", Severity.VIOLATION),
        ("formulaWithoutValue", Severity.VIOLATION),
        ("formula", Severity.INFO),
        ("dateAmbiguous", Severity.VIOLATION),
        ("textTooLong", Severity.VIOLATION),
        ("controlCharacter", Severity.VIOLATION),
        ("row", Severity.VIOLATION),
        ("rowRepeated", Severity.WARNING),
        ("headingMissing", Severity.VIOLATION),
        ("headingRepeated", Severity.VIOLATION),
        ("headingUnknown", Severity.INFO),
        ("merged", Severity.INFO),
        ("hiddenRow", Severity.INFO),
        ("hiddenSheet", Severity.INFO),
        ("identifierChanged", Severity.VIOLATION),
        ("noRows", Severity.VIOLATION),
        ("noTable", Severity.VIOLATION),
        ("noObjects", Severity.VIOLATION),
        ("trailing", Severity.INFO),
        ("rowEmptyColumn", Severity.INFO),
        ("rowIgnored", Severity.INFO),
    ],
)
def test_only_what_cannot_be_read_keeps_a_row_out(messages: Messages, name: str, severity: Severity) -> None:
    params = {"value": "V", "expected": "E", "heading": "H", "other": "O"}
    found, texts = messages.of(f"reading-{name}", params)
    assert found is severity
    assert all("{" not in text and text.endswith(".") for text in texts.values())


def test_an_unknown_message_is_refused_with_those_that_exist(messages: Messages) -> None:
    with pytest.raises(InputError, match=r"'reading-celError' is no message.*reading-cellError"):
        messages.of("reading-celError", {})
