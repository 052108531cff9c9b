"""`erase`: lawful erasure of a record, everywhere in the data directory."""

from __future__ import annotations

import sys
from argparse import Namespace

from ewgraph.api.linkeddata.dumps import Dumps
from ewgraph.cli import DONE, UsageError
from ewgraph.cli.directory import require
from ewgraph.cli.progress import progress
from ewgraph.errors import ConflictError, InputError, NotFoundError, UnavailableError
from ewgraph.ingest.holders import files_with
from ewgraph.ledger import COMMAND_LINE, Erasures
from ewgraph.model.rdf import iri
from ewgraph.settings import Settings
from ewgraph.web.workspace import Workspace


def erase(arguments: Namespace, settings: Settings) -> int:
    """Erase a record, and make the graph again without it: a changed graph would keep the old bytes on disk."""
    require(settings)
    try:
        workspace = Workspace(settings)
    except UnavailableError as error:
        raise UsageError("a running server holds the graph, which has to be made again: stop it first") from error
    with workspace:
        erasures = Erasures(workspace.ledger, workspace.clock)
        try:
            record = iri(arguments.record)
            erased = erasures.erase(
                record,
                by=COMMAND_LINE,
                principal="staff",
                reason=arguments.reason,
                held_in=list(files_with(workspace.ledger, record)),
            )
        except (InputError, NotFoundError, ConflictError) as error:
            raise UsageError(str(error)) from error
        with progress("making the graph again") as told:
            head = workspace.ledger.head()
            workspace.rebuild(lambda cursor: told(cursor, head))
    dropped = Dumps(settings.data / "dumps", lambda _: None).drop()
    for sha256 in erased.sources:
        for copy in (settings.data / "uploads").rglob(f"{sha256}*"):
            copy.unlink()
    print(f"erased {erased.record.value}")
    if dropped:
        print(f"{dropped} dumps that may have held it are gone: make a new one with `ewgraph dump`")
    if erased.others:
        names = ", ".join(other.value for other in erased.others[:5]) + (", …" if len(erased.others) > 5 else "")
        print(f"the files that held it are erased too; {len(erased.others)} other records came in them: {names}")
    print("backups made before hold it still: erase it there, or let them expire", file=sys.stderr)
    return DONE
