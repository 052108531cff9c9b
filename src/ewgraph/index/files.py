"""The index on disk: arrays that are mapped into memory as they are, and a journal of what changed since.

    index/<number>/*.npy     the arrays; what this process changes in them stays in its memory
    index/<number>/meta.json what else there is to know, with the stamp of the store that they are of
    index/<number>/journal   for each change since a line: the stamp that it leads to, and what to look up again

The journal is written before the store: whatever the store then holds, it names all that may differ. So the index fits
a store whose stamp is that of the arrays or of a line, and no other.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ewgraph.index.audiences import AudienceSets
from ewgraph.index.endings import Endings, enders_of
from ewgraph.index.holding import Holding, Sides, Tables
from ewgraph.index.names import Names
from ewgraph.index.sides import Side

_VERSION: Final = 1
_NAMES: Final = ("nodes", "records", "claims")
_MAPPED_FROM: Final = 1 << 20
"""An array of fewer bytes is read instead of mapped."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the journal.

    Attributes:
        stamp: what the store says of its state once the change is written.
        records: the records whose statements may have changed.
        entities: the entities whose facts may have changed.
    """

    stamp: str
    records: tuple[str, ...]
    entities: tuple[str, ...]


class IndexFolder:
    """The files of an index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def newest(self) -> Path | None:
        """The newest arrays; None where there are none."""
        numbers = [int(path.name) for path in self.folder.glob("*") if path.name.isdigit()]
        return self.folder / str(max(numbers)) if numbers else None

    def write(self, holding: Holding, stamp: str) -> Path:
        """Write a holding that was just built, and remove the arrays before the last.

        A reader in another process may still open those that were the last until now.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        last = self.newest()
        target = self.folder / str(int(last.name) + 1 if last else 1)
        making = self.folder / "making"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        for name, array in arrays(holding).items():
            with (making / f"{name}.npy").open("wb") as file:
                np.save(file, array)
                file.flush()
                os.fsync(file.fileno())  # a torn array would be mapped, and searched
        meta = {
            "version": _VERSION,
            "stamp": stamp,
            "audiences": holding.audiences.names(),
            "enders": holding.endings.told(),
        }
        (making / "journal").touch()
        (making / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
        making.rename(target)
        for path in self.folder.glob("*"):
            if path.name.isdigit() and path not in {target, last}:
                shutil.rmtree(path, ignore_errors=True)
        return target


def read(path: Path) -> tuple[Holding, str] | None:
    """The arrays as a holding, and the stamp of the store that they are of; None where they cannot be used."""
    try:
        meta = json.loads((path / "meta.json").read_text(encoding="utf-8"))
        if meta["version"] != _VERSION:
            return None
        held = {file.stem: _load(file) for file in path.glob("*.npy")}
        names = {name: Names(held[f"{name}.bytes"], held[f"{name}.starts"]) for name in _NAMES}
        tables = Tables(
            nodes=names["nodes"],
            records=names["records"],
            received=held["received"],
            claims=names["claims"],
            edges=held["edges"],
            first=held["first"],
            endings=Endings(enders_of(meta["enders"]), held["ended"], held["by"]),
            audiences=AudienceSets(meta["audiences"]),
        )
        sides = Sides(*(Side(*(held[f"{side}.{part}"] for part in Side._fields)) for side in Sides._fields))
        return Holding(tables, sides), meta["stamp"]
    except (OSError, ValueError, KeyError, TypeError):
        return None  # of another version, or torn: it is built anew


def arrays(holding: Holding) -> dict[str, npt.NDArray[Any]]:
    """All arrays of a holding, by name."""
    tables = holding.held
    found: dict[str, npt.NDArray[Any]] = {
        "received": tables.received,
        "edges": tables.edges,
        "first": tables.first,
        "ended": tables.endings.ended,
        "by": tables.endings.by,
    }
    for name, texts in zip(_NAMES, (tables.nodes, tables.records, tables.claims), strict=True):
        found[f"{name}.bytes"], found[f"{name}.starts"] = texts.arrays()
    for name, side in holding.sides._asdict().items():
        found |= {f"{name}.{part}": array for part, array in side._asdict().items()}
    return found


def _load(path: Path) -> npt.NDArray[Any]:
    if path.stat().st_size < _MAPPED_FROM:
        return np.load(path, allow_pickle=False)  # type: ignore[no-any-return]
    return np.asarray(np.load(path, mmap_mode="c", allow_pickle=False))


class Journal:
    """The journal of some arrays."""

    def __init__(self, path: Path) -> None:
        self._path = path / "journal"

    def add(self, line: Line) -> None:
        """Add a line, and hand it to the operating system."""
        content = json.dumps({"stamp": line.stamp, "records": line.records, "entities": line.entities}) + "\n"
        with self._path.open("a", encoding="utf-8") as file:
            file.write(content)

    def lines(self) -> list[Line]:
        """The lines; one that is torn is left out."""
        return list(_lines(self._path.read_text(encoding="utf-8").splitlines())) if self._path.exists() else []


def _lines(texts: Iterable[str]) -> Iterable[Line]:
    for text in texts:
        try:
            held = json.loads(text)
            yield Line(held["stamp"], tuple(held["records"]), tuple(held["entities"]))
        except (ValueError, KeyError, TypeError):
            return
