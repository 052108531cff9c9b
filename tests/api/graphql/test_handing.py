"""Files handed in by GraphQL: how far the work is, what came of it, and who is told."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from ewgraph.ledger import Event
from tests.ingest.disclosing.worlds import contract, form, row
from tests.security.replies import Asked
from tests.security.twins import Service, at_work

WORLD = contract("K", "res0", "aff0", models=("L1",))
PARTS = "submission { id state file sha256 dryRun author error report } userErrors { code field message }"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with at_work(tmp_path_factory.mktemp("handing"), WORLD) as made:
        yield made


def asked(
    service: Service, query: str, reader: str = "ex:res0", accept: str = "application/json", **variables: Any
) -> Any:
    """What a document answers, or the events of one that is listened to."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    headers = {"Content-Type": "application/json", "Accept": accept}
    reply = service.ask(Asked("graphql", "/graphql", "POST", (), headers, body), reader)
    if accept == "text/event-stream":
        lines = reply.body.decode().splitlines()
        return [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]
    answer = json.loads(reply.body)
    assert "errors" not in answer, answer
    return answer["data"]


def a_file(site: str = "Plant One") -> str:
    content = form(row(site, contract="K", model="L1"))
    return base64.b64encode(content.encode() if isinstance(content, str) else content).decode()


def submitted(service: Service, file: str, reader: str = "ex:res0", more: str = "") -> Any:
    query = (
        f'mutation ($f: String!) {{ submitDisclosure(file: {{base64: $f}}, name: "sites.csv"{more}) {{ {PARTS} }} }}'
    )
    return asked(service, query, reader, f=file)["submitDisclosure"]


def ended(service: Service, name: str) -> Any:
    until = time.monotonic() + 60
    query = "query ($n: ID!) { submission(id: $n) { id state done total error report finishedAt } }"
    while True:
        found = asked(service, query, n=name)["submission"]
        if found["state"] not in {"QUEUED", "RUNNING"} or time.monotonic() > until:
            return found
        time.sleep(0.2)


def test_a_file_is_handed_in_followed_to_its_end_and_taken_back(service: Service) -> None:
    done = submitted(service, a_file())
    assert done["userErrors"] == []
    name = done["submission"]["id"]
    assert (done["submission"]["file"], done["submission"]["dryRun"]) == ("sites.csv", False)
    query = f'subscription {{ submissionProgress(submission: "{name}") {{ state report }} }}'
    events = [one["data"]["submissionProgress"] for one in asked(service, query, accept="text/event-stream")]
    assert events[0]["state"] in {"QUEUED", "RUNNING"}
    assert events[-1]["state"] == "DONE", events
    assert events[-1]["report"] == f"/disclosures/{name}/report"
    assert name in {one["id"] for one in asked(service, "{ submissions { id } }")["submissions"]}
    noted = [entry.details for entry in service.workspace.audit.entries(event=Event.UPLOADED)]
    assert name in {one.get("submission") for one in noted}
    query = f'mutation {{ withdrawSubmission(submission: "{name}", reason: "wrong file") {{ recordIds {PARTS} }} }}'
    taken = asked(service, query)["withdrawSubmission"]
    assert taken["submission"]["state"] == "WITHDRAWN"
    assert len(taken["recordIds"]) == 1
    again = asked(service, query)["withdrawSubmission"]["userErrors"]
    assert [one["code"] for one in again] == ["CONFLICT"]


def test_a_dry_run_stores_nothing(service: Service) -> None:
    before = service.workspace.ledger.head()
    done = submitted(service, a_file("Plant Two"), more=", dryRun: true")
    assert done["submission"]["dryRun"]
    found = ended(service, done["submission"]["id"])
    assert found["state"] == "DONE"
    assert service.workspace.ledger.head() == before


def test_to_others_a_submission_does_not_exist(service: Service) -> None:
    name = submitted(service, a_file("Plant Three"))["submission"]["id"]
    for reader in ("ex:brand0", "public"):
        query = "query ($n: ID!) { submission(id: $n) { id } submissions { id } }"
        assert asked(service, query, reader, n=name) == {"submission": None, "submissions": []}
    told = [
        asked(service, f'mutation {{ cancelSubmission(submission: "{one}") {{ {PARTS} }} }}', "ex:brand0")
        for one in (name, "sub-" + "0" * 20)
    ]
    assert json.dumps(told[0]).replace(name, "X") == json.dumps(told[1]).replace("sub-" + "0" * 20, "X")
    heard = [
        asked(
            service,
            f'subscription {{ submissionProgress(submission: "{one}") {{ id }} }}',
            "ex:brand0",
            "text/event-stream",
        )
        for one in (name, "sub-" + "0" * 20)
    ]
    assert json.dumps(heard[0]).replace(name, "X") == json.dumps(heard[1]).replace("sub-" + "0" * 20, "X")
    assert "it is not yours" in heard[0][0]["errors"][0]["message"]
    ended(service, name)


@pytest.mark.parametrize(
    ("arguments", "reader", "code", "words"),
    [
        ('file: {base64: "?"}, name: "a.csv"', "ex:res0", "INVALID", "in Base64"),
        (f'file: {{sha256: "{"0" * 64}"}}, name: "a.csv"', "ex:res0", "NOT_FOUND", "upload it first"),
        ('file: {sha256: "../x"}, name: "a.csv"', "ex:res0", "INVALID", "64 digits"),
        ('file: {base64: "YQ=="}, name: "a.csv", format: "none"', "ex:res0", "INVALID", "format is one of"),
        ('file: {base64: "YQ=="}, name: "a.csv", onBehalfOf: "urn:x"', "ex:res0", "NOT_ALLOWED", "hands in for itself"),
        ('file: {base64: "YQ=="}, name: "a.csv"', "public", "UNAUTHENTICATED", "this needs a key"),
        ('file: {base64: "YQ=="}, name: "a.csv"', "staff", "INVALID", "say whose disclosure this is"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_as_data(service: Service, arguments: str, reader: str, code: str, words: str) -> None:
    query = f"mutation {{ submitDisclosure({arguments}) {{ {PARTS} }} }}"
    done = asked(service, query, reader)["submitDisclosure"]
    assert done["submission"] is None
    (error,) = done["userErrors"]
    assert error["code"] == code
    assert words in error["message"]


def test_a_file_is_given_in_one_way(service: Service) -> None:
    body = json.dumps({"query": 'mutation { submitDisclosure(file: {}, name: "a") { submission { id } } }'}).encode()
    reply = service.ask(Asked("graphql", "/graphql", "POST", (), {"Content-Type": "application/json"}, body), "ex:res0")
    assert "Exactly one key" in json.loads(reply.body)["errors"][0]["message"] or b"OneOf" in reply.body
