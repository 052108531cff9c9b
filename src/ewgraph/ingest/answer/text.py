"""The report for the terminal: what was read, what changed, what is wrong by kind, and what to do next."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ewgraph.ingest.answer.report import Difference, DisclosureReport, Group
from ewgraph.ingest.answer.wording import ICONS, Wording, name
from ewgraph.validate.report import Severity

_STYLES: Final = {Severity.VIOLATION: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold blue"}
_SIGNS: Final = {"added": "+", "withdrawn": "-", "renamed": "~", "changed": "~", "unchanged": "="}
_MOST_CHANGES: Final = 20


def render(report: DisclosureReport, language: str = "en", *, width: int = 80, colour: bool = False) -> str:
    """The report as text.

    Args:
        report: what to tell.
        language: the language of the text; English for one that is not spoken.
        width: how many columns the terminal has.
        colour: whether escape sequences may colour it: for a terminal only.
    """
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, 20),
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
    )
    for part in _parts(report, Wording(report, language)):
        console.print(part)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def _parts(report: DisclosureReport, words: Wording) -> Iterator[RenderableType]:
    yield Text(words.title, "bold")
    yield Text(" · ".join(f"{label}: {text}" for label, text in words.facts))
    yield Text(", ".join(words.totals))
    if report.difference is not None:
        yield from _difference(report.difference, words)
    if report.obligations:
        yield from _heading(words.phrases.say("obligations"))
        yield from (_item(words.duty(note)) for note in report.obligations)
    yield from _heading(words.phrases.say("groups"))
    if not report.groups:
        yield _item(words.phrases.say("nothing-found"))
    for group in report.groups:
        yield from _group(group, words)
    if words.notes:
        yield from _heading(words.phrases.say("notes"))
        yield from map(_item, words.notes)
    yield from _heading(words.phrases.say("next"))
    yield _item(words.next_step)


def _heading(text: str) -> Iterator[RenderableType]:
    yield Text("")
    yield Text(text, "bold")


def _item(text: str) -> RenderableType:
    return Padding(Text(text), (0, 0, 0, 2))


def _difference(difference: Difference, words: Wording) -> Iterator[RenderableType]:
    yield from _heading(words.difference_title)
    yield _item(", ".join(words.difference_counts) or words.phrases.say("count-added", n=0))
    listed = difference.changes[:_MOST_CHANGES]
    for change in listed:
        yield Padding(_pair(f"{_SIGNS[change.kind]}", words.change(change)), (0, 0, 0, 4))
    if more := difference.more + len(difference.changes) - len(listed):
        yield Padding(Text(words.phrases.say("more", n=more)), (0, 0, 0, 6))


def _pair(sign: str, text: str) -> Table:
    """A sign with a text whose later lines stand under its first."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_row(Text(sign), Text(text))
    return grid


def _group(group: Group, words: Wording) -> Iterator[RenderableType]:
    head = Text(f"{ICONS[group.severity]} {words.severity(group.severity)}", _STYLES[group.severity])
    head.append(f" ({words.phrases.count('times', group.count)}): ", "not bold default")
    head.append(words.group(group), "not bold default")
    yield Text("")
    yield Padding(head, (0, 0, 0, 2))
    cells = Table.grid(padding=(0, 2, 0, 0))
    cells.add_column(no_wrap=True)
    cells.add_column(overflow="fold")
    cells.add_column(overflow="fold")
    for result in group.first:
        said = " ".join(text for text in (words.value(result), words.hint(result)) if text)
        cells.add_row(Text(words.place(result)), Text(said), Text(name(result.heading), "dim"))
    yield Padding(cells, (0, 0, 0, 4), expand=False)
    if group.more:
        yield Padding(Text(words.phrases.say("more", n=group.more)), (0, 0, 0, 4))
