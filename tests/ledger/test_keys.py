"""A key is known once, works until it is revoked, and cannot be guessed from what is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from ewgraph.errors import InputError, NotFoundError
from ewgraph.ledger import Keyring, Ledger, Right
from tests.conftest import TickingClock

ORGANIZATION = "https://data.example.org/id/aff0"


@pytest.fixture
def keyring(tmp_path: Path, clock: TickingClock) -> Keyring:
    return Keyring(Ledger(tmp_path / "ledger.sqlite", clock), clock)


def test_a_token_names_its_principal_and_rights(keyring: Keyring) -> None:
    token, other = keyring.add(ORGANIZATION, label="the bot"), keyring.add("staff", rights=["read"])
    assert token != other
    ours, theirs = keyring.of(token), keyring.of(other)
    assert ours is not None
    assert theirs is not None
    assert (ours.principal, ours.rights, ours.label) == (ORGANIZATION, {Right.READ, Right.SUBMIT}, "the bot")
    assert (theirs.principal, theirs.rights) == ("staff", {Right.READ})


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: t + "0", lambda t: "x" + t, lambda t: t[4:], lambda _: "", lambda _: "ewg__"]
)
def test_any_other_token_names_nobody(keyring: Keyring, change: Callable[[str], str]) -> None:
    assert keyring.of(change(keyring.add(ORGANIZATION))) is None


def test_a_revoked_key_names_nobody(keyring: Keyring, clock: TickingClock) -> None:
    token = keyring.add(ORGANIZATION)
    (key,) = keyring.list()
    keyring.revoke(key.id)
    first = keyring.list()[0].revoked_at
    clock.time = clock.time.replace(year=2027)
    assert keyring.revoke(key.id).revoked_at == first
    assert keyring.of(token) is None


def test_a_key_is_over_after_its_days(keyring: Keyring, clock: TickingClock) -> None:
    token = keyring.add(ORGANIZATION, days=2)
    clock.time += dt.timedelta(days=2, seconds=-1)
    assert keyring.of(token) is not None
    clock.time += dt.timedelta(seconds=1)
    assert keyring.of(token) is None


@pytest.mark.parametrize("days", [0, -1, 4000, float("nan")])
def test_a_key_has_days_that_make_sense(keyring: Keyring, days: float) -> None:
    with pytest.raises(InputError, match="days"):
        keyring.add(ORGANIZATION, days=days)


@pytest.mark.parametrize("rights", [["everything"], [], ["administer"]])
def test_an_organisation_gets_no_right_that_is_not_its_own(keyring: Keyring, rights: list[str]) -> None:
    with pytest.raises(InputError, match="right"):
        keyring.add(ORGANIZATION, rights=rights)


def test_its_last_use_is_kept_to_the_minute(keyring: Keyring, clock: TickingClock) -> None:
    token, start = keyring.add(ORGANIZATION), clock.time

    def used_after(seconds: int) -> bool:
        clock.time = start + dt.timedelta(seconds=seconds)
        key = keyring.of(token)
        assert key is not None
        return keyring.note_use(key)

    assert [used_after(seconds) for seconds in (0, 30, 61, 3600, 7300)] == [True, False, False, False, True]
    assert keyring.list()[0].last_used_at == start + dt.timedelta(seconds=7300)


def test_the_secret_is_not_kept(keyring: Keyring, tmp_path: Path) -> None:
    secret = keyring.add(ORGANIZATION).rsplit("_", 1)[1].encode()
    assert all(secret not in path.read_bytes() for path in tmp_path.iterdir())


def test_a_key_that_is_not_there_cannot_be_revoked(keyring: Keyring) -> None:
    with pytest.raises(NotFoundError, match="nope"):
        keyring.revoke("nope")
