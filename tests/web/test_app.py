"""The service in this process: an empty data directory, limits on bodies, the follower's steps."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ewgraph.settings import Settings
from ewgraph.web.app import create_app
from ewgraph.web.follower import Follower
from ewgraph.web.workspace import Workspace
from tests.conftest import PREFIXES, TickingClock, by_record, draft

RECORD = """
ex:P { ex:P a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand ; ew:visibility vis:public ;
    ew:receivedAt "2023-03-01T00:00:00Z"^^xsd:dateTime . ex:brand a ew:Organization ; rdfs:label "Brand" . }
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    clock = TickingClock(dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC))
    with Workspace(Settings(data=tmp_path / "data", request_megabytes=1, query_workers=1), clock) as made:
        yield made


@pytest.fixture
def client(workspace: Workspace) -> Iterator[TestClient]:
    with TestClient(create_app(workspace.settings, workspace)) as made:
        yield made


def test_an_empty_service_says_how_to_fill_it(client: TestClient) -> None:
    page = client.get("/", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "ewgraph load" in page.text


def test_a_body_is_limited_whether_it_says_its_length_or_not(client: TestClient) -> None:
    headers = {"Content-Type": "application/sparql-query"}
    assert client.post("/sparql", content=b" " * 1_100_000, headers=headers).status_code == 413

    def pieces() -> Iterator[bytes]:
        for _ in range(20):
            yield b" " * 100_000

    assert client.post("/sparql", content=pieces(), headers=headers).status_code == 413
    assert client.post("/sparql", content=b"ASK {}", headers=headers).status_code == 200


def test_no_page_asks_another_host_or_runs_a_script(client: TestClient) -> None:
    for path in ("/", "/sparql", "/queries", "/queries/sites-touched-by", "/ns"):
        page = client.get(path, headers={"Accept": "text/html"})
        data = page.text.count('<script type="application/ld+json">')  # holds data: a browser runs nothing of it
        assert page.text.count("<script") == data == (path == "/")
        assert 'src="http' not in page.text
        assert page.headers["content-security-policy"].startswith("default-src 'self'")
    assert client.get("/static/ewgraph.css").status_code == 200


def test_the_log_holds_neither_path_nor_query(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        client.get("/sparql", params={"query": "ASK { <https://data.example.org/who-asks> ?p ?o }"})
        client.get("/id", params={"iri": "https://data.example.org/who-asks"})
    assert [record.getMessage() for record in caplog.records if record.name.startswith("ewgraph")].count("request") == 2
    assert "who-asks" not in "".join(str(vars(r)) for r in caplog.records if r.name.startswith("ewgraph"))


def test_the_follower_projects_and_copies_what_others_append(
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    follower = Follower(workspace)
    first = follower.checkpoint
    source = workspace.ledger.keep_source("x", RECORD.encode())
    workspace.ledger.append([draft(quads, source) for quads in by_record(PREFIXES + RECORD)])
    follower.step()
    assert (follower.cursor, follower.checkpoint) == (1, first)
    monkeypatch.setattr("ewgraph.web.follower._CHECKPOINT_SECONDS", 0.0)
    follower.step()
    assert follower.checkpoint != first
    newest = follower.checkpoint
    follower.step()
    assert follower.checkpoint == newest


def test_the_follower_copies_what_it_has_while_more_keeps_coming(
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ewgraph.web.follower._PROJECT_SECONDS", 0.0)
    monkeypatch.setattr("ewgraph.web.follower._CHECKPOINT_SECONDS", 0.0)
    follower = Follower(workspace)
    source = workspace.ledger.keep_source("x", RECORD.encode())
    for name in ("P", "Q", "R"):
        text = PREFIXES + RECORD.replace("ex:P", f"ex:{name}")
        workspace.ledger.append([draft(quads, source) for quads in by_record(text)])
    copies = [follower.checkpoint]
    for cursor in (1, 2, 3):
        follower.step()
        assert follower.cursor == cursor
        copies.append(follower.checkpoint)
    assert len(set(copies)) == 4


def test_a_checkpoint_is_kept_as_long_as_a_query_may_read_it(workspace: Workspace) -> None:
    first, second = workspace.checkpoint(), workspace.checkpoint()
    third = workspace.checkpoint()
    assert first.exists()
    os.utime(first, (0, 0))
    os.utime(third, (0, 0))
    fourth = workspace.checkpoint()
    assert [path.exists() for path in (first, second, third, fourth)] == [False, True, False, True]


def test_old_checkpoints_go_though_nothing_new_comes(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ewgraph.web.follower._SETTLE_SECONDS", 0.0)
    old = workspace.checkpoint()
    follower = Follower(workspace)
    os.utime(old, (0, 0))
    follower.step()
    assert not old.exists()
    assert follower.checkpoint.exists()


@pytest.mark.parametrize("question", ["sites-touched-by?contract=urn:x:k", "contracts-of-buyer?buyer=urn:x:b"])
def test_an_answer_says_what_to_cite(client: TestClient, workspace: Workspace, question: str) -> None:
    answer = client.get(f"/queries/{question}", headers={"Accept": "text/csv", "Origin": "https://elsewhere.example"})
    query = workspace.catalogue[question.partition("?")[0]]
    assert (answer.headers["x-query"], answer.headers["x-query-sha256"]) == (query.id, query.digest)
    assert answer.headers["x-known-at"].startswith("2026-10-01T12:00:00")
    assert answer.headers["x-graph-records"] == "0"
    assert "x-ledger-sequence" not in answer.headers
    assert "X-Query-SHA256" in answer.headers["access-control-expose-headers"]
    page = client.get(f"/queries/{question}", headers={"Accept": "text/html"})
    assert query.digest in page.text
