"""For whom somebody acts whom the identity provider knows: the ledger's accounts say it, not the token."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from ewgraph.access import Credential, parse_principal
from ewgraph.errors import InputError
from ewgraph.ledger import Account, Accounts, Audit, Event, Right
from ewgraph.model.rdf import IRI
from ewgraph.web.handed import NotAllowedError
from ewgraph.web.identity.tokens import Claims, Tokens

_REMEMBERED: Final = 10_000
_CLAIMED: Final = frozenset({Right.READ, Right.SUBMIT})

Knows = Callable[[IRI], bool]
"""Whether trusted records know an organisation as a member or as a party to a contract."""


class NoAccountError(NotAllowedError):
    """The identity provider knows who it is, and the ledger has no account for them."""


class Bearers:
    """Tells by what the bearer of an access token asks."""

    def __init__(self, tokens: Tokens, accounts: Accounts, audit: Audit, claim: str, knows: Knows) -> None:
        """Look people up in the accounts.

        Args:
            tokens: verifies.
            accounts: for whom people act.
            audit: where the first use of a token is noted.
            claim: the claim that names the organisation of somebody without an account; empty: none is believed.
            knows: whether an organisation that is claimed is known otherwise.
        """
        self._tokens = tokens
        self._accounts = accounts
        self._audit = audit
        self._claim = claim
        self._knows = knows
        self._noted: OrderedDict[bytes, None] = OrderedDict()

    def __call__(self, token: str) -> Credential:
        """By what the bearer of the token asks.

        Raises:
            CredentialError: the token is not taken.
            NoAccountError: nobody has said for whom its bearer acts.
            ProviderError: the provider's keys are not known.
        """
        claims = self._tokens.access(token)
        account = self._accounts.of(claims["iss"], claims["sub"])
        credential = by_account(account) if account else self._claimed(claims)
        self._note_once(token, credential)
        return credential

    def account(self, claims: Claims) -> Account:
        """The account of somebody who signed in.

        Raises:
            NoAccountError: there is none that works.
        """
        account = self._accounts.of(claims["iss"], claims["sub"])
        if account is None:
            raise _without_account(claims)
        return account

    def _claimed(self, claims: Claims) -> Credential:
        """By what somebody asks whose token names an organisation. An account that was revoked is not replaced so."""
        named = claims.get(self._claim) if self._claim else None
        if not isinstance(named, str) or self._accounts.was_revoked(claims["iss"], claims["sub"]):
            raise _without_account(claims)
        organization = _organization(named)
        if organization is None or not self._knows(organization):
            raise NoAccountError("the organisation that the token names is none that is known here. Ask the staff")
        return Credential(parse_principal(organization.value), _CLAIMED, f"oidc:{claims['sub']}")

    def _note_once(self, token: str, credential: Credential) -> None:
        """Note the first use of each token; of the latest ten thousand it is known which were used."""
        name = hashlib.sha256(token.encode()).digest()
        if name in self._noted:
            return
        self._noted[name] = None
        if len(self._noted) > _REMEMBERED:
            self._noted.popitem(last=False)
        self._audit.note(Event.SIGNED_IN, credential.by, credential.principal.name, via="token")


def by_account(account: Account) -> Credential:
    """By what somebody asks who has an account."""
    return Credential(parse_principal(account.principal), account.rights, f"account:{account.id}", account.label)


def _organization(text: str) -> IRI | None:
    """The organisation of that IRI; never the staff, nor the public."""
    try:
        return parse_principal(text).organization
    except InputError:
        return None


def _without_account(claims: Claims) -> NoAccountError:
    return NoAccountError(
        f"the identity provider knows you as {claims['sub']!r}, and nobody has said here for whom you act. "
        "Give that name to the staff: they add an account for it",
    )
