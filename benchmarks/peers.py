"""Others who search graphs, each in a process of its own: `python -m benchmarks.peers NAME FOLDER`.

Each loads the plain graph of a folder and answers its questions, the best way that its makers know. What it prints is
JSON: the seconds of loading, and of each question the median seconds and the answer.
"""

from __future__ import annotations

import csv
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt
from numba import njit

from benchmarks.measure import median_s, once_s
from benchmarks.plain import Asked, Plain, read

T = TypeVar("T")

_PATIENT: Final = 0.5
"""What takes longer than so many seconds is not asked five times but once."""
_NAME: Final = "urn:n:"
_UP: Final = "urn:up"


class RefusedError(Exception):
    """A peer does not answer, and says why."""


class Peer(ABC):
    """Somebody who can be asked."""

    @abstractmethod
    def load(self, plain: Plain, folder: Path) -> None:
        """Take in a graph; the folder is for its files."""

    @abstractmethod
    def answer(self, asked: Asked) -> int:
        """How many other nodes can be reached."""

    def close(self) -> None:  # noqa: B027  # most have nothing to close
        """Stop what was started."""


class Bare(Peer):
    """A breadth-first search over arrays of neighbours, compiled: what the memory of the machine allows."""

    def load(self, plain: Plain, folder: Path) -> None:
        del folder
        self._up = _neighbours(plain.start, plain.end, plain.nodes)
        self._down = _neighbours(plain.end, plain.start, plain.nodes)
        self._seen = np.zeros(plain.nodes, np.uint8)
        self._queue = np.empty(plain.nodes, np.int32)
        self.answer(Asked("to compile it", 0, up=True))

    def answer(self, asked: Asked) -> int:
        places, others = self._up if asked.up else self._down
        return int(_reached(places, others, asked.node, self._seen, self._queue))


def _neighbours(near: npt.NDArray[Any], far: npt.NDArray[Any], nodes: int) -> tuple[npt.NDArray[Any], ...]:
    order = np.argsort(near, kind="stable")
    places = np.zeros(nodes + 1, np.int32)
    places[1:] = np.cumsum(np.bincount(near, minlength=nodes))
    return places, np.ascontiguousarray(far[order])


@njit(nogil=True)  # type: ignore[misc]  # numba has no types
def _reached(places: Any, others: Any, node: int, seen: Any, queue: Any) -> int:
    queue[0] = node
    seen[node] = 1
    size, at = 1, 0
    while at < size:
        here = queue[at]
        at += 1
        for place in range(places[here], places[here + 1]):
            other = others[place]
            if not seen[other]:
                seen[other] = 1
                queue[size] = other
                size += 1
    for place in range(size):
        seen[queue[place]] = 0
    return size - 1


class Rustworkx(Peer):
    """A graph in memory, and all who can be reached as a set."""

    def load(self, plain: Plain, folder: Path) -> None:
        import rustworkx

        del folder
        self._ask = {True: rustworkx.descendants, False: rustworkx.ancestors}
        self._graph = rustworkx.PyDiGraph()
        self._graph.add_nodes_from(range(plain.nodes))
        self._graph.add_edges_from_no_data(list(zip(plain.start.tolist(), plain.end.tolist(), strict=True)))

    def answer(self, asked: Asked) -> int:
        return len(self._ask[asked.up](self._graph, asked.node) - {asked.node})


class Oxigraph(Peer):
    """A property path from the node that is given, in the store that ewgraph keeps its graph in."""

    def load(self, plain: Plain, folder: Path) -> None:
        import pyoxigraph

        path = folder / "graph.nt"
        _write_triples(plain, path)
        self._store = pyoxigraph.Store(folder / "store")
        self._store.bulk_load(path=path, format=pyoxigraph.RdfFormat.N_TRIPLES)
        self._store.optimize()
        path.unlink()

    def answer(self, asked: Asked) -> int:
        return next(int(row["n"].value) for row in self._store.query(_sparql(asked)))  # type: ignore[union-attr, index]


def _sparql(asked: Asked) -> str:
    """The path begins at the node that is given; a good planner has nothing left to find out."""
    node = f"<{_NAME}{asked.node:09}>"
    path = f"{node} <{_UP}>+ ?o" if asked.up else f"?o <{_UP}>+ {node}"
    return f"SELECT (COUNT(DISTINCT ?o) AS ?n) {{ {path} FILTER(?o != {node}) }}"


def _write_triples(plain: Plain, path: Path) -> None:
    with path.open("w", encoding="ascii") as file:
        for start, end in zip(plain.start.tolist(), plain.end.tolist(), strict=True):
            file.write(f"<{_NAME}{start:09}> <{_UP}> <{_NAME}{end:09}> .\n")


class DuckDB(Peer):
    """A recursive table over columns in memory."""

    def load(self, plain: Plain, folder: Path) -> None:
        import duckdb

        del folder
        self._connection = duckdb.connect()
        self._connection.register("given", {"near": plain.start, "far": plain.end})
        self._connection.execute("CREATE TABLE edge AS SELECT DISTINCT near, far FROM given")

    def answer(self, asked: Asked) -> int:
        return int(self._connection.execute(_recursive(asked)).fetchall()[0][0])


class PostgreSQL(Peer):
    """A recursive table over rows with an index at either end."""

    def load(self, plain: Plain, folder: Path) -> None:
        import psycopg

        programs = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)))
        self._folder, self._control = folder / "pg", programs / "pg_ctl"
        self._run(programs / "initdb", "-D", self._folder, "-A", "trust", "-U", "postgres")
        settings = f"-k {folder} -c listen_addresses= -c shared_buffers=4GB -c work_mem=1GB -c fsync=off -c jit=off"
        self._run(self._control, "-D", self._folder, "-o", settings, "-w", "-l", folder / "log", "start")
        self._connection = psycopg.connect(f"host={folder} user=postgres", autocommit=True)
        self._connection.execute("CREATE TABLE edge (near int4, far int4)")
        with self._connection.cursor().copy("COPY edge FROM STDIN WITH (FORMAT BINARY)") as copy:
            copy.write(_binary_rows(plain))
        for one, other in (("near", "far"), ("far", "near")):
            self._connection.execute(f"CREATE INDEX ON edge ({one}) INCLUDE ({other})")
        self._connection.execute("VACUUM ANALYZE edge")

    def answer(self, asked: Asked) -> int:
        return int(self._connection.execute(_recursive(asked)).fetchall()[0][0])

    def close(self) -> None:
        self._connection.close()
        self._run(self._control, "-D", self._folder, "-m", "immediate", "stop")

    def _run(self, *words: object) -> None:
        """PostgreSQL does not run as root."""
        before = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*before, *map(str, words)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _binary_rows(plain: Plain) -> bytes:
    rows = np.empty(len(plain.start), [("n", ">i2"), ("a", ">i4"), ("x", ">i4"), ("b", ">i4"), ("y", ">i4")])
    rows["n"], rows["a"], rows["x"], rows["b"], rows["y"] = 2, 4, plain.start, 4, plain.end
    return b"PGCOPY\n\xff\r\n\x00" + bytes(8) + rows.tobytes() + b"\xff\xff"


def _recursive(asked: Asked) -> str:
    near, far = ("near", "far") if asked.up else ("far", "near")
    return (
        f"WITH RECURSIVE reached(node) AS (SELECT {far} FROM edge WHERE {near} = {asked.node} "  # noqa: S608  # numbers
        f"UNION SELECT e.{far} FROM reached r JOIN edge e ON e.{near} = r.node) "
        f"SELECT count(*) FROM reached WHERE node <> {asked.node}"
    )


class Virtuoso(Peer):
    """A transitive pattern of its own dialect over HTTP: as a property path it refuses many, for want of memory."""

    _HTTP, _SQL = 18890, 11111

    def load(self, plain: Plain, folder: Path) -> None:
        _write_triples(plain, folder / "graph.nt")
        (folder / "virtuoso.ini").write_text(
            f"[Database]\nDatabaseFile={folder}/v.db\nTransactionFile={folder}/v.trx\nErrorLogFile={folder}/v.log\n"
            f"LockFile={folder}/v.lck\nxa_persistent_file={folder}/v.pxa\n"
            f"[TempDatabase]\nDatabaseFile={folder}/t.db\nTransactionFile={folder}/t.trx\n"
            f"[Parameters]\nServerPort={self._SQL}\nDirsAllowed={folder}\nNumberOfBuffers=340000\nMaxDirtyBuffers=250000\n"
            "MaxCheckpointRemap=20000\nMaxQueryMem=4G\nCheckpointInterval=0\n"
            f"[HTTPServer]\nServerPort={self._HTTP}\nServerRoot={folder}\n"
            "[SPARQL]\nMaxQueryExecutionTime=600\nResultSetMaxRows=100000000\nDefaultGraph=urn:g\n",
            encoding="ascii",
        )
        self._process = subprocess.Popen(
            ["virtuoso-t", "-f", "-c", str(folder / "virtuoso.ini")],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while subprocess.run(self._isql("SELECT 1;"), capture_output=True, check=False).returncode:
            time.sleep(0.5)
        for line in (f"ld_dir('{folder}', 'graph.nt', 'urn:g');", "rdf_loader_run();", "checkpoint;"):
            subprocess.run(self._isql(line), check=True, capture_output=True)

    def answer(self, asked: Asked) -> int:
        node = f"<{_NAME}{asked.node:09}>"
        near, far = ("?a", "?b") if asked.up else ("?b", "?a")
        text = (
            f"SELECT (COUNT(DISTINCT {far}) AS ?n) {{ {{ SELECT ?a ?b {{ ?a <{_UP}> ?b }} }} "
            f"OPTION (TRANSITIVE, T_DISTINCT, T_IN({near}), T_OUT({far}), T_MIN(1)) "
            f"FILTER({near} = {node} && {far} != {node}) }}"
        )
        query = urllib.parse.urlencode({"query": text, "format": "text/csv"})
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._HTTP}/sparql?{query}") as response:
                return int(list(csv.reader(response.read().decode().splitlines()))[1][0])
        except urllib.error.HTTPError as error:
            raise RefusedError(error.read().decode().splitlines()[0]) from error

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def _isql(self, text: str) -> list[str]:
        return ["isql-vt", str(self._SQL), "dba", "dba", "ERRORS=STDOUT", f"EXEC={text}"]


class Ladybug(Peer):
    """A recursive relationship in Cypher: the property graph database that goes on from Kuzu."""

    def load(self, plain: Plain, folder: Path) -> None:
        import ladybug

        np.savetxt(folder / "node.csv", np.arange(plain.nodes), fmt="%d")
        np.savetxt(folder / "edge.csv", np.column_stack([plain.start, plain.end]), fmt="%d", delimiter=",")
        self._connection = ladybug.Connection(ladybug.Database(str(folder / "graph.lbdb")))
        for text in (
            "CREATE NODE TABLE N (id INT64 PRIMARY KEY)",
            "CREATE REL TABLE UP (FROM N TO N)",
            f"COPY N FROM '{folder}/node.csv'",
            f"COPY UP FROM '{folder}/edge.csv'",
        ):
            self._connection.execute(text)

    def answer(self, asked: Asked) -> int:
        path = "(a)-[:UP* SHORTEST 1..30]->(o:N)" if asked.up else "(a)<-[:UP* SHORTEST 1..30]-(o:N)"
        result: Any = self._connection.execute(
            f"MATCH (a:N {{id: {asked.node}}}) MATCH {path} WHERE o.id <> {asked.node} RETURN count(DISTINCT o.id)"
        )
        return int(result.get_next()[0])


PEERS: Final[dict[str, Callable[[], Peer]]] = {
    "bare": Bare,
    "rustworkx": Rustworkx,
    "oxigraph": Oxigraph,
    "duckdb": DuckDB,
    "postgresql": PostgreSQL,
    "virtuoso": Virtuoso,
    "ladybug": Ladybug,
}


def timed(run: Callable[[], T]) -> tuple[float, T]:
    """The median seconds of five runs after the first, and the result; of what takes long, those of the first."""
    start = time.perf_counter()
    result = run()
    first = time.perf_counter() - start
    return (first if first > _PATIENT else median_s(run, 5)), result


@contextmanager
def _room() -> Iterator[Path]:
    """A folder that PostgreSQL may use too, whoever it runs as."""
    folder = Path(tempfile.mkdtemp(prefix="peer-"))
    if os.geteuid() == 0 and "postgres" in {entry.pw_name for entry in pwd.getpwall()}:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    folder.chmod(0o777)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(name: str, given: Path) -> None:
    """Ask a peer, and print a line after each step: whoever waits may lose patience."""
    plain, questions = read(given)
    peer = PEERS[name]()
    with _room() as folder:
        print(json.dumps({"load": once_s(lambda: peer.load(plain, folder))}), flush=True)
        try:
            for asked in questions:
                try:
                    seconds, reached = timed(lambda: peer.answer(asked))  # noqa: B023  # asked at once
                    print(json.dumps({"name": asked.name, "seconds": seconds, "reached": reached}), flush=True)
                except RefusedError as error:
                    print(json.dumps({"name": asked.name, "refused": str(error)}), flush=True)
        finally:
            peer.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
