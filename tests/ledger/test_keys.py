"""A key is known once, works until it is revoked, and cannot be guessed from what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from ewgraph.errors import NotFoundError
from ewgraph.ledger import Keyring, Ledger
from tests.conftest import TickingClock

ORGANIZATION = "https://data.example.org/id/aff0"


@pytest.fixture
def keyring(tmp_path: Path, clock: TickingClock) -> Keyring:
    return Keyring(Ledger(tmp_path / "ledger.sqlite", clock), clock)


def test_a_token_names_its_principal(keyring: Keyring) -> None:
    token, other = keyring.add(ORGANIZATION), keyring.add("staff")
    assert token != other
    assert keyring.principal(token) == ORGANIZATION
    assert keyring.principal(other) == "staff"


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: t + "0", lambda t: "x" + t, lambda _: "", lambda _: "ewg__"]
)
def test_any_other_token_names_nobody(keyring: Keyring, change: object) -> None:
    token = keyring.add(ORGANIZATION)
    assert keyring.principal(change(token)) is None  # type: ignore[operator]


def test_a_revoked_key_names_nobody(keyring: Keyring, clock: TickingClock) -> None:
    token = keyring.add(ORGANIZATION)
    (key,) = keyring.list()
    keyring.revoke(key.id)
    first = keyring.list()[0].revoked_at
    clock.time = clock.time.replace(year=2027)
    keyring.revoke(key.id)
    assert keyring.principal(token) is None
    assert keyring.list()[0].revoked_at == first


def test_the_secret_is_not_kept(keyring: Keyring, tmp_path: Path) -> None:
    secret = keyring.add(ORGANIZATION).rsplit("_", 1)[1].encode()
    assert all(secret not in path.read_bytes() for path in tmp_path.iterdir())


def test_a_key_that_is_not_there_cannot_be_revoked(keyring: Keyring) -> None:
    with pytest.raises(NotFoundError, match="nope"):
        keyring.revoke("nope")
