"""`dump`: what everybody sees, as a file that the service offers at `/dumps`."""

from __future__ import annotations

import sys
from argparse import Namespace

from ewgraph.access import PUBLIC_READER
from ewgraph.api.linkeddata.dumps import Dumps
from ewgraph.cli import DONE, UsageError
from ewgraph.cli.directory import reading
from ewgraph.clock import SystemClock
from ewgraph.ledger import COMMAND_LINE, Audit, Event, ReleaseLog
from ewgraph.settings import Settings


def dump(arguments: Namespace, settings: Settings) -> int:
    """Make a dump, and drop the oldest where only so many are to be kept."""
    if arguments.keep is not None and arguments.keep < 1:
        raise UsageError(f"--keep is 1 or more, not {arguments.keep}")
    clock = SystemClock()
    with reading(settings) as here:
        dumps = Dumps(settings.data / "dumps", ReleaseLog(here.ledger, clock).ceased)
        Audit(here.ledger, clock).note(Event.EXPORTED, COMMAND_LINE, "staff", what="dump", reader="public")
        erasures = here.ledger.erasures()
        made = dumps.make(here.gate.view(PUBLIC_READER), here.at)
        if here.ledger.erasures() != erasures:
            dumps.drop()
            raise UsageError("something was erased meanwhile, which may be in it: it is gone. Make it again")
        if arguments.keep is not None:
            dumps.drop(arguments.keep)
        print(f"{made.sha256}  {dumps.path(made)}")
        print(
            f"{made.quads} statements of {made.records} records, {made.synthetic} of which are invented; "
            f"{made.bytes} bytes; RDFC-1.0 SHA-256 {made.canonical_sha256}",
            file=sys.stderr,
        )
    return DONE
