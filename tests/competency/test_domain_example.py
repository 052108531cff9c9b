"""The tested example of the domain description: the table of its answers, row by row."""

from __future__ import annotations

import pytest

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.model.rdf import IRI
from tests.competency.asking import HERE, World, plain
from tests.competency.conftest import Worlds
from tests.conftest import named

EXAMPLE = HERE / "domain_example" / "records.trig"
JUNE, FEBRUARY = "2024-06-01T00:00:00Z", "2024-02-01T00:00:00Z"


@pytest.fixture
def example(worlds: Worlds) -> World:
    return worlds(EXAMPLE)


def rows(view: View, catalogue: Catalogue, name: str, columns: str, **bindings: IRI) -> list[str]:
    """The rows of those columns, the names of the example without their base."""
    wanted = columns.split()
    return [
        " ".join(plain(row[column]).rpartition("/")[2] for column in wanted)
        for row in view.select(catalogue[name], bindings)
    ]


@pytest.mark.parametrize(
    ("reader", "instants", "expected"),
    [
        ("staff", ("2024-02-01", FEBRUARY), ["F2 D2", "F2 P1"]),
        ("staff", ("2024-02-01", JUNE), ["F1 D1", "F2 D2", "F2 P1"]),
        ("ex:uni-a", ("2024-02-01", JUNE), ["F1 D1", "F2 P1"]),
        ("staff", ("2024-04-01", JUNE), ["F1 D1", "F2 P1"]),
    ],
)
def test_as_of(
    example: World,
    catalogue: Catalogue,
    reader: str,
    instants: tuple[str, str],
    expected: list[str],
) -> None:
    view = example.view(reader, *instants)
    assert rows(view, catalogue, "sites-of-model", "site record", model=named("ex:L1")) == expected


@pytest.mark.parametrize(("day", "expected"), [("2024-05-01", ["O1"]), ("2024-06-01", []), ("2024-09-01", ["O2"])])
def test_overdue(example: World, catalogue: Catalogue, day: str, expected: list[str]) -> None:
    view = example.view("staff", day, f"{day}T00:00:00Z")
    assert rows(view, catalogue, "overdue-disclosures", "obligation") == expected


def test_late(example: World, catalogue: Catalogue) -> None:
    view = example.view("staff", "2024-06-01", JUNE)
    late = rows(view, catalogue, "late-disclosures", "obligation due receivedAt daysLate")
    assert late == ["O1 2024-04-15 2024-05-02T10:00:00Z 17"]


@pytest.mark.parametrize(("reader", "expected"), [("staff", ["divergence L1 F1 D1 F2 D2"]), ("ex:uni-a", [])])
def test_disagreement(example: World, catalogue: Catalogue, reader: str, expected: list[str]) -> None:
    view = example.view(reader, "2024-06-01", JUNE)
    columns = "kind model siteA recordA siteB recordB"
    assert rows(view, catalogue, "disagreeing-disclosures", columns) == expected


@pytest.mark.parametrize(("reader", "expected"), [("staff", ["F1 1 2", "F2 1 2"]), ("ex:uni-a", ["F1 1 1", "F2 0 1"])])
def test_leverage_strict_and_suspected(example: World, catalogue: Catalogue, reader: str, expected: list[str]) -> None:
    view = example.view(reader, "2024-02-01", JUNE)
    assert rows(view, catalogue, "leverage", "site strict suspected") == expected
