"""The pages of the staff: keys, accounts, the audit log, and who sees what. For everybody else they are not there."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from ewgraph.api.pages import Pages
from ewgraph.web.readers import Readers
from ewgraph.web.staff.accounts import AccountsPage
from ewgraph.web.staff.audit import AuditPage
from ewgraph.web.staff.explanation import ExplanationPage
from ewgraph.web.staff.keys import KeysPage
from ewgraph.web.workspace import Workspace


def staff_routes(workspace: Workspace, readers: Readers, pages: Pages) -> list[BaseRoute]:
    """The routes of the staff's pages."""
    keys = KeysPage(workspace, readers, pages)
    accounts = AccountsPage(workspace, readers, pages)
    return [
        Route("/staff", AuditPage(workspace, readers, pages).answer, methods=["GET"]),
        Route("/staff/keys", keys.listed, methods=["GET"]),
        Route("/staff/keys", keys.add, methods=["POST"]),
        Route("/staff/keys/{id}/revoke", keys.revoke, methods=["POST"]),
        Route("/staff/accounts", accounts.listed, methods=["GET"]),
        Route("/staff/accounts", accounts.add, methods=["POST"]),
        Route("/staff/accounts/{id}/revoke", accounts.revoke, methods=["POST"]),
        Route("/staff/explanation", ExplanationPage(workspace, readers, pages).answer, methods=["GET"]),
    ]
