"""A dump is the same bytes for the same graph, in little memory."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from ewgraph.access import View
from ewgraph.api.linkeddata import dumps as module
from ewgraph.api.linkeddata.dumps import Dumps
from ewgraph.graph.audience import PUBLIC
from ewgraph.model.rdf import IRI, Literal, Quad

AT = dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)


class Seen:
    """What a view shows, in an order of its own."""

    def __init__(self, seed: int) -> None:
        self._quads = [
            Quad(IRI(f"urn:s{n}"), IRI("urn:p"), Literal(chr(0x21 + n * 97 % 0x2FFF) + "\n"), PUBLIC)
            for n in range(500)
        ]
        random.Random(seed).shuffle(self._quads)  # noqa: S311  # an order, no secret

    def quads(self) -> Iterator[Quad]:
        yield from self._quads


def made(folder: Path, seed: int, **more: Any) -> tuple[str, bytes]:
    dumps = Dumps(folder, lambda _: None)
    dump = dumps.make(cast("View", Seen(seed)), AT, **more)
    return dump.canonical_sha256, dumps.path(dump).read_bytes()


def test_the_same_graph_gives_the_same_bytes_however_it_is_sorted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = made(tmp_path / "a", 1)
    monkeypatch.setattr(module, "_RUN_BYTES", 1000)
    assert made(tmp_path / "b", 2) == whole
    assert sorted(path.name for path in (tmp_path / "b").glob("*/*")) == ["data.nq.zst", "dump.json"]


def test_a_dump_that_could_not_be_finished_is_none(tmp_path: Path) -> None:
    class Failing:
        def quads(self) -> Iterator[Quad]:
            yield Quad(IRI("urn:s"), IRI("urn:p"), IRI("urn:o"), PUBLIC)
            raise OSError("the disk is full")

    dumps = Dumps(tmp_path, lambda _: None)
    with pytest.raises(OSError, match="full"):
        dumps.make(cast("View", Failing()), AT)
    assert dumps.listed() == []
    assert list(tmp_path.iterdir()) == []


def test_the_dump_of_an_instant_is_made_once(tmp_path: Path) -> None:
    assert made(tmp_path, 1) == made(tmp_path, 2)
    assert len(list(tmp_path.iterdir())) == 1


def test_the_oldest_go(tmp_path: Path) -> None:
    dumps = Dumps(tmp_path, lambda _: None)
    for hour in range(3):
        dumps.make(cast("View", Seen(1)), AT + dt.timedelta(hours=hour))
    assert dumps.drop(keep=1) == 2
    assert [dump.at for dump in dumps.listed()] == ["2026-10-01T14:00:00+00:00"]
