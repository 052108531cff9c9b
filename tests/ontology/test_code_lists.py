"""What the code lists hold, and that those of others are what their tables give."""

import os
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

import code_lists
import ontology_hygiene as hygiene

SKOS = hygiene.SKOS
KOS = hygiene.EWK
CPV = f"{hygiene.CPV}/"


def objects(quads: list[Quad], predicate: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for quad in quads:
        if quad.predicate.value == predicate:
            found.setdefault(quad.subject.value, []).append(quad.object.value)
    return found


def members(quads: list[Quad], scheme: str) -> set[str]:
    return {name for name, homes in objects(quads, f"{SKOS}inScheme").items() if scheme in homes}


def test_every_code_list_that_a_property_names_exists(quads: list[Quad]) -> None:
    schemes = {q.subject.value for q in quads if q.object == NamedNode(f"{SKOS}ConceptScheme")}
    named = {scheme for values in objects(quads, f"{hygiene.EW}codeList").values() for scheme in values}
    assert named <= schemes


def test_every_match_within_the_code_lists_leads_to_a_concept(quads: list[Quad]) -> None:
    known = set(objects(quads, f"{SKOS}inScheme"))
    for kind in ("broader", "broadMatch", "closeMatch", "exactMatch"):
        for name, targets in objects(quads, f"{SKOS}{kind}").items():
            assert set(targets) <= known, name


def test_each_tier_lies_in_one_stage(quads: list[Quad]) -> None:
    stages = objects(quads, f"{SKOS}broadMatch")
    for tier in members(quads, f"{KOS}tier"):
        assert len(stages[tier]) == 1
        assert stages[tier][0].startswith(f"{KOS}stage/")


def test_each_finding_type_breaches_a_provision_and_all_but_three_one_of_the_code(quads: list[Quad]) -> None:
    matches = objects(quads, f"{SKOS}broadMatch")
    code = f"{KOS}provision/ew-code-1/"
    types = members(quads, f"{KOS}finding-type")
    assert all(all(match.startswith(f"{KOS}provision/") for match in matches[kind]) for kind in types)
    outside = {kind.rpartition("/")[2] for kind in types if not any(m.startswith(code) for m in matches[kind])}
    assert outside == {"environmental-harm", "land-community", "armed-group-interference"}


def test_the_outcomes_are_numbered_one_to_ten_and_three_follow_the_signature(quads: list[Quad]) -> None:
    outcomes = members(quads, f"{KOS}obligation-type")
    numbers = objects(quads, f"{hygiene.EW}outcomeNumber")
    triggers = objects(quads, f"{hygiene.EW}trigger")
    assert sorted(int(numbers[name][0]) for name in outcomes) == list(range(1, 11))
    signed = {int(numbers[n][0]) for n in outcomes if triggers[n] == [f"{KOS}trigger/contract-signed"]}
    assert signed == {1, 2, 3}


@pytest.mark.parametrize(
    "notation",
    [
        *("30213100-6", "30213200-7", "30213300-8", "30214000-2", "30231300-0", "32250000-0", "48820000-2"),
        *("31434000-7", "31440000-2", "30232100-5", "30237410-6", "30237460-1", "32420000-3", "30200000-1"),
    ],
)
def test_the_categories_that_buyers_name_for_it_are_there(notation: str, quads: list[Quad]) -> None:
    assert objects(quads, f"{SKOS}notation")[f"{CPV}{notation[:8]}"] == [notation]


def test_every_category_reaches_its_division(quads: list[Quad]) -> None:
    above = objects(quads, f"{SKOS}broader")
    categories = members(quads, hygiene.CPV)
    assert len(categories) == 614
    for name in categories:
        top = name
        while top in above:
            (top,) = above[top]
        assert top == f"{CPV}{name.removeprefix(CPV)[:2]}000000"


def test_a_level_that_the_table_skips_is_put_back() -> None:
    known = {"30000000", "30200000", "30230000", "30237000", "30237400", "30237410"}
    assert code_lists.parent("30237410", known) == "30237400"
    assert code_lists.parent("30237410", known - {"30237400"}) == "30237000"
    assert code_lists.parent("30200000", known) == "30000000"
    assert code_lists.parent("30000000", known) is None


@pytest.fixture
def tables(root: Path) -> Path:
    folder = Path(os.environ.get("REAL_DATA", root.parent / "shared" / "data"))
    if not (folder / "cpv" / "cpvCodes.json").exists():
        pytest.skip("the tables that the lists are made from are not here")
    return folder


def test_the_lists_of_others_are_what_their_tables_give(tables: Path, root: Path) -> None:
    kos = root / "ontology" / "kos"
    cpv = code_lists.cpv_turtle(tables / "cpv" / "cpvCodes.json")
    countries = code_lists.country_turtle(tables / "countries" / "country-codes.csv")
    assert (kos / "cpv-ict.ttl").read_text(encoding="utf-8") == cpv
    assert (kos / "country.ttl").read_text(encoding="utf-8") == countries
