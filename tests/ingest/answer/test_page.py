"""The page stands alone, marks cells where the file has them, and lets no value become markup."""

import itertools
import re
from html.parser import HTMLParser

import pytest

from ewgraph.ingest.answer import page
from ewgraph.ingest.answer.report import Change, Difference, DisclosureReport
from ewgraph.validate.report import Severity
from tests.ingest.answer.reports import (
    LANGUAGES,
    cell_result,
    full_report,
    hostile_report,
    reading_result,
    report_of,
)

VOID = {"meta", "br"}
ROWS = {("Sites", row): {1: "K17", 2: "Tier 1", 3: f"Site {row}"} for row in range(6, 200)}
HEADINGS = {"Sites": {1: "Contract", 2: "Tier", 3: "Site name"}}


class Page(HTMLParser):
    """A page taken apart: elements with their attributes and all the text in them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        entry: tuple[str, dict[str, str | None], list[str]] = (tag, dict(attrs), [])
        self.elements.append(entry)
        if tag not in VOID:
            self._open.append(entry)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, _, texts in self._open:
            texts.append(data)

    def all(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        return [(attributes, "".join(texts)) for name, attributes, texts in self.elements if name == tag]

    def ids(self) -> dict[str, str]:
        found = [(a["id"], "".join(texts)) for _, a, texts in self.elements if a.get("id")]
        assert len({key for key, _ in found}) == len(found), "an id stands twice"
        return {key: text for key, text in found if key}


def shown(report: DisclosureReport, language: str = "en") -> Page:
    return Page(page.render(report, language, ROWS, HEADINGS))


def rows_shown(taken: Page) -> list[int]:
    return [int(key.removeprefix("row-")) for key in taken.ids() if key.startswith("row-")]


def test_a_wrong_cell_and_what_is_said_of_it_lead_to_each_other() -> None:
    taken = shown(full_report())
    ids = taken.ids()
    assert "Error" in ids["B9"]
    assert "tier1x" in page.render(full_report(), rows=None)
    assert ids["m2"] == '✖ Error B9: Choose one tier; "tier1x" is none.'
    links = {attributes["href"]: text for attributes, text in taken.all("a")}
    assert links["#m2"] == "✖ Error"
    assert links["#B9"] == "B9"
    assert links["#row-15"] == "row 15"


def test_every_link_leads_to_a_place_on_the_page() -> None:
    for report in (full_report(), hostile_report()):
        taken = shown(report)
        assert {str(a["href"]).removeprefix("#") for a, _ in taken.all("a")} <= set(taken.ids())


def test_severity_is_told_by_icon_and_word_beside_colour() -> None:
    report = report_of(*(cell_result(7, n, severity=severity) for n, severity in enumerate(Severity, start=1)))
    cells = [(attributes["class"], text) for attributes, text in shown(report).all("td") if attributes.get("id")]
    assert cells == [
        ("Violation", "✖ Error K17"),
        ("Warning", "▲ Warning Tier 1"),
        ("Info", "\u2139 Note Site 7"),
    ]


def test_of_several_results_on_a_cell_the_gravest_colours_it() -> None:
    report = report_of(cell_result(severity=Severity.INFO), cell_result(), cell_result(severity=Severity.WARNING))
    assert [a["class"] for a, _ in shown(report).all("td") if a.get("id") == "B7"] == ["Violation"]


def test_a_big_sheet_shows_the_rows_with_results_and_their_neighbours() -> None:
    taken = shown(report_of(cell_result(9, 2), cell_result(100, 2)))
    assert rows_shown(taken) == [8, 9, 10, 99, 100, 101]
    assert "Rows without findings are left out" in taken.all("caption")[0][1]


def test_a_small_sheet_is_shown_whole() -> None:
    rows = {key: texts for key, texts in ROWS.items() if key[1] < 20}
    taken = Page(page.render(report_of(cell_result(9, 2)), "en", rows, HEADINGS))
    assert rows_shown(taken) == list(range(6, 20))
    assert "left out" not in taken.all("caption")[0][1]


def test_without_rows_the_results_give_their_cells() -> None:
    taken = Page(page.render(report_of(cell_result(9, 2, "x"), cell_result(9, 5, None, heading="Country"))))
    assert taken.ids()["B9"] == "✖ Error x"
    assert taken.ids()["E9"] == "✖ Error "
    headings = [text for _, text in taken.all("td")][1:3]
    assert headings == ["Tier", "Country"]


def test_each_sheet_has_fragments_of_its_own() -> None:
    taken = shown(
        report_of(cell_result(9, 2), cell_result(9, 2, sheet="More"), reading_result(3, None, "r", sheet="More"))
    )
    assert {"B9", "s2-B9", "s2-row-3"} <= set(taken.ids())


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing() -> None:
    for report in (full_report(), hostile_report()):
        taken = shown(report)
        tags = {tag for tag, _, _ in taken.elements}
        assert not tags & {"script", "link", "img", "iframe", "object", "form"}
        names = {name for _, attributes, _ in taken.elements for name in attributes}
        assert not {name for name in names if name.startswith("on") or name in {"src", "style"}}
        assert all(str(attributes["href"]).startswith("#") for attributes, _ in taken.all("a"))
    assert "url(" not in page.render(full_report())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_value_becomes_markup_or_steers_the_reading(language: str) -> None:
    text = page.render(hostile_report(), language)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script" not in text
    assert not set(text) & set("\u202e\x1b\x07\ud800")
    assert "x" * 300 not in text
    text.encode("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_well_built_in_each_language(language: str) -> None:
    taken = shown(full_report(), language)
    assert taken.all("html")[0][0]["lang"] == language
    assert [len(taken.all(tag)) for tag in ("header", "main", "footer", "h1", "title")] == [1] * 5
    labelled = {attributes["aria-labelledby"] for attributes, _ in taken.all("section")}
    assert labelled == {attributes["id"] for attributes, _ in taken.all("h2")}
    assert {attributes.get("scope") for attributes, _ in taken.all("th")} == {"col", "row"}
    levels = [int(tag[1]) for tag, _, _ in taken.elements if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_many_results_are_cut_and_the_page_says_so() -> None:
    report = report_of(*(cell_result(row) for row in range(1, page.MOST_SHOWN + 50)))
    taken = shown(report)
    assert len([key for key in taken.ids() if re.fullmatch(r"m\d+", key)]) == page.MOST_SHOWN
    assert "Only the first 1,000 results are listed" in page.render(report)


def test_a_kind_beyond_the_shown_results_is_told_without_a_link() -> None:
    many = [cell_result(row) for row in range(1, page.MOST_SHOWN + 1)]
    report = report_of(*many, cell_result(5_000, shape="seldom"))
    assert "Sites!B5000" in page.render(report)
    assert "#B5000" not in page.render(report)


def test_many_changes_are_cut_and_counted() -> None:
    changes = tuple(Change("added", "SupplyClaim", site=f"Site {number}") for number in range(300))
    text = page.render(report_of(difference=Difference(None, {"added": 300}, changes)))
    assert "and 100 more" in text
    assert "What is new" in text


def test_a_file_without_findings_has_no_table() -> None:
    taken = Page(page.render(report_of(difference=Difference())))
    assert taken.all("table") == []
    assert "Nothing was found." in [text for _, text in taken.all("p")]


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        *((ink, paper) for ink in ("ink", "soft", "link") for paper in ("paper", "raised")),
        *((ink, "paper") for ink in ("violation", "warning", "info")),
        *((ink, f"{ink}-paper") for ink in ("violation", "warning", "info")),
        *(("ink", f"{kind}-paper") for kind in ("violation", "warning", "info")),
        *(("soft", f"{kind}-paper") for kind in ("violation", "warning", "info")),
    ],
)
def test_text_stands_out_from_its_ground_as_wcag_aa_wants(ink: str, paper: str, scheme: int) -> None:
    style = page.render(report_of())
    colours = {name: pair.split(", ") for name, pair in re.findall(r"--([\w-]+): light-dark\(([^)]+)\)", style)}
    light, dark = sorted((luminance(colours[ink][scheme]), luminance(colours[paper][scheme])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
