"""The report on one disclosure: what its file says wrong and where, what changed, and what it fulfils.

The report is kept as JSON and told later, in any language and format: the other modules of the package render it. How
its parts come about stands in `ewgraph.ingest.disclosing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final, Literal, Self, TypeAlias

from ewgraph.errors import ParseError
from ewgraph.ingest.sheets.cell import cell_name, column_letter
from ewgraph.validate.report import Severity

LANGUAGES: Final = ("en", "de", "nb", "es")
ChangeKind: TypeAlias = Literal["added", "withdrawn", "renamed", "changed", "unchanged"]
ObligationState: TypeAlias = Literal["fulfilled", "partly", "open"]
CHANGE_KINDS: Final[tuple[ChangeKind, ...]] = ("added", "withdrawn", "renamed", "changed", "unchanged")
OBLIGATION_STATES: Final[tuple[ObligationState, ...]] = ("fulfilled", "partly", "open")


@dataclass(frozen=True, slots=True)
class CellResult:
    """One thing that is wrong or could be better, and the cell that says it.

    Attributes:
        sheet: the sheet's name; empty for a file without sheets.
        row: the row as the person sees it; None where the whole file is meant.
        column: 1 for A; None where the whole row is meant.
        heading: what the file calls the column; empty where unknown.
        value: what the cell says; None where something is missing.
        message: the English sentence.
        messages: the sentence by language tag.
        focus_node: the node of the record that it is about, an IRI or a blank node label with `_:`.
        path: the IRI of the property.
        shape: the IRI of the shape, or its local name where a reading rule found it.
        component: the IRI of the constraint component; empty for a reading rule.
        hint: what was probably meant.
    """

    severity: Severity
    sheet: str
    row: int | None
    column: int | None
    heading: str
    value: str | None
    message: str
    messages: Mapping[str, str] = field(default_factory=dict)
    focus_node: str | None = None
    path: str | None = None
    shape: str = ""
    component: str = ""
    hint: str = ""

    @property
    def cell(self) -> str | None:
        """What a spreadsheet calls the cell; None where no single cell is meant."""
        return None if self.row is None or self.column is None else cell_name(self.row, self.column)

    def in_language(self, language: str) -> str:
        """The sentence in that language, in English where it is lacking."""
        return self.messages.get(language) or self.message

    def as_json(self) -> dict[str, Any]:
        """The result as JSON values; the column by its letters."""
        return {
            "sheet": self.sheet,
            "cell": self.cell,
            "row": self.row,
            "column": None if self.column is None else column_letter(self.column),
            "heading": self.heading,
            "value": self.value,
            "severity": self.severity.value,
            "message": self.message,
            "messages": dict(self.messages),
            "hint": self.hint,
            "focusNode": self.focus_node,
            "path": self.path,
            "sourceShape": self.shape,
            "sourceConstraintComponent": self.component,
        }

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> Self:
        """The result that `as_json` wrote."""
        return cls(
            severity=Severity(entry["severity"]),
            sheet=entry["sheet"],
            row=entry["row"],
            column=None if entry["column"] is None else column_number(entry["column"]),
            heading=entry["heading"],
            value=entry["value"],
            message=entry["message"],
            messages=entry["messages"],
            focus_node=entry["focusNode"],
            path=entry["path"],
            shape=entry["sourceShape"],
            component=entry["sourceConstraintComponent"],
            hint=entry["hint"],
        )


def column_number(letters: str) -> int:
    """The number of a column by its letters.

    >>> column_number("A"), column_number("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@dataclass(frozen=True, slots=True)
class Group:
    """All results of one kind.

    Attributes:
        message: what their English sentences have in common, `…` where they differ.
        messages: the same by language tag.
        count: how many there are.
        first: the first three.
    """

    shape: str
    severity: Severity
    message: str
    count: int
    first: tuple[CellResult, ...]
    messages: Mapping[str, str] = field(default_factory=dict)

    @property
    def more(self) -> int:
        """How many there are besides the first."""
        return self.count - len(self.first)

    def in_language(self, language: str) -> str:
        """The sentence in that language, in English where it is lacking."""
        return self.messages.get(language) or self.message

    def as_json(self) -> dict[str, Any]:
        """The group as JSON values."""
        return {
            "sourceShape": self.shape,
            "severity": self.severity.value,
            "message": self.message,
            "messages": dict(self.messages),
            "count": self.count,
            "first": [result.as_json() for result in self.first],
        }

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> Self:
        """The group that `as_json` wrote."""
        return cls(
            shape=entry["sourceShape"],
            severity=Severity(entry["severity"]),
            message=entry["message"],
            count=entry["count"],
            first=tuple(map(CellResult.from_json, entry["first"])),
            messages=entry["messages"],
        )


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
    from ewgraph.ingest.answer.findings import Findings

    findings = Findings()
    for result in results:
        findings.add(result)
    return findings.groups()
