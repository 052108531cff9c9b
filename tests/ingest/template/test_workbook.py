"""The form as a workbook: what can be edited, what is offered, and that it reads back as what was said."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ewgraph.errors import NotFoundError
from ewgraph.ingest.mapping.identifier_token import read
from ewgraph.ingest.template import LANGUAGES, Known, look, words_in
from ewgraph.ingest.template.workbook import EMPTY_ROWS
from tests.conftest import House, named
from tests.ingest.template.conftest import DISCLOSURE, NOTICE, form_in, workbook

Reading = Callable[..., Known]


@pytest.fixture
def known(house: House, contract_known: Reading) -> Known:
    house.load(NOTICE + DISCLOSURE)
    return contract_known("ex:reseller")


def entry(book: Workbook) -> Worksheet:
    return book.worksheets[1]


def columns(sheet: Worksheet) -> dict[str, str]:
    """The letter of each heading."""
    return {str(cell.value): cell.column_letter for cell in sheet[1]}


def cell_of(known: Known, heading: str, name: str) -> str:
    """The cell under a heading in the row of a site."""
    row = next(number for number, row in enumerate(known.rows, start=2) if row.get("site_name") == name)
    return f"{columns(entry(workbook(known)))[heading]}{row}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_written_in_four_languages(known: Known, language: str) -> None:
    book = workbook(known, language)
    words = words_in(language)
    assert book.sheetnames == [words["instructions"], words["entry"], "Lists"]
    shown = [column.title[language] for column in form_in(language).mapping.tables["sites"].columns.values()]
    assert [cell.value for cell in entry(book)[1]] == shown
    told = "\n".join(str(cell.value) for row in book.worksheets[0] for cell in row if cell.value)
    for part in ("Reseller", "University A", "2024-04-15", "Conditions, version 2", words["open"], words["answered"]):
        assert part in told
    assert all(step in told for step in words.steps)


def test_another_language_is_refused() -> None:
    with pytest.raises(NotFoundError, match="'fr'"):
        words_in("fr")


def test_the_four_languages_say_the_same_things() -> None:
    said = [words_in(language) for language in LANGUAGES]
    assert len({(frozenset(words.said), len(words.steps)) for words in said}) == 1


def test_only_cells_to_fill_in_are_unlocked(known: Known) -> None:
    sheet = entry(workbook(known))
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    letters = columns(sheet)
    hidden = {letter for letter in letters.values() if sheet.column_dimensions[letter].hidden}
    assert hidden == {letters[name] for name in letters if "dentifier" in name}
    for letter in letters.values():
        assert all(sheet[f"{letter}{row}"].protection.locked for row in (2, 3)) == (
            letter in {*hidden, letters["Contract"], letters["Product model"]}
        )
    last = 1 + len(known.rows) + EMPTY_ROWS
    assert not sheet[f"{letters['Product model']}{last}"].protection.locked
    assert sheet[f"{letters['Site identifier']}{last}"].protection.locked


def test_hidden_identifiers_are_tokens(known: Known) -> None:
    sheet = entry(workbook(known))
    cell = cell_of(known, "Site identifier", "=Factory 1")
    assert read(str(sheet[cell].value)) == named("F1")


def test_a_text_that_looks_like_a_formula_is_a_text(known: Known) -> None:
    cell = entry(workbook(known))[cell_of(known, "Site name", "=Factory 1")]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=Factory 1", "s", True)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)"])
def test_no_text_becomes_a_formula_when_its_cell_is_edited(text: str) -> None:
    sheet = Workbook().active
    assert sheet is not None
    cell = look.write_text(look.cell_at(sheet, 1, 1), text)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def offered(book: Workbook, heading: str) -> list[str]:
    letter = columns(entry(book))[heading]
    rules = [rule for rule in entry(book).data_validations.dataValidation if f"{letter}2" in rule.sqref]
    name, _, cells = str(rules[0].formula1).partition("!")
    return [str(row[0].value) for row in book[name][cells.replace("$", "")]]


def test_lists_offer_the_labels_of_the_language(known: Known) -> None:
    book = workbook(known, "de")
    assert offered(book, "Stufe")[:2] == ["Endmontage", "Baugruppenmontage"]
    assert "Batterie" in offered(book, "Komponente")
    assert "Südkorea" in offered(book, "Land")
    assert offered(book, "Sind alle Standorte genannt?") == ["Vollständig", "Teilweise", "Existiert nicht"]
    assert offered(book, "Produktmodell") == ["Laptop 1", "Laptop 2"]


def test_every_cell_to_fill_in_has_its_help(known: Known) -> None:
    sheet = entry(workbook(known, "nb"))
    rules = sheet.data_validations.dataValidation
    covered = {str(rule.sqref).split("2:")[0] for rule in rules if rule.prompt and rule.showInputMessage}
    assert covered == {letter for letter in columns(sheet).values() if not sheet.column_dimensions[letter].hidden}
    assert all(len(rule.prompt or "") <= 255 and len(rule.promptTitle or "") <= 32 for rule in rules)


def test_it_prints_on_pages_with_its_headings(known: Known) -> None:
    sheet = entry(workbook(known))
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$1", "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.freeze_panes == "C2"
    assert sheet.max_row == 1 + len(known.rows) + EMPTY_ROWS
    assert get_column_letter(sheet.max_column) == columns(sheet)["Identifier of who was asked"]


def test_a_contract_with_nothing_owed_says_so(house: House, contract_known: Reading) -> None:
    house.load(NOTICE[: NOTICE.index("  ex:O1")] + "}")
    told = [cell.value for cell in workbook(contract_known("ex:reseller")).worksheets[0]["A"]]
    assert words_in("en")["nothing-owed"] in told


def test_what_is_no_date_stays_a_text(known: Known) -> None:
    row = {**known.rows[0], "valid_from": "2024-01-01Z"}
    sheet = entry(workbook(replace(known, rows=(row,))))
    assert sheet[f"{columns(sheet)['Made here from']}2"].value == "2024-01-01Z"


def test_a_merged_cell_is_not_written_into() -> None:
    sheet = Workbook().active
    assert isinstance(sheet, Worksheet)
    sheet.merge_cells("A1:B1")
    with pytest.raises(TypeError, match="B1 is part of a merged cell"):
        look.cell_at(sheet, 1, 2)
