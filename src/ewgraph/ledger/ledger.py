"""The append-only table of records in one SQLite file.

Every append is one transaction, synced to disk before it returns. What is appended stays: a correction is a new
record that revises or retracts.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

from ewgraph.clock import Clock
from ewgraph.errors import ConfigurationError, ConflictError
from ewgraph.ledger import versions
from ewgraph.model.rdf import IRI, Quad, RdfFormat, digest, parse

OPERATOR: Final = IRI("https://w3id.org/ewgraph/ns#operatorOfTheService")
"""The submitter of what is loaded on the command line: whoever runs the data directory."""

_NO_BYTES: Final = b""
_CHUNK = 1 << 20
_MOST_VARIABLES = 900
_A_ROLE = {"record": "a record", "statement": "a claim", "entity": "a thing that records describe"}


class Packed(NamedTuple):
    """Content as the ledger keeps it: deflated, with the SHA-256 of what it was."""

    deflated: bytes
    digest: str

    @classmethod
    def of(cls, content: bytes) -> Self:
        """The content, packed."""
        return cls(zlib.compress(content, 1), digest(content))


@dataclass(frozen=True, slots=True)
class Draft:
    """A validated record on its way into the ledger.

    Attributes:
        iri: the record, which is also the name of its graph.
        kind: its class.
        content: its canonical N-Quads, packed where that was done before: so large records wait in little memory.
        source: the SHA-256 of the file it came in.
        submitter: who handed it in.
        received_at: the instant that the record states, as written there.
        revises: the records that it replaces.
        asserts: the claims and activities that it states; one is stated in one record only.
        describes: the entities that it describes: never a record or a statement.
    """

    iri: IRI
    kind: IRI
    content: bytes | Packed
    source: str
    submitter: IRI
    received_at: str
    revises: tuple[IRI, ...] = ()
    asserts: tuple[IRI, ...] = ()
    describes: tuple[IRI, ...] = ()

    @property
    def digest(self) -> str:
        """The SHA-256 of its content."""
        return self.content.digest if isinstance(self.content, Packed) else digest(self.content)

    @property
    def packed(self) -> Packed:
        """Its content as the ledger keeps it."""
        return self.content if isinstance(self.content, Packed) else Packed.of(self.content)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as the ledger keeps it.

    Attributes:
        is_erased: whether what it said was erased: its content is a tombstone.
    """

    seq: int
    iri: IRI
    kind: IRI
    content: bytes
    source: str
    submitter: IRI
    recorded_at: dt.datetime
    is_erased: bool = False

    def quads(self) -> list[Quad]:
        """What was understood, as quads in the record's graph; blank nodes are labelled canonically."""
        return list(parse(self.content, format=RdfFormat.N_QUADS))


class Ledger:
    """The ledger in one SQLite file. Safe to share between threads, and between processes."""

    def __init__(self, path: Path, clock: Clock) -> None:
        """Open the ledger, or create it.

        Raises:
            ConfigurationError: the file is no ledger, or one of a newer version.
        """
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # what is in it is not for others of the machine
        self._clock = clock
        self._lock = threading.RLock()
        self._recorded_at: dt.datetime | None = None
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=60)
        try:
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("PRAGMA secure_delete = ON")
            versions.settle(self._connection, path)
        except ConfigurationError:
            self._connection.close()
            raise
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise ConfigurationError(f"{path} is not a ledger of ewgraph: {error}") from error

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction: all of it or nothing, on disk when it ends. Within another, it is part of that one."""
        with self._lock:
            if self._connection.in_transaction:
                yield self._connection
                return
            self._connection.execute("BEGIN IMMEDIATE")
            self._recorded_at = None
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def query(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a reading statement."""
        with self._lock:
            return self._connection.execute(sql, parameters).fetchall()

    def keep_source(self, name: str, content: bytes) -> str:
        """Keep a file as it came, and give its SHA-256."""
        sha256 = digest(content)
        with self.transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO source VALUES (?, ?, ?, ?)",
                (sha256, name, len(content), zlib.compress(content, 1)),
            )
        return sha256

    def keep_file(self, name: str, path: Path, sha256: str) -> None:
        """Keep a file of any size as it came, under the SHA-256 that it is known to have; only deflated in memory."""
        if self.query("SELECT 1 FROM source WHERE sha256 = ?", (sha256,)):
            return
        deflating, size = zlib.compressobj(1), 0
        deflated = bytearray()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                deflated += deflating.compress(chunk)
        deflated += deflating.flush()
        with self.transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO source VALUES (?, ?, ?, ?)", (sha256, name, size, deflated))

    def note_file(self, name: str, path: Path, sha256: str) -> None:
        """Note that a file came, of what size and with which SHA-256, and keep none of its bytes."""
        with self.transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO source VALUES (?, ?, ?, ?)", (sha256, name, path.stat().st_size, _NO_BYTES)
            )

    def is_only_noted(self, sha256: str) -> bool:
        """Whether of a file that came no bytes are kept."""
        return bool(self.query("SELECT 1 FROM source WHERE sha256 = ? AND content = ?", (sha256, _NO_BYTES)))

    def write_source(self, sha256: str, path: Path) -> bool:
        """Write a kept file to the path as it came; False where it is not kept."""
        rows = self.query("SELECT content FROM source WHERE sha256 = ? AND content <> ?", (sha256, _NO_BYTES))
        if not rows:
            return False
        inflating, waiting = zlib.decompressobj(), memoryview(rows[0][0])
        with path.open("wb") as file:
            for start in range(0, len(waiting), _CHUNK):
                file.write(inflating.decompress(waiting[start : start + _CHUNK]))
            file.write(inflating.flush())
        return True

    def sources(self) -> Iterator[tuple[str, str, bytes]]:
        """The kept files, one at a time: SHA-256, name, bytes."""
        for (sha256,) in self.query("SELECT sha256 FROM source WHERE content <> ? ORDER BY sha256", (_NO_BYTES,)):
            kept = self.source(sha256)
            if kept is not None:
                yield sha256, *kept

    def source(self, sha256: str) -> tuple[str, bytes] | None:
        """The name and bytes of a kept file."""
        rows = self.query("SELECT name, content FROM source WHERE sha256 = ? AND content <> ?", (sha256, _NO_BYTES))
        return (rows[0][0], zlib.decompress(rows[0][1])) if rows else None

    def check(self, draft: Draft) -> bool:
        """Whether the draft is new; False where the ledger holds the very same record already.

        Raises:
            ConflictError: another record has its IRI, or what it states or describes is something else in another
                record, or its revisions would run in a circle.
        """
        held = self.query(
            "SELECT coalesce(tombstone, digest), tombstone FROM record LEFT JOIN erasure ON record = iri WHERE iri = ?",
            (draft.iri.value,),
        )
        if held:
            if held[0][0] == draft.digest:
                return False
            if held[0][1]:
                raise ConflictError(f"the record {draft.iri.value!r} was erased: it cannot come in again")
            raise ConflictError(
                f"the ledger holds another record {draft.iri.value!r}. A record never changes: "
                "give the new one its own IRI and say prov:wasRevisionOf the old one",
            )
        self._check_roles(draft)
        for revised in draft.revises:
            if draft.iri in self._ancestry(revised):
                raise ConflictError(
                    f"{draft.iri.value!r} revises {revised.value!r}, which revises it in turn: "
                    "revisions must not run in a circle. Drop one of the two prov:wasRevisionOf",
                )
        return True

    def _check_roles(self, draft: Draft) -> None:
        """Refuse an IRI that is something else already: the two would be taken for one, and one audience for both."""
        stated = {node.value for node in draft.asserts}
        for node, role, record in self._roles({*stated, *(node.value for node in draft.describes), draft.iri.value}):
            if node in stated and role == "statement":
                raise ConflictError(
                    f"the claim {node!r} is made in the record {record!r} already. "
                    "A claim stands in one record: give the new one its own IRI",
                )
            if node in stated or node == draft.iri.value or role != "entity":
                raise ConflictError(
                    f"{node!r} is {_A_ROLE[role]} already ({record!r}), and cannot be something else here. "
                    "Give what is meant here its own IRI",
                )

    def _roles(self, nodes: Collection[str]) -> Iterator[tuple[str, str, str]]:
        """What the ledger knows the IRIs as: a record, a statement or an entity, and in which record."""
        held = sorted(nodes)
        for start in range(0, len(held), _MOST_VARIABLES):
            some = held[start : start + _MOST_VARIABLES]
            marks = ",".join("?" * len(some))
            yield from self.query(f"SELECT iri, role, record FROM role WHERE iri IN ({marks})", some)  # noqa: S608  # question marks only
            yield from self.query(f"SELECT iri, 'record', iri FROM record WHERE iri IN ({marks})", some)  # noqa: S608

    def _ancestry(self, record: IRI) -> set[IRI]:
        rows = self.query(
            "WITH RECURSIVE chain (iri) AS (VALUES (?) UNION SELECT revised FROM revision JOIN chain ON record = iri) "
            "SELECT iri FROM chain",
            (record.value,),
        )
        return {IRI(row[0]) for row in rows}

    def append(self, drafts: Iterable[Draft]) -> list[bool]:
        """Append the drafts in one transaction, each as it comes; for each, whether it was new.

        All that is appended in one transaction is recorded at one instant: between several, whoever sees but some of
        the records would see that there are others.

        Raises:
            ConflictError: as `check`; then none of them is kept.
        """
        with self.transaction() as connection:
            return [self._append_one(connection, draft) for draft in drafts]

    def _append_one(self, connection: sqlite3.Connection, draft: Draft) -> bool:
        if not self.check(draft):
            return False
        connection.execute(
            "INSERT INTO record (iri, kind, content, digest, source, submitter, received_at, recorded_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                draft.iri.value,
                draft.kind.value,
                *draft.packed,
                draft.source,
                draft.submitter.value,
                draft.received_at,
                self._instant_of_transaction(connection).isoformat(),
            ),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO revision VALUES (?, ?)",
            [(draft.iri.value, revised.value) for revised in draft.revises],
        )
        connection.executemany(
            "INSERT OR IGNORE INTO role VALUES (?, ?, ?)",
            [
                *((node.value, "statement", draft.iri.value) for node in draft.asserts),
                *((node.value, "entity", draft.iri.value) for node in draft.describes),
            ],
        )
        return True

    def _instant_of_transaction(self, connection: sqlite3.Connection) -> dt.datetime:
        if self._recorded_at is None:
            self._recorded_at = self.instant(connection)
        return self._recorded_at

    def instant(self, connection: sqlite3.Connection) -> dt.datetime:
        """The instant now, or a microsecond after all that is noted where the clock stands still or goes back.

        So who follows what comes, and what comes to be shown, never finds something new before what it has seen.
        """
        newest = connection.execute(
            "SELECT (SELECT recorded_at FROM record ORDER BY seq DESC LIMIT 1), (SELECT max(at) FROM release)"
        ).fetchone()
        noted = max((dt.datetime.fromisoformat(at) for at in newest if at), default=None)
        return later(self._clock.now(), noted)

    def head(self) -> int:
        """The sequence number of the newest record; 0 when empty."""
        return int(self.query("SELECT coalesce(max(seq), 0) FROM record")[0][0])

    def recorded_after(self, seq: int) -> dt.datetime | None:
        """When the first record beyond a sequence number was recorded; None where there is none."""
        rows = self.query("SELECT recorded_at FROM record WHERE seq > ? ORDER BY seq LIMIT 1", (seq,))
        return dt.datetime.fromisoformat(rows[0][0]) if rows else None

    def erasures(self) -> int:
        """How many records were erased."""
        return int(self.query("SELECT count(*) FROM erasure")[0][0])

    def entries(self, after: int = 0, limit: int = -1) -> list[Entry]:
        """The records with a sequence number above `after`, in order, at most `limit` of them (-1: all)."""
        return self._entries("seq > ? ORDER BY seq LIMIT ?", (after, limit))

    def after(self, sequence: int) -> list[IRI]:
        """The records with a sequence number above that one, in order, without what they say."""
        return [IRI(row[0]) for row in self.query("SELECT iri FROM record WHERE seq > ? ORDER BY seq", (sequence,))]

    def in_order(self, records: Collection[IRI]) -> list[IRI]:
        """Those of the records that it holds, in the order in which they came: it says nothing of any other."""
        held, found = sorted(record.value for record in records), list[tuple[int, str]]()
        for start in range(0, len(held), _MOST_VARIABLES):
            some = held[start : start + _MOST_VARIABLES]
            marks = ",".join("?" * len(some))
            found += self.query(f"SELECT seq, iri FROM record WHERE iri IN ({marks})", some)  # noqa: S608  # question marks only
        return [IRI(record) for _, record in sorted(found)]

    def entry(self, record: IRI) -> Entry | None:
        """The record of that IRI."""
        found = self._entries("iri = ?", (record.value,))
        return found[0] if found else None

    def stated_in(self, statement: IRI) -> IRI | None:
        """The record that states a claim or activity; None where none does."""
        rows = self.query("SELECT record FROM role WHERE iri = ? AND role = 'statement'", (statement.value,))
        return IRI(rows[0][0]) if rows else None

    def deflated(self, record: IRI) -> bytes:
        """The canonical N-Quads of a record as they are kept: deflated; empty where there is no such record."""
        rows = self.query("SELECT content FROM record WHERE iri = ?", (record.value,))
        return bytes(rows[0][0]) if rows else b""

    def _entries(self, condition: str, parameters: Sequence[object]) -> list[Entry]:
        rows = self.query(
            "SELECT seq, iri, kind, content, source, submitter, recorded_at, tombstone IS NOT NULL "  # noqa: S608
            f"FROM record LEFT JOIN erasure ON record = iri WHERE {condition}",  # the conditions stand above
            parameters,
        )
        return [
            Entry(
                seq=seq,
                iri=IRI(record),
                kind=IRI(kind),
                content=zlib.decompress(content),
                source=source,
                submitter=IRI(submitter),
                recorded_at=dt.datetime.fromisoformat(recorded_at),
                is_erased=bool(is_erased),
            )
            for seq, record, kind, content, source, submitter, recorded_at, is_erased in rows
        ]

    def damage(self) -> list[str]:
        """What SQLite finds wrong with the file; empty where it is sound."""
        try:
            return [row[0] for row in self.query("PRAGMA integrity_check") if row[0] != "ok"]
        except sqlite3.DatabaseError as error:
            return [str(error)]

    def tidy(self) -> None:
        """Let nothing that was overwritten stay in the file, nor in its log beside it."""
        with self._lock:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def backup(self, path: Path) -> None:
        """Write a copy of the ledger as it is now; readers and writers go on meanwhile."""
        target = sqlite3.connect(path)
        try:
            with self._lock:
                self._connection.backup(target)
        finally:
            target.close()


def later(now: dt.datetime, before: dt.datetime | None) -> dt.datetime:
    """Now, or a microsecond after an instant that is not before it."""
    return now if before is None else max(now, before + dt.timedelta(microseconds=1))
