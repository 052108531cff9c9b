"""The report as JSON text, as `--report json` and the interface give it."""

from __future__ import annotations

import json

from ewgraph.ingest.answer.outside import visible
from ewgraph.ingest.answer.report import DisclosureReport


def render(report: DisclosureReport, language: str = "en") -> str:
    """The report as a JSON document; each `message` in that language, all languages beside.

    Characters that steer terminals are escaped, so that it may be printed.
    """
    document = report.as_json()
    for entry, result in zip(document["results"], report.results, strict=True):
        entry["message"] = result.in_language(language)
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return "\n".join(_escaped(line) for line in text.split("\n")) + "\n"


def _escaped(line: str) -> str:
    """The line with what `visible` would replace as JSON escapes: the document stays equal."""
    return "".join(char if char == " " or visible(char) == char else json.dumps(char)[1:-1] for char in line)
