"""`explain` and `audit`: who sees what and why, and what was done."""

from __future__ import annotations

import json
from argparse import Namespace

from ewgraph.access import Explainer
from ewgraph.cli import DONE, UsageError
from ewgraph.cli.directory import ledger_of, reading
from ewgraph.clock import SystemClock
from ewgraph.errors import InputError, NotFoundError
from ewgraph.ledger import COMMAND_LINE, Audit, Event, ReleaseLog
from ewgraph.settings import Settings
from ewgraph.trace.explanation import NOTHING, as_json, explanation


def explain(arguments: Namespace, settings: Settings) -> int:
    """Print who sees a record and why, or what an organisation sees, as JSON."""
    asked = {"subject": arguments.subject, "on": arguments.on, "as": arguments.reader}
    given = {name: text for name, text in asked.items() if text}
    with reading(settings) as here:
        explainer = Explainer(here.gate, ReleaseLog(here.ledger, SystemClock()))
        try:
            found = explanation(explainer, here.catalogue, given)
        except (InputError, NotFoundError) as error:
            raise UsageError(str(error)) from error
        if found == NOTHING:
            raise UsageError("name a record, claim or activity, or an organisation with --as")
        Audit(here.ledger, SystemClock()).note(Event.EXPLAINED, COMMAND_LINE, "staff", **given)
    print(json.dumps(as_json(found), ensure_ascii=False, indent=1))
    return DONE


def audit(arguments: Namespace, settings: Settings) -> int:
    """Print the audit log, newest first, a line each: number, when, what, by what, for whom, details as JSON."""
    event = Event(arguments.event) if arguments.event else None
    with ledger_of(settings) as ledger:
        for line in Audit(ledger, SystemClock()).entries(event=event, before=arguments.before, limit=arguments.limit):
            at, details = line.at.isoformat(timespec="seconds"), json.dumps(line.details, ensure_ascii=False)
            print(line.seq, at, line.event, line.by, line.principal, details, sep="\t")
    return DONE
