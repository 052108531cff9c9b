"""How it stands with an obligation: as the stored queries `overdue-disclosures` and `late-disclosures` have it."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator

import strawberry

from ewgraph.api.graphql.loader import Loader
from ewgraph.model import terms
from ewgraph.model.rdf import IRI


@strawberry.enum(description="How it stands with an obligation on the day of the answer, as far as you can see.")
class ObligationState(enum.Enum):
    """How it stands with an obligation on the day of the answer, as far as you can see."""

    NOT_YET_DUE = "notYetDue"
    OVERDUE = "overdue"
    RECEIVED = "received"
    RECEIVED_LATE = "receivedLate"


def state_of(loader: Loader, obligation: IRI) -> ObligationState | None:
    """How it stands with an obligation; None where its last day is not known.

    The first answer counts, also where another took its place since; what was received on the last day is in time.
    """
    due, known_at = loader.date(obligation, terms.dueOn), loader.as_of.known_at
    if due is None:
        return None
    answers = dict(_answers(loader, obligation))
    if all(_is_revised(loader, record, known_at) for record in answers):
        return ObligationState.OVERDUE if due < loader.as_of.valid_at else ObligationState.NOT_YET_DUE
    too_late = dt.datetime.combine(due, dt.time(), dt.UTC) + dt.timedelta(days=1)
    in_time = any(received < too_late for received in answers.values())
    return ObligationState.RECEIVED if in_time else ObligationState.RECEIVED_LATE


def _answers(loader: Loader, obligation: IRI) -> Iterator[tuple[IRI, dt.datetime]]:
    """The records that were filed to meet it and count, each with when it was received."""
    for record in loader.subjects(terms.fulfils, obligation):
        received = loader.instant(record, terms.receivedAt)
        is_request = loader.is_a(record, terms.DueDiligenceRecord) and not loader.boolean(record, terms.accepted)
        if received is not None and received <= loader.as_of.known_at and not is_request:
            yield record, received


def _is_revised(loader: Loader, record: IRI, known_at: dt.datetime) -> bool:
    revisions = loader.subjects(terms.PROV.wasRevisionOf, record)
    return any((at := loader.instant(one, terms.receivedAt)) and at <= known_at for one in revisions)
