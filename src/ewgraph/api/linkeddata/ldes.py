"""A timeline as a Linked Data Event Stream: pages of records as they are, oldest first (LDES, TREE).

A member is a version of a record: what it says, as its audience sees it, at one instant. That never changes; what the
record names has documents of its own. Where graphs can be written, what a member says is in the graph of its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from ewgraph.access import View
from ewgraph.api.linkeddata.description import description
from ewgraph.api.linkeddata.timeline import Item
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, DefaultGraph, Literal, Quad, Term, Triple, datetime_literal

_LDES: Final = "https://w3id.org/ldes#"
_TREE: Final = "https://w3id.org/tree#"
_DCT: Final = "http://purl.org/dc/terms/"
_AT: Final = IRI("http://www.w3.org/ns/prov#generatedAtTime")
_VERSION_OF: Final = IRI(_DCT + "isVersionOf")
PREFIXES: Final = {"ldes": _LDES, "tree": _TREE}


@dataclass(frozen=True, slots=True)
class Stream:
    """Where a stream is.

    Attributes:
        address: of the stream itself, absolute.
        title: what it is of.
    """

    address: str
    title: str

    @property
    def name(self) -> str:
        """The last part of its address."""
        return self.address.rpartition("/")[2]

    @property
    def node(self) -> IRI:
        """The stream."""
        return IRI(self.address)

    def version(self, item: Item) -> IRI:
        """The name of a member."""
        return IRI(f"{self.address}#{item.key}")

    def page(self, after: str | None) -> IRI:
        """The page behind a cursor, or the first."""
        return IRI(f"{self.address}/pages" + (f"?after={after}" if after else ""))

    def description(self) -> Iterator[Triple]:
        """What stands on its own page and on each other: what it is, and how its members are to be read."""
        for predicate, value in (
            (terms.RDF.type, IRI(_LDES + "EventStream")),
            (terms.DCT.title, Literal(self.title, language="en")),
            (IRI(_LDES + "timestampPath"), _AT),
            (IRI(_LDES + "versionOfPath"), _VERSION_OF),
            (IRI(_TREE + "view"), self.page(None)),
        ):
            yield Triple(self.node, predicate, value)


Member: TypeAlias = tuple[Item, Sequence[Triple]]
"""An item with what its record says."""


def members_of(view: View, items: Sequence[Item], most: int) -> list[Member]:
    """As many of the items as make a page that is not too long, and one at least, each with what its record says.

    Args:
        view: the reader's.
        items: which may be on the page.
        most: the page ends with the member by which it has so many triples.
    """
    members: list[Member] = []
    triples = 0
    for item in items:
        members.append((item, list(said_in(view, item.record))))
        triples += len(members[-1][1])
        if triples >= most:
            break
    return members


def page_of(stream: Stream, after: str | None, members: Sequence[Member], *, more: bool) -> Iterator[Quad]:
    """A page: the members, and the way to the next page where there is one."""
    here = stream.page(after)
    yield from (_plain(*triple) for triple in stream.description())
    yield _plain(here, terms.RDF.type, IRI(_TREE + "Node"))
    if more:
        last, _ = members[-1]
        yield from _relation(here, stream.page(last.key), last)
    for item, said in members:
        yield from _member(stream, item, said)


def _relation(here: IRI, there: IRI, last: Item) -> Iterator[Quad]:
    """What comes next is as late as the last of these, or later."""
    relation = IRI(f"{here.value}#next")
    yield _plain(here, IRI(_TREE + "relation"), relation)
    yield _plain(relation, terms.RDF.type, IRI(_TREE + "GreaterThanOrEqualToRelation"))
    yield _plain(relation, IRI(_TREE + "path"), _AT)
    yield _plain(relation, IRI(_TREE + "value"), datetime_literal(last.at))
    yield _plain(relation, IRI(_TREE + "node"), there)


def _member(stream: Stream, item: Item, said: Sequence[Triple]) -> Iterator[Quad]:
    version = stream.version(item)
    yield _plain(stream.node, IRI(_TREE + "member"), version)
    yield _plain(version, _VERSION_OF, item.record)
    yield _plain(version, _AT, datetime_literal(item.at))
    for triple in said:
        yield Quad(triple.subject, triple.predicate, triple.object, version)


def said_in(view: View, record: IRI) -> Iterator[Triple]:
    """What a record says as far as a view shows it: of itself, and of what is stated in it and nowhere else.

    Of the things that it names it says that they are described in it: what is said of them may change.
    """
    named = set(view.subjects(terms.describedIn, record))
    for node in (record, *(one for one in view.subjects(terms.assertedIn, record) if one not in named)):
        yield from description(view, node)
    for node in sorted(named, key=lambda one: one.value):
        yield Triple(node, terms.describedIn, record)


def _plain(subject: Term, predicate: IRI, value: Term) -> Quad:
    return Quad(subject, predicate, value, DefaultGraph())  # type: ignore[arg-type]  # no literal is a subject
