"""What became of the records of a load: added, unchanged, refused with reasons, or stored with warnings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Self

from ewgraph.ingest.rights import Reason
from ewgraph.model.rdf import IRI, Literal
from ewgraph.validate.report import Report, Result, Severity


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a record, or could be better.

    Attributes:
        severity: `Violation`, `Warning` or `Info`.
        focus_node: the node that it is about; None where it is about the whole.
    """

    severity: str
    focus_node: str | None
    path: str | None
    value: str | None
    message: str

    @classmethod
    def of(cls, result: Result) -> Self:
        """The fault that a validation result tells; a node without a name goes by the one that leads to it."""
        focus = result.focus_node
        if focus.startswith("_:") and result.about:
            focus = f"{focus} of {result.about}"
        value = result.value
        if isinstance(result.value_term, Literal) and result.component.endswith("DatatypeConstraintComponent"):
            value = f"{result.value} (of the type {result.value_term.datatype.value})"
        return cls(result.severity.value, focus, result.path, value, result.message)

    @classmethod
    def because(cls, reason: Reason) -> Self:
        """The fault that something is not for its submitter to say."""
        return cls(Severity.VIOLATION.value, reason.node, reason.path, reason.value, reason.message)

    @classmethod
    def plain(cls, message: str, focus_node: str | None = None) -> Self:
        """A violation of no shape."""
        return cls(Severity.VIOLATION.value, focus_node, None, None, message)


@dataclass(frozen=True, slots=True)
class Notice:
    """The faults of one record, or of a whole file where the record is None."""

    file: str
    record: str | None
    results: tuple[Fault, ...]


@dataclass(slots=True)
class LoadReport:
    """What became of each record.

    Attributes:
        added: the records that are new in the ledger, in its order; with `validate`, those that conform.
        unchanged: how many the ledger held already, with the very same content.
        refused: the records and files that were not stored, with the reasons.
        warnings: the records that were stored though something about them could be better.
    """

    added: list[IRI] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Notice] = field(default_factory=list)
    warnings: list[Notice] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing was refused."""
        return not self.refused

    def refuse(self, file: str, record: IRI | None, faults: Iterable[Fault]) -> None:
        """Note a refusal."""
        self.refused.append(Notice(file, record.value if record else None, tuple(faults)))

    def judge(self, file: str, report: Report) -> None:
        """Note what validation says of a record: a refusal with all results, or its warnings."""
        if report.results:
            notice = Notice(file, report.record, tuple(map(Fault.of, report.results)))
            (self.warnings if report.conforms else self.refused).append(notice)

    def as_json(self) -> dict[str, object]:
        """The report as JSON values."""
        return {
            "added": [record.value for record in self.added],
            "unchanged": self.unchanged,
            "refused": [asdict(notice) for notice in self.refused],
            "warnings": [asdict(notice) for notice in self.warnings],
        }

    def as_text(self, done: str = "added") -> str:
        """The report for the eye: each refusal and warning with all it says, and the counts last."""
        lines = [line for notice in self.warnings for line in _lines("warning", notice)]
        lines += [line for notice in self.refused for line in _lines("refused", notice)]
        counts = f"{len(self.added)} {done}, {self.unchanged} unchanged, {len(self.refused)} refused"
        return "\n".join([*lines, f"{counts}, {len(self.warnings)} with warnings"]) + "\n"


def _lines(word: str, notice: Notice) -> Iterable[str]:
    yield f"{word}: {notice.record or 'the whole file'} in {notice.file}"
    for fault in notice.results:
        yield f"  {fault.severity}: {fault.message}"
        named = (("focus node", fault.focus_node), ("path", fault.path), ("value", fault.value))
        yield from (f"    {name}: {text}" for name, text in named if text is not None)
