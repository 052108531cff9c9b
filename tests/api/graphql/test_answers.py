"""The questions beyond the headline, as GraphQL answers them: what the cases of the stored queries expect."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from ewgraph.model.codes import ConflictKind
from tests.api.graphql.conftest import Caller, caller_of
from tests.competency.asking import HERE
from tests.conftest import House, named

AT = {"validAt": "2024-12-01", "knownAt": "2024-12-01T00:00:00Z"}
SUMMER = {"validAt": "2024-06-01", "knownAt": "2024-06-01T00:00:00Z"}
STATED = (
    "completeness { limits { name value } withheld unknown } provenance { query querySha256 validAt knownAt records }"
)


def expected(case: str, columns: str) -> list[tuple[str, ...]]:
    """These columns of the answer of a case, names without their base."""
    with (HERE / case / "expected.tsv").open(encoding="utf-8") as rows:
        return [
            tuple(row[column].rpartition("/")[2] for column in columns.split())
            for row in csv.DictReader(rows, delimiter="\t")
        ]


def name(node: Any) -> str:
    """The name of a node without its base; nothing for none."""
    return node["id"].rpartition("/")[2] if node else ""


def instant(text: str | None) -> str:
    return (text or "").replace("+00:00", "Z")


def code(name_of_code: str | None) -> str:
    return (name_of_code or "").lower().replace("_", "-")


def of_world(house: House, world: str) -> Caller:
    house.load((HERE / world / "records.trig").read_text(encoding="utf-8"))
    house.follow()
    return caller_of(house)


def nodes(connection: Any) -> list[Any]:
    assert connection["totalCount"] == len(connection["edges"])
    return [edge["node"] for edge in connection["edges"]]


def test_where_minerals_come_from(house: House) -> None:
    query = """query ($from: ID!, $at: AsOfInput) { mineralOrigins(from: $from, at: $at) { totalCount edges { node {
      mineral { id } site { id } evidence { scope basis hops possible weakest { claim { id } record { id } } }
    } } } }"""
    found = of_world(house, "minerals").ask(query, "ex:uni-a", **{"from": named("L1").value, "at": SUMMER})
    told = [
        (
            name(one["mineral"]),
            name(one["site"]),
            "possible" if one["evidence"]["possible"] else "named",
            one["evidence"]["scope"],
            one["evidence"]["basis"],
            str(one["evidence"]["hops"]),
            name(one["evidence"]["weakest"]["claim"]),
            name(one["evidence"]["weakest"]["record"]),
        )
        for one in nodes(found["mineralOrigins"])
    ]
    columns = "mineral site reading scope basis hops weakestClaim weakestRecord"
    assert told == expected("minerals/origins-of-a-model", columns)


def test_the_best_paths(house: House) -> None:
    query = """query ($from: ID!, $to: ID!, $at: AsOfInput) { paths(from: $from, to: $to, at: $at, maxPaths: 2) {
      paths { scope basis hops lastConfirmed } completeness { limits { name value } }
    } }"""
    found = of_world(house, "network").ask(
        query, "staff", **{"from": named("K1").value, "to": named("F2").value, "at": AT}
    )["paths"]
    told = [(one["scope"], one["basis"], str(one["hops"]), instant(one["lastConfirmed"])) for one in found["paths"]]
    assert told == expected("network/paths-from-a-contract", "scope basis hops lastConfirmed")
    assert {"name": "maxPaths", "value": 2} in found["completeness"]["limits"]


def test_who_is_concerned_by_a_finding(house: House) -> None:
    query = """query ($finding: ID!, $at: AsOfInput) { exposedTo(finding: $finding, at: $at) { totalCount edges { node {
      concerned contract { id } buyer { id } model { id } brand { id } evidence { scope hops }
    } } } }"""
    found = of_world(house, "findings").ask(query, "staff", finding=named("hours").value, at=SUMMER)
    told = [
        (
            code(one["concerned"]),
            name(one["brand"] or one["buyer"] or one["contract"]),
            name(one["model"] or one["contract"]),
            one["evidence"]["scope"],
            str(one["evidence"]["hops"]),
        )
        for one in nodes(found["exposedTo"])
    ]
    assert told == expected("findings/concerned-by-hours", "concerned who by scope hops")


@pytest.mark.parametrize(
    ("reader", "case"),
    [("ex:uni-a", "gaps-where-the-brand-refused"), ("ex:uni-b", "gaps-seen-by-another-buyer")],
)
def test_what_is_disclosed_and_what_to_ask_next(house: House, reader: str, case: str) -> None:
    query = """query ($contract: ID!, $at: AsOfInput) { disclosureGaps(contract: $contract, at: $at) { totalCount
      edges { node { model { id } tier state sites possibleSites lastConfirmed request question addressees { id }
             obligation { id } obligationType { id } dueOn clauses { id } }
    } } }"""
    found = of_world(house, "network").ask(query, reader, contract=named("K4").value, at=AT)
    told = [
        (
            name(one["model"]),
            code(one["tier"]),
            code(one["state"]),
            str(one["sites"]),
            str(one["possibleSites"]),
            instant(one["lastConfirmed"]),
            code(one["request"]),
            code(one["question"]),
            *(map(name, one["addressees"]) if one["addressees"] else [""]),
            name(one["obligation"]),
            one["dueOn"] or "",
        )
        for one in nodes(found["disclosureGaps"])
    ]
    columns = "model tier state sites possibleSites lastConfirmed request question addressee obligation dueOn"
    assert told == expected(f"network/{case}", columns)


def test_risks_by_category_and_stage(house: House) -> None:
    query = """query ($affiliate: ID!, $at: AsOfInput) { riskMap(affiliate: $affiliate, at: $at) { totalCount edges {
      node { category { id } stage { id } level { id } inheritedFrom { id } record { id }
             models disclosed partly undisclosed }
    } } }"""
    at = {"validAt": "2025-01-01", "knownAt": "2025-01-01T00:00:00Z"}
    house.projector = house.projector_of(house.store, HERE.parents[1] / "ontology")
    found = of_world(house, "risk").ask(query, "ex:uni-a", affiliate=named("uni-a").value, at=at)
    told = [
        (
            *(name(one[part]) for part in ("category", "stage", "level", "inheritedFrom", "record")),
            *(str(one[part]) for part in ("models", "disclosed", "partly", "undisclosed")),
        )
        for one in nodes(found["riskMap"])
    ]
    columns = "category stage level inheritedFrom record models disclosed partly undisclosed"
    assert told == expected("risk/map-of-an-affiliate", columns)


def test_what_changed(house: House) -> None:
    query = """query ($about: ID!, $from: DateTime!, $to: DateTime!, $day: Date) {
      whatChanged(about: $about, from: $from, to: $to, validAt: $day) { totalCount edges { node {
        change at what statement { id } record { id } about { id } by { id } replacedBy { id } } } } }"""
    between = {"from": "2024-07-01T00:00:00Z", "to": "2024-07-31T00:00:00Z", "day": "2024-12-01"}
    found = of_world(house, "network").ask(query, "ex:uni-a", about=named("K4").value, **between)
    told = [
        (
            instant(one["at"]),
            code(one["change"]),
            one["what"],
            *(name(one[part]) for part in ("statement", "record", "about", "by", "replacedBy")),
        )
        for one in nodes(found["whatChanged"])
    ]
    columns = "at change what claim record about by replacedBy"
    assert told == expected("network/changes-of-a-contract-later", columns)


def test_an_interval_has_to_end_after_it_begins(caller: Caller) -> None:
    query = """{ whatChanged(about: "https://data.example.org/id/K1", from: "2024-02-01T00:00:00Z",
                             to: "2024-01-01T00:00:00Z") { totalCount } }"""
    assert "later than `from`" in caller.fault(query, "staff")


def test_what_does_not_agree(house: House) -> None:
    query = """query ($about: ID!, $at: AsOfInput) { conflicts(about: $about, at: $at) { totalCount edges { node {
      kind dimension { id } one { record { id } values } other { record { id } values }
    } } } }"""
    found = of_world(house, "network").ask(query, "staff", about=named("L1").value, at=AT)
    told = [
        (
            ConflictKind[one["kind"]].value.rpartition("/")[2],
            name(one["dimension"]),
            *(
                part
                for side in (one["one"], one["other"])
                for part in (" ".join(value.rpartition("/")[2] for value in side["values"]), name(side["record"]))
            ),
        )
        for one in nodes(found["conflicts"])
    ]
    assert told == expected("network/conflicts-about-a-laptop", "kind dimension valueA recordA valueB recordB")


@pytest.mark.parametrize(
    ("reader", "suspected", "spend"),
    [
        ("ex:uni-d", None, []),
        (
            "staff",
            {"atLeast": 3, "atMost": 3, "contracts": 3},
            [{"currency": "EUR", "atLeast": 3e5, "below": 1e6}],
        ),
        ("ex:brand-x", None, []),
        ("public", None, []),
    ],
)
def test_what_affiliates_have_in_common(house: House, reader: str, suspected: object, spend: object) -> None:
    query = """query ($site: ID!) { sharedLeverage(site: $site) {
      suspected { atLeast atMost contracts } spend { currency atLeast below } least } }"""
    found = of_world(house, "network").ask(query, reader, site=named("F1").value)["sharedLeverage"]
    assert found == {"suspected": suspected, "spend": spend, "least": 3}


def test_each_answer_says_what_to_cite_and_how_complete_it_is(house: House) -> None:
    caller = of_world(house, "network")
    site, contract = named("F2").value, named("K1").value
    query = f"""query ($site: ID!, $contract: ID!, $at: AsOfInput) {{
      contractsTouching(site: $site, at: $at) {{ {STATED} }} sitesTouchedBy(contract: $contract, at: $at) {{ {STATED} }}
      mineralOrigins(from: $contract, at: $at) {{ {STATED} }} paths(from: $contract, to: $site, at: $at) {{ {STATED} }}
      disclosureGaps(contract: $contract, at: $at) {{ {STATED} }} conflicts(about: $site, at: $at) {{ {STATED} }}
    }}"""
    seen = {reader: caller.ask(query, reader, site=site, contract=contract, at=AT) for reader in ("public", "staff")}
    for answers in seen.values():
        for answer in answers.values():
            told = answer["provenance"]
            assert told["querySha256"] == house.catalogue[told["query"]].digest
            assert (told["validAt"], instant(told["knownAt"])) == (AT["validAt"], AT["knownAt"])
            assert answer["completeness"]["withheld"]
            assert answer["completeness"]["unknown"]
    records = {reader: answers["paths"]["provenance"]["records"] for reader, answers in seen.items()}
    assert records["public"] < records["staff"] == house.ledger.head()
