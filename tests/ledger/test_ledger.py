"""The ledger keeps what it is given, in order, for good."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from ewgraph.clock import SystemClock
from ewgraph.errors import ConfigurationError, ConflictError
from ewgraph.ledger import OPERATOR, Draft, Ledger, ReleaseChange, ReleaseLog
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Quad, canonical_nquads, digest
from tests.conftest import TickingClock, named


def draft(
    name: str,
    label: str = "",
    *,
    revises: tuple[str, ...] = (),
    asserts: tuple[str, ...] = (),
    describes: tuple[str, ...] = (),
) -> Draft:
    record = named(name)
    content = canonical_nquads([Quad(record, terms.RDFS.label, Literal(label or name), record)])
    return Draft(
        record,
        terms.Disclosure,
        content,
        digest(b"file"),
        OPERATOR,
        "2024-01-01T00:00:00Z",
        tuple(map(named, revises)),
        tuple(map(named, asserts)),
        tuple(map(named, describes)),
    )


@pytest.fixture
def ledger(tmp_path: Path, clock: TickingClock) -> Ledger:
    made = Ledger(tmp_path / "ledger.sqlite", clock)
    made.keep_source("file.trig", b"file")
    return made


@pytest.fixture
def log(ledger: Ledger, clock: TickingClock) -> ReleaseLog:
    return ReleaseLog(ledger, clock)


def test_records_come_back_in_the_order_in_which_they_came(ledger: Ledger) -> None:
    assert ledger.append([draft("a"), draft("b")]) == [True, True]
    assert ledger.append([draft("c")]) == [True]
    assert [(entry.seq, entry.iri) for entry in ledger.entries()] == [(1, named("a")), (2, named("b")), (3, named("c"))]
    assert [entry.iri for entry in ledger.entries(after=1, limit=1)] == [named("b")]
    assert ledger.head() == 3
    found = ledger.entry(named("b"))
    assert found is not None
    assert [quad.object for quad in found.quads()] == [Literal("b")]
    assert ledger.entry(named("z")) is None


def test_the_same_record_again_is_no_change(ledger: Ledger) -> None:
    ledger.append([draft("a")])
    assert ledger.append([draft("a"), draft("b")]) == [False, True]
    assert ledger.head() == 2


def test_another_record_of_the_same_name_is_refused_and_nothing_with_it_is_kept(ledger: Ledger) -> None:
    ledger.append([draft("a")])
    with pytest.raises(ConflictError, match=r"id/a'.*wasRevisionOf"):
        ledger.append([draft("b"), draft("a", "other")])
    assert [entry.iri for entry in ledger.entries()] == [named("a")]


def test_a_claim_is_made_in_one_record_only(ledger: Ledger) -> None:
    ledger.append([draft("a", asserts=("c1",))])
    with pytest.raises(ConflictError, match=r"claim '.*c1' is made in the record '.*/a'"):
        ledger.append([draft("b", asserts=("c1",))])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"asserts": ("x",)}, {"describes": ("x",)}),
        ({"describes": ("x",)}, {"asserts": ("x",)}),
        ({}, {"describes": ("a",)}),
        ({}, {"asserts": ("a",)}),
        ({"describes": ("b",)}, {}),
        ({"asserts": ("b",)}, {}),
    ],
)
def test_what_is_one_kind_of_thing_in_one_record_is_no_other_in_another(
    ledger: Ledger,
    first: dict[str, tuple[str, ...]],
    second: dict[str, tuple[str, ...]],
) -> None:
    ledger.append([draft("a", **first)])  # type: ignore[arg-type]
    with pytest.raises(ConflictError, match="already"):
        ledger.append([draft("b", **second)])  # type: ignore[arg-type]


def test_an_entity_is_described_in_any_number_of_records(ledger: Ledger) -> None:
    many = tuple(f"site{number}" for number in range(2000))
    assert ledger.append([draft("a", describes=many), draft("b", describes=many)]) == [True, True]


def test_revisions_in_a_circle_are_refused(ledger: Ledger) -> None:
    ledger.append([draft("a", revises=("b",)), draft("b", revises=("c",))])
    with pytest.raises(ConflictError, match="circle"):
        ledger.append([draft("c", revises=("a",))])
    with pytest.raises(ConflictError, match="circle"):
        ledger.append([draft("self", revises=("self",))])
    assert ledger.head() == 2


def test_the_instant_of_recording_rises_from_each_transaction_to_the_next(ledger: Ledger, clock: TickingClock) -> None:
    ledger.append([draft("a")])
    clock.time -= dt.timedelta(days=1)
    ledger.append([draft("b")])
    with pytest.raises(ConflictError):
        ledger.append([draft("b2"), draft("b", "another")])
    ledger.append([draft("c")])
    instants = [entry.recorded_at for entry in ledger.entries()]
    assert instants == sorted(set(instants))


def test_what_is_appended_together_is_recorded_at_one_instant(tmp_path: Path) -> None:
    """Whoever sees the first and the third of what came together does not see that there is a second."""
    ledger = Ledger(tmp_path / "ledger.sqlite", SystemClock())
    ledger.keep_source("file", b"file")
    with ledger.transaction():
        ledger.append(draft(name) for name in "abc")
        ledger.append([draft("d")])
    ledger.append([draft("e")])
    *together, last = (entry.recorded_at for entry in ledger.entries())
    assert len(set(together)) == 1
    assert together[0] < last
    ledger.close()


def test_records_are_put_in_the_order_in_which_they_came(ledger: Ledger) -> None:
    names = [str(number) for number in range(1000)]
    ledger.append(draft(name) for name in names)
    ledger.append([draft("a")])
    assert ledger.in_order({named(name) for name in ("999", "a", *names, "none")}) == [*map(named, names), named("a")]


@pytest.mark.parametrize("table", ["record", "source", "revision", "release", "role"])
def test_nothing_is_ever_deleted(ledger: Ledger, log: ReleaseLog, table: str) -> None:
    ledger.append([draft("a", revises=("b",), asserts=("c",))])
    log.note([ReleaseChange(1, named("a"), named("g"), "added")])
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), ledger.transaction() as connection:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608  # names of the parametrisation


def test_a_file_is_kept_as_it_came(ledger: Ledger) -> None:
    sha256 = ledger.keep_source("b.trig", b"bytes")
    assert ledger.keep_source("again.trig", b"bytes") == sha256
    assert ledger.source(sha256) == ("b.trig", b"bytes")
    assert ledger.source("0" * 64) is None


def test_a_release_is_logged_once(ledger: Ledger, log: ReleaseLog) -> None:
    change = ReleaseChange(1, named("a"), IRI("https://w3id.org/ewgraph/audience/org/x"), "added")
    log.note([change])
    log.note([change])
    log.note([])
    assert log.of(named("a")) == [change]
    assert ledger.damage() == []


def test_a_ledger_opens_again_and_a_backup_is_one(ledger: Ledger, tmp_path: Path, clock: TickingClock) -> None:
    ledger.append([draft("a")])
    ledger.backup(tmp_path / "copy.sqlite")
    ledger.close()
    for name in ("ledger.sqlite", "copy.sqlite"):
        again = Ledger(tmp_path / name, clock)
        assert again.head() == 1
        again.close()


def test_a_damaged_file_is_found_out(ledger: Ledger, tmp_path: Path, clock: TickingClock) -> None:
    ledger.append([draft(str(number)) for number in range(300)])
    assert ledger.damage() == []
    ledger.close()
    path = tmp_path / "ledger.sqlite"
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 4096] = bytes(4096)
    path.write_bytes(content)
    again = Ledger(path, clock)
    assert again.damage()
    again.close()


def test_another_file_is_no_ledger(tmp_path: Path, clock: TickingClock) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"no database at all, but long enough to look at" * 20)
    with pytest.raises(ConfigurationError, match="not a ledger"):
        Ledger(path, clock)


def test_a_ledger_of_a_newer_version_is_left_alone(tmp_path: Path, clock: TickingClock) -> None:
    path = tmp_path / "ledger.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(ConfigurationError, match="version 99"):
        Ledger(path, clock)


def test_its_directory_is_for_nobody_else_of_the_machine(tmp_path: Path, clock: TickingClock) -> None:
    Ledger(tmp_path / "data" / "ledger.sqlite", clock).close()
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
