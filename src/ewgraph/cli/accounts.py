"""`account`: for whom people act who sign in with the identity provider."""

from __future__ import annotations

from argparse import Namespace

from ewgraph.cli import DONE, UsageError
from ewgraph.cli.directory import ledger_of
from ewgraph.clock import SystemClock
from ewgraph.errors import InputError, NotFoundError
from ewgraph.ledger import COMMAND_LINE, Accounts, Audit, Event
from ewgraph.model.rdf import iri
from ewgraph.settings import Settings


def add(arguments: Namespace, settings: Settings) -> int:
    """Add an account and print its id."""
    clock = SystemClock()
    issuer = arguments.issuer or settings.oidc_issuer
    if not issuer:
        raise UsageError("--issuer: say whose name for the person that is, or set EWGRAPH_OIDC_ISSUER")
    if not arguments.subject.strip():
        raise UsageError("SUBJECT: say whom the identity provider means, by its `sub`")
    try:
        principal = "staff" if arguments.staff else iri(arguments.org).value
    except InputError as error:
        raise UsageError(f"--org: {error}") from error
    with ledger_of(settings, new=True) as ledger, ledger.transaction():
        try:
            account = Accounts(ledger, clock).add(
                issuer, arguments.subject, principal, rights=arguments.right, label=arguments.label, by=COMMAND_LINE
            )
        except InputError as error:
            raise UsageError(str(error)) from error
        Audit(ledger, clock).note(Event.ACCOUNT_ADDED, COMMAND_LINE, "staff", account=account.id, of=principal)
    print(account.id)
    return DONE


def show(arguments: Namespace, settings: Settings) -> int:  # noqa: ARG001  # every command has one signature
    """Print the accounts: id, for whom, which rights, since when, whether they work, who, of which provider."""
    with ledger_of(settings) as ledger:
        for account in Accounts(ledger, SystemClock()).list():
            rights = ",".join(sorted(account.rights))
            state = f"revoked {account.revoked_at[:10]}" if account.revoked_at else "works"
            words = (account.id, account.principal, rights, f"since {account.created_at[:10]}", state)
            print("  ".join((*words, f"{account.subject} of {account.issuer}", account.label)).rstrip())
    return DONE


def revoke(arguments: Namespace, settings: Settings) -> int:
    """End an account and its sessions."""
    clock = SystemClock()
    with ledger_of(settings) as ledger, ledger.transaction():
        try:
            account = Accounts(ledger, clock).revoke(arguments.id)
        except NotFoundError as error:
            raise UsageError(str(error)) from error
        Audit(ledger, clock).note(
            Event.ACCOUNT_REVOKED, COMMAND_LINE, "staff", account=account.id, of=account.principal
        )
    return DONE
