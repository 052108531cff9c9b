from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from ewgraph.ingest.answer.report import DisclosureReport
from ewgraph.ingest.disclosing.intake import Intake
from ewgraph.ingest.disclosing.request import Request, Stopped
from ewgraph.ledger import Quarantine, Submissions
from ewgraph.model.rdf import IRI
from tests.conftest import House
from tests.ingest.disclosing.worlds import RESELLER, contract, file, workplace


class Desk:
    """Where a reseller hands in forms, in a house that knows its contract K1."""

    def __init__(self, house: House, folder: Path) -> None:
        self.house = house
        self.folder = folder
        self.intake = Intake(workplace(house))
        self.submissions = Submissions(house.ledger, house.clock)
        self.quarantine = Quarantine(house.ledger)

    def disclose(
        self,
        *rows: Mapping[str, str],
        submitter: IRI = RESELLER,
        on_behalf_of: IRI | None = None,
        contract: IRI | None = None,
        dry_run: bool = False,
        stopped: Stopped | None = None,
    ) -> DisclosureReport:
        request = Request(submitter, on_behalf_of, contract=contract, dry_run=dry_run)
        report = self.intake.disclose(file(self.folder, *rows), "form.csv", request, None, stopped)
        self.house.projector.catch_up()
        return report

    def records(self) -> list[IRI]:
        """What was stored besides the contracts."""
        return [entry.iri for entry in self.house.ledger.entries() if "/id/record/" in entry.iri.value]


@pytest.fixture
def desk(house: House, tmp_path: Path) -> Desk:
    house.load(contract("K1"))
    return Desk(house, tmp_path)
