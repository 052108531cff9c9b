"""The commands: what they print, and their exit codes."""

import gzip
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ewgraph.cli.directory import reading
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.model.rdf import RdfFormat, canonical_nquads, parse
from ewgraph.settings import Settings
from ewgraph.web.workspace import Workspace
from tests.ingest.trig_files import ROOT, record, trig

if TYPE_CHECKING:
    from tests.cli.conftest import Command

Write = Callable[[str, bytes], Path]
EX = "https://data.example.org/id/"
CASE = ROOT / "data" / "cases" / "cal-comp-2016-2020.trig"


def by_record(content: bytes, file_format: RdfFormat) -> dict[str, bytes]:
    graphs: dict[str, list[object]] = {}
    for quad in parse(content, format=file_format):
        graphs.setdefault(str(quad.graph_name), []).append(quad)
    return {name: canonical_nquads(quads) for name, quads in graphs.items()}  # type: ignore[arg-type]


@pytest.mark.parametrize("file_format", ["trig", "nq"])
def test_what_is_loaded_is_exported_the_same(ewgraph: "Command", file_format: str) -> None:
    assert ewgraph("load", CASE).code == 0
    done = ewgraph("export", "records", "--as", "staff", "--format", file_format)
    assert done.code == 0
    formats = {"trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS}
    assert by_record(done.out.encode(), formats[file_format]) == by_record(CASE.read_bytes(), RdfFormat.TRIG)


def test_an_export_leaves_out_what_the_reader_does_not_see(ewgraph: "Command", write: Write) -> None:
    secret = record("D2").replace("vis:public", "vis:staff")
    assert ewgraph("load", write("f.trig", trig(record("D1"), secret))).code == 0
    public = ewgraph("export", "records").out
    assert "D1" in public
    assert "D2" not in public
    assert "D2" in ewgraph("export", "records", "--as", "staff").out
    assert "D2" not in ewgraph("export", "graph", "--format", "ttl").out
    assert EX + "D2" in ewgraph("export", "graph", "--as", "staff").out


def test_a_second_load_changes_nothing(ewgraph: "Command", write: Write) -> None:
    path = write("f.trig", trig(record("D1"), record("D2")))
    assert "2 added, 0 unchanged" in ewgraph("load", path).out
    assert "0 added, 2 unchanged" in ewgraph("load", path).out
    assert ewgraph.head() == 2


def test_files_come_by_pattern_compressed_and_from_standard_input(ewgraph: "Command", write: Write) -> None:
    path = write("a.trig", trig(record("D1")))
    write("b.trig.gz", gzip.compress(trig(record("D2"))))
    done = ewgraph("load", path.parent / "*.trig*", "-", "--report", "json", stdin=trig(record("D3")))
    assert done.code == 0
    assert json.loads(done.out)["added"] == [EX + "D1", EX + "D2", EX + "D3"]


def test_validate_stores_nothing_and_reports_in_three_ways(ewgraph: "Command", write: Write) -> None:
    path = write("f.trig", trig(record("D1"), record("D2", "ew:bad ex:x ;")))
    text = ewgraph("validate", path)
    assert text.code == 1
    assert "1 conform, 0 unchanged, 1 refused" in text.out
    turtle = ewgraph("validate", "--report", "turtle", path, write("empty.trig", b""))
    assert "sh:ValidationReport" in turtle.out
    assert "empty.trig: the file is empty" in turtle.err
    results = json.loads(ewgraph("validate", "--report", "json", path).out)["refused"][0]["results"]
    assert results[0]["focus_node"] == EX + "D2"
    assert not ewgraph.data.exists()
    assert ewgraph("validate", CASE).code == 0


def test_a_question_is_asked_as_a_reader(ewgraph: "Command", write: Write) -> None:
    assert ewgraph("load", write("f.trig", trig(record("D1")))).code == 0
    arguments = ("ask", "contracts-touching", "--param", f"site={EX}F1", "--format")
    assert json.loads(ewgraph(*arguments, "json").out) == []
    assert ewgraph(*arguments, "csv", "--as", EX + "reseller").out.startswith("contract,")
    assert "contracts-touching  " in ewgraph("ask").out


def test_an_answer_is_written_to_a_file_and_in_parts(ewgraph: "Command", write: Write, tmp_path: Path) -> None:
    deeds = (record(name, f'rdfs:label "Deed {name}" ;') for name in ("D1", "D2"))
    assert ewgraph("load", write("f.trig", trig(*deeds))).code == 0
    asked = ("ask", "search", "--as", "staff", "--param", "text=e")
    for name, start in (("xlsx", b"PK"), ("parquet", b"PAR1"), ("srj", b"{"), ("csv", b"entity,"), ("table", b"")):
        assert ewgraph(*asked, "--format", name, "--output", str(tmp_path / name)).out == ""
        assert (tmp_path / name).read_bytes().startswith(start)
    whole = ewgraph(*asked, "--format", "csv").out.splitlines()
    first = ewgraph(*asked, "--format", "csv", "--limit", "1")
    after = first.err.split("--after ")[1].split()[0]
    rest = ewgraph(*asked, "--format", "csv", "--limit", "9999", "--after", after)
    assert [*first.out.splitlines(), *rest.out.splitlines()[1:]] == whole
    assert len(whole) > 2


def test_what_to_cite_is_said_beside_the_answer(ewgraph: "Command", write: Write) -> None:
    assert ewgraph("load", write("f.trig", trig(record("D1")))).code == 0
    asked = ("ask", "paths", "--param", f"from={EX}F1", "--param", f"to={EX}F2", "--format", "csv")
    plain, cited = ewgraph(*asked), ewgraph(*asked, "--cite", "--as", "staff")
    assert plain.out == cited.out
    assert "Query-SHA256" not in plain.err
    for name in ("Query: paths", "Query-SHA256: ", "Valid-At: ", "Known-At: ", "Graph-Digest: ", "Ledger-Sequence: 1"):
        assert f"{name}" in cited.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ask", "nonsense"), "no stored query 'nonsense'"),
        (("ask", "contracts-touching", "--param", "site"), "write name=value"),
        (("ask", "contracts-touching"), "needs the parameter 'site'"),
        (("ask", "contracts-touching", "--param", "site=a:b", "--param", "site=a:c"), "given twice"),
        (("ask", "contracts-touching", "--as", "me"), "'me' is not an IRI"),
        (("ask", "search", "--param", "text=e", "--format", "xlsx"), "with --output"),
        (("ask", "search", "--param", "text=e", "--output", "/nowhere/x"), "/nowhere/x cannot be written"),
        (("ask", "search", "--param", "text=e", "--limit", "0"), "from 1 to"),
        (("ask", "search", "--param", "text=e", "--after", "x"), "no cursor of this question"),
        (("export", "records", "--as", "me"), "'me' is not an IRI"),
        (("export", "records", "--format", "nt"), "exported as trig or nq"),
        (("load", "none.trig"), "names no record file"),
        (("load",), "the following arguments are required"),
        (("key", "add", "--org", "x"), "--org"),
        (("key", "revoke", "x"), "there is no key 'x'"),
        (("import", "other", "x.csv", "--load"), "no importer 'other'"),
        (("import", "icmm-mines", "x.csv", "--load"), "x.csv: No such file"),
        (("import", "cmrt", "x.xlsx", "--load"), "cmrt names persons"),
        (("restore", "/nowhere"), "holds no backup"),
        (("restore", "."), "holds no backup"),
    ],
)
def test_wrong_usage_is_code_2(ewgraph: "Command", write: Write, arguments: tuple[str, ...], message: str) -> None:
    assert ewgraph("load", write("f.trig", trig(record("D1")))).code == 0
    done = ewgraph(*arguments)
    assert done.code == 2
    assert message in done.err


@pytest.mark.parametrize("command", [("ask", "x"), ("export", "graph"), ("verify",), ("rebuild",), ("key", "list")])
def test_a_data_directory_must_be_there_to_be_read(ewgraph: "Command", command: tuple[str, ...]) -> None:
    done = ewgraph(*command)
    assert done.code == 2
    assert "is no data directory" in done.err
    assert not ewgraph.data.exists()


def test_help_answers_at_once(ewgraph: "Command") -> None:
    done = ewgraph("--help")
    assert done.code == 0
    assert "0 done, 1 the data were refused" in done.out
    heavy = "import sys; from ewgraph.cli import main; main(['--help']); print([m for m in sys.modules if m in "
    heavy += "{'pyoxigraph', 'rdflib', 'pyshacl', 'strawberry', 'rich'}])"
    started = time.monotonic()
    out = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True).stdout
    assert out.endswith("[]\n")
    assert time.monotonic() - started < 3


def test_a_setting_that_does_not_exist_is_wrong_usage(ewgraph: "Command", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EWGRAPH_NONSENSE", "1")
    done = ewgraph("key", "list")
    assert done.code == 2
    assert done.err.startswith("ewgraph: EWGRAPH_NONSENSE is not a setting")


def test_keys_are_added_listed_and_revoked(ewgraph: "Command") -> None:
    token = ewgraph("key", "add", "--org", EX + "uni-a").out
    assert token.startswith("ewg_")
    assert token.count("\n") == 1
    ewgraph("key", "add", "--staff")
    first, second = ewgraph("key", "list").out.splitlines()
    assert EX + "uni-a" in first
    assert "staff" in second
    assert ewgraph("key", "revoke", first.split()[0]).code == 0
    assert "revoked" in ewgraph("key", "list").out.splitlines()[0]


def test_a_rebuilt_graph_is_the_same(ewgraph: "Command") -> None:
    ewgraph("load", CASE)
    done = ewgraph("rebuild")
    assert done.code == 0
    before, after = (line.split()[1] for line in done.out.splitlines())
    assert before == after
    assert ewgraph("rebuild").out == done.out


def test_a_damaged_graph_is_told_and_rebuilt(ewgraph: "Command") -> None:
    ewgraph("load", CASE)
    store = GraphStore.open(ewgraph.data / "graph")
    public = next(graph for graph in store.graphs() if graph.value.endswith("audience/public"))
    staff = type(public)(public.value.replace("public", "staff"))
    doubled = [type(quad)(quad.subject, quad.predicate, quad.object, staff) for quad in store.quads(graph=public)][:1]
    store.change(doubled)
    del store
    damaged = ewgraph("verify")
    assert damaged.code == 1
    assert "staff reads twice" in damaged.err
    assert "which it should not" in damaged.err
    assert ewgraph("rebuild").code == 1
    assert ewgraph("verify").code == 0


def test_the_whole_example_has_no_fault_and_its_backup_neither(ewgraph: "Command", tmp_path: Path) -> None:
    files = sorted((ROOT / "data").glob("*/*.trig"))
    assert ewgraph("load", *files).code == 0
    assert ewgraph("verify").out == f"{ewgraph.head()} records, 0 faults\n"
    assert ewgraph("backup", tmp_path / "backup").code == 0
    ewgraph.data = tmp_path / "new"
    assert ewgraph("restore", tmp_path / "backup").code == 0
    assert ewgraph("verify").out == f"{ewgraph.head()} records, 0 faults\n"


def test_a_damaged_index_is_told_and_rebuilt(ewgraph: "Command") -> None:
    ewgraph("load", CASE)
    file = max((ewgraph.data / "index").glob("*/edges.npy"))
    edges = np.load(file)
    edges["end"][0] = edges["start"][0]
    np.save(file, edges)
    damaged = ewgraph("verify")
    assert damaged.code == 1
    assert "index: edge 0 has 0 rows at its end" in damaged.err
    assert "index: it lacks " in damaged.err
    assert ewgraph("rebuild").code == 0
    assert ewgraph("verify").code == 0


def test_a_backup_is_restored_and_a_damaged_one_refused(ewgraph: "Command", tmp_path: Path) -> None:
    ewgraph("load", CASE)
    count = ewgraph.head()
    assert ewgraph("backup", tmp_path / "backup").code == 0
    assert ewgraph("backup", tmp_path / "backup").code == 2
    assert "is in use" in ewgraph("restore", tmp_path / "backup").err
    ewgraph.data = tmp_path / "new"
    assert ewgraph("restore", tmp_path / "backup").code == 0
    assert ewgraph.head() == count
    assert ewgraph("verify").out == f"{count} records, 0 faults\n"
    file = tmp_path / "backup" / "ledger.sqlite"
    content = file.read_bytes()
    file.write_bytes(content[:8192] + bytes(8192) + content[16384:])
    ewgraph.data = tmp_path / "other"
    assert ewgraph("restore", tmp_path / "backup").code in {1, 2}
    assert ewgraph.head() == 0


def test_beside_the_owner_of_the_graph_commands_append_and_read_its_checkpoint(
    ewgraph: "Command", write: Write
) -> None:
    ewgraph("load", write("a.trig", trig(record("D1"))))
    with Workspace(Settings(data=ewgraph.data)) as server:
        server.project()
        missing = ewgraph("export", "records")
        assert missing.code == 2
        assert "no checkpoint yet" in missing.err
        server.checkpoint()
        loaded = ewgraph("load", write("b.trig", trig(record("D2"))))
        assert loaded.code == 0
        assert "a running server holds the graph" in loaded.err
        assert "D2" not in ewgraph("export", "records").out
        assert "D1" in ewgraph("export", "records").out
        assert "the graph shows 1 of 2 records" in ewgraph("verify").err
        with reading(Settings(data=ewgraph.data)) as here:
            assert here.index is not None
            assert list(here.index.faults()) == []
        server.project()
        server.checkpoint()
        assert "D2" in ewgraph("export", "records").out
        assert ewgraph("verify").code == 0


HEADING = "year,supplier_name,country_area,country,supplier_address\n"


def test_a_table_is_imported_and_importing_it_again_adds_nothing(ewgraph: "Command", write: Write) -> None:
    table = write("list.csv", (HEADING + "2018,A,x,China,1 Road\n2017,A,x,China,1 Road\n").encode())
    first = ewgraph("import", "apple-suppliers", table, "--load")
    assert first.code == 0
    assert "1 sites in 2 records; 0 rows repeat another, 0 rows refused" in first.err
    assert "2 added" in first.out
    time.sleep(1.1)
    assert "0 added, 2 unchanged" in ewgraph("import", "apple-suppliers", table, "--load").out


def test_an_import_written_to_a_file_loads(ewgraph: "Command", write: Write, tmp_path: Path) -> None:
    table = write("list.csv", (HEADING + "2018,A,x,Utopia,1 Road\n2017,A,x,China,1 Road\n").encode())
    arguments = ("import", "apple-suppliers", table, "--received-at", "2024-02-01T12:00:00", "--out")
    done = ewgraph(*arguments, tmp_path / "list.trig")
    assert done.code == 1
    assert "refused: row 2: 'Utopia' is no country" in done.err
    assert "2024-02-01T12:00:00Z" in (tmp_path / "list.trig").read_text(encoding="utf-8")
    assert "1 added" in ewgraph("load", tmp_path / "list.trig").out
    assert "SupplierListEdition" in ewgraph(*arguments, "-").out
    assert ewgraph(*arguments, tmp_path).code == 2
    assert ewgraph("import", "apple-suppliers", table, "--out", "-", "--received-at", "then").code == 2


def test_an_error_that_nobody_foresaw_is_one_line(ewgraph: "Command") -> None:
    ewgraph.data.mkdir()
    (ewgraph.data / "ledger.sqlite").mkdir()
    done = ewgraph("key", "add", "--staff")
    assert done.code in {1, 2}
    assert done.err.startswith("ewgraph: ")
    assert done.err.count("\n") == 1


def test_check_says_what_records_say_against_each_other(ewgraph: "Command") -> None:
    assert ewgraph("load", ROOT / "data" / "example").code == 0
    done = ewgraph("check", "--language", "de")
    assert done.code == 0
    assert "https://data.example.org/id/claim/list-velmora-2025-component-12" in done.out
    assert "Warning: " in done.out
    turtle = ewgraph("check", "--report", "turtle")
    assert "sh:ValidationReport" in turtle.out
