"""What the report says, as words and numbers that every renderer shows alike. Text from outside is made safe here."""

from __future__ import annotations

import re
from typing import Final

from ewgraph.ingest.answer.outside import shortened, visible
from ewgraph.ingest.answer.phrases import Phrases
from ewgraph.ingest.answer.report import CHANGE_KINDS, CellResult, Change, DisclosureReport, Group, ObligationNote
from ewgraph.validate.report import Severity

ICONS: Final = {Severity.VIOLATION: "✖", Severity.WARNING: "▲", Severity.INFO: "\u2139"}
_NAME_LENGTH: Final = 200
_PLAIN_SHEET: Final = re.compile(r"[^\W\d]\w*")
_NEXT_BY_STATE: Final = {
    "queued": "next-wait",
    "running": "next-wait",
    "refused": "next-refused",
    "unchanged": "next-unchanged",
    "failed": "next-again",
    "cancelled": "next-again",
    "withdrawn": "next-withdrawn",
}


class Wording:
    """The words for one report in one language."""

    def __init__(self, report: DisclosureReport, language: str) -> None:
        self.phrases = Phrases(language)
        self._report = report

    @property
    def title(self) -> str:
        """The heading over all."""
        return self.phrases.say("title", file=name(self._report.file))

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Who sent what and what became of it: label and text."""
        report, say = self._report, self.phrases.say
        version = f" {report.mapping_version}" if report.mapping_version else ""
        facts = [
            (say("submitter"), report.submitter),
            (say("state"), self.state),
            (say("mapping"), f"{report.mapping}{version}"),
            (say("submission"), report.submission or ""),
        ]
        return [(label, name(text)) for label, text in facts if text]

    @property
    def state(self) -> str:
        """The state of the submission; a trial run says so."""
        if self._report.dry_run:
            return self.phrases.say("trial")
        key = f"state-{self._report.state}"
        return self.phrases.say(key) if self.phrases.has(key) else self._report.state

    @property
    def totals(self) -> list[str]:
        """The counts that are worth a word: `3 rows`, `1 error`; what was made and let in is not told of trial runs."""
        totals, count = self._report.totals, self.phrases.count
        always = [count("rows", totals.rows), count("violations", totals.violations)]
        others = {
            "warnings": totals.warnings,
            "infos": totals.infos,
            "let-in": totals.let_in,
            "quarantined": totals.quarantined,
            "repeated": totals.repeated,
            "records": totals.records,
            "claims": totals.claims,
        }
        return [*always, *(count(key, number) for key, number in others.items() if number)]

    @property
    def next_step(self) -> str:
        """What the person should do now."""
        return self.phrases.say(self._next_key())

    def _next_key(self) -> str:
        report = self._report
        if report.state in _NEXT_BY_STATE and not (report.dry_run and report.state in {"refused", "unchanged"}):
            return _NEXT_BY_STATE[report.state]
        if not report.conforms:
            return "next-mend-trial" if report.dry_run else "next-mend" if report.totals.let_in else "next-refused"
        if report.state == "unchanged":
            return "next-unchanged"
        if report.dry_run:
            return "next-send"
        return "next-warnings" if report.totals.warnings else "next-done"

    @property
    def difference_title(self) -> str:
        """The heading over the changes."""
        difference = self._report.difference
        return self.phrases.say("difference" if difference and difference.previous else "difference-first")

    @property
    def difference_counts(self) -> list[str]:
        """The changes in numbers: `2 added`, `1 withdrawn`."""
        counts = self._report.difference.counts if self._report.difference else {}
        return [self.phrases.say(f"count-{kind}", n=counts[kind]) for kind in CHANGE_KINDS if counts.get(kind)]

    def change(self, change: Change) -> str:
        """What the change is about: `Old name → New name · T4D15 · tier 2 (Sites!7)`."""
        site = " → ".join(text for text in (change.site_before, change.site) if text)
        parts = [text for text in (site, change.component, change.tier, change.model, change.contract) if text]
        told = " · ".join(map(name, parts)) or name(change.what)
        return f"{told} ({self._row_place(change.sheet, change.row)})" if change.row is not None else told

    def duty(self, note: ObligationNote) -> str:
        """The duty, its day and its state."""
        day = f", {self.phrases.say('due', day=name(note.due_on))}" if note.due_on else ""
        return f"{name(note.label or note.iri)}{day}: {self.phrases.say(f'duty-{note.state}')}"

    @property
    def notes(self) -> list[str]:
        """What else there is to say; that not all results are listed is one of it."""
        notes = [name(note, 1_000) for note in self._report.notes]
        if self._report.more_results:
            notes.append(self.phrases.say("more-results", n=len(self._report.results)))
        return notes

    def severity(self, severity: Severity) -> str:
        """The word for the severity."""
        return self.phrases.say(f"severity-{severity.value}")

    def group(self, group: Group) -> str:
        """The sentence of a group."""
        return _sentence(group.in_language(self.phrases.language), group.first[0].value if group.first else None)

    def message(self, result: CellResult) -> str:
        """The sentence of a result."""
        return _sentence(result.in_language(self.phrases.language), result.value)

    def hint(self, result: CellResult) -> str:
        """What was probably meant, or nothing."""
        return self.phrases.say("perhaps", hint=name(result.hint)) if result.hint else ""

    def value(self, result: CellResult) -> str:
        """The value in quotes, or that there is none."""
        if result.value is None:
            return f"({self.phrases.say('empty')})" if result.cell else ""
        return f"“{name(result.value)}”"

    def place(self, result: CellResult) -> str:
        """Where the result stands: `Sites!B7`, `Sites!row 7`, the sheet, or the whole file."""
        if result.cell:
            return f"{_sheet_prefix(result.sheet)}{result.cell}"
        if result.row is not None:
            return self._row_place(result.sheet, result.row)
        return name(result.sheet) or self.phrases.say("whole-file")

    def _row_place(self, sheet: str, row: int) -> str:
        prefix = f"{name(sheet)}, " if sheet else ""
        return prefix + self.phrases.say("row", row=str(row))


def name(text: str, length: int = _NAME_LENGTH) -> str:
    """Text from outside, safe to show and not too long."""
    return shortened(visible(text[: length * 2]), length)


def _sentence(text: str, value: str | None) -> str:
    """The sentence with a long value cut, so that its end, which says what to do, is there to read."""
    if value is not None and len(value) > _NAME_LENGTH:
        text = text.replace(value, shortened(value, _NAME_LENGTH))
    return name(text, 1_000)


def _sheet_prefix(sheet: str) -> str:
    if not sheet:
        return ""
    shown = name(sheet)
    return f"{shown}!" if _PLAIN_SHEET.fullmatch(shown) else "'" + shown.replace("'", "''") + "'!"
