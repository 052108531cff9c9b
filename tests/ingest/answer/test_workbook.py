"""The workbook goes back as it came, with its wrong cells marked, and may be mended and sent again."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Border, PatternFill, Side

from ewgraph.ingest.answer import workbook as annotated
from ewgraph.ingest.answer.excerpt import excerpt
from ewgraph.ingest.answer.marks import AUTHOR
from ewgraph.ingest.answer.phrases import Phrases
from ewgraph.ingest.answer.report import CellResult, DisclosureReport, Totals
from ewgraph.ingest.answer.wording import Wording
from ewgraph.ingest.sheets.cell import Cell, SheetRow
from ewgraph.ingest.sheets.document import open_document
from ewgraph.ingest.sheets.ours import CHECK_SHEETS, MARKS_SHEET
from ewgraph.validate.report import Severity
from tests.ingest.answer.reports import (
    HOSTILE,
    LANGUAGES,
    cell_result,
    full_report,
    hostile_report,
    reading_result,
    report_of,
)

HEADINGS = ("Contract", "Tier", "Site name", "Native name", "Country", "Colour")


def site_book() -> Workbook:
    """A form: title, headings in row 5, sites from row 6 on, with formats of its own."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Sites"
    sheet["A1"] = "Disclosure form"
    sheet["B2"] = "=1+1"
    for column, heading in enumerate(HEADINGS, start=1):
        sheet.cell(5, column, heading)
    for row in range(6, 30):
        for column, text in enumerate(("K17", "Tier 1", f"Site {row}", "深圳市", "CN"), start=1):
            sheet.cell(row, column, text)
    sheet["B7"] = "Tir 1"
    sheet["B7"].fill = PatternFill("solid", fgColor="00FF00")
    sheet["B7"].border = Border(left=Side("dashed"))
    sheet["B7"].comment = Comment("Ask Li\n--- about this", "Anna")
    sheet["E9"] = None
    book.create_sheet("Old").sheet_state = "hidden"
    return book


def saved(book: Workbook, path: Path) -> Path:
    book.save(path)
    return path


def marked(path: Path, report: DisclosureReport, language: str = "en", form: str = "xlsx") -> Workbook:
    out = io.BytesIO()
    annotated.annotate(path, form, report, out, language)
    out.seek(0)
    return load_workbook(out)


@pytest.fixture
def original(tmp_path: Path) -> Path:
    return saved(site_book(), tmp_path / "sites.xlsx")


def links(book: Workbook) -> Iterator[tuple[str, str]]:
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.hyperlink is not None:
                assert cell.hyperlink.target is None
                yield str(cell.value), cell.hyperlink.location


def texts(book: Workbook) -> list[str]:
    return [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value not in {None, ""}]


def test_wrong_cells_have_colour_border_and_a_comment_by_us(original: Path) -> None:
    sheet = marked(original, full_report())["Sites"]
    wanted = {"B9": "FFC7CE", "E9": "FFC7CE", "A15": "FFEB9C", "F5": "DDEBF7"}
    assert {place: sheet[place].fill.fgColor.rgb[2:] for place in wanted} == wanted
    assert all(sheet[place].border.left.style == "medium" for place in wanted)
    assert sheet["B9"].comment.author == AUTHOR
    assert sheet["B9"].comment.text == '✖ Error: Choose one tier; "tier1x" is none.'
    assert sheet["C9"].comment is None


def test_a_comment_is_large_enough_to_read(original: Path) -> None:
    out = io.BytesIO()
    annotated.annotate(original, "xlsx", full_report(), out)
    with zipfile.ZipFile(out) as packed:
        (drawing,) = [part for part in packed.namelist() if part.endswith(".vml")]
        assert b"width:360px" in packed.read(drawing)


def test_the_rest_of_the_workbook_stays_as_it_came(original: Path) -> None:
    book = marked(original, full_report())
    assert book.sheetnames == ["ewgraph Check", "Sites", "Old", MARKS_SHEET]
    assert book["Old"].sheet_state == "hidden"
    assert book[MARKS_SHEET].sheet_state == "veryHidden"
    assert book["Sites"]["B2"].value == "=1+1"
    assert book.calculation.fullCalcOnLoad
    before = [[cell.value for cell in row] for row in site_book()["Sites"].iter_rows(max_row=29, max_col=6)]
    assert [[cell.value for cell in row] for row in book["Sites"].iter_rows(max_row=29, max_col=6)] == before
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets[:2]] == [True, False]


def test_a_comment_that_was_there_stays_below_ours(original: Path) -> None:
    comment = marked(original, full_report())["Sites"]["B7"].comment
    assert comment.text == (
        '✖ Error: Choose one tier; "Tir 1" is none. (perhaps: Tier 1)\n\n--- Anna ---\nAsk Li\n--- about this'
    )


def test_what_is_marked_may_be_mended_and_marked_again(original: Path, tmp_path: Path) -> None:
    first = marked(original, full_report(), "de")
    first["Sites"]["B7"] = "Tier 1"
    again = marked(saved(first, tmp_path / "again.xlsx"), report_of(cell_result(9, 2)), "nb")
    sheet = again["Sites"]
    assert again.sheetnames == ["ewgraph Kontroll", "Sites", "Old", MARKS_SHEET]
    assert sheet["B7"].fill.fgColor.rgb == "0000FF00"
    assert sheet["B7"].border.left.style == "dashed"
    assert (sheet["B7"].comment.text, sheet["B7"].comment.author) == ("Ask Li\n--- about this", "Anna")
    assert sheet["E9"].fill.fill_type is None
    assert sheet["E9"].comment is None
    assert sheet["B9"].comment.text.startswith("✖ Feil")
    assert sheet["B9"].comment.text.count("✖") == 1


def test_a_date_typed_into_a_marked_cell_stays_a_date(original: Path, tmp_path: Path) -> None:
    first = marked(original, full_report())
    first["Sites"]["B9"] = dt.date(2024, 2, 29)
    again = marked(saved(first, tmp_path / "again.xlsx"), report_of())["Sites"]["B9"]
    assert again.value == dt.datetime(2024, 2, 29)  # noqa: DTZ001  # a cell knows no time zone
    assert again.fill.fill_type is None


def test_a_mark_that_moved_with_its_cell_is_taken_off(original: Path, tmp_path: Path) -> None:
    first = marked(original, report_of(cell_result(9, 2)))
    moved = first["Sites"]
    moved["D20"].fill = PatternFill("solid", fgColor="FFC7CE")
    moved["D20"].comment = Comment("✖ Error", AUTHOR)
    again = marked(saved(first, tmp_path / "again.xlsx"), report_of())
    assert again["Sites"]["D20"].fill.fill_type is None
    assert again["Sites"]["D20"].comment is None


def test_the_marked_workbook_holds_no_sheet_that_is_not_ours_or_theirs(original: Path) -> None:
    for language in LANGUAGES:
        assert set(marked(original, full_report(), language).sheetnames) - CHECK_SHEETS == {"Sites", "Old"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_marked_workbook_reads_as_the_one_that_was_sent(original: Path, tmp_path: Path, language: str) -> None:
    back = tmp_path / "back.xlsx"
    with back.open("wb") as out:
        annotated.annotate(original, "xlsx", full_report(), out, language)
    sent, returned = open_document(original, "sites.xlsx"), open_document(back, "sites.xlsx")
    assert [sheet.name for sheet in returned.sheets] == [sheet.name for sheet in sent.sheets] == ["Sites", "Old"]
    assert list(returned.sheets[0].rows()) == list(sent.sheets[0].rows())
    assert returned.remarks == sent.remarks


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_sheet_tells_all_and_leads_to_the_cells(original: Path, language: str) -> None:
    report = full_report()
    words = Wording(report, language)
    book = marked(original, report, language)
    assert book.sheetnames[0] == Phrases(language).say("check-sheet")
    assert book.active is book.worksheets[0]
    told = texts(book)
    parts = [
        words.title,
        words.next_step,
        words.phrases.say("mend-here"),
        words.phrases.say("all"),
        words.phrases.say("more", n=1),
        words.difference_title,
        *map(words.group, report.groups),
        *map(words.message, report.results),
        *map(words.duty, report.obligations),
        *(words.change(change) for change in report.difference.changes if report.difference),  # type: ignore[union-attr]
    ]
    assert [part for part in parts if part not in told] == []
    found = list(links(book))
    assert [target for text, target in found if text == "B9"] == ["'Sites'!B9"]
    assert ("Sites!B12", "'Sites'!B12") in found
    assert book.worksheets[0].auto_filter.ref.startswith("A")
    assert book.worksheets[0].auto_filter.ref.endswith(f"G{book.worksheets[0].max_row}")


def test_a_merged_cell_is_marked_where_it_begins(tmp_path: Path) -> None:
    book = site_book()
    book["Sites"].merge_cells("B10:C12")
    sheet = marked(saved(book, tmp_path / "merged.xlsx"), report_of(cell_result(12, 3)))["Sites"]
    assert sheet["B10"].comment.author == AUTHOR


def test_a_sheet_that_is_not_there_leaves_the_result_in_the_list(original: Path) -> None:
    book = marked(original, report_of(cell_result(sheet="Gone")))
    assert list(links(book)) == []
    assert "Gone" in texts(book)


def test_pictures_that_are_lost_are_told(tmp_path: Path, original: Path) -> None:
    path = tmp_path / "picture.xlsx"
    with zipfile.ZipFile(original) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            after.writestr(part, before.read(part))
        after.writestr("xl/media/image1.png", b"x")
    assert Phrases("en").say("no-drawings") in texts(marked(path, full_report()))
    assert Phrases("en").say("no-drawings") not in texts(marked(original, full_report()))


def test_a_csv_file_becomes_a_workbook_with_its_rows_where_they_stood(tmp_path: Path) -> None:
    path = tmp_path / "sites.csv"
    path.write_text('Contract;Tier\n\nK17;"Tir\n1"\n=1+2;#N/A\n@x;-1\n', encoding="utf-8")
    report = report_of(
        cell_result(3, 2, sheet=""), reading_result(None, None, "reading-headingUnknown", heading="Tier", sheet="")
    )
    book = marked(path, report, "de", form="csv")
    sheet = book["Daten"]
    assert [sheet[place].value for place in ("A1", "B1", "A3", "B3", "A5", "B5")] == [
        "Contract",
        "Tier",
        "K17",
        "Tir 1",
        "=1+2",
        "#N/A",
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert sheet["A5"].quotePrefix
    assert not sheet["A1"].quotePrefix
    assert sheet["B3"].comment.text.startswith("✖ Fehler")
    assert sheet["B1"].comment.text.startswith("\u2139 Hinweis")
    assert ("B3", "'Daten'!B3") in list(links(book))


def formulas(book: Workbook) -> list[str]:
    return [str(c.value) for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.data_type == "f"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_value_becomes_a_formula_or_a_link(tmp_path: Path, language: str) -> None:
    path = tmp_path / "bad.csv"
    lines = [f'"{value}","x"' for value in ("=1+1", '=HYPERLINK(""http://evil.example"")', "+1", "-1", "@SUM(A1)")]
    path.write_text("\n".join(["Tier,Name", *lines]), encoding="utf-8")
    for report in (hostile_report(), report_of(cell_result(2, 1, "=1+1", sheet="", hint="=2", heading="=3"))):
        book = marked(path, report, language, form="csv")
        assert formulas(book) == []
        assert all("!" in target for _, target in links(book))
        assert not set("".join(texts(book))) & set("\x1b\x07\u202e\ud800")


def test_hostile_values_in_a_workbook_are_told_and_stay_theirs(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Si'tes"
    for row, value in enumerate(HOSTILE, start=5):
        if "\x1b" not in value and "\ud800" not in value:
            sheet.cell(row, 3, value)
            sheet.cell(row, 3).data_type = "s"
    out = marked(saved(book, tmp_path / "bad.xlsx"), hostile_report())
    assert formulas(out) == []
    assert out["Si'tes"]["C6"].value == "<script>alert(1)</script>"
    assert len(out["Si'tes"]["C9"].value) == 10_000
    assert all(target.startswith("'Si''tes'!C") for _, target in links(out))
    assert max(map(len, texts(out))) < 2_000


def test_of_a_large_file_only_the_rows_with_results_are_written(original: Path) -> None:
    totals = Totals(rows=annotated.MOST_ROWS + 1, violations=1)
    book = marked(original, full_report(totals=totals))
    sheet = book["Sites"]
    assert [row[0].value for row in sheet.iter_rows()] == ["Row", 5, 7, 9, 12, 14, 15]
    assert [cell.value for cell in sheet[1]] == ["Row", "A", "B", "C", "D", "E", "F"]
    assert [cell.value for cell in sheet[3]][:3] == [7, "K17", "Tir 1"]
    assert sheet["C3"].comment.text.startswith("✖ Error")
    assert ("B7", "'Sites'!C3") in list(links(book))
    assert Phrases("en").say("rows-only") in texts(book)
    assert Phrases("en").say("mend-here") not in texts(book)


def test_a_large_csv_file_has_only_its_rows_with_results(tmp_path: Path) -> None:
    path = tmp_path / "sites.csv"
    path.write_text("Tier,Name\n" + "Tier 1,x\n" * 30, encoding="utf-8")
    report = report_of(cell_result(20, 1, sheet=""), totals=Totals(rows=annotated.MOST_ROWS + 1))
    sheet = marked(path, report, form="csv")["Data"]
    assert [row[0].value for row in sheet.iter_rows()] == ["Row", 1, 20]


def test_a_merged_range_over_a_whole_sheet_is_not_filled_cell_by_cell(original: Path, tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    with zipfile.ZipFile(original) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            content = before.read(part)
            if part == "xl/worksheets/sheet1.xml":
                merged = b'</sheetData><mergeCells count="1"><mergeCell ref="H1:XFD1048576"/></mergeCells>'
                content = content.replace(b"</sheetData>", merged)
            after.writestr(part, content)
    book = marked(path, full_report())
    assert Phrases("en").say("rows-only") in texts(book)


def test_a_workbook_that_cannot_be_written_again_gives_its_rows_with_results(original: Path, tmp_path: Path) -> None:
    path = tmp_path / "strange.xlsx"
    with zipfile.ZipFile(original) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            content = before.read(part)
            if part == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<sheetData>", b'<sheetFormatPr defaultRowHeight="high"/><sheetData>', 1)
            after.writestr(part, content)
    book = marked(path, full_report())
    assert Phrases("en").say("rows-only") in texts(book)
    assert book["Sites"]["C3"].comment.author == AUTHOR


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and no more", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
def test_of_a_file_that_cannot_be_read_there_is_the_summary(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(content)
    book = marked(path, report_of(reading_result(None, None, "reading-noTable", sheet=""), state="refused"))
    assert set(book.sheetnames) == {"ewgraph Check", MARKS_SHEET}
    assert "This is kept, not understood." in texts(book)


def test_a_json_file_has_the_summary_only(tmp_path: Path) -> None:
    path = tmp_path / "release.json"
    path.write_text("{}", encoding="utf-8")
    assert set(marked(path, full_report(), form="json").sheetnames) == {"ewgraph Check", MARKS_SHEET}


class Grid:
    """A sheet in memory."""

    def __init__(self, name: str, rows: dict[int, dict[int, str]]) -> None:
        self.name = name
        self._rows = rows

    def rows(self) -> Iterator[SheetRow]:
        for number, cells in self._rows.items():
            yield SheetRow(number, {column: Cell(text) for column, text in cells.items()})


def test_sheet_names_from_outside_become_names_that_a_sheet_may_have() -> None:
    names = ["a[b]*?:/\\c", "'x'", "A" * 40, "a" * 40, "ewgraph Check", "History", "\x1b", " "]
    results: list[CellResult] = [cell_result(1, 1, sheet=name) for name in names]
    report = report_of(*results)
    grids = [Grid(name, {1: {1: "Tier"}}) for name in names]
    book = annotated.rows_with_results(grids, report, Wording(report, "en"))
    titles = book.sheetnames[1:-1]
    assert len({title.lower() for title in titles}) == len(names)
    assert all(len(title) <= 31 and not set(title) & set("[]*?:/\\") for title in titles)
    assert not set(titles) & CHECK_SHEETS
    book.save(io.BytesIO())


def test_a_very_wide_csv_file_has_only_its_rows_with_results(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotated, "_MOST_CELLS", 50)
    report = report_of(cell_result(9, 1, sheet=""))
    grid = Grid("", {row: dict.fromkeys(range(1, 11), "x") for row in range(1, 20)})
    book = annotated.annotated_rows([grid], report, Wording(report, "en"))
    assert [row[0].value for row in book["Data"].iter_rows()] == ["Row", 9]


def test_an_excerpt_holds_the_rows_with_results_their_neighbours_and_the_headings() -> None:
    grid = Grid("Sites", {1: {1: "Form"}, 3: {1: "Contract", 2: "Tier"}} | {n: {2: f"v{n}"} for n in range(4, 100)})
    report = report_of(cell_result(50, 2), reading_result(None, None, "r"), totals=Totals(rows=96))
    found = excerpt([grid, Grid("Other", {1: {1: "x"}})], report)
    assert sorted(found.rows) == [("Sites", 49), ("Sites", 50), ("Sites", 51)]
    assert found.headings == {"Sites": {1: "Contract", 2: "Tier"}}
    assert found.heading_rows == {"Sites": 3}
    small = excerpt([grid], report_of(cell_result(50, 2), totals=Totals(rows=10)))
    assert len(small.rows) == 97
    assert excerpt([grid], report_of(reading_result(None, None, "r"))).rows == {}


def test_the_severity_of_a_cell_is_that_of_its_gravest_result(original: Path) -> None:
    report = report_of(cell_result(severity=Severity.INFO), cell_result(message="Worse.", messages={}))
    cell = marked(original, report)["Sites"]["B7"]
    assert cell.fill.fgColor.rgb == "00FFC7CE"
    assert "\u2139 Note" in cell.comment.text
    assert "✖ Error: Worse." in cell.comment.text
