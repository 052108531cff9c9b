import asyncio
import contextlib
import os
import platform
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ewgraph.errors import FormatError, LimitError, QueryError
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.workers import Answer, Asker, FreeQuery, Limits, QueryPool
from ewgraph.model.rdf import IRI, Literal, Quad

MINE, OTHER = IRI("https://data.example.org/graph/mine"), IRI("https://data.example.org/graph/other")
P = IRI("https://data.example.org/p")
FORMATS = {"solutions": "text/csv", "boolean": "application/sparql-results+json", "graph": "application/n-triples"}
ME, YOU = Asker("me"), Asker("you")
SECONDS = 1.5
NEVER_ENDS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?a != ?d && ?c != ?l) }"


def node(name: object) -> IRI:
    return IRI(f"https://data.example.org/id/{name}")


def checkpoint_of(store: GraphStore, folder: Path) -> Path:
    store.checkpoint(folder)
    return folder


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> GraphStore:
    store = GraphStore.open(tmp_path_factory.mktemp("store") / "graph")
    store.change(
        [
            *(Quad(node(f"s{n}"), P, Literal(n), MINE) for n in range(400)),
            Quad(node("secret"), P, Literal("not yours"), OTHER),
        ],
    )
    return store


@pytest.fixture(scope="module")
def pool(store: GraphStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[QueryPool]:
    checkpoint = checkpoint_of(store, tmp_path_factory.mktemp("checkpoints") / "1")
    pool = QueryPool(
        lambda: checkpoint,
        Limits(seconds=SECONDS, megabytes=64, result_bytes=20_000),
        slots=1,
        wait_seconds=0.3,
    )
    yield pool
    pool.close()


def await_end(pid: int) -> None:
    patience = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists():
        assert time.monotonic() < patience
        time.sleep(0.02)


def query(text: str, **more: object) -> FreeQuery:
    return FreeQuery(text, (MINE,), FORMATS, **more)  # type: ignore[arg-type]


def ask(pool: QueryPool, text: str, **more: object) -> Answer:
    return asyncio.run(pool.run(query(text, **more), ME))


def lines(answer: Answer) -> list[str]:
    return answer.content.decode().split()[1:]


def test_a_query_is_answered_in_the_format_of_its_form(pool: QueryPool) -> None:
    assert lines(ask(pool, "SELECT ?s { ?s ?p 7 }")) == [node("s7").value]
    assert b"true" in ask(pool, "ASK { ?s ?p 7 }").content
    assert ask(pool, "CONSTRUCT WHERE { ?s ?p 7 }").content.decode() == f"{node('s7')} {P} {Literal(7)} .\n"
    assert b"s7" in ask(pool, f"DESCRIBE {node('s7')}").content


def test_a_variable_can_be_bound(pool: QueryPool) -> None:
    assert lines(ask(pool, "SELECT ?v { ?s ?p ?v }", bindings={"v": Literal(9)})) == ["9"]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o . service ?s { ?s ?p ?o } }",
        "SELECT * { { SELECT ?s { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
        "SELECT * { ?s ?p ?o FILTER(1 = 2 || NOT EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }) }",
        "SELECT (EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } AS ?x) {}",
        "SELECT * { ?s ?p ?o MINUS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
        "SELECT * { GRAPH ?g { OPTIONAL { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } } }",
        "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } })",
        "SELECT ?s { ?s ?p ?o } ORDER BY (EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } })",
        "SELECT * { ?s ?p ?o BIND(EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } AS ?x) }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "DESCRIBE ?s { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_service_is_refused_wherever_it_stands(pool: QueryPool, text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is not offered"):
        ask(pool, text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('FILTER("\\u0022" != "x")', 'FILTER("\\u0022" != "")'),
        ('FILTER("\\u005Cu0022" != "x")', 'FILTER("" != "")'),
        ('FILTER("\\U0000005Cu0022" != "x")', 'FILTER("" != "")'),
        ('FILTER("\\uD800" != "x")', ""),
    ],
)
def test_a_string_cannot_hide_service_from_one_of_the_two_parsers(pool: QueryPool, before: str, after: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with contextlib.suppress(QueryError):
            ask(pool, f"SELECT * {{ {before} SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} {after} }}")
        server.settimeout(0)
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.skipif(platform.machine() not in {"x86_64", "aarch64"}, reason="the filter knows two machines")
def test_a_worker_has_no_sockets() -> None:
    program = "import socket; from ewgraph.graph.confinement import confine; confine(); socket.socket()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "PermissionError" in done.stderr


def test_the_word_in_a_text_or_a_comment_is_no_request(pool: QueryPool) -> None:
    text = 'SELECT ?s { ?s ?p 7 FILTER("SERVICE <http://x> {}" != "") } # SERVICE <http://x> {}'
    assert lines(ask(pool, text)) == [node("s7").value]


@pytest.mark.parametrize(
    "text",
    ["INSERT DATA { <a:a> <a:a> <a:a> }", "DELETE WHERE { ?s ?p ?o }", "LOAD <http://127.0.0.1:9/>", "DROP ALL"],
)
def test_an_update_is_refused_by_name(pool: QueryPool, text: str) -> None:
    with pytest.raises(QueryError, match="updates are not offered"):
        ask(pool, text)


def test_what_is_no_query_is_said_to_be_none(pool: QueryPool) -> None:
    with pytest.raises(QueryError, match="cannot be parsed"):
        ask(pool, "SELEC * { ?s ?p ?o }")
    with pytest.raises(QueryError, match="cannot be parsed"):
        ask(pool, "")
    with pytest.raises(QueryError, match="nofunction"):
        ask(pool, "SELECT (<http://nofunction>(1) AS ?x) {}")


def test_no_clause_reaches_a_graph_of_others(pool: QueryPool) -> None:
    assert lines(ask(pool, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")) == [MINE.value]
    assert lines(ask(pool, f"SELECT ?s {{ GRAPH {OTHER} {{ ?s ?p ?o }} }}")) == []
    assert ask(pool, f"DESCRIBE {node('secret')}").content == b""
    for clause in (f"FROM {OTHER}", f"FROM NAMED {OTHER}", "FROM <https://data.example.org/graph/none>"):
        with pytest.raises(QueryError, match="no such graph"):
            ask(pool, f"SELECT * {clause} {{ ?s ?p ?o }}")
    with pytest.raises(QueryError, match="no such graph"):
        ask(pool, "PREFIX g: <https://data.example.org/graph/> SELECT * FROM g:other { ?s ?p ?o }")


def test_a_graph_of_an_unknown_prefix_is_refused(pool: QueryPool) -> None:
    with pytest.raises(QueryError, match="prefix"):
        ask(pool, "SELECT * FROM x:y { ?s ?p ?o }")


def test_from_and_the_protocol_choose_among_the_readers_graphs(pool: QueryPool) -> None:
    count = "SELECT (COUNT(*) AS ?n) {clause} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
    assert lines(ask(pool, count.format(clause=""))) == ["800"]
    assert lines(ask(pool, count.format(clause=f"FROM {MINE} FROM {MINE}"))) == ["400"]
    assert lines(ask(pool, count.format(clause=f"FROM NAMED {MINE}"))) == ["400"]
    assert lines(ask(pool, count.format(clause=""), default_graphs=(MINE.value, OTHER.value))) == ["400"]
    assert lines(ask(pool, count.format(clause=""), named_graphs=(OTHER.value,))) == ["0"]


def test_a_query_past_its_deadline_is_killed_and_the_next_one_is_answered(pool: QueryPool) -> None:
    (before,) = pool.pids
    started = time.monotonic()
    with pytest.raises(LimitError) as caught:
        ask(pool, NEVER_ENDS)
    assert caught.value.limit == "seconds"
    assert time.monotonic() - started < SECONDS + 1
    assert before not in pool.pids
    await_end(before)
    assert lines(ask(pool, "SELECT ?s { ?s ?p 7 }")) == [node("s7").value]


def test_a_query_that_takes_too_much_memory_ends_alone(store: GraphStore, tmp_path: Path) -> None:
    checkpoint = checkpoint_of(store, tmp_path / "1")
    pool = QueryPool(lambda: checkpoint, Limits(seconds=30, megabytes=64, result_bytes=20_000), slots=1)
    doubled = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(34))
    try:
        with pytest.raises(LimitError) as caught:
            ask(pool, f'SELECT (STRLEN(?x34) AS ?n) {{ BIND("xxxxxxxx" AS ?x0) {doubled} }}')
        assert caught.value.limit == "memory"
        assert lines(ask(pool, "SELECT ?s { ?s ?p 7 }")) == [node("s7").value]
    finally:
        pool.close()


def test_an_answer_larger_than_the_limit_is_not_begun(pool: QueryPool) -> None:
    with pytest.raises(LimitError) as caught:
        ask(pool, "SELECT * { ?s ?p ?o . ?s2 ?p ?o2 }")
    assert caught.value.limit == "bytes"


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("SELECT * { ?s ?p ?o } #" + "x" * 70_000, "query bytes"),
        ("SELECT * " + "{" * 101 + "}" * 101, "nesting"),
    ],
)
def test_a_monstrous_text_is_refused(pool: QueryPool, text: str, limit: str) -> None:
    with pytest.raises(LimitError) as caught:
        ask(pool, text)
    assert caught.value.limit == limit


def test_nesting_up_to_the_limit_is_answered(pool: QueryPool) -> None:
    assert lines(ask(pool, "SELECT ?s " + "{" * 40 + "?s ?p 7" + "}" * 40)) == [node("s7").value]


def test_a_form_without_an_acceptable_format_is_refused(pool: QueryPool) -> None:
    with pytest.raises(FormatError):
        asyncio.run(pool.run(FreeQuery("SELECT * { ?s ?p ?o }", (MINE,), {"graph": "text/turtle"}), ME))


def test_a_query_that_finds_no_worker_free_is_turned_away(pool: QueryPool) -> None:
    async def two() -> list[Answer | BaseException]:
        return await asyncio.gather(
            pool.run(query(NEVER_ENDS), ME), pool.run(query("ASK {}"), ME), return_exceptions=True
        )

    assert [error.limit for error in asyncio.run(two()) if isinstance(error, LimitError)] == ["seconds", "concurrency"]


def test_workers_move_on_to_a_new_checkpoint(store: GraphStore, tmp_path: Path) -> None:
    checkpoints = [checkpoint_of(store, tmp_path / "1")]
    pool = QueryPool(lambda: checkpoints[-1], Limits(10, 256, 20_000), slots=1)
    try:
        assert lines(ask(pool, "SELECT ?s { ?s ?p 'new' }")) == []
        store.change([Quad(node("new"), P, Literal("new"), MINE)])
        checkpoints.append(checkpoint_of(store, tmp_path / "2"))
        assert lines(ask(pool, "SELECT ?s { ?s ?p 'new' }")) == [node("new").value]
    finally:
        pool.close()
        store.change([], [Quad(node("new"), P, Literal("new"), MINE)])


def test_a_worker_starts_fast_once_the_parsers_are_loaded(pool: QueryPool) -> None:
    with pytest.raises(LimitError):
        ask(pool, NEVER_ENDS)
    started = time.monotonic()
    ask(pool, "ASK {}")
    assert time.monotonic() - started < 0.5


def test_a_reader_with_endless_queries_leaves_a_worker_to_others(store: GraphStore, tmp_path: Path) -> None:
    checkpoint = checkpoint_of(store, tmp_path / "1")
    pool = QueryPool(lambda: checkpoint, Limits(60, 256, 20_000), slots=2, each=2)

    async def story() -> Answer:
        hostile = [asyncio.create_task(pool.run(query(NEVER_ENDS), ME)) for _ in range(5)]
        await asyncio.sleep(0.3)
        answer = await pool.run(query("SELECT ?s { ?s ?p 7 }"), YOU)
        for task in hostile:
            task.cancel()
        await asyncio.gather(*hostile, return_exceptions=True)
        return answer

    try:
        assert lines(asyncio.run(story())) == [node("s7").value]
    finally:
        pool.close()


def test_a_query_that_nobody_waits_for_is_killed_and_its_place_is_free(store: GraphStore, tmp_path: Path) -> None:
    checkpoint = checkpoint_of(store, tmp_path / "1")
    pool = QueryPool(lambda: checkpoint, Limits(60, 256, 20_000), slots=1, wait_seconds=20)
    (before,) = pool.pids

    async def story() -> Answer:
        leaving = asyncio.create_task(pool.run(query(NEVER_ENDS), ME))
        await asyncio.sleep(0.3)
        leaving.cancel()
        await asyncio.gather(leaving, return_exceptions=True)
        return await pool.run(query("SELECT ?s { ?s ?p 7 }"), ME)

    try:
        assert lines(asyncio.run(story())) == [node("s7").value]
        await_end(before)
    finally:
        pool.close()


def test_a_worker_that_is_killed_from_outside_is_replaced(store: GraphStore, tmp_path: Path) -> None:
    checkpoint = checkpoint_of(store, tmp_path / "1")
    pool = QueryPool(lambda: checkpoint, Limits(10, 256, 20_000), slots=1)
    try:
        (before,) = pool.pids
        os.kill(before, signal.SIGKILL)
        await_end(before)
        with pytest.raises(LimitError):
            ask(pool, "SELECT ?s { ?s ?p 7 }")
        assert lines(ask(pool, "SELECT ?s { ?s ?p 7 }")) == [node("s7").value]
    finally:
        pool.close()


def test_workers_end_with_the_pool_whatever_they_do(store: GraphStore, tmp_path: Path) -> None:
    checkpoint = checkpoint_of(store, tmp_path / "1")
    pool = QueryPool(lambda: checkpoint, Limits(60, 256, 20_000), slots=1)
    (before,) = pool.pids

    async def story() -> None:
        asking = asyncio.create_task(pool.run(query(NEVER_ENDS), ME))
        await asyncio.sleep(0.3)
        await asyncio.to_thread(pool.close)
        await asyncio.gather(asking, return_exceptions=True)

    asyncio.run(story())
    await_end(before)


def test_a_worker_yields_to_the_server(pool: QueryPool) -> None:
    (worker,) = pool.pids
    assert os.getpriority(os.PRIO_PROCESS, worker) >= 15
    assert os.sched_getscheduler(worker) == os.SCHED_BATCH
    assert Path(f"/proc/{worker}/oom_score_adj").read_text() == "1000\n"


def test_a_query_that_is_given_up_before_it_began_frees_its_place(store: GraphStore, tmp_path: Path) -> None:
    checkpoint = checkpoint_of(store, tmp_path / "1")
    pool = QueryPool(lambda: checkpoint, Limits(60, 256, 20_000), slots=1, wait_seconds=20)

    async def story() -> Answer:
        for loops in range(8):
            leaving = asyncio.create_task(pool.run(query(NEVER_ENDS), ME))
            for _ in range(loops):
                await asyncio.sleep(0)
            leaving.cancel()
        return await pool.run(query("SELECT ?s { ?s ?p 7 }"), ME)

    try:
        assert lines(asyncio.run(story())) == [node("s7").value]
    finally:
        pool.close()
