"""`rebuild`, `verify`, `backup`, `restore`: the data directory kept whole."""

from __future__ import annotations

import os
import shutil
import sys
import zlib
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ewgraph.access import PUBLIC_READER, STAFF_READER, Principal
from ewgraph.cli import DONE, REFUSED, UsageError
from ewgraph.cli.directory import Reading, ledger_of, reading, require, show
from ewgraph.cli.progress import progress
from ewgraph.clock import SystemClock
from ewgraph.errors import ConfigurationError, ConflictError
from ewgraph.graph.audience import organization_of
from ewgraph.ledger import Draft, Entry, Ledger
from ewgraph.model.rdf import IRI, Quad, digest
from ewgraph.settings import Settings
from ewgraph.web.workspace import Workspace

_LEDGER: Final = "ledger.sqlite"
_PAGE: Final = 256


def rebuild(arguments: Namespace, settings: Settings) -> int:  # noqa: ARG001  # every command has one signature
    """Make the graph again, and print the digests of what it was and is."""
    require(settings)
    with Workspace(settings) as workspace:
        head = workspace.ledger.head()
        with progress("rebuilding") as told:
            before, after = workspace.rebuild(lambda cursor: told(cursor, head))
    print(f"before {before}\nafter  {after}")
    if before != after:
        print("the graph had been damaged; it is now as the ledger says", file=sys.stderr)
        return REFUSED
    return DONE


def verify(arguments: Namespace, settings: Settings) -> int:  # noqa: ARG001
    """Check the ledger, then the graph against it and the indexes against the graph, and report each fault."""
    with ledger_of(settings) as ledger:
        faults = list(ledger_faults(ledger))
        head = ledger.head()
    if not faults:
        with reading(settings) as here:
            faults += graph_faults(here, head)
            faults += [f"index: {fault}" for fault in here.index.faults()] if here.index else []
            faults += [f"names: {fault}" for fault in here.names.faults()] if here.names else []
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{head} records, {len(faults)} faults")
    return REFUSED if faults else DONE


def ledger_faults(ledger: Ledger) -> Iterator[str]:
    """It yields what is wrong with a ledger: its file, the records' digests, the kept sources."""
    damage = ledger.damage()
    yield from (f"ledger file: {text}" for text in damage)
    if damage:
        return
    after, sources = 0, set[str]()
    try:
        while entries := ledger.entries(after, _PAGE):
            for entry in entries:
                after = entry.seq
                yield from _entry_faults(ledger, entry)
                if entry.source not in sources:
                    sources.add(entry.source)
                    kept = ledger.source(entry.source)
                    whole = kept is not None and digest(kept[1]) == entry.source
                    if not whole and not ledger.is_only_noted(entry.source):
                        yield f"source {entry.source}: its bytes are not those that came"
    except zlib.error as error:
        yield f"a record after {after} or its source cannot be read: {error}"


def _entry_faults(ledger: Ledger, entry: Entry) -> Iterator[str]:
    """It yields a fault where the content of a record is not what its digest says."""
    draft = Draft(entry.iri, entry.kind, entry.content, entry.source, entry.submitter, "")
    try:
        ledger.check(draft)
    except ConflictError:
        yield f"record {entry.seq} {entry.iri.value}: its content is not what its digest says"


def graph_faults(here: Reading, head: int) -> Iterator[str]:
    """It yields what is wrong with the graph: not in step with the ledger, or not what the policy says of the records.

    Everything is computed again, at the cost of projecting it.
    """
    cursor = here.projector.cursor()
    if cursor < head:
        yield f"the graph shows {cursor} of {head} records"
    elif cursor > here.ledger.head():
        yield f"the graph shows {cursor} records and the ledger has {head}: run `ewgraph rebuild`"
    lacking, surplus = here.projector.surplus()
    yield from (f"the graph lacks {quad}" for quad in lacking)
    yield from (f"the graph shows {quad}, which it should not: run `ewgraph rebuild`" for quad in surplus)
    members = here.projector.members()
    organizations = filter(None, map(organization_of, here.store.graphs()))
    readers = [PUBLIC_READER, STAFF_READER, *(Principal(each.value) for each in organizations)]
    for reader in readers:
        *wider, own = reader.graphs(members)
        for quad in _repeated(here, wider, own):
            yield f"{reader.name} reads twice: {quad.subject} {quad.predicate} {quad.object}"
    for quad in _repeated(here, [PUBLIC_READER.graphs(members)[0]], STAFF_READER.graphs(members)[1]):
        yield f"affiliates read twice: {quad.subject} {quad.predicate} {quad.object}"


def _repeated(here: Reading, wider: list[IRI], own: IRI) -> Iterator[Quad]:
    """It yields the quads of a graph that stand in a wider one too."""
    for quad in here.store.quads(None, None, None, own):
        if any(Quad(quad.subject, quad.predicate, quad.object, graph) in here.store for graph in wider):
            yield quad


def backup(arguments: Namespace, settings: Settings) -> int:
    """Copy the ledger; all else is made from it."""
    target: Path = arguments.folder / _LEDGER
    if target.exists():
        raise UsageError(f"{arguments.folder} holds a backup already. Name another folder")
    arguments.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    making = target.with_suffix(".making")
    making.unlink(missing_ok=True)
    with ledger_of(settings) as ledger:
        ledger.backup(making)
    _settle(making, target)
    print(f"{target}", file=sys.stderr)
    return DONE


def restore(arguments: Namespace, settings: Settings) -> int:
    """Make a data directory from a backup, and its graph."""
    source: Path = arguments.folder / _LEDGER
    target = settings.data / _LEDGER
    if not source.is_file():
        raise UsageError(f"{arguments.folder} holds no backup of ewgraph")
    if target.exists() or (settings.data / "graph").exists():
        raise UsageError(f"{settings.data} is in use. Restore into a new directory: --data DIR")
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    making = target.with_suffix(".making")
    shutil.copyfile(source, making)
    ledger = Ledger(making, SystemClock())
    try:
        faults = list(ledger_faults(ledger))
    finally:
        ledger.close()
    if faults:
        making.unlink()
        raise ConfigurationError(f"the backup in {arguments.folder} is damaged: {faults[0]}")
    _settle(making, target)
    show(settings)
    return DONE


def _settle(making: Path, target: Path) -> None:
    """Put a finished file in its place, and the place on disk."""
    with making.open("rb") as file:
        os.fsync(file.fileno())
    making.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
