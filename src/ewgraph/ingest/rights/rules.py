"""What a record alone shows to be somebody else's to say. Each reason says what, where, why and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ewgraph.ingest.rights.submitter import Submitter
from ewgraph.ingest.rights.table import OWN_WORDS, SAYERS, STAFF_WORDS, UNKNOWN, WIDEST, Sayer
from ewgraph.model import terms
from ewgraph.model.codes import EvidenceBasis, Visibility
from ewgraph.model.rdf import IRI, BlankNode, Literal, Quad, Triple

_PREFIXES: Final = (
    ("ew:", terms.EW),
    ("prov:", "http://www.w3.org/ns/prov#"),
    ("org:", "http://www.w3.org/ns/org#"),
    ("adms:", "http://www.w3.org/ns/adms#"),
    ("rdfs:", "http://www.w3.org/2000/01/rdf-schema#"),
    ("rdf:", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("locn:", "http://www.w3.org/ns/locn#"),
)

Node = IRI | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a submitter may not say something.

    Attributes:
        node: what it is said of.
        path: by which property; None where the node as a whole is not the submitter's to say.
        value: what is said.
        message: one sentence or two: what, where, why, and what to do.
    """

    node: str
    path: str | None
    value: str | None
    message: str

    def __str__(self) -> str:
        """The message."""
        return self.message


def reasons(submitter: Submitter, record: IRI, quads: Sequence[Quad]) -> list[Reason]:
    """Every reason why the submitter may not say this, as far as the record alone shows it; none for the operator."""
    if submitter.voices is None:
        return []
    found = [*_words(submitter, quads), *_testimony(record, quads)]
    if not submitter.trusted:
        found += [*_classes(submitter, quads), *_staff_words(quads), *_evidence(submitter, quads)]
        found += _levels(record, quads)
    return list(dict.fromkeys(found))


def _words(submitter: Submitter, quads: Iterable[Quad]) -> Iterator[Reason]:
    """Whose word something is."""
    voices = submitter.voices or frozenset()
    words = [word for word in OWN_WORDS if word != terms.declarant or not submitter.hands_on]
    for quad in quads:
        if quad.predicate in words and quad.object not in voices:
            theirs = " or ".join(sorted(f"<{voice.value}>" for voice in voices))
            yield reason(
                quad,
                f"{short(quad.subject)} is said to be the word of {short(quad.object)} ({short(quad.predicate)}), but "
                f"{submitter.name} may hand in only that of {theirs}. Name that one, or let {short(quad.object)} or "
                "the staff hand it in",
            )


def _testimony(record: IRI, quads: Iterable[Quad]) -> Iterator[Reason]:
    """What workers said is for the partner who heard it."""
    for quad in quads:
        if (
            quad.predicate == terms.visibility
            and kind_of(record, quads) == terms.Testimony
            and quad.object != Visibility.MONITOR_ONLY.iri
        ):
            yield reason(
                quad,
                f"{short(record)} is a testimony, and to be seen as {short(quad.object)}: what workers said never "
                "leaves the partner who heard it. Set ew:visibility to monitor-only",
            )


def _classes(submitter: Submitter, quads: Iterable[Quad]) -> Iterator[Reason]:
    """Which kinds of things it may state."""
    for quad in quads:
        if quad.predicate == terms.RDF.type and isinstance(quad.object, IRI):
            row = SAYERS.get(quad.object, UNKNOWN)
            if not submitter.may(row.sayer):
                yield reason(
                    quad,
                    f"{short(quad.subject)} is of the class {short(quad.object)}, which {row.sayer.value} may state, "
                    f"and not {submitter.name}: {row.why}. Leave it out, or send it to the staff",
                )


def _staff_words(quads: Iterable[Quad]) -> Iterator[Reason]:
    for quad in quads:
        if quad.predicate in STAFF_WORDS:
            yield reason(
                quad,
                f"{short(quad.subject)} has {short(quad.predicate)}, which only the staff state: "
                f"{STAFF_WORDS[quad.predicate]}. Leave it out, or send it to the staff",
            )


def _evidence(submitter: Submitter, quads: Iterable[Quad]) -> Iterator[Reason]:
    """The strongest basis of all is for those who were there."""
    for quad in quads:
        if (
            quad.predicate == terms.evidenceBasis
            and quad.object == EvidenceBasis.MONITOR_OBSERVATION.iri
            and not submitter.may(Sayer.PARTNERS)
        ):
            yield reason(
                quad,
                f"{short(quad.subject)} is said to rest on a monitor's own observation, but {submitter.name} is no "
                "monitoring partner. Name the basis that it has, such as contract-disclosure",
            )


def _levels(record: IRI, quads: Sequence[Quad]) -> Iterator[Reason]:
    """How wide its own record may be opened."""
    kind = kind_of(record, quads)
    widest = WIDEST.get(kind, Visibility.PUBLIC) if kind else Visibility.PUBLIC
    for quad in quads:
        level = level_of(quad) if quad.subject == record else None
        if level and rank(level) < rank(widest):
            yield reason(
                quad,
                f"{short(record)} is to be seen as {_code(level)}, but a record of the class {short(kind or record)} "
                f"is opened no wider than {_code(widest)} by who says it: wider is for a release, which the staff "
                f"make. Set ew:visibility to {_code(widest)}, or to a narrower level, and ask the staff",
            )


def kind_of(record: IRI, quads: Iterable[Quad]) -> IRI | None:
    """The class of a record; None where it has none."""
    kinds = (q.object for q in quads if q.subject == record and q.predicate == terms.RDF.type)
    return next((kind for kind in kinds if isinstance(kind, IRI) and kind in terms.RECORD_CLASSES), None)


def level_of(quad: Quad) -> Visibility | None:
    """The level that a statement gives; None where it gives none that is known."""
    if quad.predicate != terms.visibility or not isinstance(quad.object, IRI):
        return None
    name = quad.object.value
    return next((level for level in Visibility if name in {level.value, *level.aliases}), None)


def rank(level: Visibility) -> int:
    """The place of a level among all: the larger, the fewer readers it is meant for."""
    return level.rank or 0


def reason(quad: Quad, message: str) -> Reason:
    """The reason that a statement is."""
    value = quad.object
    text = str(value) if isinstance(value, BlankNode | Triple) else value.value
    subject = quad.subject.value if isinstance(quad.subject, IRI) else str(quad.subject)
    return Reason(subject, quad.predicate.value, text, message)


def short(node: Node) -> str:
    """A term as people write it: known names with their prefix."""
    if isinstance(node, IRI):
        for prefix, start in _PREFIXES:
            if node.value.startswith(start):
                return f"{prefix}{node.value.removeprefix(start)}"
        return f"<{node.value!s}>"
    return f"{node.value!r}" if isinstance(node, Literal) else f"{node}"


def _code(level: Visibility) -> str:
    return str(level.value.rpartition("/")[2])
