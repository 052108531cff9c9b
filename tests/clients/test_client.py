"""Our own client against the server as it is really started."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import UnionType
from typing import Any

import msgspec
import polars as pl
import pytest

from ewgraph.client import (
    AsyncClient,
    Client,
    GraphQLRefusal,
    Question,
    ServiceError,
    Solutions,
    UnreachableError,
    operations,
    questions,
)
from ewgraph.client.answers import solutions_of
from ewgraph.errors import ConfigurationError
from tests.protocol.conftest import UNI_A, Server

EX = "https://data.example.org/id/"
F1, F2, K0, K1 = f"{EX}F1", f"{EX}F2", f"{EX}K0", f"{EX}K1"

NOWHERE = "http://localhost:9/"


@pytest.fixture(scope="module")
def buyer(server: Server) -> Iterator[Client]:
    with Client(server.address, server.keys["uni-a"]) as client:
        yield client


@pytest.fixture(scope="module")
def stranger(server: Server) -> Iterator[Client]:
    with Client(server.address) as client:
        yield client


def test_a_stored_question_gives_rows_of_values_with_their_types(buyer: Client) -> None:
    row, _ = buyer.ask(questions.contracts_touching(F1)).rows
    assert row["contract"] == K1
    assert row["hops"] == 2
    assert row["lastConfirmed"] == dt.datetime(2024, 5, 2, 10, tzinfo=dt.UTC)


def test_an_answer_says_what_to_cite(buyer: Client) -> None:
    answer = buyer.ask(questions.contracts_touching(F1, valid_at=dt.date(2024, 6, 1)))
    assert answer.citation["query"] == "contracts-touching"
    assert answer.citation["valid-at"] == "2024-06-01"
    assert len(answer.citation["query-sha256"]) == len(answer.citation["result-sha256"]) == 64
    assert answer.citation["cite-as"].startswith("https://data.example.org/queries/contracts-touching?")


def test_a_long_answer_comes_in_parts(buyer: Client) -> None:
    first = buyer.ask(questions.contracts_touching(F1), 1)
    assert [row["contract"] for row in first] == [K1]
    assert first.next is not None
    assert [[row["contract"] for row in part] for part in buyer.pages(questions.contracts_touching(F1), 1)] == [
        [K1],
        [K0],
    ]


def test_a_parameter_is_a_day_or_an_instant_of_python(buyer: Client) -> None:
    before, after = dt.datetime(2024, 5, 1), dt.datetime(2024, 5, 3, tzinfo=dt.timezone(dt.timedelta(hours=2)))  # noqa: DTZ001
    assert not buyer.ask(questions.contracts_touching(F1, known_at=before)).rows
    assert buyer.ask(questions.contracts_touching(F1, known_at=after)).rows


def test_without_a_key_what_is_public_is_read(stranger: Client) -> None:
    assert not stranger.ask(questions.contracts_touching(F1)).rows
    assert [row["contract"] for row in stranger.ask(questions.contracts_touching(F2))] == [K0]


def test_frames_have_the_types_of_their_columns_also_without_rows(buyer: Client) -> None:
    full, empty = (buyer.ask(questions.contracts_touching(site)) for site in (F1, f"{EX}nothing"))
    for answer in (full, empty):
        frame, other = answer.polars(), answer.pandas()
        assert frame.columns == list(other.columns) == list(answer.columns)
        assert frame.schema["hops"] == pl.Int64
        assert frame.schema["lastConfirmed"] == pl.Datetime("us", "UTC")
        assert str(other.dtypes["hops"]) == "Int64"
        assert str(other.dtypes["lastConfirmed"]) == "datetime64[us, UTC]"
    assert full.polars()["contract"].to_list() == full.pandas()["contract"].to_list() == [K1, K0]


def test_every_stored_question_has_its_function(buyer: Client) -> None:
    given = {"IRI": F1, "string": "F", "date": dt.date(2024, 5, 3), "integer": 1, "decimal": 0.5}
    for described in buyer.questions():
        function = getattr(questions, described["id"].replace("-", "_"))
        instants = (dt.datetime(2024, month, 3, tzinfo=dt.UTC) for month in (5, 6))
        needed = [
            given.get(each["kind"]) or next(instants)
            for each in described["parameters"]
            if not each["optional"] and each["name"] not in {"validAt", "knownAt"}
        ]
        question = function(*needed)
        assert question.columns == {each["name"]: each["kind"] for each in described["columns"]}
        buyer.ask(question)


def test_graphql_gives_objects_with_dates_and_nested_evidence(buyer: Client) -> None:
    found = buyer.run(operations.contracts_touching(F1, at={"validAt": dt.date(2024, 6, 1)}, min_scope="CONTRACT"))
    (edge,) = found.edges
    assert edge.node.contract.id == K1
    assert edge.node.last_confirmed == dt.datetime(2024, 5, 2, 10, tzinfo=dt.UTC)
    assert [hop.kind for hop in edge.node.path] == ["COVERS", "MADE_AT"]
    assert edge.node.path[1].valid_from == dt.date(2024, 1, 1)
    assert edge.node.path[1].claim is not None
    assert edge.node.path[1].claim.typename == "SupplyClaim"


def test_what_is_not_there_or_not_visible_is_none(buyer: Client, stranger: Client) -> None:
    assert stranger.run(operations.contract(K1)) is None
    contract = buyer.run(operations.contract(K1))
    assert contract is not None
    assert [one.label for one in contract.buyers] == ["University A"]


def test_the_service_says_what_is_wrong(stranger: Client, server: Server) -> None:
    with pytest.raises(ServiceError, match=r"400.*no parameter 'sight'.*It has: site") as refused:
        stranger.ask(Question[dict[str, Any]]("contracts-touching", {"sight": F1}))
    assert refused.value.status == 400
    with pytest.raises(GraphQLRefusal, match=r"Cannot query field 'colour'"):
        stranger.graphql("{ site(id: 1) { colour } }")
    with pytest.raises(ServiceError, match="401"), Client(server.address, "ewg_wrong") as intruder:
        intruder.questions()


def test_sparql_gives_solutions_truths_and_graphs(buyer: Client) -> None:
    found = buyer.sparql("SELECT ?c ?d { ?c <https://w3id.org/ewgraph/ns#signedOn> ?d } ORDER BY ?d")
    assert isinstance(found, Solutions)
    assert [row["d"] for row in found] == [dt.date(2022, 1, 15), dt.date(2024, 1, 15)]
    assert found.polars()["d"].to_list() == [dt.date(2022, 1, 15), dt.date(2024, 1, 15)]
    assert len(found.pandas()) == len(found) == 2
    assert buyer.sparql(f"ASK {{ <{UNI_A}> ?p ?o }}") is True
    assert b"University A" in buyer.graph(f"DESCRIBE <{UNI_A}>")
    assert b"University A" in buyer.describe(UNI_A)


def test_the_same_calls_can_be_awaited(server: Server) -> None:
    async def ask() -> None:
        async with AsyncClient(server.address, server.keys["uni-a"]) as client:
            answer, found = await asyncio.gather(
                client.ask(questions.contracts_touching(F1)), client.run(operations.contracts_touching(F1))
            )
            assert answer.rows[0]["contract"] == found.edges[0].node.contract.id == K1
            parts = [part async for part in client.pages(questions.contracts_touching(F1), 1)]
            assert [row["contract"] for part in parts for row in part] == [K1, K0]
            assert await client.sparql("ASK { ?s ?p ?o }") is True
            assert await client.graph(f"DESCRIBE <{UNI_A}>")
            assert await client.describe(UNI_A)
            assert (await client.graphql("{ __typename }")) == {"__typename": "Query"}
            assert await client.questions()
            with pytest.raises(ServiceError):
                await client.ask(Question[dict[str, Any]]("no-question"))

    asyncio.run(ask())


def test_a_key_is_never_sent_in_the_clear() -> None:
    with pytest.raises(ConfigurationError, match="https only"):
        Client("http://ewgraph.example.org/", "ewg_key")


def test_where_no_service_is_the_client_says_so() -> None:
    with (
        pytest.raises(UnreachableError, match=r"http://localhost:9/ does not answer"),
        Client("http://localhost:9") as lost,
    ):
        lost.questions()

    async def ask() -> None:
        async with AsyncClient(NOWHERE) as client:
            await client.questions()

    with pytest.raises(UnreachableError):
        asyncio.run(ask())


class _Busy(BaseHTTPRequestHandler):
    """A service that is busy at first, that knows itself by another name, and that remembers where a key came."""

    paths: list[tuple[str, str | None]]
    refusals: int

    def do_GET(self) -> None:
        self.server.seen.append((self.path, self.headers["Authorization"]))  # type: ignore[attr-defined]
        busy = len(self.server.seen) <= self.server.refusals  # type: ignore[attr-defined]
        content = (
            b'{"detail": "busy", "limit": "concurrency"}'
            if busy
            else b'{"head": {"vars": []}, "results": {"bindings": []}}'
        )
        self.send_response(503 if busy else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Retry-After", "0")
        if "after" not in self.path:
            self.send_header("Link", '<https://elsewhere.example.org/queries/some?after=x>; rel="next"')
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def busy() -> Iterator[HTTPServer]:
    server = HTTPServer(("localhost", 0), _Busy)
    server.seen, server.refusals = [], 0  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("refusals", "good"), [(2, True), (3, False)])
def test_a_busy_service_is_asked_again_when_it_says_so(busy: HTTPServer, refusals: int, good: bool) -> None:
    busy.refusals = refusals  # type: ignore[attr-defined]
    address = f"http://localhost:{busy.server_port}"
    some = Question[dict[str, Any]]("some")

    async def ask() -> None:
        async with AsyncClient(address) as client:
            await client.ask(some)

    for attempt in (lambda: Client(address).ask(some), lambda: asyncio.run(ask())):
        busy.seen.clear()  # type: ignore[attr-defined]
        if good:
            attempt()
        else:
            with pytest.raises(ServiceError, match="busy") as refused:
                attempt()
            assert (refused.value.limit, refused.value.retry_s) == ("concurrency", 0)


def test_the_key_goes_nowhere_but_to_the_service_that_it_is_for(busy: HTTPServer) -> None:
    with Client(f"http://localhost:{busy.server_port}", "ewg_key") as client:
        assert len(list(client.pages(Question[dict[str, Any]]("some")))) == 2
    assert busy.seen == [  # type: ignore[attr-defined]
        ("/queries/some?limit=1000", "Bearer ewg_key"),
        ("/queries/some?after=x", "Bearer ewg_key"),
    ]


def test_a_literal_that_is_not_what_it_says_stays_text() -> None:
    term = {"type": "literal", "value": "soon", "datatype": "http://www.w3.org/2001/XMLSchema#date"}
    found = solutions_of({"head": {"vars": ["when"]}, "results": {"bindings": [{"when": term}]}})
    assert isinstance(found, Solutions)
    assert found.rows == [{"when": "soon"}]


def test_every_generated_type_can_be_read() -> None:
    for name, value in vars(operations).items():
        if isinstance(value, type) and issubclass(value, msgspec.Struct):
            assert not isinstance(msgspec.inspect.type_info(value), UnionType), name
