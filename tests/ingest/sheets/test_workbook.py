"""Workbooks as archives: how their parts are found, and which are refused whole."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from ewgraph.errors import InputError, LimitError, ParseError
from ewgraph.ingest.sheets import Cell, Document, Kind, Limits, open_document
from tests.ingest.sheets.raw_workbook import pack, parts, relationships, sheet, workbook

Opened = Callable[..., Document]
ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


def packed(contents: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def first_cell(document: Document) -> Cell:
    return next(document.sheets[0].rows()).cells[1]


def test_the_sheets_stand_in_the_order_of_the_workbook_and_hidden_ones_say_so(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    names = ["Sites", "Lists", "Secret", "合同"]
    for name in names:
        book.create_sheet(name).append([name])
    del book["Sheet"]
    book["Lists"].sheet_state, book["Secret"].sheet_state = "hidden", "veryHidden"
    book.move_sheet("合同", -3)
    book.save(tmp_path / "b.xlsx")
    document = open_document(tmp_path / "b.xlsx", "b.xlsx")
    assert [(at.name, at.hidden) for at in document.sheets] == [
        ("合同", False),
        ("Sites", False),
        ("Lists", True),
        ("Secret", True),
    ]
    assert [next(at.rows()).cells[1].text for at in document.sheets] == ["合同", *names[:3]]
    assert document.form == "xlsx"
    assert document.remarks == ("Hidden sheets: 'Lists', 'Secret'.",)


def test_an_empty_sheet_has_no_rows(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "b.xlsx")
    (only,) = open_document(tmp_path / "b.xlsx", "b.xlsx").sheets
    assert list(only.rows()) == []


@pytest.mark.parametrize(
    "target", ["/xl/worksheets/sheet1.xml", "worksheets/sheet1.xml", "../xl/worksheets/Sheet1.XML"]
)
def test_parts_are_found_by_absolute_and_relative_targets_in_whatever_case(document: Opened, target: str) -> None:
    links = relationships(("worksheet", target))
    assert first_cell(document(packed({**parts(ROW, links=links)}))) == Cell("1", Kind.NUMBER)


def test_a_chart_sheet_is_no_sheet_of_cells(document: Opened) -> None:
    links = relationships(("chartsheet", "chartsheets/sheet1.xml"), ("worksheet", "worksheets/sheet1.xml"))
    book = workbook('<sheet name="Chart" r:id="rId1"/><sheet name="Sites" r:id="rId2"/>')
    assert [at.name for at in document(packed({**parts(ROW, links=links, workbook=book)})).sheets] == ["Sites"]


def test_links_to_other_workbooks_are_told_and_not_followed(document: Opened) -> None:
    links = relationships(("worksheet", "worksheets/sheet1.xml"))
    outside = relationships(("externalLinkPath", "https://example.org/prices.xlsx"), mode="External")
    contents = {
        **parts('<row r="1"><c r="A1"><f>[1]Prices!A1</f><v>9</v></c></row>', links=links),
        "xl/externalLinks/externalLink1.xml": "<x/>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": outside,
        "xl/connections.xml": "<x/>",
    }
    found = document(packed(contents), "sites.xlsx")
    assert first_cell(found) == Cell("9", Kind.NUMBER, formula=True)
    assert [remark.partition(".")[0] for remark in found.remarks] == [
        "It links to other workbooks",
        "It has connections to outside data",
    ]


def test_a_sheet_outside_the_archive_is_not_fetched(document: Opened) -> None:
    links = relationships(("worksheet", "https://example.org/sheet1.xml"), mode="External")
    with pytest.raises(ParseError, match="the workbook has no sheet of cells"):
        document(packed({**parts(ROW, links=links)}))


def test_a_workbook_without_sheets_is_refused(document: Opened) -> None:
    with pytest.raises(ParseError, match="the workbook has no sheet of cells"):
        document(packed({**parts(ROW, workbook=workbook(""))}))


def test_a_list_of_sheets_with_elements_without_end_is_refused(document: Opened) -> None:
    with pytest.raises(LimitError, match="has elements more than 64 deep") as refused:
        document(packed({**parts(ROW, workbook="<x>" * 70 + "</x>" * 70)}))
    assert refused.value.limit == "depth"


def test_too_many_sheets_are_refused(document: Opened) -> None:
    sheets = "".join(f'<sheet name="s{at}" r:id="rId1"/>' for at in range(4))
    with pytest.raises(LimitError, match="it has 4 sheets, over 3"):
        document(packed({**parts(ROW, workbook=workbook(sheets))}), limits=Limits(sheets=3))


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_a_workbook_with_macros_is_refused(document: Opened, part: str) -> None:
    with pytest.raises(InputError, match=r"it has macros .*Save it as .xlsx, which has none"):
        document(packed({**parts(ROW), part: "x"}), "sites.xlsm")


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("mimetype", r"an OpenDocument file \(.ods\)"),
        ("xl/workbook.bin", r"a binary workbook \(.xlsb\)"),
        ("word/document.xml", r"a text document \(.docx\)"),
        ("ppt/presentation.xml", r"a presentation \(.pptx\)"),
        ("Index/Document.iwa", "a Numbers file"),
    ],
)
def test_other_formats_in_archives_are_refused_by_name(document: Opened, part: str, what: str) -> None:
    with pytest.raises(InputError, match=f"this is {what}, which is not read. Save it as .xlsx"):
        document(packed({part: "x"}), "sites.xlsx")


def test_an_archive_of_something_else_is_refused(document: Opened) -> None:
    with pytest.raises(ParseError, match=r"an archive .* without a workbook in it"):
        document(packed({"sites.csv": "a,b"}), "sites.zip")


def test_a_missing_part_is_named(document: Opened) -> None:
    contents = parts(ROW)
    del contents["xl/worksheets/sheet1.xml"]
    found = document(packed({**contents}), "sites.xlsx")
    with pytest.raises(ParseError, match=r"sites.xlsx: its part 'xl/worksheets/sheet1.xml' is missing"):
        next(found.sheets[0].rows())


def test_a_bomb_is_refused_by_what_it_declares(document: Opened) -> None:
    bomb = packed({**parts(ROW), "xl/media/image1.png": bytes(2_000_000)})
    with pytest.raises(LimitError, match="unpacks to more than 200 times its packed size") as refused:
        document(bomb, limits=Limits(ratio_from_bytes=1_000_000))
    assert refused.value.limit == "ratio"


def test_a_bomb_that_declares_less_than_it_holds_is_refused(document: Opened) -> None:
    zeros = sheet(" " * 2_000_000)
    content = packed({**parts("", sheet=zeros)}).replace(struct.pack("<L", len(zeros)), struct.pack("<L", 5_000))
    found = document(content, limits=Limits(ratio_from_bytes=1_000_000))
    with pytest.raises(ParseError, match=r"its part 'xl/worksheets/sheet1.xml' is damaged: Bad CRC-32"):
        list(found.sheets[0].rows())


def test_parts_that_are_too_large_together_are_refused(document: Opened) -> None:
    with pytest.raises(LimitError, match="all parts is larger than 3,000 bytes") as refused:
        document(packed({**parts(ROW), "a": bytes(2_000), "b": bytes(2_000)}), limits=Limits(uncompressed_bytes=3_000))
    assert refused.value.limit == "bytes"


def test_styles_that_are_too_large_are_refused(document: Opened) -> None:
    found = document(packed({**parts(ROW, style="<x>" + " " * 3_000 + "</x>")}), limits=Limits(part_bytes=2_000))
    with pytest.raises(LimitError, match=r"xl/styles.xml is larger than 2,000 bytes"):
        next(found.sheets[0].rows())


def test_too_many_members_are_refused_before_the_directory_is_read(document: Opened) -> None:
    many = packed({**parts(ROW), **{f"xl/media/{at}": "" for at in range(30)}})
    with pytest.raises(LimitError, match="made of more than 20 parts") as refused:
        document(many, limits=Limits(members=20))
    assert refused.value.limit == "members"


def test_a_directory_that_hides_its_size_is_refused(document: Opened) -> None:
    content = bytearray(packed({**parts(ROW)}))
    struct.pack_into("<L", content, len(content) - 10, 0x7FFFFFFF)
    with pytest.raises(LimitError, match="made of more than"):
        document(bytes(content))


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "XL/worksheets/SHEET1.xml"])
def test_a_part_that_stands_there_twice_is_refused(document: Opened, name: str) -> None:
    buffer = io.BytesIO(packed({**parts(ROW)}))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, sheet(""))
    with pytest.raises(ParseError, match=f"its part '{name}' stands there twice"):
        document(buffer.getvalue())


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "xl/../../x", "xl\\x", "C:/x", "xl//x"])
def test_a_part_whose_name_leads_elsewhere_is_refused(document: Opened, name: str) -> None:
    with pytest.raises(ParseError, match="a part of it is called"):
        document(packed({**parts(ROW), name: "x"}))


def test_parts_that_share_their_bytes_are_refused(document: Opened) -> None:
    content = packed({"a": bytes(range(256)) * 4, **parts(ROW)})
    start = content.index(b"PK\x01\x02")
    doubled = bytearray(content[:start] + content[start:].replace(struct.pack("<H", 1) + bytes(14), bytes(16)))
    size_at = start + 20
    struct.pack_into("<L", doubled, size_at, len(content) * 2)
    with pytest.raises(ParseError, match="its parts claim more bytes than the file has"):
        document(bytes(doubled))


@pytest.mark.parametrize("cut", [30, 300, 1])
def test_a_workbook_that_was_cut_off_is_refused(document: Opened, cut: int) -> None:
    content = packed({**parts(ROW)})
    with pytest.raises(ParseError, match=r"it was cut off. Send it again"):
        document(content[:-cut])


def test_a_workbook_with_a_damaged_directory_is_refused(document: Opened) -> None:
    content = packed({**parts(ROW)}).replace(b"PK\x01\x02", b"PKxx")
    with pytest.raises(ParseError, match="it is a damaged archive"):
        document(content)


def test_a_workbook_with_damaged_bytes_is_refused_when_they_are_read(document: Opened) -> None:
    content = bytearray(packed({**parts("<row/>" * 500)}))
    at = content.index(b"xl/worksheets/sheet1.xml") + 40
    content[at : at + 8] = b"\xff" * 8
    with pytest.raises(ParseError, match=r"its part 'xl/worksheets/sheet1.xml' is damaged"):
        list(document(bytes(content)).sheets[0].rows())


def test_an_encrypted_member_is_refused(document: Opened) -> None:
    content = bytearray(packed({**parts(ROW)}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InputError, match=r"is encrypted. Save it without a password"):
        document(bytes(content))


def test_a_member_packed_in_an_unusual_way_is_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "b.xlsx", parts(ROW))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("x", "x")
    with pytest.raises(ParseError, match="its part 'x' is packed as no workbook is"):
        open_document(path, "b.xlsx")


def test_folders_in_the_archive_are_no_parts(document: Opened) -> None:
    assert first_cell(document(packed({"xl/": "", **parts(ROW)}))).text == "1"


def test_rows_are_read_as_they_are_asked_for(document: Opened) -> None:
    """The end of the sheet is damaged, and far behind its first row: the first row comes all the same."""
    data = "".join(f'<row r="{at}"><c r="A{at}"><v>{at}</v></c></row>' for at in range(1, 20_000))
    rows = document(packed({**parts("", sheet=sheet(data + "<oops>"))})).sheets[0].rows()
    assert [next(rows).number for _ in range(1_000)] == list(range(1, 1_001))
    with pytest.raises(ParseError, match="mismatched tag"):
        list(rows)


def test_a_sheet_can_be_read_again_and_left_unread(document: Opened) -> None:
    (only,) = document(packed({**parts(ROW + ROW.replace("1", "2"))})).sheets
    assert next(only.rows()).number == 1
    assert [row.number for row in only.rows()] == [1, 2]
    assert list(only.rows()) == list(only.rows())
