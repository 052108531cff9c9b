"""Records into ledger and graph, with and without validation, beside a bare bulk load of the same quads."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, parse

from benchmarks.measure import once_s, table
from benchmarks.records import CLAIMS, disclosures
from ewgraph.assets import asset
from ewgraph.ingest.checking import Checker
from ewgraph.ingest.loading import draft_of
from ewgraph.ingest.reading import SourceFile, read_files
from ewgraph.ledger import OPERATOR
from ewgraph.settings import Settings
from ewgraph.web.workspace import Workspace

SIZES = (50, 200, 800)


def run() -> str:
    """The table."""
    return table(
        f"Loading disclosures of {CLAIMS} claims",
        ["records", "quads", "validate s", "ledger s", "project s", "records/s with", "records/s without",
         "bare bulk_extend s", "ratio without / bare"],
        [_row(size) for size in SIZES],
    )  # fmt: skip


def _row(size: int) -> list[object]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.trig"
        path.write_text(disclosures(size), encoding="utf-8")
        quads: list[Quad] = list(parse(path=str(path), format=RdfFormat.TRIG))
        bare = once_s(lambda: Store(f"{folder}/bare").bulk_extend(quads))
        (file,) = (one for one in read_files([str(path)], megabytes=100) if isinstance(one, SourceFile))
        checker = Checker(asset("shapes"))
        checker.report(file.records[0].record, file.records[0].quads)
        validate = once_s(lambda: [checker.report(record.record, record.quads) for record in file.records])
        with Workspace(Settings(data=Path(folder) / "data")) as workspace:
            workspace.project()

            def keep() -> None:
                source = workspace.ledger.keep_source(file.name, file.content)
                drafts = [draft_of(record, source, OPERATOR) for record in file.records]
                for start in range(0, len(drafts), 64):
                    workspace.ledger.append(drafts[start : start + 64])

            kept = once_s(keep)
            projected = once_s(workspace.project)
    without = kept + projected
    return [
        size,
        len(quads),
        f"{validate:.2f}",
        f"{kept:.2f}",
        f"{projected:.2f}",
        f"{size / (without + validate):.0f}",
        f"{size / without:.0f}",
        f"{bare:.2f}",
        f"{without / bare:.1f}",
    ]
