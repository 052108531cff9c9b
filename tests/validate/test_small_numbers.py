"""Numbers of workers under the least are refused, whatever they are written like, and more where more is set."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ewgraph.model.rdf import Literal
from ewgraph.validate.small_numbers import LEAST_WORKERS, too_few
from ewgraph.validate.validator import Validator
from tests.conftest import ROOT, by_record

HEADCOUNT = """
@prefix ew: <https://w3id.org/ewgraph/ns#> . @prefix ex: <https://data.example.org/id/> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:R {{ ex:R a ew:DatasetImport ; prov:wasAttributedTo ex:brand ;
    ew:visibility <https://w3id.org/ewgraph/kos/visibility/public> ;
    ew:receivedAt "2024-05-02T10:00:00Z"^^xsd:dateTime .
  ex:it a ew:ObservationClaim ; ew:assertedIn ex:R ; ew:site ex:F ; ew:observedOn "2024-05-01"^^xsd:date ;
    ew:attribute <https://w3id.org/ewgraph/kos/observation-topic/{topic}> ; ew:value {value} . }}
"""


@pytest.mark.parametrize("text", ["4", "1", "4.0", "1-4", "2 to 10", "about 3", "10 to 14, of them 4 women"])
def test_a_small_number_is_found_in_words(text: str) -> None:
    assert list(too_few([Literal(text)], LEAST_WORKERS)) == [Literal(text)]


@pytest.mark.parametrize("text", ["0", "5", "1,200", "12 003", "1'002", "5000+", "Less than 1000", "-1", "no"])
def test_other_numbers_are_not(text: str) -> None:
    assert list(too_few([Literal(text)], LEAST_WORKERS)) == []


@pytest.fixture(scope="module")
def said() -> Callable[[int, str, str], list[str]]:
    """The messages on a record that counts, where so many are the least."""
    validators = {least: Validator(ROOT / "shapes", least) for least in (5, 10)}

    def messages(least: int, value: str, topic: str = "worker-count") -> list[str]:
        (quads,) = by_record(HEADCOUNT.format(value=value, topic=topic))
        record = quads[0].graph_name
        return [result.messages["nb"] for result in validators[least].validate(record, quads).results]  # type: ignore[arg-type]

    return messages


@pytest.mark.parametrize(
    ("least", "value", "refused"), [(5, "4", True), (5, "5", False), (10, "9", True), (10, "10", False)]
)
def test_a_setting_can_ask_for_more(
    said: Callable[[int, str, str], list[str]], least: int, value: str, refused: bool
) -> None:
    messages = said(least, value, "worker-count")
    assert bool(messages) == refused
    assert all(f"færre enn {least} arbeidstakere" in message for message in messages)


def test_a_small_size_class_is_refused_where_more_is_asked_for(said: Callable[[int, str, str], list[str]]) -> None:
    band = "<https://w3id.org/ewgraph/kos/band/5-9>"
    assert said(5, band, "worker-count") == []
    assert len(said(10, band, "worker-count")) == 1


def test_other_observations_may_be_small(said: Callable[[int, str, str], list[str]]) -> None:
    assert said(5, "3", "working-hours") == []


def test_no_shape_asks_for_fewer_than_the_least() -> None:
    lines = [line for path in (ROOT / "shapes").glob("*.ttl") for line in _asking(path)]
    assert len(lines) >= 8
    assert {line.split()[1] for line in lines} == {str(LEAST_WORKERS)}


def _asking(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        line for line in lines if line.strip().startswith(("ews:leastWorkers ", "ews:leastOfShare ", "ews:leastLeft "))
    ]
