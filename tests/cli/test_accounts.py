"""`ewgraph account` says for whom people act who sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ewgraph.clock import SystemClock
from ewgraph.ledger import Accounts, Audit, Ledger, Right

if TYPE_CHECKING:
    from tests.cli.conftest import Command

ISSUER, UNI_A = "https://login.example.org", "https://data.example.org/id/uni-a"


def add(ewgraph: Command, *more: str) -> str:
    return ewgraph("account", "add", "ada", "--issuer", ISSUER, *more).out.strip()


def test_an_account_is_added_listed_and_revoked(ewgraph: Command) -> None:
    name = add(ewgraph, "--org", UNI_A, "--label", "Ada Byron", "--right", "read")
    (line,) = ewgraph("account", "list").out.splitlines()
    assert line.startswith(f"{name}  {UNI_A}  read  since 20")
    assert line.endswith(f"works  ada of {ISSUER}  Ada Byron")
    assert ewgraph("account", "revoke", name).code == 0
    assert "revoked 20" in ewgraph("account", "list").out
    add(ewgraph, "--staff")
    ledger = Ledger(ewgraph.data / "ledger.sqlite", SystemClock())
    account = Accounts(ledger, SystemClock()).of(ISSUER, "ada")
    assert account is not None
    assert (account.principal, account.rights) == ("staff", frozenset(Right))
    events = [entry.event.value for entry in Audit(ledger, SystemClock()).entries()]
    assert events == ["account-added", "account-revoked", "account-added"]
    ledger.close()


def test_the_provider_of_the_settings_is_meant_where_none_is_named(
    ewgraph: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EWGRAPH_OIDC_ISSUER", ISSUER)
    monkeypatch.setenv("EWGRAPH_OIDC_AUDIENCE", "ewgraph-api")
    assert ewgraph("account", "add", "ada", "--staff").code == 0
    assert f"ada of {ISSUER}" in ewgraph("account", "list").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ada", "--org", UNI_A), "--issuer"),
        ((" ", "--org", UNI_A, "--issuer", ISSUER), "SUBJECT"),
        (("ada", "--org", "x", "--issuer", ISSUER), "--org"),
        (("ada", "--org", UNI_A, "--right", "administer", "--issuer", ISSUER), "staff only"),
        (("ada", "--issuer", ISSUER), "required"),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(ewgraph: Command, arguments: tuple[str, ...], said: str) -> None:
    done = ewgraph("account", "add", *arguments)
    assert (done.code, said in done.err) == (2, True), done.err
    assert not (ewgraph.data / "ledger.sqlite").exists() or not ewgraph("account", "list").out


def test_a_person_has_one_account_and_none_is_revoked_that_is_not_there(ewgraph: Command) -> None:
    add(ewgraph, "--org", UNI_A)
    again = ewgraph("account", "add", "ada", "--issuer", ISSUER, "--staff")
    assert (again.code, "already" in again.err) == (2, True)
    gone = ewgraph("account", "revoke", "acc-x")
    assert (gone.code, "there is no account 'acc-x'" in gone.err) == (2, True)
