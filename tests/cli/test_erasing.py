"""What is erased is gone from every file of the data directory, and a tombstone stays for those who saw it."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import zstandard

from ewgraph.clock import SystemClock
from ewgraph.ledger import Audit, Event, Ledger
from ewgraph.model.rdf import IRI, RdfFormat, canonical_nquads, parse
from ewgraph.settings import Settings
from ewgraph.web.workspace import Workspace
from tests.ingest.trig_files import record, trig

if TYPE_CHECKING:
    from tests.cli.conftest import Command

Write = Callable[[str, bytes], Path]
EX = "https://data.example.org/id/"
UNSPOKEN = "Unutterable Works of Erewhon"


def world(*others: str) -> bytes:
    said = record("D1").replace("ex:D1 {", f'ex:D1 {{\n  ex:erewhon a ew:Factory ; rdfs:label "{UNSPOKEN}" .', 1)
    return trig(said, *others)


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_nothing_of_it_stays_in_any_file(ewgraph: "Command", write: Write) -> None:
    assert ewgraph("load", write("f.trig", world(record("D2")))).code == 0
    ledger = Ledger(ewgraph.data / "ledger.sqlite", SystemClock())
    kept = ledger.deflated(IRI(EX + "D1"))
    entry = ledger.entry(IRI(EX + "D1"))
    assert entry is not None
    file = ledger.query("SELECT content FROM source")[0][0]
    ledger.close()
    (ewgraph.data / "uploads" / "ab").mkdir(parents=True)
    (ewgraph.data / "uploads" / "ab" / entry.source).write_bytes(world())
    (ewgraph.data / "pasts" / "1").mkdir(parents=True)
    (ewgraph.data / "pasts" / "1" / "000001.sst").write_bytes(world())  # as a service leaves it that is stopped
    before = bytes_of(ewgraph.data)
    assert UNSPOKEN.encode() in before
    assert kept[20:60] in before
    assert file[20:60] in before
    done = ewgraph("erase", EX + "D1", "--reason", "asked for by the person concerned")
    assert (done.code, "1 other records came in them" in done.out) == (0, True)
    after = bytes_of(ewgraph.data)
    assert UNSPOKEN.encode() not in after
    assert kept[20:60] not in after
    assert file[20:60] not in after
    assert ewgraph("verify").out == "2 records, 0 faults\n"


def test_no_dump_keeps_it(ewgraph: "Command", write: Write) -> None:
    assert ewgraph("load", write("f.trig", world())).code == 0
    made = ewgraph("dump")
    path = Path(made.out.split()[1])
    assert UNSPOKEN.encode() in zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read()
    (path.parent.parent / ".half-made").mkdir()
    assert "1 dumps that may have held it are gone" in ewgraph("erase", EX + "D1", "--reason", "a court order").out
    assert not (ewgraph.data / "dumps").exists()
    again = ewgraph("dump", "--keep", "1")
    path = Path(again.out.split()[1])
    assert UNSPOKEN.encode() not in zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read()


def test_nothing_of_it_stays_in_the_index_of_names(ewgraph: "Command", write: Write) -> None:
    assert ewgraph("load", write("f.trig", world(record("D2")))).code == 0
    with Workspace(Settings(data=ewgraph.data)) as workspace:
        workspace.keep_names()
    assert UNSPOKEN.encode() in bytes_of(ewgraph.data / "names")
    assert ewgraph("erase", EX + "D1", "--reason", "a court order").code == 0
    assert UNSPOKEN.encode() not in bytes_of(ewgraph.data)
    with Workspace(Settings(data=ewgraph.data)) as workspace:
        workspace.keep_names()
    assert UNSPOKEN.encode() not in bytes_of(ewgraph.data)


@pytest.mark.parametrize("name", ["again.trig", "again.trig.gz", "again.nq", "no extension"])
def test_a_file_that_held_it_once_more_is_overwritten_too(ewgraph: "Command", write: Write, name: str) -> None:
    again = world(record("D3"))
    if name.endswith("gz"):
        again = gzip.compress(again)
    elif name.endswith("nq"):
        again = canonical_nquads(parse(again, format=RdfFormat.TRIG))
    assert ewgraph("load", write("f.trig", world(record("D2")))).code == 0
    assert ewgraph("load", write("other.trig", trig(record("D4")))).code == 0
    assert "1 added, 1 unchanged" in ewgraph("load", write(name, again)).out
    done = ewgraph("erase", EX + "D1", "--reason", "a court order")
    assert (done.code, "2 other records" in done.out) == (0, True)
    ledger = Ledger(ewgraph.data / "ledger.sqlite", SystemClock())
    assert [file for _, file, _ in ledger.sources()] == [str(ewgraph.data.parent / "other.trig")]
    ledger.close()
    assert ewgraph("verify").out == "4 records, 0 faults\n"


def test_who_saw_it_finds_a_tombstone(ewgraph: "Command", write: Write) -> None:
    assert ewgraph("load", write("f.trig", world())).code == 0
    assert UNSPOKEN in ewgraph("export", "graph").out
    assert ewgraph("erase", EX + "D1", "--reason", "a court order").code == 0
    graph = ewgraph("export", "graph").out
    assert UNSPOKEN not in graph
    assert f'<{EX}D1> <https://w3id.org/ewgraph/ns#reason> "a court order"' in graph
    assert f"<{EX}D1> <https://w3id.org/ewgraph/ns#erasedOn>" in graph
    assert ewgraph("export", "records").out.strip() == ""


def test_it_does_not_come_in_again_and_is_erased_once(ewgraph: "Command", write: Write) -> None:
    path = write("f.trig", world())
    assert ewgraph("load", path).code == 0
    assert ewgraph("erase", EX + "D1", "--reason", "a court order").code == 0
    again = ewgraph("load", path)
    assert (again.code, "was erased" in again.err) == (1, True)
    twice = ewgraph("erase", EX + "D1", "--reason", "a court order")
    assert (twice.code, "erased already" in twice.err) == (2, True)


def test_what_a_revision_ended_stays_ended(ewgraph: "Command", write: Write) -> None:
    new = record("D2").replace("ex:D2 a", "ex:D2 prov:wasRevisionOf ex:D1 ; a", 1)
    assert ewgraph("load", write("f.trig", trig(record("D1"), new))).code == 0
    assert ewgraph("erase", EX + "D2", "--reason", "a court order").code == 0
    assert f"<{EX}D2> <http://www.w3.org/ns/prov#wasRevisionOf> <{EX}D1>" in ewgraph("export", "graph").out


def test_it_is_noted_who_erased(ewgraph: "Command", write: Write) -> None:
    assert ewgraph("load", write("f.trig", world())).code == 0
    assert ewgraph("erase", EX + "D1", "--reason", "a court order").code == 0
    ledger = Ledger(ewgraph.data / "ledger.sqlite", SystemClock())
    (line,) = Audit(ledger, SystemClock()).entries(event=Event.ERASED)
    ledger.close()
    assert (line.by, line.details) == ("command line", {"record": EX + "D1"})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((EX + "nothing", "--reason", "x"), "there is no record"),
        ((EX + "D1", "--reason", "  "), "say why"),
        (("no iri", "--reason", "x"), "no iri"),
    ],
)
def test_what_cannot_be_erased_is_told(
    ewgraph: "Command", write: Write, arguments: tuple[str, ...], message: str
) -> None:
    assert ewgraph("load", write("f.trig", world())).code == 0
    told = ewgraph("erase", *arguments)
    assert (told.code, message in told.err) == (2, True)


def test_a_graph_that_outlived_an_erasure_is_made_again(ewgraph: "Command", write: Write) -> None:
    """The process was stopped after the ledger and before the graph."""
    from ewgraph.ledger import Erasures

    assert ewgraph("load", write("f.trig", world())).code == 0
    ledger = Ledger(ewgraph.data / "ledger.sqlite", SystemClock())
    Erasures(ledger, SystemClock()).erase(IRI(EX + "D1"), by="command line", principal="staff", reason="a court order")
    ledger.close()
    assert UNSPOKEN not in ewgraph("export", "graph", "--as", "staff").out
