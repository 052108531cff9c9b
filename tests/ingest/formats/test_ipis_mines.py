"""Visits to mines become what was observed there, and nothing where nothing was written down."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Term
from tests.ingest.formats.reading_of import Outcome, csv_file, outcome_of

MINE = "https://w3id.org/ewgraph/id/mine/"
ROW = {
    "vid": "1", "source": "IPIS", "pcode": "codmine00001", "name": "Mine 1", "visit_date": "2018-08-18",
    "visit_onsite": "1", "longitude": "28.7", "latitude": "0.3", "province": "Nord-Kivu", "territoire": "Lubero",
}  # fmt: skip
NAMES = [
    *ROW, "visit_onsite_novisitreason", "workers_numb", "mineral1", "mineral2", "mineral3", "mercury", "presence",
    "armed_group1", "taxation_armed_group1", "forced_labour_armed_group1", "armed_group2", "taxation_armed_group2",
    "forced_labour_armed_group2", "state_service1", "state_service2", "traceability", "qualification", "childunder15",
    "women", "selling_points_mineral1", "final_destination_mineral1",
]  # fmt: skip


def read(tmp_path: Path, *rows: Mapping[str, str]) -> Outcome:
    listed = [[{**ROW, **row}.get(name, "") for name in NAMES] for row in rows]
    return outcome_of(csv_file(tmp_path / "visits.csv", NAMES, *listed), "ipis-mines")


def observed(outcome: Outcome) -> dict[str, list[tuple[str, str, str]]]:
    """By topic: mine, day and value of each observation."""
    said: defaultdict[Term, dict[IRI, str]] = defaultdict(dict)
    for quad in outcome.quads:
        if isinstance(quad.object, IRI | Literal):
            said[quad.subject][quad.predicate] = quad.object.value
    found = defaultdict(list)
    for claim in said.values():
        if claim.get(terms.RDF.type) == terms.ObservationClaim.value:
            topic = claim[terms.attribute].rpartition("/")[2]
            found[topic].append((claim[terms.site], claim[terms.observedOn], claim[terms.value]))
    return found


def local(values: list[str]) -> list[str]:
    return [value.rpartition("/")[2] for value in values]


def test_what_is_blank_was_not_asked(tmp_path: Path) -> None:
    outcome = read(tmp_path, {}, {"vid": "2", "visit_date": "2018-09-05", "childunder15": "0"})
    assert (outcome.refused, outcome.file) == ([], [])
    assert observed(outcome) == {"child-labour": [(MINE + "codmine00001", "2018-09-05", "false")]}


def test_a_handful_of_workers_is_left_out_and_the_rest_of_the_visit_is_not(tmp_path: Path) -> None:
    outcome = read(tmp_path, {"workers_numb": "4", "women": "1"}, {"vid": "2", "workers_numb": "5"})
    assert outcome.refused == []
    found = observed(outcome)
    assert [value for _, _, value in found["worker-count"]] == ["5"]
    assert len(found["women-present"]) == 1


def test_a_mine_has_its_code_place_and_minerals(tmp_path: Path) -> None:
    outcome = read(tmp_path, {"mineral1": "Or", "mineral2": "Cassitérite", "mineral3": "Tourmaline"})
    assert outcome.refused == []
    assert outcome.values("notation") == ["codmine00001"]
    assert outcome.values("asWKT") == ["POINT(28.7 0.3)"]
    assert outcome.values("adminUnitL2") == ["Nord-Kivu"]
    assert outcome.values("postName") == ["Lubero"]
    assert local(outcome.values("mineral")) == ["gold", "tin"]
    assert local(outcome.values("value")) == ["gold"]


@pytest.mark.parametrize(("said", "value"), [("Coltan", "tantalum"), ("Cuivre", "copper"), ("Diamant", "Diamant")])
def test_the_main_mineral_is_a_concept_where_there_is_one(tmp_path: Path, said: str, value: str) -> None:
    assert local(read(tmp_path, {"mineral1": said}).values("value")) == [value]


def test_what_nobody_saw_is_inferred(tmp_path: Path) -> None:
    there = {"women": "1"}
    absent = {"vid": "2", "women": "1", "visit_onsite": "0", "visit_onsite_novisitreason": "Insécurité"}
    told = {**absent, "vid": "3", "visit_onsite_novisitreason": "Third-party information"}
    outcome = read(tmp_path, there, absent, told)
    assert outcome.refused == []
    assert local(outcome.values("evidenceBasis")) == ["monitor-observation", "inferred", "inferred"]
    assert local(outcome.values("method")) == ["observation", "document"]


def test_one_armed_group_that_does_it_is_enough(tmp_path: Path) -> None:
    rows = [
        {"forced_labour_armed_group1": "0", "forced_labour_armed_group2": "1"},
        {"vid": "2", "forced_labour_armed_group1": "0", "taxation_armed_group1": "1", "armed_group1": "Group 1"},
    ]
    found = observed(read(tmp_path, *rows))
    assert [value for _, _, value in found["forced-labour"]] == ["true", "false"]
    assert [value for _, _, value in found["armed-group-taxation"]] == ["true"]


def test_the_names_of_groups_and_services_stand_beside_their_presence(tmp_path: Path) -> None:
    outcome = read(
        tmp_path,
        {"presence": "1", "armed_group1": "Group 1", "state_service1": "SAESSCAM", "state_service2": "Chefferie"},
    )
    assert outcome.values("comment") == [
        "Armed group named: Group 1", "State service named: SAESSCAM", "State service named: Chefferie",
    ]  # fmt: skip


def test_a_status_that_is_unknown_is_told_at_its_cell(tmp_path: Path) -> None:
    outcome = read(tmp_path, {"qualification": "Violet"})
    faults = [fault for made in outcome.made for row in made.rows for fault in row.faults]
    assert [fault.value for fault in faults] == ["Violet"]


@pytest.fixture(scope="module")
def visits(shared_data: Path) -> Outcome:
    path = shared_data / "ipis-drc-mines" / "cod_mines_curated_all_opendata_p_ipis.csv"
    return outcome_of(path, "ipis-mines", validated=False)


@pytest.fixture(scope="module")
def series(visits: Outcome) -> dict[str, list[tuple[str, str, str]]]:
    return observed(visits)


def test_all_visits_are_read(visits: Outcome, series: dict[str, list[tuple[str, str, str]]]) -> None:
    assert sum(len(made.rows) for made in visits.made) == 6955
    assert {fault.shape for fault in visits.file} == {"reading-headingUnknown"}
    assert [fault for made in visits.made for row in made.rows for fault in row.faults] == []
    assert max(len(made.rows) for made in visits.made) == 1000
    assert len({site for site, _, _ in series["main-mineral"]}) >= 3400


def test_counts_are_those_of_the_file(series: dict[str, list[tuple[str, str, str]]]) -> None:
    children = Counter(value for _, _, value in series["child-labour"])
    assert children == {"true": 869, "false": 2303}
    assert Counter(value for _, _, value in series["traceability"])["iTSCI"] == 703
    status = Counter(local([value])[0] for _, _, value in series["qualification"])
    assert status == {"green": 748, "yellow": 127, "red": 30, "blue": 14, "unrated": 15}


@pytest.mark.parametrize(
    ("topic", "days", "sites"),
    [
        ("child-labour", None, 243), ("child-labour", 30, 2), ("child-labour", 90, 7), ("child-labour", 365, 124),
        ("main-mineral", None, 169), ("main-mineral", 30, 9), ("main-mineral", 90, 12), ("main-mineral", 365, 63),
        ("qualification", None, 31), ("qualification", 90, 0), ("qualification", 365, 5),
    ],
)  # fmt: skip
def test_successive_visits_differ_as_often_as_in_the_file(
    series: dict[str, list[tuple[str, str, str]]], topic: str, days: int | None, sites: int
) -> None:
    by_site: defaultdict[str, list[tuple[dt.date, str]]] = defaultdict(list)
    for site, day, value in series[topic]:
        by_site[site].append((dt.date.fromisoformat(day), value))
    differing = [
        site
        for site, seen in by_site.items()
        if any(
            one != other and (days is None or (later - earlier).days <= days)
            for (earlier, one), (later, other) in itertools.pairwise(sorted(seen, key=lambda each: each[0]))
        )
    ]
    assert len(differing) == sites


def test_known_mines_say_what_is_known_of_them(series: dict[str, list[tuple[str, str, str]]]) -> None:
    def of(topic: str, mine: str) -> list[tuple[str, str]]:
        return sorted((day, local([value])[0]) for site, day, value in series[topic] if site == MINE + mine)

    assert {("2018-08-18", "false"), ("2018-09-05", "true")} <= set(of("child-labour", "codmine00919"))
    status = [value for value, _ in itertools.groupby(value for _, value in of("qualification", "codmine00303"))]
    assert status == ["green", "red", "green"]
    assert {("2019-11-08", "gold"), ("2019-11-13", "tin")} <= set(of("main-mineral", "codmine01349"))
    assert ("2019-11-13", "true") in of("armed-group-presence", "codmine01349")


def test_a_part_conforms(shared_data: Path, tmp_path: Path) -> None:
    lines = (
        (shared_data / "ipis-drc-mines" / "cod_mines_curated_all_opendata_p_ipis.csv").read_text("utf-8").splitlines()
    )
    path = tmp_path / "part.csv"
    path.write_text("\n".join([lines[0], *lines[5000:5150]]), encoding="utf-8")
    outcome = outcome_of(path, "ipis-mines")
    assert outcome.refused == []
    assert outcome.findings == []
