"""Dumps of the public graph: each a folder of the data directory, made once, complete when it has its name.

A dump holds what everybody saw at its instant: a canonical N-Quads line for each triple, in code point order, so that
its digest is that of RDFC-1.0 (the store has no blank nodes), compressed the same way each time: the same graph gives
the same bytes. It takes memory for one run of lines, and room on disk for the lines once more while it is made.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import heapq
import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Final

import zstandard

from ewgraph.access import View
from ewgraph.graph.audience import chain_of_public
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Quad

LEVEL: Final = 12
_RUN_BYTES: Final = 64 * 1024 * 1024
_ABOUT: Final = "dump.json"
_DATA: Final = "data.nq.zst"
_NAME: Final = re.compile(r"ewgraph-public-\d{8}T\d{6}Z")
_TRUE: Final = Literal("true", datatype=terms.XSD.boolean)


@dataclass(frozen=True, slots=True)
class Dump:
    """What is told of a dump.

    Attributes:
        name: what it is called.
        at: the instant that it is of.
        quads: how many lines it has.
        bytes: the size of the file.
        sha256: of the file.
        canonical_sha256: of the lines as they are before compression: the digest of the dataset by RDFC-1.0.
        records: how many records are in it.
        synthetic: how many of them say that they are invented.
        licenses: what records say they may be used by, and how many say so; for the others no licence is stated.
        citations: how records want to be cited.
    """

    name: str
    at: str
    quads: int
    bytes: int
    sha256: str
    canonical_sha256: str
    records: int
    synthetic: int
    licenses: dict[str, int]
    citations: list[str]

    @property
    def instant(self) -> dt.datetime:
        """The instant that it is of."""
        return dt.datetime.fromisoformat(self.at)

    @property
    def file(self) -> str:
        """What the file is called that people get."""
        return f"{self.name}.nq.zst"


class Dumps:
    """The dumps of a data directory.

    A dump with something in it that is no longer everybody's is kept from everybody: `ceased` tells.
    """

    def __init__(self, folder: Path, ceased: Callable[[IRI], dt.datetime | None]) -> None:
        """Take where they are.

        Args:
            folder: `dumps` in the data directory.
            ceased: when something was shown to an audience no more, at last.
        """
        self._folder = folder
        self._ceased = ceased

    def listed(self) -> list[Dump]:
        """Those that everybody may have, the newest first."""
        kept = sorted(self._kept(), key=lambda dump: dump.at, reverse=True)
        (public,) = chain_of_public()
        ceased = self._ceased(public)
        return [dump for dump in kept if ceased is None or dump.instant > ceased]

    def path(self, dump: Dump) -> Path:
        """The file of one."""
        return self._folder / dump.name / _DATA

    def _kept(self) -> Iterator[Dump]:
        for path in self._folder.glob(f"*/{_ABOUT}"):
            if _NAME.fullmatch(path.parent.name):
                yield Dump(**json.loads(path.read_text(encoding="utf-8")))

    def make(self, view: View, at: dt.datetime) -> Dump:
        """Make one of what a view of everybody shows; where there is one of that instant, it is that.

        Args:
            view: the public's.
            at: the instant that it is of; nothing that came later is in it.
        """
        name = f"ewgraph-public-{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
        target, making = self._folder / name, self._folder / f".{name}-{os.getpid()}"
        if target.exists():
            return next(dump for dump in self._kept() if dump.name == name)
        making.mkdir(mode=0o700, parents=True)
        try:
            dump = _written(making, name, at, view)
            (making / _ABOUT).write_text(json.dumps(asdict(dump), indent=1, sort_keys=True) + "\n", encoding="utf-8")
            making.rename(target)
        finally:
            shutil.rmtree(making, ignore_errors=True)
        return dump

    def drop(self, keep: int = 0) -> int:
        """Remove all but the newest so many, and say how many went; without any to keep, what is half made as well."""
        kept = sorted(self._kept(), key=lambda dump: dump.at, reverse=True)
        for dump in kept[keep:]:
            shutil.rmtree(self._folder / dump.name)
        if not keep:
            shutil.rmtree(self._folder, ignore_errors=True)
        return len(kept[keep:])


def _written(folder: Path, name: str, at: dt.datetime, view: View) -> Dump:
    counted = _Counted(view)
    canonical, lines = hashlib.sha256(), 0
    with (folder / _DATA).open("wb") as file:
        compressor = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True, write_content_size=False)
        with compressor.stream_writer(file, closefd=False) as out:
            for line in _sorted(folder, counted.noted(view.quads())):
                canonical.update(line)
                out.write(line)
                lines += 1
        file.flush()
        os.fsync(file.fileno())
    size, sha256 = _digest(folder / _DATA)
    return Dump(
        name=name,
        at=at.astimezone(dt.UTC).isoformat(),
        quads=lines,
        bytes=size,
        sha256=sha256,
        canonical_sha256=canonical.hexdigest(),
        records=counted.records,
        synthetic=counted.synthetic,
        licenses=dict(sorted(counted.licenses.items())),
        citations=sorted(counted.citations),
    )


class _Counted:
    """What is to be told of the quads that go by."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.records = self.synthetic = 0
        self.licenses: Counter[str] = Counter()
        self.citations: set[str] = set()

    def noted(self, quads: Iterable[Quad]) -> Iterator[bytes]:
        """The lines of the quads."""
        for quad in quads:
            value = quad.object
            if quad.predicate == terms.recordedAt:
                self.records += 1
            elif quad.predicate == terms.synthetic:
                self.synthetic += value == _TRUE
            elif quad.predicate == terms.DCT.license and self._is_record(quad):
                self.licenses[getattr(value, "value", "")] += 1
            elif quad.predicate == terms.DCT.bibliographicCitation and self._is_record(quad):
                self.citations.add(getattr(value, "value", ""))
            yield f"{quad} .\n".encode()

    def _is_record(self, quad: Quad) -> bool:
        """Whether a record says it: code lists have licences as well."""
        subject = quad.subject
        return isinstance(subject, IRI) and next(self._view.quads(subject, terms.recordedAt), None) is not None


def _sorted(folder: Path, lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines in order, each once, with runs of them sorted in memory and merged from files."""
    runs: list[IO[bytes]] = []
    run: list[bytes] = []
    size = 0
    try:
        for line in lines:
            run.append(line)
            size += len(line)
            if size >= _RUN_BYTES:
                runs.append(_kept_run(folder / f"run-{len(runs)}", run))
                run, size = [], 0
        run.sort()
        before = b""
        for line in heapq.merge(run, *runs):
            if line != before:
                yield line
            before = line
    finally:
        for file in runs:
            file.close()
            Path(file.name).unlink()


def _kept_run(path: Path, run: list[bytes]) -> IO[bytes]:
    run.sort()
    with path.open("wb") as file:
        file.writelines(run)
    return path.open("rb")


def _digest(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return path.stat().st_size, sha256
