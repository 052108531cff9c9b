"""The terminal is told what was read, what changed, what is wrong by kind, and what to do."""

import pytest
from rich.cells import cell_len

from ewgraph.ingest.answer import text
from ewgraph.ingest.answer.report import Change, Difference, DisclosureReport, Totals
from ewgraph.ingest.answer.wording import Wording
from ewgraph.validate.report import Severity
from tests.ingest.answer.reports import LANGUAGES, cell_result, full_report, hostile_report, report_of


def test_the_report_reads_from_the_file_to_what_to_do_next() -> None:
    assert (
        text.render(full_report(), width=100)
        == """\
Check of sites.xlsx
Sent by: https://data.example.org/id/org/1 · State: done · Read as: factory-disclosure 1 ·
Submission: sub-0123456789abcdef0123
1,210 rows, 5 errors, 1 warning, 2 notes, 1,200 rows let in, 9 rows kept out until mended, 1 row
repeats an earlier one, 3 records, 2,400 claims

What changed since last time
  2 added, 1 withdrawn, 1 renamed, 1 changed, 40 unchanged
    + 深圳市 · mainboard · tier 2 · T14s · K17 (Sites, row 8)
    - BOE Hefei
    ~ BOE CQ → BOE Chongqing (Sites, row 11)
    ~ CompletenessClaim
      and 1 more

Duties that this disclosure serves
  Name the sites, due on 2024-06-30: partly fulfilled
  https://data.example.org/id/o2: open

What was found, by kind

  ✖ Error (4 times): Choose one tier; … is none.
    Sites!B7   “Tir 1” perhaps: Tier 1  Tier
    Sites!B9   “tier1x”                 Tier
    Sites!B12  “final”                  Tier
    and 1 more

  ✖ Error (once): Say the country.
    Sites!E9  (empty)  Country

  ▲ Warning (once): This is kept, not understood.
    Sites, row 15

  \u2139 Note (once): This is kept, not understood.
    Sites    Colour

  \u2139 Note (once): This is kept, not understood.
    the whole file

Remarks
  The sheet 'Old' is hidden.

What to do next
  Mend the errors in your file and send the whole file again. What had no errors is kept already;
  what you said before stands until then.
"""
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "de",
            ["Prüfung von sites.xlsx", "1.210 Zeilen, 5 Fehler", "Fehler (4-mal): Wählen Sie eine Stufe; … ist keine."],
        ),
        ("nb", ["Kontroll av sites.xlsx", "1\u202f210 rader, 5 feil", "Feil (4 ganger): Velg ett nivå; … er ikke et."]),
        ("es", ["Revisión de sites.xlsx", "1.210 filas, 5 errores", "Error (4 veces): Elija un nivel; … no lo es."]),
        ("fi", ["Check of sites.xlsx"]),
    ],
)
def test_it_speaks_the_language_asked_for(language: str, words: list[str]) -> None:
    told = text.render(full_report(), language)
    assert [word for word in words if word not in told] == []


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_is_wider_than_the_terminal(width: int, language: str) -> None:
    for report in (full_report(), hostile_report()):
        assert max(cell_len(line) for line in text.render(report, language, width=width).splitlines()) <= width


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_from_outside_steers_the_terminal(language: str) -> None:
    told = text.render(hostile_report(), language, width=250)
    assert not [char for char in told if (ord(char) < 32 and char != "\n") or 127 <= ord(char) < 160]
    assert not set(told) & set("\u202e\ud800")
    assert "␛[31mred␛]0;title␇" in told
    assert told.count("x") < 1_500


def test_colour_is_only_where_it_is_asked_for() -> None:
    assert "\x1b[" not in text.render(full_report())
    coloured = text.render(full_report(), colour=True)
    assert "\x1b[1;31m✖ Error" in coloured
    assert "␛" not in coloured


def test_many_changes_are_cut_and_counted() -> None:
    changes = tuple(Change("added", "SupplyClaim", site=f"Site {number}") for number in range(30))
    told = text.render(report_of(difference=Difference(None, {"added": 35}, changes, 5)))
    assert "What is new\n  35 added" in told
    assert "Site 19" in told
    assert "Site 20" not in told
    assert "and 15 more" in told


def test_a_first_file_without_findings_says_so() -> None:
    told = text.render(report_of(difference=Difference()))
    assert "Nothing was found." in told
    assert "0 added" in told


def test_a_capped_report_says_how_many_are_listed() -> None:
    assert "Only the first 1 results are listed" in text.render(report_of(cell_result(), more_results=4))


ERROR = cell_result()
WARNING = cell_result(severity=Severity.WARNING)


@pytest.mark.parametrize(
    ("report", "key"),
    [
        (report_of(ERROR, dry_run=True), "next-mend-trial"),
        (report_of(ERROR, dry_run=True, state="refused"), "next-mend-trial"),
        (report_of(ERROR), "next-mend"),
        (report_of(ERROR, totals=Totals(rows=1, violations=1)), "next-refused"),
        (report_of(ERROR, state="refused"), "next-refused"),
        (report_of(WARNING, dry_run=True), "next-send"),
        (report_of(WARNING), "next-warnings"),
        (report_of(), "next-done"),
        (report_of(state="unchanged"), "next-unchanged"),
        (report_of(state="unchanged", dry_run=True), "next-unchanged"),
        (report_of(state="running"), "next-wait"),
        (report_of(state="failed"), "next-again"),
        (report_of(state="cancelled"), "next-again"),
        (report_of(state="withdrawn"), "next-withdrawn"),
    ],
)
def test_what_to_do_next_follows_from_what_became_of_the_file(report: DisclosureReport, key: str) -> None:
    words = Wording(report, "en")
    assert words.next_step == words.phrases.say(key)


@pytest.mark.parametrize(("sheet", "place"), [("", "B7"), ("My sheet", "'My sheet'!B7"), ("It's", "'It''s'!B7")])
def test_a_cell_is_named_as_a_formula_would_name_it(sheet: str, place: str) -> None:
    assert Wording(report_of(), "en").place(cell_result(sheet=sheet)) == place


def test_a_trial_run_says_that_nothing_was_kept() -> None:
    assert "trial run: nothing was kept" in text.render(report_of(dry_run=True))
