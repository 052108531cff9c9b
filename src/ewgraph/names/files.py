"""The names on disk: for each audience graph the arrays of one segment, and a journal of what was touched since.

names/<number>/meta.json   the stamp of the store that they are of, and the graphs by number
names/<number>/<graph>.*   the texts and arrays of one graph
names/<number>/journal     for each change since a line, as the trace index has it (`ewgraph.index.files`)
"""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import orjson

from ewgraph.model.rdf import IRI
from ewgraph.names.grams import Postings
from ewgraph.names.segment import Columns, Segment
from ewgraph.names.shelf import Shelf
from ewgraph.names.texts import Texts

_VERSION: Final = 1
_TEXTS: Final = ("things", "texts", "plain")


def newest(folder: Path) -> Path | None:
    """The newest files; None where there are none."""
    numbers = [int(path.name) for path in folder.glob("*") if path.name.isdigit()]
    return folder / str(max(numbers)) if numbers else None


def stamp(path: Path) -> str | None:
    """The stamp of the store that files are of; None where they cannot be used."""
    try:
        meta = orjson.loads((path / "meta.json").read_bytes())
        return str(meta["stamp"]) if meta["version"] == _VERSION else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remove(folder: Path) -> None:
    """Remove all files."""
    shutil.rmtree(folder, ignore_errors=True)


def write(folder: Path, shelves: dict[IRI, Shelf], of: str) -> Path:
    """Write shelves, each of which is one segment at most, and remove what was written before."""
    folder.mkdir(parents=True, exist_ok=True)
    last = newest(folder)
    target = folder / str(int(last.name) + 1 if last else 1)
    making = folder / "making"
    remove(making)
    making.mkdir()
    graphs = [graph for graph, shelf in shelves.items() if shelf.segments]
    for number, graph in enumerate(graphs):
        (segment,) = shelves[graph].segments
        with (making / f"{number}.npz").open("wb") as file:
            np.savez(file, **_arrays(segment))  # type: ignore[arg-type]  # it takes arrays by any name
            file.flush()
            os.fsync(file.fileno())
        (making / f"{number}.json").write_bytes(orjson.dumps([segment.sets, segment.languages]))
    meta = {"version": _VERSION, "stamp": of, "graphs": [graph.value for graph in graphs]}
    (making / "journal").touch()
    (making / "meta.json").write_bytes(orjson.dumps(meta))
    making.rename(target)
    if last:
        remove(last)
    return target


def read(path: Path) -> dict[IRI, Shelf] | None:
    """The shelves; None where the files cannot be used: then they are made anew."""
    try:
        meta = orjson.loads((path / "meta.json").read_bytes())
        return {IRI(graph): Shelf([_read(path, number)]) for number, graph in enumerate(meta["graphs"])}
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return None


def _arrays(segment: Segment) -> dict[str, npt.NDArray[Any]]:
    found: dict[str, npt.NDArray[Any]] = {**segment.columns._asdict(), **segment.postings._asdict()}
    for name in _TEXTS:
        texts: Texts = getattr(segment, name)
        found[f"{name}.bytes"] = np.frombuffer(texts.content, np.uint8)
        found[f"{name}.starts"] = texts.starts
    return found


def _read(path: Path, number: int) -> Segment:
    with (path / f"{number}.npz").open("rb") as file, np.load(file, allow_pickle=False) as held:
        arrays = dict(held)
    sets, languages = orjson.loads((path / f"{number}.json").read_bytes())
    things, texts, plain = (Texts(arrays[f"{name}.bytes"].tobytes(), arrays[f"{name}.starts"]) for name in _TEXTS)
    columns = Columns(*(arrays[name] for name in Columns._fields))
    of_pieces = Postings(*(arrays[name] for name in Postings._fields))
    return Segment(things, texts, plain, [tuple(one) for one in sets], languages, columns, of_pieces)
