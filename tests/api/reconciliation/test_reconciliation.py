"""Rows become things only where there is no doubt; and nobody's rows find what is not theirs to see."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.api.reconciliation.conftest import Desk
from tests.conftest import named


def features(candidate: dict[str, Any]) -> dict[str, object]:
    return {one["id"]: one["value"] for one in candidate["features"]}


def given(**properties: object) -> list[dict[str, object]]:
    return [{"pid": name.replace("_", "-"), "v": value} for name, value in properties.items()]


def test_the_manifest_names_the_version_the_spaces_and_the_limits(desk: Desk) -> None:
    manifest = desk.client.get("/reconcile").json()
    assert manifest["versions"] == ["0.2"]
    assert manifest["identifierSpace"] == "https://data.example.org/id/"
    assert manifest["schemaSpace"] == "https://w3id.org/ewgraph/ns#"
    assert manifest["view"]["url"] == "https://data.example.org/id?iri={{id}}"
    assert manifest["preview"]["url"] == "https://data.example.org/reconcile/preview?id={{id}}"
    assert manifest["batchSize"] == 50
    assert {kind["id"] for kind in manifest["defaultTypes"]} == {"Site", "Organization", "ProductModel", "Contract"}


def test_every_address_of_the_manifest_answers(desk: Desk) -> None:
    manifest = desk.client.get("/reconcile").json()
    for service in manifest["suggest"].values():
        assert service["service_url"] == service["flyout_service_url"] == "https://data.example.org"
        assert desk.client.get(service["service_path"], params={"prefix": "s"}).json()["result"]
        flyout = service["flyout_service_path"].replace("${id}", "Smelter")
        assert desk.client.get(flyout).json()["id"] == "Smelter"
    assert desk.client.get(manifest["extend"]["propose_properties"]["service_path"]).json()["properties"]
    for key in ("documentation", "logo"):
        assert desk.client.get(manifest[key].removeprefix("https://data.example.org")).status_code == 200
    view = manifest["view"]["url"].replace("{{id}}", named("S1").value)
    assert desk.client.get(view.removeprefix("https://data.example.org")).status_code == 200


def test_a_candidate_tells_what_it_is_and_of_what_its_score_is_made(desk: Desk) -> None:
    (first, *_) = desk.candidates("saltmarsh electronics", type="Factory", properties=given(country="HU"))
    assert first == {
        "id": named("F2").value,
        "name": "Saltmarsh Electronics Kft.",
        "description": "factory; Hungary",
        "score": 99.2,
        "match": True,
        "features": [
            {"id": "name_likeness", "value": 99},
            {"id": "country_likeness", "value": 100.0},
            {"id": "type_match", "value": True},
        ],
        "type": [{"id": "Factory", "name": "factory"}, {"id": "Site", "name": "site"}],
    }


def test_two_that_are_alike_leave_a_doubt(desk: Desk) -> None:
    assert desk.meant("Malaysia Smelting Corp") is None
    assert desk.meant("Yunnan Tin") is None
    assert [one["match"] for one in desk.candidates("Yunnan Tin", limit=1)] == [False], "the next one is not told"


def test_a_property_takes_the_doubt_away(desk: Desk) -> None:
    assert desk.meant("Yunnan Tin Company", properties=given(country="China")) == "S3"
    assert desk.meant("Yunnan Tin Company", properties=given(country={"id": "AU"})) == "F1"
    assert desk.meant("Yunnan Tin Company", type="Smelter") == "S3"
    assert desk.meant("云南锡业") == "S3"


def test_an_identifier_decides(desk: Desk) -> None:
    assert desk.meant("Malaysia Smelting Corp", properties=given(rmi_cid="CID001105")) == "S1"
    assert desk.meant("Malaysia Smelting Corp", properties=given(rmi_cid="cid 009999")) == "S2", "also as RMI has it"
    assert desk.meant(properties=given(identifier="CID001105")) == "S1"
    assert desk.meant("CID001105") == "S1"
    assert desk.candidates(properties=given(rmi_cid="CID00110")) == []


def test_what_contradicts_is_no_match(desk: Desk) -> None:
    assert desk.meant("Saltmarsh Electronics Kft.") == "F2"
    assert desk.meant("Saltmarsh Electronics Kft.", properties=given(country="Austria")) is None
    assert desk.meant("Yunnan Tin Company", properties=given(country="Austria")) is None, "though Australia is alike"
    (first, *_) = desk.candidates("Saltmarsh Electronics Kft.", properties=given(os_id="HU2019083D1AB2D"))
    assert (first["id"], first["score"], first["match"]) == (named("F2").value, 100.0, False)
    assert features(first)["os-id_likeness"] == 0.0


def test_an_address_helps(desk: Desk) -> None:
    found = desk.candidates("Malaysia Smelting", properties=given(address="Jalan Pantai 27, Butterworth"))
    assert [one["id"].rpartition("/")[2] for one in found][:2] == ["S1", "S2"]
    assert features(found[0])["address_likeness"] > 90  # type: ignore[operator]
    assert desk.candidates(properties=given(address="Port Klang Lot 6"))[0]["id"] == named("S2").value


def test_types_are_all_any_or_should(desk: Desk) -> None:
    def found(**more: object) -> list[str]:
        return [one["id"].rpartition("/")[2] for one in desk.candidates("Yunnan Tin Company Limited", **more)]

    assert found(type="Factory") == ["F1"]
    assert found(type=["Factory", "Smelter"], type_strict="any") == ["F1", "S3"]
    assert found(type=["Factory", "Smelter"], type_strict="all") == []
    assert found(type=["Site", "Smelter"], type_strict="all") == ["S3"]
    assert found(type="https://w3id.org/ewgraph/ns#Smelter") == ["S3"]
    assert found(type="Smelter", type_strict="should") == ["S3", "F1"]
    assert found(type="Organization") == []


def test_what_is_not_known_counts_neither_way(desk: Desk) -> None:
    plain = desk.candidates("Brightwave")[0]
    more = desk.candidates("Brightwave", properties=given(country="CN", nonsense="x", lei="5493"))[0]
    assert (plain["score"], more["score"], more["match"]) == (100.0, 100.0, True)


def test_a_batch_is_answered_by_its_names(desk: Desk) -> None:
    answer = desk.reconciled({"q7": {"query": "Brightwave"}, "x": {"query": "Nobody at all"}})
    assert list(answer) == ["q7", "x"]
    assert (answer["q7"]["result"][0]["match"], answer["x"]) == (True, {"result": []})
    same = desk.client.get("/reconcile", params={"queries": json.dumps({"q7": {"query": "Brightwave"}})})
    assert same.json()["q7"] == answer["q7"]
    assert desk.reconciled({}) == {}


def test_other_sites_may_read_it(desk: Desk) -> None:
    origin = {"Origin": "http://127.0.0.1:3333"}
    assert desk.client.get("/reconcile", headers=origin).headers["access-control-allow-origin"] == "*"


def test_nobody_finds_by_rows_what_is_not_theirs(desk: Desk) -> None:
    for asked in (
        {"query": "Hidden Hollow Works"},
        {"query": "Secret Smelter"},
        {"properties": given(rmi_cid="CID007777")},
        {"query": "Tin 2024", "type": "Contract"},
    ):
        assert desk.reconciled({"q": asked})["q"]["result"] == []
        assert desk.reconciled({"q": asked}, "ex:brand0")["q"]["result"] == []
        assert desk.reconciled({"q": asked}, "ex:aff0")["q"]["result"][0]["match"] is True


def test_a_table_is_extended_with_what_its_owner_sees(desk: Desk) -> None:
    properties = ["name", "otherName", "country", "rmi-cid", "address", "brand", "signedOn", "no-such"]
    answer = desk.extended(["S1", "K", "M", "never"], properties, "ex:aff0")
    assert [one["name"] for one in answer["meta"]][:3] == ["Name", "Other name", "Country"]
    assert answer["meta"][2]["type"]["id"].endswith("Concept")
    rows = {name.rpartition("/")[2]: values for name, values in answer["rows"].items()}
    assert rows["S1"] == {
        "name": [{"str": "Malaysia Smelting Corporation Berhad"}],
        "otherName": [{"str": "Secret Smelter"}],
        "country": [{"id": "http://publications.europa.eu/resource/authority/country/MYS", "name": "Malaysia"}],
        "rmi-cid": [{"str": "CID001105"}],
        "address": [{"str": "27 Jalan Pantai, Butterworth"}],
        "brand": [],
        "signedOn": [],
        "no-such": [],
    }
    assert rows["K"]["signedOn"] == [{"date": "2024-02-01T00:00:00Z"}]
    assert rows["M"]["brand"] == [{"id": named("B").value, "name": "Brightwave"}]
    assert rows["never"] == {name: [] for name in properties}


def test_a_hidden_thing_extends_a_table_as_one_that_never_was(desk: Desk) -> None:
    answer = desk.extended(["H", "K", "never"], ["name", "country", "identifier"])
    assert [set(map(len, values.values())) for values in answer["rows"].values()] == [{0}, {0}, {0}]
    assert desk.extended(["S1"], ["otherName"])["rows"][named("S1").value] == {"otherName": []}


def test_the_properties_of_a_type_are_proposed(desk: Desk) -> None:
    def proposed(**asked: str) -> list[str]:
        return [one["id"] for one in desk.client.get("/reconcile/properties", params=asked).json()["properties"]]

    assert {"country", "address", "rmi-cid"} <= set(proposed(type="Smelter"))
    assert "buyer" not in proposed(type="Smelter")
    assert "buyer" in proposed(type="CallOff")
    assert len(proposed(type="Smelter", limit="2")) == 2
    assert "brand" in proposed(type="no such type")[:20] or proposed(type="no such type")


def test_things_types_and_properties_are_suggested(desk: Desk) -> None:
    def suggested(what: str, prefix: str, **more: str) -> list[dict[str, Any]]:
        asked = {"prefix": prefix, **more}
        return desk.client.get(f"/reconcile/suggest/{what}", params=asked).json()["result"]  # type: ignore[no-any-return]

    assert suggested("entity", "malay")[0]["name"] == "Malaysia Smelting Corporation"
    assert suggested("entity", "malay", cursor="1")[0]["name"] == "Malaysia Smelting Corporation Berhad"
    assert suggested("entity", "hidden") == []
    assert [one["id"] for one in suggested("type", "smel")] == ["Smelter"]
    assert [one["id"] for one in suggested("property", "countr")] == ["country"]
    assert desk.client.get("/reconcile/suggest/anything", params={"prefix": "a"}).status_code == 404


def test_a_flyout_tells_a_little_and_of_the_hidden_nothing(desk: Desk) -> None:
    def told(what: str, name: str) -> str:
        return desk.client.get(f"/reconcile/flyout/{what}", params={"id": name}).json()["html"]  # type: ignore[no-any-return]

    assert told("entity", named("F2").value) == "<p>Saltmarsh Electronics Kft.: site, factory</p>"
    assert told("entity", named("H").value) == told("entity", named("never").value) == ""
    assert told("type", "Smelter").startswith("<p>")
    assert told("property", "country") == "<p>Where it lies or is seated</p>"


def test_a_preview_may_stand_in_a_frame_of_the_own_machine_alone(desk: Desk) -> None:
    seen = desk.client.get("/reconcile/preview", params={"id": named("S1").value})
    assert ("Malaysia Smelting" in seen.text, "Secret" in seen.text, "<script" in seen.text) == (True, False, False)
    policy = seen.headers["content-security-policy"]
    assert "frame-ancestors http://localhost:* http://127.0.0.1:* http://[::1]:*" in policy
    assert policy.startswith("default-src 'none'")
    hidden = desk.client.get("/reconcile/preview", params={"id": named("H").value})
    absent = desk.client.get("/reconcile/preview", params={"id": named("never").value})
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)
    assert hidden.status_code == 404


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"queries": "{"}, "no JSON"),
        ({"queries": "[" * 100_000}, "no JSON"),
        ({"queries": '{"\\ud800": {"query": "a"}}'}, "no JSON"),
        ({"queries": "[]"}, "an object"),
        ({"queries": '{"q": 1}'}, "query 'q' is an object"),
        ({"queries": '{"q": {}}'}, "neither a `query` nor `properties`"),
        ({"queries": '{"q": {"query": 3}}'}, "is a text, not int"),
        ({"queries": json.dumps({"q": {"query": "x" * 201}})}, "at most 200 characters"),
        ({"queries": '{"q": {"query": "a", "type": "Gnome"}}'}, "no type 'Gnome'"),
        ({"queries": '{"q": {"query": "a", "type_strict": "maybe"}}'}, "any, should, all"),
        ({"queries": '{"q": {"query": "a", "limit": 0}}'}, "whole number from 1"),
        ({"queries": '{"q": {"query": "a", "limit": NaN}}'}, "whole number from 1"),
        ({"queries": '{"q": {"query": "a", "limit": 1e999}}'}, "whole number from 1"),
        ({"queries": '{"q": {"properties": [{"pid": "lei"}]}}'}, "give it as `v`"),
        ({"queries": '{"q": {"properties": [{"pid": "lei", "v": null}]}}'}, "no text, number or thing"),
        ({"queries": json.dumps({"q": {"query": "a", "properties": [{}] * 11}})}, "at most 10"),
        ({"queries": json.dumps({"q": {"properties": given(lei=list("abc"), duns=list("abc"))}})}, "at most 5 identif"),
        ({"queries": json.dumps({"q": {"properties": given(country=list("abcdef"))}})}, "at most 5 values"),
        ({"queries": json.dumps({f"q{n}": {"query": "a"} for n in range(51)})}, "at most 50 queries"),
        ({"extend": '{"ids": []}'}, "`properties` is a list"),
        ({"extend": json.dumps({"ids": ["x"] * 201, "properties": []})}, "at most 200"),
        ({"extend": '{"ids": [1], "properties": []}'}, "an id is a text"),
        ({"queries": "{}", "extend": "{}"}, "two requests"),
        ({"queries": "{}", "callback": "x"}, "JSONP is not offered"),
        ({"other": "{}"}, "neither `queries` nor `extend`"),
    ],
)
def test_a_wrong_batch_is_a_problem_that_says_where(desk: Desk, form: dict[str, str], message: str) -> None:
    answer = desk.client.post("/reconcile", data=form)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert message in answer.json()["detail"]


def test_a_body_has_its_limits(desk: Desk) -> None:
    large = desk.client.post("/reconcile", data={"queries": " " * 1_100_000})
    assert (large.status_code, large.json()["limit"]) == (413, "request bytes")
    other = desk.client.post("/reconcile", content=b"{}", headers={"Content-Type": "application/json"})
    assert (other.status_code, "x-www-form-urlencoded" in other.json()["detail"]) == (400, True)
    twice = desk.client.post("/reconcile?queries=%7B%7D", data={"queries": "{}"})
    assert (twice.status_code, "given twice" in twice.json()["detail"]) == (400, True)
    bad = desk.client.post("/reconcile", content=b"\xff", headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert (bad.status_code, "not UTF-8" in bad.json()["detail"]) == (400, True)
