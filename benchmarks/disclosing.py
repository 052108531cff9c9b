"""Factory disclosure forms into the ledger, by stage; beside pandas, rdflib and pySHACL as a user scripts them."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.forms import contract, write_csv, write_xlsx
from benchmarks.measure import table
from benchmarks.watched import watched

SIZES = (1_000, 10_000, 100_000)
MOST_OF_PEER = 10_000
PEER_TIMEOUT_S = 180.0
REPEATED_UP_TO = 1_000
STAGES = {"csv": ("read", "check", "commit"), "xlsx": ("read", "commit")}
_FORMS = {"csv": write_csv, "xlsx": write_xlsx}
_COLUMNS = (
    *("file", "rows", "read", "map", "report", "commit", "rest s"),
    *("seconds", "processor seconds", "rows/s", "peak MB reading", "peak MB in all"),
)


def run(sizes: Sequence[int] = SIZES) -> str:
    """The tables."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        data = _data(place)
        ours = {(form, size): _ours(place, data, form, size) for form in _FORMS for size in sizes}
        peers = {size: _peer(place, size) for size in sizes if size <= MOST_OF_PEER}
    return "\n".join(
        (
            table(
                "Factory disclosure forms: rows per processor second of each stage, and all of it by the clock",
                _COLUMNS,
                [_row(form, size, spent) for (form, size), spent in ours.items()],
            ),
            table(
                "The same CSV by pandas, rdflib and pySHACL: processor seconds",
                ["rows", "read", "map", "report", "in all", "peak MB", "results", "ours: map", "ours: report",
                 "ours: in all", "ours: results", "ratio report", "ratio in all"],
                [_beside(size, peer, ours["csv", size]) for size, peer in peers.items()],
            ),
        )
    )  # fmt: skip


def _data(place: Path) -> Path:
    """A data directory that knows the contract."""
    notice, data = place / "contract.trig", place / "data"
    notice.write_text(contract(), encoding="utf-8")
    load = [sys.executable, "-m", "ewgraph", "--data", str(data), "load", str(notice)]
    subprocess.run(load, check=True, capture_output=True)
    return data


def _ours(place: Path, data: Path, form: str, size: int) -> dict[str, dict[str, Any]]:
    """What each stage with those before it takes: the median of three runs where they are short."""
    file = place / f"{size}.{form}"
    _FORMS[form](file, size)
    times = 3 if size <= REPEATED_UP_TO else 1
    return {stage: _median([_stage(data, stage, file) for _ in range(times)]) for stage in STAGES[form]}


def _stage(data: Path, stage: str, file: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(dir=data.parent) as folder:
        fresh = Path(folder) / "data"
        shutil.copytree(data, fresh)
        spent = watched("benchmarks.stages", stage, str(file), str(fresh))
    if spent is None or spent.get("state", "done") != "done":
        raise RuntimeError(f"{stage} of {file.name}: {spent}")
    return spent


def _median(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        name: statistics.median(run[name] for run in runs) if isinstance(value, float) else value
        for name, value in runs[0].items()
    }


def _seconds(spent: dict[str, dict[str, Any]]) -> dict[str, float]:
    """The processor seconds of each stage alone; those of the last but one are what the others leave."""
    read, whole = spent["read"]["cpu"], spent["commit"]
    known = {"read": read, "commit": whole["tail"]}
    if "check" in spent:
        report = spent["check"]["check"]
        known |= {"map": spent["check"]["cpu"] - report - read, "report": report}
    return known | {"rest": whole["cpu"] - sum(known.values())}


def _row(form: str, size: int, spent: dict[str, dict[str, Any]]) -> list[object]:
    whole, own = spent["commit"], _seconds(spent)
    return [
        form,
        size,
        *(
            f"{size / max(own[stage], 0.01):.0f}" if stage in own else ""
            for stage in ("read", "map", "report", "commit")
        ),
        f"{own['rest']:.1f}",
        f"{whole['wall']:.1f}",
        f"{whole['cpu']:.1f}",
        f"{size / whole['wall']:.0f}",
        *(f"{spent[stage]['peak_mb']:.0f}" for stage in ("read", "commit")),
    ]


def _peer(place: Path, size: int) -> dict[str, Any] | None:
    """What the script takes; None where it takes too long."""
    return watched("benchmarks.scripted", str(place / f"{size}.csv"), timeout_s=PEER_TIMEOUT_S)


def _beside(size: int, peer: dict[str, Any] | None, ours: dict[str, dict[str, Any]]) -> list[object]:
    own = _seconds(ours)
    in_all = ours["commit"]["cpu"]
    shown = [f"{own['map']:.2f}", f"{own['report']:.2f}", f"{in_all:.2f}", ours["commit"]["results"]]
    if peer is None:
        return [size, *[""] * 3, f"over {PEER_TIMEOUT_S:.0f}", "", "", *shown, "", ""]
    return [
        size,
        *(f"{peer[stage]:.2f}" for stage in ("read", "map", "validate", "cpu")),
        f"{peer['peak_mb']:.0f}",
        peer["results"],
        *shown,
        f"{peer['validate'] / own['report']:.0f}",
        f"{peer['cpu'] / in_all:.0f}",
    ]
