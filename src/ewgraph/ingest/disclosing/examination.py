"""A file examined from end to end: rows read, made into records and checked, and compared with what was said before.

Nothing is stored here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from ewgraph.errors import LimitError
from ewgraph.ingest.answer.report import Difference, ObligationNote
from ewgraph.ingest.disclosing.context import Context
from ewgraph.ingest.disclosing.crew import Crew
from ewgraph.ingest.disclosing.difference import beside, difference
from ewgraph.ingest.disclosing.gathering import Found, Gathering
from ewgraph.ingest.disclosing.obligations import notes
from ewgraph.ingest.disclosing.outcome import Setup, Task
from ewgraph.ingest.disclosing.request import Stopped, Told
from ewgraph.ingest.disclosing.series import BEFORE, Edition
from ewgraph.ingest.disclosing.statements import Statement
from ewgraph.ingest.disclosing.verdict import fault_result
from ewgraph.ingest.disclosing.workplace import CancelledError, Workplace
from ewgraph.ingest.mapping import Batch, Reader, TableMapping
from ewgraph.ingest.mapping.naming import Knows
from ewgraph.ingest.rights import Submitter
from ewgraph.ingest.sheets.document import Document
from ewgraph.validate.messages import Messages


class Examination:
    """Examines one file.

    Args:
        place: what to work with.
        document: the file.
        mapping: what it means.
        given: what fills the slots that no column fills.
        assigned: column to heading, where a person has said so.
        context: what is known already to the one whose word it is.
        submitter: who hands it in, and for whom.
        knows: tells what that one sees.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # handed down once
        self,
        place: Workplace,
        document: Document,
        mapping: TableMapping,
        given: Mapping[str, str],
        assigned: Mapping[str, str] | None,
        context: Context,
        submitter: Submitter,
        knows: Knows,
    ) -> None:
        self._place = place
        self._reader = Reader(mapping, document, given, assigned, place.kos, context.lookups, knows)
        self._setup = Setup(mapping.id, place.base, place.kos, place.shapes, context, submitter, place.least_workers)
        self._context = context

    def findings(
        self,
        gathering: Gathering,
        task_of: Callable[[Batch], Task | None],
        told: Told,
        stopped: Stopped,
        *,
        whole: bool = True,
    ) -> Found:
        """What there is to say of the file.

        Args:
            gathering: what is found out is gathered there.
            task_of: what is to be done with a batch; None for nothing.
            told: told how far it is.
            stopped: asked between batches whether to stop.
            whole: whether all of the file counts, and what is wrong with it, or only the batches.

        Raises:
            CancelledError: it was stopped.
            LimitError: it becomes more records than one file may.
        """
        reader = self._reader
        crew = Crew(self._setup, processes=self._place.processes, small=self._place.small)
        with crew:
            done = 0
            for outcome in crew.outcomes(self._tasks(task_of, told)):
                if stopped():
                    raise CancelledError("it was cancelled")
                gathering.add(outcome)
                done += outcome.rows
                told("validate", done, max(done, reader.rows_read))
            if whole:
                self._add_faults(gathering)
            compared = self._difference(gathering, crew)
        totals = gathering.totals(*((reader.rows_read, reader.rows_repeated) if whole else (done, 0)))
        return Found(totals, compared, self._obligations(gathering))

    def _tasks(self, task_of: Callable[[Batch], Task | None], told: Told) -> Iterator[Task]:
        most = self._place.most_records
        for number, batch in enumerate(self._reader.batches(), start=1):
            if number > most:
                raise LimitError(
                    f"the file becomes more than {most} records, one for each contract, brand or request in it. "
                    "Hand it in in parts",
                    limit="records",
                )
            told("read", self._reader.rows_read, self._reader.rows_read)
            task = task_of(batch)
            if task is not None:
                yield task

    def _add_faults(self, gathering: Gathering) -> None:
        """Note what is wrong with the file and with rows of which nothing could be made."""
        messages = Messages(self._place.shapes)
        for fault in self._reader.faults:
            gathering.add_fault(fault_result(fault, messages, {}))
        for shape, count in self._reader.more_faults.items():
            gathering.add_more(messages.of(shape, {})[0], count)

    def _difference(self, gathering: Gathering, crew: Crew) -> Difference:
        """What is said otherwise than in the submissions before."""
        editions = gathering.editions.all
        revised, standing = (
            beside(*(self._said(crew, editions, partial=partial, before=before) for before in (False, True)))
            for partial in (False, True)
        )
        new = (record.statements for edition in editions for record in edition.made)
        previous = next((edition.previous for edition in editions if edition.previous), None)
        return difference(previous, revised, _each(new), standing=standing)

    def _said(self, crew: Crew, editions: Iterable[Edition], *, partial: bool, before: bool) -> Iterator[Statement]:
        """What earlier records of the series said: those of the last submission, or those that stood before it."""
        return _each(
            crew.statements(
                self._place.ledger.deflated(part.record)
                for edition in editions
                if edition.made and edition.partial == partial
                for part in edition.parts
                if (part.digest == BEFORE) == before
            )
        )

    def _obligations(self, gathering: Gathering) -> tuple[ObligationNote, ...]:
        made = [record for edition in gathering.editions.all for record in edition.made]
        contracts = {contract for record in made for contract in record.contracts}
        return tuple(notes(self._context, contracts, [record.answers for record in made]))


def _each(lists: Iterable[Iterable[Statement]]) -> Iterator[Statement]:
    return chain.from_iterable(lists)
