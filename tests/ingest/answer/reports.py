"""Reports to render, with values that nobody wishes for."""

from typing import Any

from ewgraph.ingest.answer.report import (
    CellResult,
    Change,
    Difference,
    DisclosureReport,
    ObligationNote,
    Totals,
    grouped,
)
from ewgraph.validate.report import Severity

SHAPES = "https://w3id.org/ewgraph/shapes#"
LANGUAGES = ("en", "de", "nb", "es")
HOSTILE = (
    '=HYPERLINK("http://evil.example","x")',
    "<script>alert(1)</script>",
    "\u202egpj.exe",
    "\x1b[31mred\x1b]0;title\x07",
    "x" * 10_000,
    "a\tb\r\nc",
    "\ud800",
    "{n} %s {0}",
)


def cell_result(
    row: int | None = 7,
    column: int | None = 2,
    value: str | None = "Tir 1",
    severity: Severity = Severity.VIOLATION,
    **others: Any,
) -> CellResult:
    said: dict[str, Any] = {
        "sheet": "Sites",
        "heading": "Tier",
        "message": f'Choose one tier; "{value}" is none.',
        "messages": {
            "en": f'Choose one tier; "{value}" is none.',
            "de": f'Wählen Sie eine Stufe; "{value}" ist keine.',
            "nb": f'Velg ett nivå; "{value}" er ikke et.',
            "es": f'Elija un nivel; "{value}" no lo es.',
        },
        "focus_node": "https://data.example.org/id/claim/1",
        "path": "https://w3id.org/ewgraph/ns#tier",
        "shape": SHAPES + "Claim-tier",
        "component": "http://www.w3.org/ns/shacl#InConstraintComponent",
        **others,
    }
    return CellResult(severity, row=row, column=column, value=value, **said)


def reading_result(row: int | None, column: int | None, shape: str, **others: Any) -> CellResult:
    plain: dict[str, Any] = {
        "severity": Severity.INFO,
        "message": "This is kept, not understood.",
        "messages": {},
        "focus_node": None,
        "path": None,
        "component": "",
    }
    return cell_result(row, column, others.pop("value", None), shape=shape, **(plain | others))


def report_of(*results: CellResult, **others: Any) -> DisclosureReport:
    counts = {severity: sum(r.severity is severity for r in results) for severity in Severity}
    said: dict[str, Any] = {
        "submission": "sub-0123456789abcdef0123",
        "file": "sites.xlsx",
        "sha256": "ab" * 32,
        "mapping": "factory-disclosure",
        "mapping_version": "1",
        "submitter": "https://data.example.org/id/org/1",
        "state": "done",
        "dry_run": False,
        "totals": Totals(
            rows=1_210,
            let_in=1_200,
            quarantined=9,
            repeated=1,
            violations=counts[Severity.VIOLATION],
            warnings=counts[Severity.WARNING],
            infos=counts[Severity.INFO],
            records=3,
            claims=2_400,
        ),
        "results": results,
        "groups": grouped(results),
        **others,
    }
    return DisclosureReport(**said)


def difference() -> Difference:
    changes = (
        Change("added", "SupplyClaim", "T14s", "mainboard", "tier 2", "深圳市", None, "K17", 8, "Sites"),
        Change("withdrawn", "SupplyClaim", site="BOE Hefei"),
        Change("renamed", "SupplyClaim", site="BOE Chongqing", site_before="BOE CQ", row=11, sheet="Sites"),
        Change("changed", "CompletenessClaim"),
    )
    counts = {"added": 2, "withdrawn": 1, "renamed": 1, "changed": 1, "unchanged": 40}
    return Difference("sub-before", counts, changes, 1)  # type: ignore[arg-type]


def full_report(**others: Any) -> DisclosureReport:
    """A report with everything: four errors of a kind, a missing value, a row, a whole sheet, a whole file."""
    return report_of(
        cell_result(7, 2, "Tir 1", hint="Tier 1"),
        cell_result(9, 2, "tier1x"),
        cell_result(12, 2, "final"),
        cell_result(14, 2, "stage 9"),
        cell_result(
            9, 5, None, shape=SHAPES + "Site-country", message="Say the country.", messages={}, heading="Country"
        ),
        reading_result(15, None, "reading-rowRepeated", severity=Severity.WARNING, heading=""),
        reading_result(None, None, "reading-headingUnknown", heading="Colour"),
        reading_result(None, None, "reading-hiddenSheet", heading="", sheet=""),
        **{
            "difference": difference(),
            "obligations": (
                ObligationNote("https://data.example.org/id/o1", "Name the sites", "2024-06-30", "partly"),
                ObligationNote("https://data.example.org/id/o2", "", None, "open"),
            ),
            "records": ("https://data.example.org/id/record/1",),
            "notes": ("The sheet 'Old' is hidden.",),
        }
        | others,
    )


def hostile_report() -> DisclosureReport:
    results = [
        cell_result(row, 3, value, hint=value, heading=value, sheet="Si'tes", shape=f"{SHAPES}S{row}")
        for row, value in enumerate(HOSTILE, start=5)
    ]
    nasty = "\x1b[2J<b>\u202e"
    note = ObligationNote("https://data.example.org/id/o1", nasty, nasty, "open")
    changes = (Change("added", nasty, nasty, nasty, nasty, nasty, nasty, nasty, 5, nasty), Change("added", nasty))
    return report_of(
        *results,
        file=f"{nasty}.xlsx",
        submitter=nasty,
        mapping=nasty,
        state=nasty,
        difference=Difference(None, {"added": 2}, changes),
        obligations=(note,),
        notes=(nasty,),
    )
