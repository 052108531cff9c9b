"""Puts together what knows people: the provider, its tokens, the accounts, the routes to sign in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from ewgraph.access import STAFF_READER, organization
from ewgraph.api.pages import Pages
from ewgraph.errors import ConfigurationError
from ewgraph.graph.audience import AFFILIATES
from ewgraph.model import terms
from ewgraph.model.rdf import IRI
from ewgraph.settings import Settings
from ewgraph.web.cookies import Cookies
from ewgraph.web.identity.bearers import Bearers
from ewgraph.web.identity.client import Client
from ewgraph.web.identity.provider import Provider
from ewgraph.web.identity.rotation import KeysInTime
from ewgraph.web.identity.sign_in import SignIn
from ewgraph.web.identity.tokens import Terms, Tokens
from ewgraph.web.readers import Readers
from ewgraph.web.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Identity:
    """What knows people.

    Attributes:
        provider: the identity provider; to be started and stopped with the service.
        bearers: tells by what the bearer of one of its tokens asks.
        client: signs people in; None where nobody does.
    """

    settings: Settings
    workspace: Workspace
    provider: Provider
    bearers: Bearers
    client: Client | None

    @classmethod
    def of(cls, settings: Settings, workspace: Workspace) -> Self | None:
        """What the settings ask for; None where they name no identity provider.

        Raises:
            ConfigurationError: the client secret cannot be read.
        """
        if not settings.oidc_issuer:
            return None
        clock = workspace.clock
        provider = Provider(settings.oidc_issuer, clock)
        allowed = frozenset(settings.oidc_algorithms.split())
        tokens = Tokens(
            provider,
            clock,
            Terms(settings.oidc_audience, settings.oidc_client_id, allowed, settings.oidc_skew_seconds),
        )
        bearers = Bearers(
            tokens,
            workspace.accounts,
            workspace.audit,
            settings.oidc_organization_claim,
            lambda node: _is_known(workspace, node),
        )
        client = None
        if settings.oidc_client_id:
            returning = f"{settings.base}sign-in/return"
            client = Client(provider, tokens, settings.oidc_client_id, _secret(settings), returning)
        return cls(settings, workspace, provider, bearers, client)

    def middleware(self) -> Middleware:
        """What every request passes, so that new keys are known in time."""
        return Middleware(KeysInTime, provider=self.provider)

    def routes(self, readers: Readers, pages: Pages) -> list[BaseRoute]:
        """The routes, for the service; none where nobody signs in."""
        if self.client is None:
            return []
        base, workspace = self.settings.base, self.workspace
        told = SignIn(
            self.client,
            self.bearers,
            workspace.sessions,
            workspace.audit,
            readers,
            Cookies.of(base),
            pages,
            base,
            self.settings.session_hours,
        )
        return [
            Route("/sign-in", told.begin, methods=["GET"]),
            Route("/sign-in/return", told.end, methods=["GET"]),
            Route("/sign-out", told.out, methods=["POST"]),
        ]


def _secret(settings: Settings) -> str:
    if not settings.oidc_client_secret_file:
        return ""
    named = f"EWGRAPH_OIDC_CLIENT_SECRET_FILE={settings.oidc_client_secret_file!r}"
    try:
        secret = Path(settings.oidc_client_secret_file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{named} cannot be read: {type(error).__name__}") from error
    if not secret:
        raise ConfigurationError(f"{named} is empty")
    return secret


def _is_known(workspace: Workspace, node: IRI) -> bool:
    """Whether the records know an organisation as a member, or as a party to a contract."""
    if AFFILIATES in workspace.gate.view(organization(node)).graphs:
        return True
    view = workspace.gate.view(STAFF_READER)
    return any(next(view.quads(None, part, node), None) for part in (terms.buyer, terms.contractor))
