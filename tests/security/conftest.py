"""The application as it is really put together, over a data directory with the worked example."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ewgraph.settings import Settings
from ewgraph.web.app import create_app
from ewgraph.web.workspace import Workspace
from tests.protocol.conftest import append
from tests.protocol.world import WORLD

BASE = "http://localhost/"


class Place:
    """A workspace, and a client of the application over it.

    Attributes:
        client: keeps cookies, as a browser does.
    """

    def __init__(self, workspace: Workspace, client: TestClient) -> None:
        self.workspace = workspace
        self.client = client

    def key(self, principal: str, *rights: str) -> dict[str, str]:
        """The header that shows a new key with these rights; all that the principal can have where none are named."""
        return {"Authorization": f"Bearer {self.workspace.keyring.add(principal, rights=rights or None)}"}


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the worked example, to be copied."""
    folder = tmp_path_factory.mktemp("template") / "data"
    with Workspace(Settings(data=folder, base=BASE)) as workspace:
        append(workspace.ledger, WORLD)
        workspace.project()
        workspace.store.flush()
    return folder


@pytest.fixture
def place(template: Path, tmp_path: Path) -> Iterator[Place]:
    settings = Settings(data=tmp_path / "data", base=BASE, query_workers=1, log_level="error")
    shutil.copytree(template, settings.data)
    with (
        Workspace(settings) as workspace,
        TestClient(create_app(settings, workspace), base_url=BASE.rstrip("/")) as client,
    ):
        yield Place(workspace, client)
