"""An account says for whom a person acts; a session goes on until it ends, or the account does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ewgraph.errors import ConflictError, NotFoundError
from ewgraph.ledger import Accounts, Ledger, Right, Sessions
from tests.conftest import TickingClock

ISSUER, ORGANIZATION = "https://login.example.org", "https://data.example.org/id/aff0"


@pytest.fixture
def ledger(tmp_path: Path, clock: TickingClock) -> Ledger:
    return Ledger(tmp_path / "ledger.sqlite", clock)


@pytest.fixture
def accounts(ledger: Ledger, clock: TickingClock) -> Accounts:
    return Accounts(ledger, clock)


@pytest.fixture
def sessions(ledger: Ledger, clock: TickingClock) -> Sessions:
    return Sessions(ledger, clock)


def test_a_person_has_one_account_that_works(accounts: Accounts) -> None:
    made = accounts.add(ISSUER, "ada", ORGANIZATION, label="Ada", by="command line")
    assert accounts.of(ISSUER, "ada") == made
    assert made.rights == {Right.READ, Right.SUBMIT}
    assert accounts.of("https://other.example.org", "ada") is None
    with pytest.raises(ConflictError, match="already"):
        accounts.add(ISSUER, "ada", "staff", by="command line")
    accounts.revoke(made.id)
    assert accounts.of(ISSUER, "ada") is None
    assert accounts.was_revoked(ISSUER, "ada")
    again = accounts.add(ISSUER, "ada", "staff", by="command line")
    assert accounts.of(ISSUER, "ada") == again
    assert {account.id for account in accounts.list()} == {made.id, again.id}


def test_an_account_that_is_not_there_cannot_be_revoked(accounts: Accounts) -> None:
    with pytest.raises(NotFoundError, match="nobody"):
        accounts.revoke("nobody")


def test_a_session_is_its_bearers_until_its_hours_are_over(
    accounts: Accounts, sessions: Sessions, clock: TickingClock
) -> None:
    account = accounts.add(ISSUER, "ada", ORGANIZATION, label="Ada", by="command line")
    token = sessions.open(f"account:{account.id}", 8)
    found = sessions.of(token)
    assert found is not None
    assert (found.by, found.principal, found.label) == (f"account:{account.id}", ORGANIZATION, "Ada")
    assert sessions.of(token + "x") is None
    clock.time += dt.timedelta(hours=8)
    assert sessions.of(token) is None


def test_a_session_ends_when_it_is_closed(accounts: Accounts, sessions: Sessions) -> None:
    account = accounts.add(ISSUER, "ada", ORGANIZATION, by="command line")
    token, other = sessions.open(f"account:{account.id}", 8), sessions.open(f"account:{account.id}", 8)
    sessions.close(token)
    sessions.close("never was")
    assert sessions.of(token) is None
    assert sessions.of(other) is not None


def test_a_session_ends_with_its_account(accounts: Accounts, sessions: Sessions) -> None:
    account = accounts.add(ISSUER, "ada", ORGANIZATION, by="command line")
    token = sessions.open(f"account:{account.id}", 8)
    accounts.revoke(account.id)
    assert sessions.of(token) is None


def test_the_token_is_not_kept(accounts: Accounts, sessions: Sessions, tmp_path: Path) -> None:
    token = sessions.open(f"account:{accounts.add(ISSUER, 'ada', ORGANIZATION, by='x').id}", 8).encode()
    assert all(token not in path.read_bytes() for path in tmp_path.iterdir())
