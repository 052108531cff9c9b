"""Marks the cells of a workbook in a process of its own: the file is a stranger's, and the service must outlive it.

It is run as `python -m ewgraph.web.marking SOURCE TARGET LANGUAGE`, with the report as JSON on standard input.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

from ewgraph.errors import InputError, LimitError
from ewgraph.ingest.answer.report import DisclosureReport
from ewgraph.web.tether import tethered

_SECONDS: Final = 120


def mark(report: DisclosureReport, source: Path, target: Path, language: str, megabytes: int) -> None:
    """Write the annotated workbook.

    Args:
        report: what to tell.
        source: the file that was handed in.
        target: where to write.
        language: the language of what is written.
        megabytes: how much memory it may take.

    Raises:
        LimitError: it takes too long, or too much memory.
    """
    program = tethered(megabytes, "-m", "ewgraph.web.marking", str(source), str(target), language)
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:  # noqa: S603  # ourselves
        try:
            process.communicate(json.dumps(report.as_json()).encode(), timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
    if process.returncode:
        raise LimitError(
            "the workbook is too large to be marked here. Take the report as a page: it has the same cells",
            limit="workbook bytes",
        )


def _marked(source: Path, target: Path, language: str) -> None:
    from ewgraph.ingest.answer.workbook import annotate
    from ewgraph.ingest.sheets.document import open_document

    report = DisclosureReport.from_json(json.load(sys.stdin))
    try:
        form = open_document(source, report.file).form
    except (InputError, LimitError):
        form = "csv"
    with target.open("wb") as out:
        annotate(source, form, report, out, language)


if __name__ == "__main__":
    _marked(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
