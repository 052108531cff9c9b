"""Files are read whole or refused whole, with the place and the remedy."""

import gzip
import io
import json
import re
from pathlib import Path

import pytest

from ewgraph.errors import InputError, LimitError, ParseError
from ewgraph.ingest.reading import SourceFile, UnreadableFile, files_of, read_content, read_files
from ewgraph.model.rdf import RdfFormat, canonical_nquads, parse, serialize
from tests.ingest.trig_files import PREFIXES, node, read, record, trig

EX = "https://data.example.org/id/"


def formats() -> dict[str, bytes]:
    """One record in every format."""
    content = trig(record("D1"))
    quads = list(parse(content, format=RdfFormat.TRIG))
    nquads = serialize(quads, format=RdfFormat.N_QUADS)
    jsonld = serialize(quads, format=RdfFormat.JSON_LD)
    assert nquads is not None
    assert jsonld is not None
    return {"trig": content, "nq": nquads, "jsonld": jsonld, "json": jsonld, "ttl": (PREFIXES + node("D1")).encode()}


@pytest.mark.parametrize("extension", ["trig", "nq", "jsonld", "json", "ttl"])
@pytest.mark.parametrize("by", ["extension", "gz", "format", "looking into it"])
def test_every_format_gives_the_same_record(extension: str, by: str) -> None:
    content = formats()[extension]
    name = {"extension": f"f.{extension}", "gz": f"f.{extension}.gz"}.get(by, "-")
    content = gzip.compress(content, mtime=0) if by == "gz" else content
    source = read(content, name, extension if by == "format" else None)
    (held,) = source.records
    assert held.record.value == EX + "D1"
    assert canonical_nquads(held.quads) == canonical_nquads(parse(formats()["trig"], format=RdfFormat.TRIG))
    assert source.content == content


def test_a_graph_in_two_blocks_is_one_record() -> None:
    source = read(trig(record("D1"), record("D2"), 'ex:D1 { ex:D1 rdfs:comment "more" }'))
    assert [held.record.value for held in source.records] == [EX + "D1", EX + "D2"]
    assert len(source.records[0].quads) == len(source.records[1].quads) + 1


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read(b"\xef\xbb\xbf" + trig(record("D1"))).records


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("f.trig", b"", "the file is empty"),
        ("f.trig", b" \n", "the file is empty"),
        ("f.trig", b"# nothing\n", "no record in it"),
        ("f.trig", b"@prefix e: <http://e/> .\ne:g { e:a e:b }", r"f\.trig:2:\d+: "),
        ("f.trig", b"<http://e/g> {\n <a> <http://e/p> 1 }", r"f\.trig:2:2: 'a' is a relative IRI"),
        ("f.nq", b'<http://e/a> <p> "x" <http://e/g> .\n', r"f\.nq:1:14: 'p' is a relative IRI"),
        ("f.trig", "é".encode("cp1252") + b" ", r"byte 0, in line 1: it is not UTF-8; it may be Windows-1252"),
        ("f.trig", b"abc\n\x81\xff", r"byte 4, in line 2: it is not UTF-8\. Save"),
        ("f.trig", "x".encode("utf-16"), "byte 0: it is not UTF-8; it begins as UTF-16"),
        ("f.trig", "xy".encode("utf-16-le"), "null bytes"),
        ("f.trig", b"<http://e/a> <http://e/p> 1 .", "outside a record's graph, about <http://e/a>"),
        ("f.nq", b"<http://e/a> <http://e/p> <http://e/o> _:g .", "no IRI, only _:g"),
        ("f.ttl", b"<http://e/a> <http://e/p> 1 .", "exactly one record.*found: none"),
        ("f.ttl", (PREFIXES + node("D1") + node("D2")).encode(), "exactly one record.*D1.*D2"),
        ("f.ttl", (PREFIXES + "[] a ew:Disclosure .").encode(), "its record has no IRI"),
        ("f.trig.gz", gzip.compress(b"some text" * 50, mtime=0)[:-12], "not whole as a gzip file"),
        ("f.jsonld", b'{"@id": \n x}', r"f\.jsonld:2:2: this is not JSON"),
        (
            "f.jsonld",
            b'{"@context": "https://schema.org/", "@id": "http://e/x"}',
            "'https://schema.org/' lies elsewhere",
        ),
        ("f.jsonld", b'[{"@context": {"@import": "https://e/c"}}]', "'https://e/c' lies elsewhere"),
        ("f.jsonld", b'{"@id": "http://e/g", "@graph": [{"@id": "x", "http://e/p": 1}]}', "'x' is a relative IRI"),
        ("f.jsonld", b'{"@id": "http://e/g", "@graph": [{"@id": "http://e/x", "name": 1}]}', "no meaning to 'name'"),
        ("f.jsonld", b'{"@id": "http://e/g", "@graph": [{"@id": "http://e/ x", "http://e/p": 1}]}', "is not an IRI"),
        ("f.jsonld", b'{"@id": "http://e/g", "@graph": [{"@id": 7}]}', "this is not JSON-LD"),
        ("f.jsonld", b"[" * 100_000, "nested too deeply"),
        ("f.jsonld", b'{"http://e/p": "\\ud800"}', "stands for no character"),
        ("f.jsonld", b"7", "no record in it"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_place(name: str, content: bytes, message: str) -> None:
    with pytest.raises(ParseError, match=f"^{re.escape(name)}.*{message}|^{message}"):
        read(content, name)


def test_a_defined_word_is_no_fault_in_json_ld() -> None:
    document = {
        "@context": {"label": "http://www.w3.org/2000/01/rdf-schema#label"},
        "@graph": [{"@id": EX + "D1", "@graph": [{"@id": EX + "reseller", "label": "R"}]}],
    }
    assert len(read(json.dumps(document).encode(), "f.jsonld").records[0].quads) == 1


@pytest.mark.parametrize("content", [b"#" * 1001, gzip.compress(b"#" * 1_000_000, mtime=0)])
def test_a_file_beyond_the_limit_is_refused_and_not_unpacked(content: bytes) -> None:
    with pytest.raises(LimitError, match=r"larger than 0 megabytes.*EWGRAPH_LOAD_MEGABYTES") as caught:
        read_content("f.trig", content, limit=1000)
    assert caught.value.limit == "bytes"


def test_files_are_named_by_path_pattern_folder_and_dash(tmp_path: Path) -> None:
    for name in ("a.trig", "b.nq.gz", "c.txt", "sub/d.ttl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = files_of([str(tmp_path)])
    assert [Path(name).name for name in found] == ["a.trig", "b.nq.gz", "d.ttl"]
    assert files_of([str(tmp_path / "*.t*")]) == [str(tmp_path / "a.trig"), str(tmp_path / "c.txt")]
    assert files_of(["-", str(tmp_path / "c.txt"), str(tmp_path / "c.txt")]) == ["-", str(tmp_path / "c.txt")]
    with pytest.raises(InputError, match="names no record file"):
        files_of([str(tmp_path / "*.none")])


def test_a_file_that_cannot_be_read_does_not_hide_the_next(tmp_path: Path) -> None:
    (tmp_path / "bad.trig").write_bytes(b"{")
    (tmp_path / "good.trig").write_bytes(trig(record("D1")))
    names = [str(tmp_path / name) for name in ("bad.trig", "gone.trig", "good.trig")]
    bad, gone, good = read_files(names, megabytes=1)
    assert isinstance(bad, UnreadableFile)
    assert isinstance(gone, UnreadableFile)
    assert "No such file" in str(gone.reason)
    assert isinstance(good, SourceFile)


def test_standard_input_is_a_file() -> None:
    (source,) = read_files(["-"], megabytes=1, stdin=io.BytesIO(trig(record("D1"))))
    assert isinstance(source, SourceFile)
    assert source.name == "-"
