"""`key`: API keys."""

from __future__ import annotations

from argparse import Namespace

from ewgraph.cli import DONE, UsageError
from ewgraph.cli.directory import ledger_of
from ewgraph.clock import SystemClock
from ewgraph.errors import InputError, NotFoundError
from ewgraph.ledger import Keyring
from ewgraph.model.rdf import iri
from ewgraph.settings import Settings


def add(arguments: Namespace, settings: Settings) -> int:
    """Make a key and print its token alone."""
    try:
        principal = "staff" if arguments.staff else iri(arguments.org).value
    except InputError as error:
        raise UsageError(f"--org: {error}") from error
    with ledger_of(settings, new=True) as ledger:
        print(Keyring(ledger, SystemClock()).add(principal))
    return DONE


def show(arguments: Namespace, settings: Settings) -> int:  # noqa: ARG001  # every command has one signature
    """Print the keys: id, whose, since when, and whether revoked."""
    with ledger_of(settings) as ledger:
        for key in Keyring(ledger, SystemClock()).list():
            state = f"revoked {key.revoked_at}" if key.revoked_at else "works"
            print(f"{key.id}  {key.principal}  {key.created_at}  {state}")
    return DONE


def revoke(arguments: Namespace, settings: Settings) -> int:
    """End a key."""
    with ledger_of(settings) as ledger:
        try:
            Keyring(ledger, SystemClock()).revoke(arguments.id)
        except NotFoundError as error:
            raise UsageError(str(error)) from error
    return DONE
