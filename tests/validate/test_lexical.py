"""Literals: the text is one of its datatype, or it is refused before any library reads it."""

import pytest

from ewgraph.validate.lexical import XSD, expectation

WELL_FORMED = {
    "date": ["2024-02-29", "2024-01-31Z", "2024-01-31+05:45"],
    "dateTime": ["2024-05-02T10:00:00Z", "2024-05-02T10:00:00.123-03:00", "2024-05-02T10:00:00"],
    "gYear": ["2024", "0001"],
    "gYearMonth": ["2024-12"],
    "duration": ["P90D", "P1Y2M3DT4H5M6.7S", "-P1M", "PT1S"],
    "dayTimeDuration": ["P90D", "PT36H"],
    "yearMonthDuration": ["P3M", "P1Y"],
    "integer": ["-12", "+0012", "0"],
    "nonNegativeInteger": ["0", "12", "-0"],
    "positiveInteger": ["1", "007"],
    "byte": ["-128", "127", "+5"],
    "unsignedInt": ["0", "4294967295"],
    "nonPositiveInteger": ["0", "-7"],
    "time": ["10:00:00", "23:59:59.5Z"],
    "float": ["1E3", "-INF"],
    "decimal": ["1", "12.50", ".5", "5.", "-0.1"],
    "double": ["1E3", "-1.5e-3", "INF", "NaN"],
    "boolean": ["true", "0"],
    "anyURI": ["https://example.org/a?b=c#d", "list.pdf"],
}
ILL_FORMED = {
    "date": [
        "2024-13-45",
        "2023-02-29",
        "2024-W01-1",
        "20240131",
        "2024-1-1",
        " 2024-01-31",
        "0000-01-01",
        "12024-01-01",
    ],
    "dateTime": [
        "2024-05-02",
        "2024-05-02T10Z",
        "2024-05-02 10:00:00Z",
        "2024-05-02T24:00:00Z",
        "2024-05-02T10:00:60Z",
    ],
    "gYear": ["24", "abcd", "0000", "2024-01"],
    "gYearMonth": ["2024-13", "2024"],
    "duration": ["P", "90D", "PT", "P1H", "P1S"],
    "dayTimeDuration": ["P1M", "P"],
    "yearMonthDuration": ["P1D", "P"],
    "integer": ["1.0", "1e3", "", "9" * 65, "\u0663"],
    "nonNegativeInteger": ["-1"],
    "positiveInteger": ["0", "-1"],
    "byte": ["128", "-129", "c", "1.0"],
    "unsignedInt": ["-1", "4294967296"],
    "nonPositiveInteger": ["1"],
    "time": ["24:00:00", "10:00"],
    "float": ["one"],
    "decimal": ["1e3", "NaN", ".", "1,5", ""],
    "double": ["e3", "inf"],
    "boolean": ["yes", "TRUE"],
    "anyURI": ["a b", "", "<x>"],
}


@pytest.mark.parametrize(("datatype", "text"), [(name, text) for name, texts in WELL_FORMED.items() for text in texts])
def test_a_text_of_the_datatype_is_accepted(datatype: str, text: str) -> None:
    assert expectation(text, XSD + datatype) is None


@pytest.mark.parametrize(("datatype", "text"), [(name, text) for name, texts in ILL_FORMED.items() for text in texts])
def test_another_text_is_refused_with_an_example(datatype: str, text: str) -> None:
    assert expectation(text, XSD + datatype) is not None


def test_a_datatype_that_is_not_known_accepts_every_text() -> None:
    assert expectation("anything", "https://example.org/datatype") is None
