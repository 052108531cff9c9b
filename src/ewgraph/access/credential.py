"""By what somebody asks: a key, an account, or nothing; and what that lets them do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ewgraph.access.principal import PUBLIC_READER, STAFF_READER, Principal
from ewgraph.ledger import Right


@dataclass(frozen=True, slots=True)
class Credential:
    """By what somebody asks.

    Attributes:
        principal: who that stands for.
        rights: what may be done by it.
        by: what it is, for the audit log: `key:<id>`, `account:<id>`; empty for nothing.
        label: who or what that is, as whoever made it wrote; empty where nobody did.
    """

    principal: Principal
    rights: frozenset[Right]
    by: str
    label: str = ""

    @property
    def administers(self) -> bool:
        """Whether it lets its bearer do what staff alone do."""
        return self.principal == STAFF_READER and Right.ADMINISTER in self.rights


NOTHING_SHOWN: Final = Credential(PUBLIC_READER, frozenset({Right.READ}), "")
"""What a request without a credential asks by."""
