"""The API of Open Supply Hub: facilities become sites, what contributors say of them becomes claims."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from ewgraph.ingest.mapping import detect, load_mapping, mapping_ids
from ewgraph.ingest.sheets.document import open_document
from tests.ingest.formats.reading_of import Outcome, outcome_of

FACILITY: dict[str, Any] = {
    "id": "CN2021250D1DTN7",
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [113.9, 22.5]},
    "properties": {
        "os_id": "CN2021250D1DTN7",
        "name": "Alpha Works",
        "address": "1 First Road, Shenzhen",
        "country_code": "CN",
        "country_name": "China",
        "contributors": [{"id": 1, "name": "A Brand (list 2024)", "is_verified": False}],
        "is_closed": True,
        "new_os_id": "CN2025001AAAAA1",
        "sector": [{"value": ["Electronics"]}],
        "extended_fields": {
            "number_of_workers": [
                {"value": {"min": 100, "max": 200}, "contributor_name": "A Brand"},
                {"value": {"min": 150, "max": 150}, "contributor_name": "B Brand"},
            ],
            "parent_company": [{"value": {"raw_value": "alpha", "name": "Alpha Group"}, "contributor_name": "A Brand"}],
            "product_type": [{"value": {"raw_values": ["Laptops", "Monitors"]}}],
            "native_language_name": [{"value": "阿尔法"}],
            "facility_type": [],
        },
    },
}


def facility(**changed: object) -> dict[str, Any]:
    found = copy.deepcopy(FACILITY)
    found["properties"] |= changed
    return found


def outcome(folder: Path, value: object) -> Outcome:
    path = folder / "facilities.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return outcome_of(path, "open-supply-hub-api", {"submitter": ""})


def listed(*features: object) -> dict[str, object]:
    return {"type": "FeatureCollection", "count": len(features), "next": None, "features": list(features)}


def test_a_facility_is_a_site_with_what_contributors_say(tmp_path: Path) -> None:
    found = outcome(tmp_path, listed(FACILITY))
    assert not found.findings
    assert found.values("label") == ["Open Supply Hub", "Alpha Works", "Alpha Group"]
    assert found.values("nativeName") == ["阿尔法"]
    assert found.values("asWKT") == ["POINT(113.9 22.5)"]
    assert found.values("notation") == ["CN2021250D1DTN7"]
    assert found.values("ns/value") == ["Laptops", "Monitors", "Electronics", "closed", "100-200", "150"]
    assert "Moved to the site with the OS ID CN2025001AAAAA1." in found.values("comment")
    assert {"Said by A Brand.", "Said by B Brand."} <= set(found.values("comment"))
    assert found.values("license") == ["https://creativecommons.org/licenses/by-sa/4.0/"]
    assert set(found.values("sourceSheet")) == {"/features/0"}
    assert "properties/is_closed,properties/new_os_id" in found.values("sourceColumn")


def test_one_facility_is_read_as_a_list_is(tmp_path: Path) -> None:
    one, several = outcome(tmp_path, FACILITY), outcome(tmp_path, listed(FACILITY))
    assert one.values("ns/value") == several.values("ns/value")
    assert set(one.values("sourceSheet")) == {"/"}


def test_what_is_null_is_not_said(tmp_path: Path) -> None:
    bare = facility(is_closed=None, new_os_id=None, extended_fields=None, sector=None, contributors=None)
    found = outcome(tmp_path, listed(bare | {"geometry": None}))
    assert not found.findings
    assert not found.values("asWKT")
    assert not found.values("ns/value")


def test_plain_words_for_sectors_are_read(tmp_path: Path) -> None:
    found = outcome(tmp_path, listed(facility(sector=["Electronics", "Apparel"], is_closed=False, extended_fields={})))
    assert found.values("ns/value") == ["Electronics", "Apparel"]


@pytest.mark.parametrize(
    ("change", "shape"),
    [({"os_id": "CN2021250D1DTN8"}, "notation-wellFormed"), ({"country_code": "XX"}, "country")],
)
def test_what_the_shapes_refuse_is_told(tmp_path: Path, change: dict[str, object], shape: str) -> None:
    found = outcome(tmp_path, listed(facility(**change)))
    assert shape in {name for _, name in found.refused}


def test_coordinates_beyond_the_globe_are_refused(tmp_path: Path) -> None:
    found = outcome(tmp_path, listed(FACILITY | {"geometry": {"type": "Point", "coordinates": [191, 22]}}))
    assert found.refused == [("1", "asWKT"), ("1", "asWKT")]


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (listed("x"), "/features/0: a text, where an object belongs"),
        (listed(FACILITY | {"properties": []}), "/features/0/properties: a list, where an object belongs"),
        ({"type": "FeatureCollection", "features": 5}, "/features: a number, where an object belongs"),
    ],
)
def test_what_is_of_the_wrong_kind_is_told_with_its_pointer(tmp_path: Path, value: object, why: str) -> None:
    found = outcome(tmp_path, value)
    assert not found.made
    assert found.file[0].params["value"] == why


def test_an_empty_answer_has_nothing_to_read(tmp_path: Path) -> None:
    assert [fault.shape for fault in outcome(tmp_path, listed()).file] == ["reading-noObjects"]


@pytest.mark.parametrize("value", [FACILITY, listed(FACILITY)])
def test_the_file_is_known_by_what_stands_in_it(tmp_path: Path, value: object) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(value))
    (best, *_) = detect(open_document(path, "x.json"), [load_mapping(name) for name in mapping_ids()])
    assert (best.mapping, best.score) == ("open-supply-hub-api", 1.0)
