"""The report as JSON text, as `--report json` and the interface give it."""

from __future__ import annotations

import json

from ewgraph.ingest.answer.outside import escaped
from ewgraph.ingest.answer.report import DisclosureReport


def render(report: DisclosureReport, language: str = "en") -> str:
    """The report as a JSON document; each `message` in that language, all languages beside.

    Characters that steer terminals are escaped, so that it may be printed.
    """
    document = report.as_json()
    for entry, result in zip(document["results"], report.results, strict=True):
        entry["message"] = result.in_language(language)
    return escaped(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"
