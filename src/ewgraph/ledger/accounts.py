"""Accounts: for whom a person acts whom an identity provider knows. The provider says who; the ledger says for whom."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from ewgraph.clock import Clock
from ewgraph.errors import ConflictError, NotFoundError
from ewgraph.ledger.ledger import Ledger
from ewgraph.ledger.rights import Right, rights_of, text_of

_COLUMNS = "id, issuer, subject, principal, rights, label, created_at, created_by, revoked_at"


@dataclass(frozen=True, slots=True)
class Account:
    """A person of an identity provider.

    Attributes:
        issuer: the provider.
        subject: the person, as the provider names them: for ever the same one.
        principal: for whom the person acts: `staff`, or the IRI of an organisation.
        label: who that is, as whoever added the account wrote.
        created_by: by what it was added.
        revoked_at: when it ceased to work; None while it works.
    """

    id: str
    issuer: str
    subject: str
    principal: str
    rights: frozenset[Right]
    label: str
    created_at: str
    created_by: str
    revoked_at: str | None


class Accounts:
    """The accounts in the ledger."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    def add(  # noqa: PLR0913  # one row
        self,
        issuer: str,
        subject: str,
        principal: str,
        *,
        rights: Collection[Right] | None = None,
        label: str = "",
        by: str,
    ) -> Account:
        """Let a person act for `staff` or an organisation.

        Raises:
            ConflictError: the person has an account that works.
        """
        name = f"acc-{secrets.token_hex(6)}"
        with self._ledger.transaction() as connection:
            if self.of(issuer, subject):
                raise ConflictError(f"{subject!r} of {issuer!r} has an account already: revoke it first")
            connection.execute(
                "INSERT INTO account VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)",
                (name, issuer, subject, principal, text_of(rights_of(principal, rights)), label, self._now(), by),
            )
        return self._one("id = ?", name)

    def of(self, issuer: str, subject: str) -> Account | None:
        """The person's account that works; None where there is none."""
        rows = self._ledger.query(
            f"SELECT {_COLUMNS} FROM account WHERE issuer = ? AND subject = ? AND revoked_at IS NULL",  # noqa: S608
            (issuer, subject),
        )
        return _account(rows[0]) if rows else None

    def was_revoked(self, issuer: str, subject: str) -> bool:
        """Whether an account of the person was revoked once."""
        return bool(
            self._ledger.query(
                "SELECT 1 FROM account WHERE issuer = ? AND subject = ? AND revoked_at IS NOT NULL", (issuer, subject)
            )
        )

    def list(self) -> list[Account]:
        """All accounts, oldest first."""
        rows = self._ledger.query(f"SELECT {_COLUMNS} FROM account ORDER BY created_at, id")  # noqa: S608
        return [_account(row) for row in rows]

    def revoke(self, name: str) -> Account:
        """End an account and its sessions; ending it twice changes nothing.

        Raises:
            NotFoundError: there is no such account.
        """
        with self._ledger.transaction() as connection:
            connection.execute(
                "UPDATE account SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?", (self._now(), name)
            )
            connection.execute(
                "UPDATE session SET ended_at = coalesce(ended_at, ?) WHERE by = ?", (self._now(), f"account:{name}")
            )
        return self._one("id = ?", name)

    def _one(self, condition: str, name: str) -> Account:
        rows = self._ledger.query(f"SELECT {_COLUMNS} FROM account WHERE {condition}", (name,))  # noqa: S608
        if not rows:
            raise NotFoundError(f"there is no account {name!r}; `ewgraph account list` shows them")
        return _account(rows[0])

    def _now(self) -> str:
        return self._clock.now().isoformat()


def _account(row: tuple[str, ...]) -> Account:
    name, issuer, subject, principal, rights, *rest = row
    return Account(name, issuer, subject, principal, rights_of(principal, rights.split()), *rest)
