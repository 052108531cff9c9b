"""What a file is, by its content: tables, disguises, and what is refused."""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from ewgraph.errors import InputError, LimitError, ParseError
from ewgraph.ingest.sheets import Document, Limits, cell_name, column_letter, column_number, open_document

Opened = Callable[..., Document]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def test_a_document_has_the_digest_of_its_bytes(document: Opened) -> None:
    found = document(b"a,b\n1,2\n")
    assert (found.sha256, found.name) == (hashlib.sha256(b"a,b\n1,2\n").hexdigest(), "sites.csv")


def test_a_csv_renamed_as_a_workbook_is_read_with_a_remark(document: Opened) -> None:
    found = document(b"a,b\n1,2\n", "sites.xlsx")
    assert found.form == "csv"
    assert found.remarks == ("Its name ends in '.xlsx', but it is text, and was read as CSV.",)


def test_a_workbook_renamed_as_csv_is_read_with_a_remark(document: Opened) -> None:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    found = document(buffer.getvalue(), "sites.csv")
    assert found.form == "xlsx"
    assert found.remarks == ("Its name ends in '.csv', but it is a workbook (.xlsx), and was read as one.",)


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_refused(document: Opened, content: bytes) -> None:
    with pytest.raises(ParseError, match=r"the file is empty. Send one with a table in it"):
        document(content)


@pytest.mark.parametrize("content", [b'{"releases": []}', b"\xef\xbb\xbf\n [{}]", b"[]", b"[ 1, 2]", b"{}", b"[true]"])
def test_json_is_known_and_has_no_sheets_yet(document: Opened, content: bytes) -> None:
    found = document(content, "releases.json")
    assert (found.form, found.sheets, found.remarks) == ("json", (), ())


def test_a_bracket_does_not_make_csv_json(document: Opened) -> None:
    assert document(b"[Sites],b\n1,2\n").form == "csv"


def test_a_workbook_protected_by_a_password_is_refused(document: Opened) -> None:
    with pytest.raises(InputError, match=r"protected by a password. Save it without one"):
        document(OLE + "EncryptedPackage".encode("utf-16-le"), "sites.xlsx")


@pytest.mark.parametrize("stream", ["Workbook", "Book"])
def test_a_workbook_of_the_old_format_is_refused(document: Opened, stream: str) -> None:
    with pytest.raises(InputError, match=r"old format \(.xls\). Save it as .xlsx"):
        document(OLE + stream.encode("utf-16-le"), "sites.xls")


def test_another_old_office_file_is_refused(document: Opened) -> None:
    with pytest.raises(InputError, match="an old Office file, and no workbook"):
        document(OLE + "WordDocument".encode("utf-16-le"), "sites.doc")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7 x", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\x1f\x8b\x08", r"a compressed file \(.gz\)"),
        (b"\xef\xbb\xbf <html><table>", "XML or a web page"),
        (b'<?xml version="1.0"?><Workbook/>', "XML or a web page"),
    ],
)
def test_what_is_no_table_is_refused_by_name(document: Opened, content: bytes, what: str) -> None:
    with pytest.raises(InputError, match=f"this is {what}, not a table. Save the table as .xlsx or CSV"):
        document(content)


def test_bytes_that_are_no_text_are_refused(document: Opened) -> None:
    with pytest.raises(ParseError, match="neither a workbook nor text"):
        document(bytes(range(256)) * 10)


def test_a_file_that_is_too_large_is_refused(document: Opened) -> None:
    with pytest.raises(LimitError, match=r"the file is larger than 10 bytes. Split it") as refused:
        document(b"a,b\n" * 3, limits=Limits(file_bytes=10))
    assert refused.value.limit == "bytes"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"sites.csv: it cannot be read: No such file"):
        open_document(tmp_path / "none", "sites.csv")


def test_columns_are_called_as_spreadsheets_call_them() -> None:
    assert [column_number(column_letter(number)) for number in range(1, 16_385)] == list(range(1, 16_385))
    assert cell_name(1_048_576, 16_384) == "XFD1048576"
