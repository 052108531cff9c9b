"""Bad input: a clear error, exit code 1, nothing half-applied."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.ingest.trig_files import PREFIXES, record, trig

if TYPE_CHECKING:
    from tests.cli.conftest import Command

Write = Callable[[str, bytes], Path]
GOOD = record("D1")
BAD_FILES = {
    "malformed": (b"ex:D1 {", "bad.trig:1:"),
    "wrong encoding": ((PREFIXES + "# \u00e9\n").encode("cp1252"), "not UTF-8"),
    "no bytes": (b"", "the file is empty"),
    "relative IRIs": (b"<D1> { <D1> <a> <b> }", "relative IRI"),
    "statements outside records": (trig(GOOD, "ex:D1 ew:visibility vis:public ."), "outside a record's graph"),
    "a graph without a name": (trig("_:g { ex:D1 a ew:Disclosure }"), "a graph has no IRI"),
    "200 MB": (gzip.compress(b"#" * 200_000_000, 1), "larger than 100 megabytes"),
}
BAD_RECORDS = {
    "unknown class": ("ex:D2 { ex:D2 a ew:Discloser }", "is no class"),
    "missing visibility": (record("D2").replace("ew:visibility vis:public ;", ""), "visibility"),
    "cyclic revisions": (record("D2", "prov:wasRevisionOf ex:D2 ;"), "run in a circle"),
    "describes another record": (record("D2") + "ex:D2 { ex:D1 a ew:Reply }", "is another record"),
    "a graph name outside records": ("ew:Site { ew:Site a ew:Factory }", "cannot name a record"),
    "a recording time of its own": (
        record("D2", 'ew:recordedAt "2024-05-02T10:00:00Z"^^xsd:dateTime ;'),
        "given by the ledger",
    ),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_is_refused_whole(ewgraph: "Command", write: Write, kind: str) -> None:
    content, message = BAD_FILES[kind]
    done = ewgraph("load", write("bad.trig", content))
    assert done.code == 1
    assert message in done.err
    assert "Traceback" not in done.err
    assert ewgraph.head() == 0


@pytest.mark.parametrize("kind", BAD_RECORDS)
def test_a_bad_record_is_refused_and_the_others_load(ewgraph: "Command", write: Write, kind: str) -> None:
    body, message = BAD_RECORDS[kind]
    done = ewgraph("load", write("some.trig", trig(GOOD, body, record("D3"))))
    assert done.code == 1
    assert "some.trig" in done.err
    assert message in done.err
    assert "2 added, 0 unchanged, 1 refused" in done.err
    assert ewgraph.head() == 2


@pytest.mark.parametrize("kind", BAD_RECORDS)
def test_a_bad_record_stops_an_atomic_load(ewgraph: "Command", write: Write, kind: str) -> None:
    path = write("some.trig", trig(GOOD, BAD_RECORDS[kind][0]))
    done = ewgraph("load", "--atomic", path)
    assert done.code == 1
    assert "nothing was stored" in done.err
    assert ewgraph.head() == 0


def test_two_records_with_one_iri_are_refused(ewgraph: "Command", write: Write) -> None:
    assert ewgraph("load", write("one.trig", trig(GOOD))).code == 0
    done = ewgraph("load", write("two.trig", trig(record("D1", 'rdfs:comment "other" ;'))))
    assert done.code == 1
    assert "the ledger holds another record" in done.err
    assert ewgraph.head() == 1
