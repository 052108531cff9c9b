"""`key`: API keys."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace

from ewgraph.cli import DONE, UsageError
from ewgraph.cli.directory import ledger_of
from ewgraph.clock import SystemClock
from ewgraph.errors import InputError, NotFoundError
from ewgraph.ledger import COMMAND_LINE, Audit, Event, Key, Keyring
from ewgraph.model.rdf import iri
from ewgraph.settings import Settings


def add(arguments: Namespace, settings: Settings) -> int:
    """Make a key and print its token alone."""
    clock = SystemClock()
    try:
        principal = "staff" if arguments.staff else iri(arguments.org).value
    except InputError as error:
        raise UsageError(f"--org: {error}") from error
    with ledger_of(settings, new=True) as ledger, ledger.transaction():
        try:
            token = Keyring(ledger, clock).add(
                principal, rights=arguments.right, label=arguments.label, days=arguments.days, by=COMMAND_LINE
            )
        except InputError as error:
            raise UsageError(str(error)) from error
        Audit(ledger, clock).note(Event.KEY_ADDED, COMMAND_LINE, "staff", key=token.split("_")[1], of=principal)
    print(token)
    return DONE


def show(arguments: Namespace, settings: Settings) -> int:  # noqa: ARG001  # every command has one signature
    """Print the keys: id, whose, what for, which rights, since when, used when, until when."""
    clock = SystemClock()
    with ledger_of(settings) as ledger:
        for key in Keyring(ledger, clock).list():
            rights = ",".join(sorted(key.rights))
            used = f"used {key.last_used_at:%Y-%m-%d}" if key.last_used_at else "never used"
            words = (key.id, key.principal, rights, f"since {key.created_at:%Y-%m-%d}", used, _state(key, clock.now()))
            print("  ".join((*words, key.label)).rstrip())
    return DONE


def _state(key: Key, now: dt.datetime) -> str:
    if key.revoked_at:
        return f"revoked {key.revoked_at:%Y-%m-%d}"
    if key.expires_at:
        return f"{'works until' if key.works(now) else 'over since'} {key.expires_at:%Y-%m-%d}"
    return "works"


def revoke(arguments: Namespace, settings: Settings) -> int:
    """End a key."""
    clock = SystemClock()
    with ledger_of(settings) as ledger, ledger.transaction():
        try:
            key = Keyring(ledger, clock).revoke(arguments.id)
        except NotFoundError as error:
            raise UsageError(str(error)) from error
        Audit(ledger, clock).note(Event.KEY_REVOKED, COMMAND_LINE, "staff", key=key.id, of=key.principal)
    return DONE
