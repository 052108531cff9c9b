"""What other records decide: who may correct them, describe what they describe, and speak for their contracts.

Of what a submitter may not see, nothing is told: what is hidden and what does not exist are refused in the same words.
Hence the two rules about names. An organisation names its records and claims under its own IRI, so that no such name
is taken by something hidden; and it describes only what it sees or names itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, TypeAlias

from ewgraph.access import View
from ewgraph.graph.audience import AFFILIATES, PUBLIC
from ewgraph.ingest.records import RecordSource
from ewgraph.ingest.rights.rules import Reason, kind_of, level_of, rank, reason, reasons, short
from ewgraph.ingest.rights.submitter import Submitter
from ewgraph.ledger import OPERATOR, Ledger
from ewgraph.model import terms
from ewgraph.model.codes import Visibility
from ewgraph.model.rdf import IRI, BlankNode, Literal, Quad, Term, Triple

_LATEST: Final = dt.timedelta(days=1)
_CONTRACTS: Final = (terms.scopeContract, terms.ofContract)
_PARTIES: Final = (terms.buyer, terms.contractor)
_NAMELESS: Final = "https://w3id.org/ewgraph/genid/"
_DEEPEST: Final = 4

_Content: TypeAlias = Term | frozenset[tuple[IRI, "_Content"]]


class _Held(NamedTuple):
    """A record that a submitter may correct."""

    kind: IRI | None
    level: Visibility | None


class Rights:
    """Says of records, one after the other, every reason why their submitter may not say them.

    Args:
        submitter: who hands them in.
        ledger: what was said before.
        view: what the submitter may read.
        now: the instant.
    """

    def __init__(self, submitter: Submitter, ledger: Ledger, view: View, now: dt.datetime) -> None:
        self._submitter = submitter
        self._voices = submitter.voices or frozenset()
        self._ledger = ledger
        self._view = view
        self._now = now
        self._met: dict[IRI, RecordSource] = {}
        self._stated: dict[IRI, IRI] = {}

    @property
    def submitter(self) -> Submitter:
        """Who hands in."""
        return self._submitter

    def meet(self, records: Iterable[RecordSource]) -> None:
        """Note the records of a file: they may correct each other, whatever their order.

        A record or claim under another's name is refused, and so is none to be corrected: else a file that says it once
        more, as its submitter's own, would give the right to take back what another said.
        """
        for record in records:
            if self._may_name(record.record):
                self._met[record.record] = record
            self._stated |= {claim: record.record for claim in record.asserts if self._may_name(claim)}

    def reasons(self, record: RecordSource) -> list[Reason]:
        """Every reason why the submitter may not say this; none for the operator."""
        if self._submitter.voices is None:
            return []
        found = [*reasons(self._submitter, record.record, record.quads), *self._corrections(record)]
        if not self._submitter.trusted:
            found += [*self._receipt(record), *self._names(record), *self._descriptions(record)]
            found += [*self._contracts(record), *self._replies(record)]
        return list(dict.fromkeys(found))

    def _corrections(self, record: RecordSource) -> Iterator[Reason]:
        """It corrects its own word only, and opens it no wider by that."""
        for quad in record.quads:
            if quad.predicate == terms.PROV.wasRevisionOf:
                held, what = self._own(quad.object), "revises the record"
            elif quad.predicate == terms.retracts:
                held, what = self._own(self._record_of(quad.object)), "retracts"
            else:
                continue
            if held is None:
                yield reason(
                    quad,
                    f"{short(record.record)} {what} {short(quad.object)}, but {self._submitter.name} has said nothing "
                    "of that name that it may take back. Name what you said yourself, or leave "
                    f"{short(quad.predicate)} out; what others say, they correct themselves",
                )
            elif not self._submitter.trusted:
                yield from self._widening(record, quad, held.level)

    def _widening(self, record: RecordSource, quad: Quad, before: Visibility | None) -> Iterator[Reason]:
        """A record is opened no wider than what it corrects or answers."""
        for said in record.quads:
            level = level_of(said) if said.subject == record.record else None
            if level and before and rank(level) < rank(before):
                yield reason(
                    said,
                    f"{short(record.record)} is to be seen as {short(level.iri)}, wider than {short(quad.object)}, "
                    f"which it names in {short(quad.predicate)} and which is seen as {short(before.iri)}: only the "
                    f"staff widen. Set ew:visibility to {short(before.iri)}, and ask them for a release",
                )

    def _record_of(self, said: object) -> object:
        """The record that states a claim; a record stands for itself."""
        if not isinstance(said, IRI) or said in self._met:
            return said
        return self._ledger.stated_in(said) or self._stated.get(said) or said

    def _own(self, record: object) -> _Held | None:
        """A record that the submitter may correct: its own word, of a class that it may state."""
        if not isinstance(record, IRI):
            return None
        submitter, quads = "", list[Quad]()
        if entry := self._ledger.entry(record):
            submitter, quads = entry.submitter.value, entry.quads()
        elif record in self._met:
            quads = list(self._met[record].quads)
        authors = {q.object for q in quads if q.subject == record and q.predicate == terms.PROV.wasAttributedTo}
        kind = kind_of(record, quads)
        is_own = bool(authors) and authors <= self._voices
        if self._submitter.trusted:
            is_own |= submitter in {OPERATOR.value, *(voice.value for voice in self._voices)}
        elif not self._submitter.may_correct(kind) or not self._is_known(record, submitter):
            return None
        levels = (level_of(quad) for quad in quads if quad.subject == record)
        return _Held(kind, next((level for level in levels if level), None)) if is_own else None

    def _is_known(self, record: IRI, submitter: str) -> bool:
        """Whether the submitter knows of a record: it handed it in, here or before, or sees it."""
        handed_in = record in self._met or submitter in {voice.value for voice in self._voices}
        return handed_in or self._view.knows(record)

    def _receipt(self, record: RecordSource) -> Iterator[Reason]:
        """When something came is not for who sends it to say: it decides what was late."""
        for quad in record.quads:
            if quad.subject != record.record or quad.predicate != terms.receivedAt:
                continue
            try:
                received = dt.datetime.fromisoformat(record.received_at)
            except ValueError:
                return  # validation says what is wrong with it
            if received.tzinfo and received < self._now - _LATEST and not self._has_sent(record.record):
                yield reason(
                    quad,
                    f"{short(record.record)} is said to be received at {short(quad.object)}, and it comes now: only "
                    "the staff date a record back. Set ew:receivedAt to the instant at which you send it",
                )

    def _has_sent(self, record: IRI) -> bool:
        """Whether this is the same record once more: not one that others handed in, unless it is seen."""
        entry = self._ledger.entry(record)
        return entry is not None and (entry.submitter in self._voices or self._view.knows(record))

    def _names(self, record: RecordSource) -> Iterator[Reason]:
        """Records and claims are named under the IRI of who says them."""
        for node in (record.record, *record.asserts):
            if not self._is_ours(node):
                yield Reason(
                    node.value,
                    None,
                    None,
                    f"{short(node)} names what you say, but is not among your names: the records and claims of "
                    f"{self._submitter.name} begin with <{self._submitter.iri.value}/>. Rename it, such as "
                    f"<{self._submitter.iri.value}/2026/report-1>",
                )

    def _may_name(self, node: IRI) -> bool:
        return self._submitter.trusted or self._is_ours(node)

    def _is_ours(self, node: IRI) -> bool:
        own = self._submitter.iri.value
        return node.value.startswith(own if own.endswith(("/", "#")) else (f"{own}/", f"{own}#"))

    def _descriptions(self, record: RecordSource) -> Iterator[Reason]:
        """It describes what it names itself; of what others describe it repeats what it sees."""
        contents = _Contents(record.quads)
        for node in record.describes:
            if node in self._voices:
                continue
            if not self._view.knows(node):
                if not self._is_ours(node):
                    yield Reason(
                        node.value,
                        None,
                        None,
                        f"{short(node)} is described, but it is nothing that you can see, nor one of your names, which "
                        f"begin with <{self._submitter.iri.value}/>. Name it without describing it, or give it a name "
                        "of yours",
                    )
            elif self._is_described_by_others(node):
                yield from self._novelties(node, contents)

    def _is_described_by_others(self, node: IRI) -> bool:
        told = self._view.objects(node, terms.describedIn)
        authors = (set(self._view.objects(each, terms.PROV.wasAttributedTo)) for each in told if isinstance(each, IRI))
        return not told or any(not said or not said <= self._voices for said in authors)

    def _novelties(self, node: IRI, contents: _Contents) -> Iterator[Reason]:
        """What is said of it that the submitter does not see said already."""
        known: dict[IRI, set[_Content]] = {}
        for quad in contents.of(node):
            if quad.predicate not in known:
                known[quad.predicate] = {self._content(value) for value in self._view.objects(node, quad.predicate)}
            if contents.content(quad.object) not in known[quad.predicate]:
                yield reason(
                    quad,
                    f"{short(node)} is described by others, and this says something else of it in "
                    f"{short(quad.predicate)}: names, identifiers and the like are for them to say. Leave it out or "
                    "repeat what you see; what you know otherwise of a site, say as an ew:SiteAttributeClaim",
                )

    def _content(self, value: Term, depth: int = 0) -> _Content:
        """A value as it is compared: a node without a name by what it says."""
        if isinstance(value, IRI) and value.value.startswith(_NAMELESS) and depth < _DEEPEST:
            return frozenset(
                (quad.predicate, self._content(quad.object, depth + 1))  # type: ignore[arg-type]  # RDF 1.1
                for quad in self._view.quads(value)
            )
        return value

    def _contracts(self, record: RecordSource) -> Iterator[Reason]:
        """It speaks for contracts that it is party to."""
        for quad in record.quads:
            if quad.predicate in _CONTRACTS:
                contracts = [quad.object]
            elif quad.predicate == terms.fulfils and isinstance(quad.object, IRI):
                contracts = list(self._view.objects(quad.object, terms.ofContract))
            else:
                continue
            if not any(map(self._is_party, contracts)):
                yield reason(
                    quad,
                    f"{short(quad.subject)} names {short(quad.object)} in {short(quad.predicate)}, but you know of no "
                    f"such contract to which {self._submitter.name} is party: only its buyer and its contractor speak "
                    "for a contract. Leave it out, or ask the staff to record the contract first",
                )

    def _is_party(self, contract: object) -> bool:
        return isinstance(contract, IRI) and any(
            party in self._voices for role in _PARTIES for party in self._view.objects(contract, role)
        )

    def _replies(self, record: RecordSource) -> Iterator[Reason]:
        """It answers what it sees, and opens the answer no wider than that."""
        for quad in record.quads:
            if quad.predicate != terms.repliesTo or not isinstance(quad.object, IRI):
                continue
            shown = {seen.graph_name for seen in self._view.quads(quad.object)}
            if not shown:
                yield reason(
                    quad,
                    f"{short(record.record)} replies to {short(quad.object)}, but you can see nothing of that name. "
                    "Name the finding or claim that it answers",
                )
            elif PUBLIC not in shown:
                before = Visibility.AFFILIATES if AFFILIATES in shown else Visibility.LINKED_AFFILIATES
                yield from self._widening(record, quad, before)


class _Contents:
    """What a record says of its nodes, to be compared with what is known."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._by_subject: dict[object, list[Quad]] = {}
        for quad in quads:
            self._by_subject.setdefault(quad.subject, []).append(quad)

    def of(self, node: IRI) -> list[Quad]:
        """The statements about a node."""
        return self._by_subject.get(node, [])

    def content(self, value: IRI | BlankNode | Literal | Triple, depth: int = 0) -> _Content:
        """A value as it is compared."""
        if isinstance(value, BlankNode) and depth < _DEEPEST:
            told = self._by_subject.get(value, ())
            return frozenset((quad.predicate, self.content(quad.object, depth + 1)) for quad in told)
        return value  # type: ignore[return-value]  # no statement about a statement gets here
