"""What can be done by GraphQL: in the caller's name, with the caller's rights, told as data where it is refused."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest

from ewgraph.ledger import Event
from tests.api.graphql.conftest import Caller
from tests.conftest import PREFIXES, named
from tests.security.replies import Asked
from tests.security.twins import Service, at_work

WORLD = """
ex:A { ex:A a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
    ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime .
  ex:m1 a ew:Affiliation ; org:member ex:aff0 ; org:role part:affiliate ; ew:validFrom "2020-01-01"^^xsd:date .
  ex:S1 a ew:Factory ; rdfs:label "One" . ex:S2 a ew:Factory ; rdfs:label "Two" .
  ex:same a ew:SameSiteClaim ; ew:assertedIn ex:A ; ew:siteA ex:S1 ; ew:siteB ex:S2 ;
    ew:verdict <https://w3id.org/ewgraph/kos/verdict/undecided> . }
ex:R { ex:R a ew:MonitoringReport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:affiliates ;
    ew:receivedAt "2024-02-01T00:00:00Z"^^xsd:dateTime .
  ex:f a ew:Finding ; ew:assertedIn ex:R ; ew:site ex:S1 ;
    ew:provision <https://w3id.org/ewgraph/kos/provision/ilo/C029> ;
    ew:breachStatus <https://w3id.org/ewgraph/kos/breach-status/alleged> . }
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with at_work(tmp_path_factory.mktemp("changing"), WORLD) as made:
        yield made


def asked(service: Service, field: str, reader: str = "staff") -> Any:
    """What one mutation answers."""
    parts = "dryRun recordIds userErrors { code field message node } warnings { message }"
    body = json.dumps({"query": f"mutation {{ it: {field} {{ {parts} }} }}"}).encode()
    request = Asked("graphql", "/graphql", "POST", (), {"Content-Type": "application/json"}, body)
    answer = json.loads(service.ask(request, reader).body)
    assert "errors" not in answer, answer
    return answer["data"]["it"]


def held(service: Service) -> set[str]:
    """The records of the ledger."""
    return {entry.iri.value for entry in service.workspace.ledger.entries(after=0)}


def text_of(record: str) -> str:
    return json.dumps(PREFIXES + record)


L = "https://data.example.org/id/brand0/L"


def a_list(name: str = L, visibility: str = "vis:public") -> str:
    """A record of the brand, received now."""
    received = dt.datetime.now(dt.UTC).isoformat()
    return f"""<{name}> {{ <{name}> a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand0 ;
      ew:visibility {visibility} ; ew:receivedAt "{received}"^^xsd:dateTime .
      ex:brand0 a ew:Organization ; rdfs:label "Brand" . }}"""


def test_records_are_handed_in_as_over_the_other_route(service: Service) -> None:
    before, content = held(service), text_of(a_list())
    tried = asked(service, f"submitRecords(content: {content}, dryRun: true)", "ex:brand0")
    assert tried == {"dryRun": True, "recordIds": [L], "userErrors": [], "warnings": []}
    assert held(service) == before
    done = asked(service, f"submitRecords(content: {content})", "ex:brand0")
    assert done == {**tried, "dryRun": False}
    assert held(service) == {*before, L}


REFUSED = [
    ("public", a_list(L + "1"), "UNAUTHENTICATED", "needs a key"),
    ("ex:res0", a_list(L + "2"), "REFUSED", "is said to be the word of"),
    ("ex:brand0", a_list(L + "3", "vis:nobody"), "REFUSED", "who may see"),
    ("ex:brand0", "ex:L4 {", "REFUSED", "end of file"),
]


@pytest.mark.parametrize(("reader", "record", "code", "sentence"), REFUSED)
def test_what_is_refused_is_told_as_data(service: Service, reader: str, record: str, code: str, sentence: str) -> None:
    before = held(service)
    done = asked(service, f"submitRecords(content: {text_of(record)})", reader)
    assert done["recordIds"] == []
    assert {error["code"] for error in done["userErrors"]} == {code}
    assert sentence.casefold() in " ".join(error["message"] for error in done["userErrors"]).casefold()
    assert held(service) == before


def test_nobody_hands_in_for_another(service: Service) -> None:
    field = f'submitRecords(content: {text_of(a_list(L + "5"))}, onBehalfOf: "{named("aff0").value}")'
    (error,) = asked(service, field, "ex:brand0")["userErrors"]
    assert error["code"] == "NOT_ALLOWED"


def test_a_finding_is_answered_on_the_word_of_who_answers(service: Service) -> None:
    field = f'replyToFinding(finding: "{named("f").value}", text: "We repaid the fees.", visibility: AFFILIATES)'
    done = asked(service, field, "ex:aff0")
    assert done["userErrors"] == []
    (reply,) = done["recordIds"]
    service.workspace.project()
    query = "query ($id: ID!) { node(id: $id) { ... on Finding { replies { id comment attributedTo { id } kind } } } }"
    body = json.dumps({"query": query, "variables": {"id": named("f").value}}).encode()
    request = Asked("graphql", "/graphql", "POST", (), {"Content-Type": "application/json"}, body)
    assert json.loads(service.ask(request, "staff").body)["data"]["node"]["replies"] == [
        {
            "id": reply,
            "comment": "We repaid the fees.",
            "attributedTo": [{"id": named("aff0").value}],
            "kind": "REPLY",
        },
    ]


@pytest.mark.parametrize("name", ["f", "never", "S1"])
def test_a_finding_that_is_not_seen_is_not_there(service: Service, name: str) -> None:
    field = f'replyToFinding(finding: "{named(name).value}", text: "It is not so.", visibility: PUBLIC)'
    (error,) = asked(service, field, "ex:res0")["userErrors"]
    assert (error["code"], error["field"]) == ("NOT_FOUND", ["finding"])
    assert error["message"] == f"there is no such thing as {named(name).value!r} that you can see"


def test_an_empty_answer_is_none(service: Service) -> None:
    field = f'replyToFinding(finding: "{named("f").value}", text: " ", visibility: PUBLIC)'
    (error,) = asked(service, field, "ex:aff0")["userErrors"]
    assert error["code"] == "INVALID"


def test_a_refusal_names_the_argument_that_is_to_be_changed(service: Service) -> None:
    def refused(finding: str, text: str) -> list[list[str]]:
        field = f'replyToFinding(finding: "{finding}", text: "{text}", visibility: PUBLIC, dryRun: true)'
        return [error["field"] for error in asked(service, field, "ex:aff0")["userErrors"]]

    assert refused(named("never").value, "It is not so.") == [["finding"]]
    assert refused(named("f").value, " ") == [["text"]]
    assert refused(named("f").value, "It is not so.") == [["visibility"]]


def test_staff_decide_a_match(service: Service) -> None:
    field = f'decideMatch(claim: "{named("same").value}", verdict: SAME, visibility: PUBLIC, comment: "One gate.")'
    done = asked(service, field)
    assert done["userErrors"] == []
    service.workspace.project()
    query = """query ($id: ID!) { site(id: $id) { claims(kinds: [SAME_SITE_CLAIM]) { nodes { ... on SameSiteClaim {
      verdict siteA { id } siteB { id } reviewedBy { id } record { id kind comment } } } } } }"""
    body = json.dumps({"query": query, "variables": {"id": named("S1").value}}).encode()
    request = Asked("graphql", "/graphql", "POST", (), {"Content-Type": "application/json"}, body)
    claims = json.loads(service.ask(request, "public").body)["data"]["site"]["claims"]["nodes"]
    (decided,) = (claim for claim in claims if claim["record"]["kind"] == "ADJUDICATION")
    assert decided == {
        "verdict": "SAME",
        "siteA": {"id": named("S1").value},
        "siteB": {"id": named("S2").value},
        "reviewedBy": {"id": named("steward").value},
        "record": {"id": done["recordIds"][0], "kind": "ADJUDICATION", "comment": "One gate."},
    }


def test_others_decide_no_match(service: Service) -> None:
    field = f'decideMatch(claim: "{named("same").value}", verdict: SAME, visibility: PUBLIC)'
    done = asked(service, field, "ex:aff0")
    assert done["recordIds"] == []
    assert {error["code"] for error in done["userErrors"]} == {"REFUSED"}


def test_staff_release_a_record_and_others_hear_that_there_is_none(service: Service) -> None:
    field = f'releaseRecord(record: "{named("R").value}", to: PUBLIC, reason: "asked for", dryRun: %s)'
    before = held(service)
    assert asked(service, field % "true")["userErrors"] == []
    assert held(service) == before
    for reader in ("ex:aff0", "ex:brand0"):
        (error,) = asked(service, field % "false", reader)["userErrors"]
        assert (error["code"], error["message"]) == ("NOT_FOUND", "there is no such record that could be released")
    done = asked(service, field % "false")
    assert held(service) == {*before, *done["recordIds"]}
    service.workspace.project()
    (again,) = asked(service, field % "false")["userErrors"]
    assert again["code"] == "CONFLICT"
    blank = f'releaseRecord(record: "{named("never").value}", to: PUBLIC, reason: "x")'
    assert asked(service, blank)["userErrors"][0]["code"] == "NOT_FOUND"


def test_it_is_noted_by_which_key_something_was_handed_in(service: Service) -> None:
    asked(service, f"submitRecords(content: {text_of(a_list(L + '9'))})", "ex:brand0")
    noted = [entry for entry in service.workspace.audit.entries() if entry.event is Event.RECORDED]
    assert named("brand0").value in {entry.principal for entry in noted}


def test_where_nothing_is_taken_in_that_is_told(caller: Caller) -> None:
    query = 'mutation { submitRecords(content: "") { userErrors { code } recordIds } }'
    assert caller.ask(query, "staff")["submitRecords"] == {"userErrors": [{"code": "UNAVAILABLE"}], "recordIds": []}
