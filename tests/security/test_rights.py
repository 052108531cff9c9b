"""Record files over HTTP, against the real service: what is not one's own to say gets nowhere near the ledger."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ewgraph.clock import SystemClock
from ewgraph.ledger import OPERATOR, Audit, Entry, Event, Keyring, Ledger, Right
from ewgraph.model.rdf import IRI
from tests.conftest import PREFIXES, named
from tests.ingest.test_rights import (
    AFFILIATION,
    CONTRACT,
    DISCLOSURE,
    DUTY,
    MORE_PREFIXES,
    RELEASE,
    SAME,
    WORLD,
    finding,
    record,
    supply,
)
from tests.protocol.conftest import Reply, Server, append, serving

STEWARD = "https://data.example.org/id/steward"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A service with a world in which everybody has something to hide."""
    data = tmp_path_factory.mktemp("rights") / "data"
    with closing(Ledger(data / "ledger.sqlite", SystemClock())) as ledger:
        append(ledger, MORE_PREFIXES + PARTNER + WORLD)
        keyring = Keyring(ledger, SystemClock())
        people = {name: keyring.add(named(name).value) for name in ("res0", "mon0", "brand0", "aff0", "partner")}
        keys = {"staff": keyring.add("staff"), **people}
        keys["reader"] = keyring.add(named("res0").value, rights=[Right.READ])
    with serving(data, keys, EWGRAPH_LOAD_MEGABYTES="1", EWGRAPH_STEWARD=STEWARD) as started:
        yield started


PARTNER = """
ex:partners {
  ex:partners a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
    ew:receivedAt "2020-01-01T00:00:00Z"^^xsd:dateTime .
  ex:m7 a ew:Affiliation ; org:member ex:partner ; org:role role:monitoring-partner ; org:organization ex:steward ;
    ew:validFrom "2015-01-01"^^xsd:date .
}
"""
Send = Callable[..., Reply]


@pytest.fixture
def send(server: Server) -> Send:
    def sent(
        text: str | bytes, who: str | None = None, query: str = "", kind: str = "application/trig", **more: str
    ) -> Reply:
        if isinstance(text, str):
            text = (PREFIXES + MORE_PREFIXES + text.replace("2026-10-01T11:00:00Z", now())).encode()
        return server.request(f"/records{query}", reader=who, body=text, Content_Type=kind, **more)

    return sent


def now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def entries(server: Server) -> list[Entry]:
    with closing(Ledger(server.data / "ledger.sqlite", SystemClock())) as ledger:
        return ledger.entries()


def refusals(reply: Reply) -> list[str]:
    assert reply.status == 422, reply.text
    assert reply.media_type == "application/problem+json"
    problem = reply.json
    assert isinstance(problem, dict)
    assert problem["status"] == 422
    return [fault["message"] for notice in problem["refused"] for fault in notice["results"]]


def test_the_public_hands_nothing_in(send: Send, server: Server) -> None:
    before = len(entries(server))
    reply, other = send(DISCLOSURE), server.request("/disclosures", body=b"x", Content_Type="text/plain")
    assert (reply.status, reply.media_type) == (401, "application/problem+json")
    assert reply.content == other.content
    assert reply.headers["www-authenticate"] == other.headers["www-authenticate"]
    assert send(DISCLOSURE, "no-such-key").status == 401
    assert len(entries(server)) == before


def test_a_key_that_only_reads_hands_nothing_in(send: Send) -> None:
    assert send(DISCLOSURE, "reader").status == 403


def test_a_record_is_stored_in_the_name_of_the_key_and_shown(send: Send, server: Server) -> None:
    text = DISCLOSURE.replace("res:d1", "res:http-1").replace("res:c1", "res:http-c1")
    tried = send(text, "res0", "?dryRun=true")
    assert (tried.status, tried.json["dryRun"], len(tried.json["added"])) == (200, True, 1)  # type: ignore[index,call-overload]
    stored = send(text, "res0")
    assert stored.status == 201, stored.text
    assert stored.json["added"] == ["https://data.example.org/id/res0/http-1"]  # type: ignore[index,call-overload]
    assert stored.headers["cache-control"] == "no-store"
    assert entries(server)[-1].submitter == named("res0")
    for _ in range(60):
        shown = server.rows("SELECT ?s { ?s a <https://w3id.org/ewgraph/ns#Disclosure> }", reader="res0")
        if any("http-1" in row for row in shown):
            break
        time.sleep(0.5)
    assert any("http-1" in row for row in shown)


def test_what_is_sent_again_is_no_new_record(send: Send, server: Server) -> None:
    text = (PREFIXES + MORE_PREFIXES + DISCLOSURE.replace("2026-10-01T11:00:00Z", now())).encode()
    assert send(text, "res0").status == 201
    before = len(entries(server))
    again = send(text, "res0")
    assert (again.status, again.json["unchanged"]) == (200, 1)  # type: ignore[index,call-overload]
    assert len(entries(server)) == before


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ("res0", record("res:a1", "brand0", "Disclosure", "staff")),
        ("res0", record("res:a2", "steward", "Disclosure", "staff")),
        ("res0", record("res:a3", "res0", "DatasetImport", "public", AFFILIATION)),
        ("aff0", record("aff:a4", "aff0", "ContractNotice", "contract-party", CONTRACT.replace("res:K9", "aff:K9"))),
        ("res0", record("res:x", "res0", "Release", "public", RELEASE)),
        ("res0", record("res:x", "res0", "Adjudication", "staff", SAME)),
        ("res0", record("res:a5", "res0", "Disclosure", "contract-party", DUTY)),
        ("aff0", record("aff:a6", "aff0", "Disclosure", "staff", "aff:a6 prov:wasRevisionOf ex:list .")),
        ("brand0", record("brand:a7", "brand0", "Retraction", "public", "brand:a7 ew:retracts ex:finding .")),
        ("mon0", record("mon:a8", "mon0", "MonitoringReport", "public", finding("mon:f8", "mon:a8"))),
        ("mon0", record("mon:a9", "mon0", "Testimony", "affiliates", "mon:a9 ew:aboutSite ex:F0 .")),
        ("res0", record("res:b1", "res0", "Disclosure", "public", supply("res:b1c", "res:b1"))),
        ("res0", record("res:b2", "res0", "Disclosure", "staff", 'ex:brand0 a ew:Organization ; rdfs:label "X" .')),
        ("res0", record("res:b3", "res0", "Disclosure", "staff", 'vis:public a ew:Organization ; rdfs:label "X" .')),
        ("res0", record("ex:b4", "res0", "Disclosure", "staff")),
        ("brand0", record("brand:b5", "brand0", "Disclosure", "staff", "brand:b5 ew:fulfils ex:O0 .")),
        ("staff", record("ex:b6", "res0", "Disclosure", "staff")),
    ],
)
def test_what_is_not_ones_own_to_say_is_refused_with_all_that_came_with_it(
    send: Send, server: Server, who: str, text: str
) -> None:
    before = len(entries(server))
    name = "steward" if who == "staff" else who
    fine = record(f"<https://data.example.org/id/{name}/fine>", name, "Disclosure", "staff")
    messages = refusals(send(fine + text, who))
    assert all(re.search(r"\. [A-Z][a-z]", message) for message in messages), messages
    assert len(entries(server)) == before


def test_every_reason_is_told_with_its_place(send: Send) -> None:
    reply = send(record("res:m1", "brand0", "Release", "public", AFFILIATION), "res0")
    problem = reply.json
    assert isinstance(problem, dict)
    (notice,) = problem["refused"]
    assert (notice["file"], notice["record"]) == ("the request", "https://data.example.org/id/res0/m1")
    told = {(fault["focus_node"].rpartition("/")[2], fault["path"].rpartition("#")[2]) for fault in notice["results"]}
    assert {("m1", "wasAttributedTo"), ("m1", "type"), ("m9", "type"), ("m9", "member"), ("m9", "role")} <= told


def test_the_staff_hand_in_for_others_and_an_organisation_does_not(send: Send, server: Server) -> None:
    query = "?onBehalfOf=https://data.example.org/id/brand0"
    text = record("ex:list-2", "brand0", "SupplierListEdition", "public")
    assert send(text, "res0", query).status == 403
    assert send(text, "staff", query).status == 201
    assert entries(server)[-1].submitter == OPERATOR
    with closing(Ledger(server.data / "ledger.sqlite", SystemClock())) as ledger:
        (noted,) = Audit(ledger, SystemClock()).entries(event=Event.RECORDED, limit=1)
    assert (noted.principal, noted.details["onBehalfOf"]) == ("staff", named("brand0").value)
    assert noted.by.startswith("key:")
    assert send(text, "staff", "?onBehalfOf=nobody").status == 400


@pytest.mark.parametrize(
    ("text", "kind", "query", "status"),
    [
        ("x", "text/csv", "", 415),
        ("x", "", "", 415),
        (DISCLOSURE, "application/trig", "?dryRun=maybe", 400),
        (DISCLOSURE, "application/trig", "?dry-run=true", 400),
        ("ex:broken {", "application/trig", "", 422),
        (b"", "application/trig", "", 422),
        (b"\xff\xfe\x00", "application/n-quads", "", 422),
        (b'{"@context": "https://elsewhere.example/context"}', "application/ld+json", "", 422),
        (b"# " + b"x" * 1_100_000, "application/trig", "", 413),
    ],
)
def test_what_is_no_record_file_is_refused(send: Send, text: str | bytes, kind: str, query: str, status: int) -> None:
    reply = send(text, "res0", query, kind)
    assert reply.status == status, reply.text
    assert "Traceback" not in reply.text


@pytest.mark.parametrize("kind", ["text/turtle", "application/n-quads", "application/ld+json"])
def test_records_come_in_every_format(send: Send, kind: str) -> None:
    name, ew, prov = (
        f"https://data.example.org/id/res0/{kind[-5:]}",
        "https://w3id.org/ewgraph/ns#",
        "http://www.w3.org/ns/prov#",
    )
    instant = "http://www.w3.org/2001/XMLSchema#dateTime"
    lines = {
        f"<{name}> a <{ew}Disclosure>",
        f"<{name}> <{prov}wasAttributedTo> <https://data.example.org/id/res0>",
        f"<{name}> <{ew}visibility> <https://w3id.org/ewgraph/kos/visibility/staff>",
        f'<{name}> <{ew}receivedAt> "{now()}"^^<{instant}>',
    }
    turtle = "".join(f"{line} .\n" for line in lines)
    if kind == "application/n-quads":
        rdf = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        turtle = "".join(f"{line} <{name}> .\n" for line in lines).replace(" a ", f" {rdf} ")
    if kind == "application/ld+json":
        turtle = (
            f'{{"@id": "{name}", "@graph": [{{"@id": "{name}", "@type": "{ew}Disclosure", '
            f'"{prov}wasAttributedTo": {{"@id": "https://data.example.org/id/res0"}}, '
            f'"{ew}visibility": {{"@id": "https://w3id.org/ewgraph/kos/visibility/staff"}}, '
            f'"{ew}receivedAt": {{"@value": "{now()}", "@type": "{instant}"}}}}]}}'
        )
    reply = send(turtle.encode(), "res0", kind=kind)
    assert reply.status == 201, reply.text


def test_the_example_of_the_document_comes_out_as_it_says(send: Send, server: Server) -> None:
    document = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
    part = document.partition("## Handing records in")[2]
    example, answer = re.search(r"```trig\n(.*?)```.*?\n(\{\"dryRun.*?)\n```", part, re.DOTALL).groups()  # type: ignore[union-attr]
    reply = send(example.replace('"now"', f'"{now()}"').encode(), "partner")
    assert (reply.status, reply.text) == (201, answer)
    assert IRI("https://data.example.org/id/partner/report-7") in {entry.iri for entry in entries(server)}
