"""The counts of what is loaded follow what a reader's graphs show."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from starlette.testclient import TestClient

from ewgraph.settings import Settings
from ewgraph.web.app import create_app
from ewgraph.web.workspace import Workspace
from tests.conftest import PREFIXES, TickingClock, by_record, draft

EMBARGOED = """
ex:R { ex:R a ew:Disclosure ; prov:wasAttributedTo ex:steward ; ew:visibility vis:staff ;
    ew:receivedAt "2026-09-01T00:00:00Z"^^xsd:dateTime . ex:works a ew:Factory ; rdfs:label "Works" . }
ex:L { ex:L a ew:Release ; prov:wasAttributedTo ex:steward ; ew:visibility vis:staff ; ew:releases ex:R ;
    ew:receivedAt "2026-09-01T00:00:00Z"^^xsd:dateTime ; ew:toVisibility vis:public ;
    ew:releasedAt "2026-10-02T00:00:00Z"^^xsd:dateTime . }
"""


def test_what_comes_to_be_shown_without_a_new_record_is_counted(tmp_path: Path) -> None:
    clock = TickingClock(dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC))
    with Workspace(Settings(data=tmp_path / "data", query_workers=1), clock) as workspace:
        source = workspace.ledger.keep_source("x", EMBARGOED.encode())
        workspace.ledger.append([draft(quads, source) for quads in by_record(PREFIXES + EMBARGOED)])
        with TestClient(create_app(workspace.settings, workspace)) as client:
            before = client.get("/.well-known/void", headers={"Accept": "application/n-triples"}).text
            clock.time += dt.timedelta(days=1)
            workspace.project()
            after = client.get("/.well-known/void", headers={"Accept": "application/n-triples"}).text
    assert sites(before) == 0
    assert sites(after) == 1


def sites(description: str) -> int:
    """How many sites a VoID description counts."""
    lines = [line.split() for line in description.splitlines()]
    (partition,) = (line[0] for line in lines if line[2] == "<https://w3id.org/ewgraph/ns#Site>")
    (count,) = (line[2] for line in lines if line[0] == partition and line[1].endswith("#entities>"))
    return int(count.split('"')[1])
