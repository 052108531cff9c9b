"""Puts together what takes disclosures and records in: files, queue, jobs, and their routes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from starlette.routing import BaseRoute, Route

from ewgraph.api.pages import Pages
from ewgraph.assets import asset
from ewgraph.ingest.disclosing.intake import Intake
from ewgraph.ingest.disclosing.workplace import Workplace
from ewgraph.ledger.queue import SubmissionQueue
from ewgraph.ledger.submissions import Submissions
from ewgraph.settings import Settings
from ewgraph.web.blank_form import BlankForm
from ewgraph.web.counter import Counter
from ewgraph.web.disclosures import Disclosures
from ewgraph.web.jobs import Jobs
from ewgraph.web.readers import Holders, Readers
from ewgraph.web.records import RecordFiles
from ewgraph.web.reports import Reports
from ewgraph.web.transfers import Transfers
from ewgraph.web.uploads import Uploads
from ewgraph.web.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Desk:
    """What takes disclosures and records in.

    Attributes:
        queue: the submissions that wait.
        jobs: works them off; to be started and stopped with the service.
    """

    queue: SubmissionQueue
    jobs: Jobs
    disclosures: Disclosures
    transfers: Transfers
    blank_form: BlankForm
    records: RecordFiles

    @classmethod
    def of(cls, settings: Settings, workspace: Workspace, pages: Pages, readers: Readers) -> Self:
        """The desk of a workspace."""
        holders = Holders(readers)
        submissions = Submissions(workspace.ledger, workspace.clock)
        queue = SubmissionQueue(workspace.ledger, submissions)
        uploads = Uploads(settings.data / "uploads", settings.load_megabytes, settings.upload_hours)
        jobs = Jobs(submissions, queue, uploads, settings)
        reports = Reports(workspace.ledger, submissions, uploads, settings.job_megabytes)
        counter = Counter(pages, settings.base, settings.load_megabytes)
        kos = asset("ontology") / "kos"
        place = Workplace(
            workspace.ledger,
            workspace.gate,
            settings.base,
            workspace.clock,
            shapes=asset("shapes"),
            kos=kos,
            processes=1,
            least_workers=settings.least_workers,
        )
        disclosures = Disclosures(
            holders, submissions, queue, uploads, jobs, reports, counter, Intake(place), workspace.audit
        )
        blank_form = BlankForm(workspace, kos, holders)
        records = RecordFiles(holders, uploads, settings, workspace.audit)
        return cls(queue, jobs, disclosures, Transfers(uploads, holders), blank_form, records)

    def routes(self) -> list[BaseRoute]:
        """The routes, for the service."""
        one = "/disclosures/{id}"
        told = self.disclosures
        return [
            Route("/records", self.records.submit, methods=["POST"]),
            Route("/disclosures", told.listed, methods=["GET"]),
            Route("/disclosures", told.submit, methods=["POST"]),
            Route("/disclosures/files/{sha256}", self.transfers.answer, methods=["GET", "HEAD", "PUT", "PATCH"]),
            Route("/disclosures/template", self.blank_form.answer, methods=["GET"]),
            Route(one, told.status, methods=["GET"]),
            Route(one, told.cancel, methods=["DELETE"]),
            Route(f"{one}/events", told.events, methods=["GET"]),
            Route(f"{one}/withdraw", told.withdraw, methods=["POST"]),
            Route(f"{one}/retry", told.retry, methods=["POST"]),
            Route(f"{one}/report", told.report, methods=["GET"]),
            Route(f"{one}/report.{{extension}}", told.report, methods=["GET"]),
        ]
