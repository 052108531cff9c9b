"""A report is kept as JSON and comes back equal; results fall into kinds."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewgraph.errors import ParseError
from ewgraph.ingest.answer import plain
from ewgraph.ingest.answer.findings import Findings
from ewgraph.ingest.answer.report import (
    CHANGE_KINDS,
    OBLIGATION_STATES,
    CellResult,
    Change,
    Difference,
    DisclosureReport,
    Group,
    ObligationNote,
    Totals,
    grouped,
)
from ewgraph.ingest.answer.result import column_number
from ewgraph.ingest.sheets.cell import column_letter
from ewgraph.validate.report import Severity
from tests.ingest.answer.reports import cell_result, full_report, hostile_report, report_of

TEXT = st.text(max_size=12)
MAYBE = st.none() | TEXT
NUMBER = st.integers(0, 2_000_000)
PLACE = st.none() | st.integers(1, 20_000)
RESULTS = st.builds(
    CellResult,
    severity=st.sampled_from(Severity),
    sheet=TEXT,
    row=PLACE,
    column=PLACE,
    heading=TEXT,
    value=MAYBE,
    message=TEXT,
    messages=st.dictionaries(st.sampled_from(["en", "de", "nb", "es"]), TEXT),
    focus_node=MAYBE,
    path=MAYBE,
    shape=TEXT,
    component=TEXT,
    hint=TEXT,
)
SOME = st.lists(RESULTS, max_size=3).map(tuple)
CHANGES = st.builds(Change, st.sampled_from(CHANGE_KINDS), TEXT, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, PLACE, TEXT)
REPORTS = st.builds(
    DisclosureReport,
    submission=MAYBE,
    file=TEXT,
    sha256=TEXT,
    mapping=TEXT,
    mapping_version=TEXT,
    submitter=TEXT,
    state=TEXT,
    dry_run=st.booleans(),
    totals=st.builds(Totals, *[NUMBER] * 9),
    results=SOME,
    more_results=NUMBER,
    groups=st.lists(
        st.builds(Group, TEXT, st.sampled_from(Severity), TEXT, NUMBER, SOME, st.dictionaries(TEXT, TEXT)), max_size=2
    ).map(tuple),
    difference=st.none()
    | st.builds(
        Difference,
        MAYBE,
        st.dictionaries(st.sampled_from(CHANGE_KINDS), NUMBER),
        st.lists(CHANGES, max_size=2).map(tuple),
        NUMBER,
    ),
    obligations=st.lists(
        st.builds(ObligationNote, TEXT, TEXT, MAYBE, st.sampled_from(OBLIGATION_STATES)), max_size=2
    ).map(tuple),
    records=st.lists(TEXT, max_size=2).map(tuple),
    notes=st.lists(TEXT, max_size=2).map(tuple),
)


@given(REPORTS)
def test_a_report_comes_back_from_its_json_as_it_was(report: DisclosureReport) -> None:
    assert DisclosureReport.from_json(json.loads(json.dumps(report.as_json()))) == report


@given(st.integers(1, 20_000))
def test_a_column_is_known_by_its_letters(number: int) -> None:
    assert column_number(column_letter(number)) == number


def test_the_json_names_the_cell_as_the_person_sees_it() -> None:
    (result,) = report_of(cell_result(7, 2)).as_json()["results"]
    place = {key: result[key] for key in ("sheet", "cell", "row", "column", "value", "severity", "focusNode", "path")}
    assert place == {
        "sheet": "Sites",
        "cell": "B7",
        "row": 7,
        "column": "B",
        "value": "Tir 1",
        "severity": "Violation",
        "focusNode": "https://data.example.org/id/claim/1",
        "path": "https://w3id.org/ewgraph/ns#tier",
    }
    assert result["message"] == 'Choose one tier; "Tir 1" is none.'


def test_the_json_text_says_its_messages_in_the_language_asked_for_and_holds_no_steering_character() -> None:
    text = plain.render(hostile_report(), "de")
    assert not set(text) & set("\x1b\x07\u202e\t\r\ud800")
    document = json.loads(text)
    assert document["results"][3]["value"] == "\x1b[31mred\x1b]0;title\x07"
    assert document["results"][0]["message"].startswith("Wählen Sie")
    assert json.loads(plain.render(full_report())) == full_report().as_json()


@pytest.mark.parametrize("lacking", ["file", "totals", "results", "difference"])
def test_a_document_that_is_no_report_is_refused(lacking: str) -> None:
    document = full_report().as_json()
    del document[lacking]
    with pytest.raises(ParseError, match=f"not a disclosure report: .*{lacking}"):
        DisclosureReport.from_json(document)


def test_a_report_conforms_where_nothing_is_kept_out() -> None:
    warned = cell_result(severity=Severity.WARNING)
    assert report_of(warned).conforms
    assert not report_of(warned, cell_result()).conforms
    assert not report_of(warned, totals=Totals(violations=1)).conforms


def test_results_of_a_kind_are_counted_and_the_first_three_shown_gravest_kind_first() -> None:
    info = [cell_result(row, severity=Severity.INFO, shape="i") for row in range(1, 9)]
    errors = [cell_result(row, value=f"v{row}", shape="e") for row in range(1, 6)]
    seldom = [cell_result(3, shape="f")]
    groups = grouped([*info, *seldom, *errors])
    assert [(group.shape, group.count, group.more) for group in groups] == [("e", 5, 2), ("f", 1, 0), ("i", 8, 5)]
    assert [result.row for result in groups[0].first] == [1, 2, 3]


@pytest.mark.parametrize(
    ("sentences", "common"),
    [
        (["Choose one; x is none."], "Choose one; x is none."),
        (["Choose one; x is none."] * 3, "Choose one; x is none."),
        (["Choose one; x is none.", "Choose one; y z is none.", "Choose one; is none."], "Choose one; … is none."),
        (["A b", "A b b", "A b"], "A b …"),
        (["Yes", "No"], "Yes"),
    ],
)
def test_a_kind_says_what_its_sentences_have_in_common(sentences: list[str], common: str) -> None:
    groups = grouped(cell_result(message=text, messages={"de": text}) for text in sentences)
    assert groups[0].message == common
    assert groups[0].in_language("de") == common
    assert groups[0].in_language("es") == common


def test_results_beyond_the_most_are_counted_not_kept() -> None:
    findings = Findings(most=2)
    for row in range(1, 6):
        findings.add(cell_result(row))
    assert [result.row for result in findings.results] == [1, 2]
    assert (findings.more, findings.counts[Severity.VIOLATION], findings.groups()[0].count) == (3, 5, 5)


def test_no_value_blows_up_a_report() -> None:
    findings = Findings()
    findings.add(cell_result(value="x" * 10_000))
    findings.add(cell_result(value=None, message="y" * 10_000))
    first, second = findings.results
    assert first.value is not None
    assert len(first.value) == 500
    assert first.value.endswith("…")
    assert first.in_language("de") == f'Wählen Sie eine Stufe; "{first.value}" ist keine.'
    assert len(second.message) == 2_000
