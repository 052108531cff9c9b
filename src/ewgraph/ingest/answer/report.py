"""The report on one disclosure: what its file says wrong and where, what changed, and what it fulfils.

The report is kept as JSON and told later, in any language and format: the other modules of the package render it. How
its parts come about stands in `ewgraph.ingest.disclosing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final, Literal, Self, TypeAlias

from ewgraph.errors import ParseError
from ewgraph.ingest.answer.findings import Findings
from ewgraph.ingest.answer.result import CellResult, Group
from ewgraph.validate.report import Severity

__all__ = [
    "CHANGE_KINDS",
    "OBLIGATION_STATES",
    "CellResult",
    "Change",
    "ChangeKind",
    "Difference",
    "DisclosureReport",
    "Group",
    "ObligationNote",
    "ObligationState",
    "Totals",
    "grouped",
]

ChangeKind: TypeAlias = Literal["added", "withdrawn", "renamed", "changed", "unchanged"]
ObligationState: TypeAlias = Literal["fulfilled", "partly", "open"]
CHANGE_KINDS: Final[tuple[ChangeKind, ...]] = ("added", "withdrawn", "renamed", "changed", "unchanged")
OBLIGATION_STATES: Final[tuple[ObligationState, ...]] = ("fulfilled", "partly", "open")


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of rows, results and what was made.

    Attributes:
        rows: the rows of data that were read.
        let_in: those whose claims are kept.
        quarantined: those kept out until they are mended.
        repeated: those that say what an earlier row says.
    """

    rows: int = 0
    let_in: int = 0
    quarantined: int = 0
    repeated: int = 0
    violations: int = 0
    warnings: int = 0
    infos: int = 0
    records: int = 0
    claims: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """What one claim says otherwise than the submitter's disclosure before; the names are for reading.

    Attributes:
        what: the local name of the claim's class.
        site_before: of a renamed site, its name before.
        row: the row that says it; None where the claim is withdrawn.
    """

    kind: ChangeKind
    what: str
    model: str | None = None
    component: str | None = None
    tier: str | None = None
    site: str | None = None
    site_before: str | None = None
    contract: str | None = None
    row: int | None = None
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed since the disclosure before.

    Attributes:
        previous: the submission that this one revises; None where it is the first.
        counts: how many claims by kind of change.
        changes: the first of them, without the unchanged.
        more: how many changes are not listed.
    """

    previous: str | None = None
    counts: Mapping[ChangeKind, int] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class ObligationNote:
    """What the disclosure does for one duty of a contract.

    Attributes:
        label: the duty as the contract names it.
        due_on: the day, ISO; None where the contract sets none.
    """

    iri: str
    label: str
    due_on: str | None
    state: ObligationState


@dataclass(slots=True)
class DisclosureReport:
    """All that is said of one file.

    Attributes:
        submission: the submission's name, `sub-…`; None where nothing was submitted.
        submitter: the IRI or name of who sent it.
        state: the state of the submission, as `ledger.submissions` names it.
        results: the first of them, in the order of the file's checks.
        more_results: how many are not among `results`.
        records: the IRIs of the records that the file yields.
        notes: what else there is to say, in English.
    """

    submission: str | None
    file: str
    sha256: str
    mapping: str
    mapping_version: str
    submitter: str
    state: str
    dry_run: bool
    totals: Totals = field(default_factory=Totals)
    results: tuple[CellResult, ...] = ()
    more_results: int = 0
    groups: tuple[Group, ...] = ()
    difference: Difference | None = None
    obligations: tuple[ObligationNote, ...] = ()
    records: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether nothing was kept out: no result is a violation."""
        return self.totals.violations == 0 and all(r.severity is not Severity.VIOLATION for r in self.results)

    def as_json(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "submission": self.submission,
            "file": self.file,
            "sha256": self.sha256,
            "mapping": self.mapping,
            "mappingVersion": self.mapping_version,
            "submitter": self.submitter,
            "state": self.state,
            "dryRun": self.dry_run,
            "conforms": self.conforms,
            "totals": _camel(asdict(self.totals)),
            "results": [result.as_json() for result in self.results],
            "moreResults": self.more_results,
            "groups": [group.as_json() for group in self.groups],
            "difference": None if self.difference is None else _difference_json(self.difference),
            "obligations": [_camel(asdict(note)) for note in self.obligations],
            "records": list(self.records),
            "notes": list(self.notes),
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """The report that `as_json` wrote.

        Raises:
            ParseError: the document is no such report.
        """
        try:
            return cls(
                submission=document["submission"],
                file=document["file"],
                sha256=document["sha256"],
                mapping=document["mapping"],
                mapping_version=document["mappingVersion"],
                submitter=document["submitter"],
                state=document["state"],
                dry_run=document["dryRun"],
                totals=Totals(**_snake(Totals, document["totals"])),
                results=tuple(map(CellResult.from_json, document["results"])),
                more_results=document["moreResults"],
                groups=tuple(map(Group.from_json, document["groups"])),
                difference=None if document["difference"] is None else _difference(document["difference"]),
                obligations=tuple(ObligationNote(**_snake(ObligationNote, n)) for n in document["obligations"]),
                records=tuple(document["records"]),
                notes=tuple(document["notes"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ParseError(
                f"the document is not a disclosure report: {error!r}. Give what `--report json` wrote, whole."
            ) from error


def _difference_json(difference: Difference) -> dict[str, Any]:
    return {
        "previous": difference.previous,
        "counts": dict(difference.counts),
        "changes": [_camel(asdict(change)) for change in difference.changes],
        "more": difference.more,
    }


def _difference(document: Mapping[str, Any]) -> Difference:
    changes = tuple(Change(**_snake(Change, entry)) for entry in document["changes"])
    return Difference(document["previous"], document["counts"], changes, document["more"])


def _camel_name(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def _camel(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {_camel_name(name): value for name, value in entry.items()}


def _snake(kind: type, entry: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of that dataclass, from the entry's members; those it does not know are passed over."""
    return {item.name: entry[_camel_name(item.name)] for item in fields(kind)}


def grouped(results: Iterable[CellResult]) -> tuple[Group, ...]:
    """The results by kind, the gravest first, then the most frequent."""
    findings = Findings()
    for result in results:
        findings.add(result)
    return findings.groups()
