"""Cells become values as their column says; what cannot be understood goes on as it stands."""

import pytest

from ewgraph.ingest.mapping import CellFault, identifier_token
from ewgraph.ingest.mapping.words import folded
from ewgraph.ingest.sheets.cell import Cell, Kind
from ewgraph.model.rdf import IRI, Literal, Term
from tests.ingest.mapping.small_files import column, made, mapping, number, sheet

COUNTRY = "http://publications.europa.eu/resource/authority/country/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def read(text: str | Cell, kind: str, **more: str) -> tuple[list[Term], list[CellFault]]:
    """What one cell under a column of that type becomes, and its faults."""
    of = mapping(column("name") + column("it", type=f'"{kind}"', **more), properties='"ew:value" = { column = "it" }')
    (record,) = made(of, sheet([("name", "it"), ("A", text)]))
    (row,) = record.rows
    terms = [quad.object for quad in row.quads if quad.predicate.value.endswith("ns#value")]
    return terms, list(row.faults)  # type: ignore[return-value]


def literal(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=IRI(XSD + datatype))


@pytest.mark.parametrize(
    ("text", "kind", "term"),
    [
        ("  A \n B ", "text", Literal("A B")),
        ("Cafe\N{COMBINING ACUTE ACCENT}", "text", Literal("Café")),
        ("مصنع Shenzhen 深圳", "text", Literal("مصنع Shenzhen 深圳")),
        ("2. Mai 2024", "date", literal("2024-05-02", "date")),
        (Cell("2024-05-02T10:00:00", Kind.DATE), "date", literal("2024-05-02", "date")),
        (number("45414"), "date", literal("2024-05-02", "date")),
        ("2024-05-02T10:00:00", "datetime", literal("2024-05-02T10:00:00Z", "dateTime")),
        ("2024-05-02 10:00:00+02:00", "datetime", literal("2024-05-02T10:00:00+02:00", "dateTime")),
        ("2.5.2024", "datetime", literal("2024-05-02T00:00:00Z", "dateTime")),
        ("1.200", "integer", literal("1200", "integer")),
        (number("1.5"), "integer", literal("1.5", "integer")),
        ("1,5", "decimal", literal("1.5", "decimal")),
        (number("1.234"), "decimal", literal("1.234", "decimal")),
        ("12 %", "percent", literal("0.12", "decimal")),
        ("Ja", "boolean", literal("true", "boolean")),
        ("sí", "boolean", literal("true", "boolean")),
        ("nei", "boolean", literal("false", "boolean")),
        (Cell("false", Kind.BOOLEAN), "boolean", literal("false", "boolean")),
        ("https://data.example.org/a", "iri", IRI("https://data.example.org/a")),
    ],
)
def test_a_cell_has_the_type_of_its_column(text: str | Cell, kind: str, term: Term) -> None:
    assert read(text, kind) == ([term], [])


@pytest.mark.parametrize("word", ["China", "CHINA", "CN", "chn", "Chn", f"{COUNTRY}CHN"])
def test_a_concept_is_found_by_label_notation_local_name_and_iri(word: str) -> None:
    assert read(word, "code", codes='"country"') == ([IRI(COUNTRY + "CHN")], [])


def test_a_concept_is_found_by_its_label_in_other_languages() -> None:
    for word in ("Final assembly", "Endmontage", "Sluttmontering", "Montaje final", "final-assembly"):
        assert read(word, "code", codes='"tier"')[0] == [IRI("https://w3id.org/ewgraph/kos/tier/final-assembly")]


def test_a_word_that_no_list_knows_stands_as_it_is_with_what_was_meant() -> None:
    terms, (fault,) = read("Chnia", "code", codes='"country"')
    assert terms == [Literal("Chnia")]
    assert (fault.shape, fault.row, fault.column, fault.value, fault.hint) == ("", 2, 2, "Chnia", "China")
    assert fault.params["expected"] == "country"
    assert read("Xyzzy", "code", codes='"country"')[1][0].hint == ""


@pytest.mark.parametrize(
    ("text", "kind", "datatype", "hint"),
    [
        ("31.02.2024", "date", "date", "2024-02-29"),
        ("soon", "date", "date", ""),
        ("02.05.24", "date", "date", "02.05.2024"),
        ("45414", "date", "date", "2024-05-02"),
        ("2024", "date", "date", ""),
        ("many", "integer", "integer", ""),
        ("about 3", "decimal", "decimal", ""),
        ("half", "percent", "decimal", ""),
        ("perhaps", "boolean", "boolean", ""),
        ("no iri", "iri", "string", ""),
    ],
)
def test_what_is_not_of_the_type_goes_on_as_written(text: str, kind: str, datatype: str, hint: str) -> None:
    terms, (fault,) = read(text, kind)
    assert terms == [literal(text, datatype)]
    assert (fault.shape, fault.value, fault.hint) == ("", text, hint)


def test_a_month_or_a_year_is_a_date_where_the_column_says_so() -> None:
    assert read("May 2024", "date", partial="true")[0] == [literal("2024-05", "gYearMonth")]
    assert read("2024", "date", partial="true")[0] == [literal("2024", "gYear")]
    assert read("2024", "date", partial='"start"')[0] == [literal("2024-01-01", "date")]
    assert read("2024-02", "date", partial='"end"')[0] == [literal("2024-02-29", "date")]


@pytest.mark.parametrize(
    ("cell", "kind", "shape"),
    [
        (Cell("#N/A", Kind.ERROR), "text", "reading-cellError"),
        (Cell("=A1+1", Kind.FORMULA), "integer", "reading-formulaWithoutValue"),
        (Cell("2/5/2024"), "date", "reading-dateAmbiguous"),
        (Cell("2/5/2024"), "datetime", "reading-dateAmbiguous"),
    ],
)
def test_a_cell_that_says_nothing_certain_has_no_value(cell: Cell, kind: str, shape: str) -> None:
    terms, (fault,) = read(cell, kind)
    assert terms == []
    assert (fault.shape, fault.row, fault.column, fault.value) == (shape, 2, 2, cell.text)


def test_a_text_may_be_only_so_long() -> None:
    terms, (fault,) = read("x" * 10_000, "text")
    assert terms == [Literal("x" * 2_000)]
    assert (fault.shape, fault.params["expected"]) == ("reading-textTooLong", "2000")
    assert read("x" * 6, "text", longest="5")[1][0].shape == "reading-textTooLong"
    assert read("x" * 10_000, "text", longest="10000")[1] == []


def test_control_characters_are_told() -> None:
    terms, (fault,) = read("A\x00B", "text")
    assert (terms, fault.shape) == ([Literal("AB")], "reading-controlCharacter")
    terms, (fault,) = read("\x00", "text")
    assert (terms, fault.shape) == ([], "reading-controlCharacter")


def test_a_value_that_does_not_fit_its_pattern_makes_the_row_unreadable() -> None:
    terms, (fault,) = read("20xx", "text", pattern='"\\\\d{4}"')
    assert (terms, fault.shape, fault.params["value"]) == ([], "reading-row", "it: 20xx")


def test_a_hidden_identifier_that_was_changed_is_told() -> None:
    token = identifier_token.token(IRI("https://data.example.org/id/site-1"))
    assert read(token, "iri", checked="true") == ([IRI("https://data.example.org/id/site-1")], [])
    terms, (fault,) = read(token.replace("site-1", "site-2"), "iri", checked="true")
    assert (terms, fault.shape) == ([], "reading-identifierChanged")


def test_words_are_compared_without_case_width_accents_and_punctuation() -> None:
    assert folded("\uff21BC  Côte-d'Ivoire_x") == folded("abc cote d ivoire x") == "abc cote d ivoire x"
