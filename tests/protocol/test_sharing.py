"""Readers share the query workers of a server as it is really started, and who leaves frees theirs."""

from __future__ import annotations

import http.client
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from ewgraph.clock import SystemClock
from ewgraph.ledger import Ledger
from tests.protocol.conftest import Server, serving
from tests.protocol.test_sparql import FACTORY_1, FACTORY_2, SITES, ended, workers

ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(6)) + " FILTER(?a1 != ?a2) }"
LONG = "60"


@pytest.fixture(scope="module")
def shared(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own with two workers, whose queries may take a minute."""
    data = tmp_path_factory.mktemp("shared")
    ledger = Ledger(server.data / "ledger.sqlite", SystemClock())
    ledger.backup(data / "ledger.sqlite")
    ledger.close()
    with serving(data, server.keys, EWGRAPH_QUERY_SECONDS=LONG, EWGRAPH_QUERY_WAIT_SECONDS="1") as started:
        yield started


class Leaver:
    """A reader who asks and goes away before the answer."""

    def __init__(self, server: Server, query: str, reader: str | None = None) -> None:
        self._connection = http.client.HTTPConnection(server.address.split("/")[2], timeout=30)
        headers = {"Authorization": f"Bearer {server.keys[reader]}"} if reader else {}
        self._connection.request("GET", "/sparql?" + urllib.parse.urlencode({"query": query}), headers=headers)

    def leave(self) -> None:
        self._connection.close()


def test_the_public_with_endless_queries_leaves_a_worker_to_members(shared: Server) -> None:
    strangers = [Leaver(shared, ENDLESS) for _ in range(6)]
    assert shared.rows(SITES, reader="uni-a") == [FACTORY_1, FACTORY_2]
    refused = shared.sparql(SITES)
    assert (refused.status, refused.json["limit"]) == (503, "concurrency")  # type: ignore[index]
    assert refused.headers["retry-after"]
    for stranger in strangers:
        stranger.leave()


def test_members_with_endless_queries_leave_workers_to_each_other(shared: Server) -> None:
    members = [Leaver(shared, ENDLESS, "uni-a") for _ in range(6)]
    assert shared.rows(SITES, reader="staff") == [FACTORY_1, FACTORY_2]
    assert shared.rows(SITES) == [FACTORY_2]
    for member in members:
        member.leave()


def test_who_leaves_frees_the_worker_at_once(shared: Server) -> None:
    before = workers(shared)
    leaver = Leaver(shared, ENDLESS)
    with ThreadPoolExecutor(1) as waiting:
        next_one = waiting.submit(shared.sparql, SITES)
        leaver.leave()
        assert next_one.result().text.split()[1:] == [FACTORY_2]
    assert ended(before)
