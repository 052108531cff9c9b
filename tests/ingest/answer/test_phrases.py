"""The report speaks four languages in full."""

import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest

import ewgraph.ingest.answer
from ewgraph.ingest.answer.phrases import Phrases
from ewgraph.ingest.answer.report import CHANGE_KINDS, OBLIGATION_STATES
from ewgraph.ingest.sheets.ours import CHECK_SHEETS
from ewgraph.validate.report import Severity
from tests.ingest.answer.reports import LANGUAGES

FOLDER = Path(ewgraph.ingest.answer.__file__).parent
CATALOGUE = tomllib.loads((FOLDER / "phrases.toml").read_text(encoding="utf-8"))
STATES = ("queued", "running", "done", "refused", "unchanged", "failed", "cancelled", "withdrawn")


def forms(phrase: str | list[str]) -> list[str]:
    return [phrase] if isinstance(phrase, str) else phrase


def placeholders(phrase: str | list[str]) -> set[str | None]:
    return {field for form in forms(phrase) for _, field, _, _ in Formatter().parse(form)} - {None}


@pytest.mark.parametrize("key", CATALOGUE)
def test_a_phrase_is_there_in_each_language_with_the_same_placeholders(key: str) -> None:
    phrases = CATALOGUE[key]
    assert tuple(phrases) == LANGUAGES
    assert all(form for phrase in phrases.values() for form in forms(phrase))
    assert len({(len(forms(phrase)), frozenset(placeholders(phrase))) for phrase in phrases.values()}) == 1


def test_every_phrase_is_said_somewhere_and_every_one_said_is_there() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py"))
    quoted = set(re.findall(r"""["']([a-z-]+)["']""", source))
    composed = {
        *(f"count-{kind}" for kind in CHANGE_KINDS),
        *CHANGE_KINDS,
        *(f"duty-{state}" for state in OBLIGATION_STATES),
        *(f"state-{state}" for state in STATES),
        *(f"severity-{severity.value}" for severity in Severity),
    }
    assert set(CATALOGUE) <= quoted | composed
    assert composed <= set(CATALOGUE)
    assert {key for key in quoted if key.startswith("next-")} <= set(CATALOGUE)


def test_numbers_are_grouped_as_the_language_does_and_one_is_one() -> None:
    assert Phrases("en").count("rows", 12_345) == "12,345 rows"
    assert Phrases("de-AT").count("rows", 12_345) == "12.345 Zeilen"
    assert Phrases("nb_NO").count("rows", 1) == "1 rad"
    assert Phrases("es").say("more", n=1_000) == "y 1.000 más"


def test_a_language_that_is_not_spoken_gets_english() -> None:
    assert Phrases("fi").say("next") == "What to do next"
    assert Phrases("fi").language == "en"


def test_the_sheets_that_are_ours_are_named_in_every_language() -> None:
    assert {Phrases(language).say("check-sheet") for language in LANGUAGES} < CHECK_SHEETS
    assert all(len(title) <= 31 for title in CHECK_SHEETS)
