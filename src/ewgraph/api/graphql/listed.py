"""Lists of things as connections: a page by keys, from either end, and how many there are only where that is asked.

A cursor is the place of an item, its key and its IRI. What is written meanwhile moves no place: no item comes twice,
and none that was there all the time is left out.
"""

from __future__ import annotations

import datetime as dt
import enum
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Annotated, Any, Final, Generic, TypeVar

import strawberry
from strawberry import UNSET

from ewgraph.api.graphql.enums import Class
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.paging import LARGEST, PageInfo, cursor, key_of, size_of
from ewgraph.api.graphql.values import Node
from ewgraph.catalogue import Ask, Kind, Place, Span
from ewgraph.errors import InputError
from ewgraph.model.code import Code
from ewgraph.model.instants import zoned
from ewgraph.model.rdf import IRI, Literal, Term, date_literal, datetime_literal, iri

N = TypeVar("N", bound=Node)


@strawberry.enum(description="In which direction a list is sorted.")
class Direction(enum.Enum):
    """In which direction a list is sorted."""

    ASCENDING = "ascending"
    DESCENDING = "descending"


@strawberry.enum(description="By what things with a name are sorted.")
class NameOrder(enum.Enum):
    """By what things with a name are sorted."""

    IRI = "iri"
    NAME = "name"


@strawberry.enum(description="By what statements are sorted.")
class TimeOrder(enum.Enum):
    """By what statements are sorted."""

    IRI = "iri"
    RECEIVED_AT = "received-at"


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of a list: the first items after a cursor, or the last ones before one."""

    first: int | None
    after: str | None
    last: int | None
    before: str | None


_PAGING: Final = (
    ("first", int, f"So many items from the start, or after `after`: from 0 to {LARGEST}; 50 where nothing is said."),
    ("after", str, "The cursor of the item before the page."),
    ("last", int, "So many items from the end, or before `before`."),
    ("before", str, "The cursor of the item after the page."),
)


def paged(resolver: Callable[..., Any]) -> Callable[..., Any]:
    """A resolver that takes `paging` as one that takes the four arguments of a connection."""

    @wraps(resolver)
    def taking(
        *arguments: Any,
        first: int | None = UNSET,
        after: str | None = UNSET,
        last: int | None = UNSET,
        before: str | None = UNSET,
        **given: Any,
    ) -> Any:
        return resolver(*arguments, paging=Paging(first, after, last, before), **given)

    signature = inspect.signature(resolver)
    own = [one for name, one in signature.parameters.items() if name != "paging"]
    more = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=UNSET,
            annotation=Annotated[kind | None, strawberry.argument(description=text)],
        )
        for name, kind, text in _PAGING
    ]
    taking.__signature__ = signature.replace(parameters=[*own, *more])  # type: ignore[attr-defined]
    return taking


@strawberry.type(description="An item of a list, and its place.")
class Edge(Generic[N]):
    """An item of a list, and its place."""

    cursor: str
    node: N


@strawberry.type(description="A part of a list.")
class Connection(Generic[N]):
    """A part of a list."""

    edges: list[Edge[N]]
    nodes: list[N] = strawberry.field(description="The same without their places.")
    page_info: PageInfo
    loader: strawberry.Private[Loader]
    ask: strawberry.Private[Ask]

    @strawberry.field(  # type: ignore[untyped-decorator]  # in a generic class the library's overloads are not found
        description="How many items the whole list has. It is counted only where it is asked for.",
    )
    def total_count(self) -> int:
        """How many items the whole list has. It is counted only where it is asked for."""
        return self.loader.counted(replace(self.ask, span=None))


def part_of(  # noqa: PLR0913, PLR0917  # what a list is asked with
    loader: Loader,
    name: str,
    given: Mapping[str, Sequence[Term]],
    kind: str,
    paging: Paging,
    order: enum.Enum | None = None,
    direction: Direction | None = None,
) -> Connection[Any]:
    """A part of a list as a connection.

    Args:
        loader: reads.
        name: of the list.
        given: the values of parameters; a parameter that is given and has no value fits nothing.
        kind: the type of its items; those of an interface have the type of their class.
        paging: which part.
        order: by what it is sorted; by IRI where that is not said.
        direction: ascending where that is not said.

    Raises:
        InputError: the page is not well asked for.
    """
    from ewgraph.api.graphql.kinds import BY_NAME, node_of

    make = BY_NAME[kind].of if kind in BY_NAME else node_of
    ask = loader.ask(name, given)
    sorted_by = order.name if order else "IRI"
    span = _span(paging, sorted_by, ask.query.orders[sorted_by], descending=direction is Direction.DESCENDING)
    found = [] if any(not values for values in given.values()) else loader.listed(replace(ask, span=span))
    more, found = len(found) >= span.size, found[: span.size - 1]
    if span.from_end:
        found.reverse()
    edges = [Edge(cursor=cursor(place), node=make(loader, node)) for place, node in found]
    info = PageInfo(
        has_next_page=span.before is not None if span.from_end else more,
        has_previous_page=more if span.from_end else span.after is not None,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
    return Connection(edges=edges, nodes=[edge.node for edge in edges], page_info=info, loader=loader, ask=ask)


def all_of(loader: Loader, name: str, given: Mapping[str, Sequence[Term]]) -> list[IRI]:
    """The items of a list by IRI, `LARGEST` at most; none where a parameter is given and has no value."""
    if any(not values for values in given.values()):
        return []
    return [node for _, node in loader.listed(replace(loader.ask(name, given), span=Span(LARGEST, "IRI")))]


def _span(paging: Paging, order: str, kind: Kind, *, descending: bool) -> Span:
    """The part that is asked for, and one item more, which tells whether there are more."""
    first, last = paging.first, paging.last
    if isinstance(first, int) and isinstance(last, int):
        raise InputError("Ask for the `first` items or for the `last`, not for both.")
    from_end = isinstance(last, int)
    size = size_of(last, "last") if from_end else size_of(first if isinstance(first, int) else None, "first")
    after, before = _place(paging.after, kind), _place(paging.before, kind)
    return Span(size + 1, order, descending, after, before, from_end)


def _place(text: str | None, kind: Kind) -> Place | None:
    if not text:
        return None
    key, node = key_of(text, "ss")
    try:
        kind.parse(str(key)) if kind is not Kind.STRING else None
    except InputError as error:
        raise InputError(
            f"{text!r} is no cursor of this list. Give one that an answer in the same order gave."
        ) from error
    return str(key), str(node)


# ── what parameters are given ──


def given(**values: Sequence[Term] | IRI | str | dt.date | bool | None) -> dict[str, Sequence[Term]]:
    """The parameters that are given; what is None, false or not set is not."""
    return {
        name.rstrip("_"): _terms(value)
        for name, value in values.items()
        if value is not None and value is not UNSET and value is not False
    }


def classes(kinds: Sequence[Class | Code] | None) -> Sequence[Term] | None:
    """The classes or concepts of enumeration values; None where none are given."""
    return [kind.iri for kind in kinds] if isinstance(kinds, list) else None


def named(*texts: str | None) -> Sequence[Term] | None:
    """The things of these IRIs; None where none are given.

    Raises:
        InputError: one is no IRI: an empty list would read as if there were none.
    """
    return [iri(text) for text in texts if text] or None


def _terms(value: Sequence[Term] | IRI | str | dt.date | bool) -> Sequence[Term]:
    match value:
        case bool():
            return [Literal(value)]
        case str():
            return [Literal(value)]
        case dt.datetime():
            return [datetime_literal(zoned(value))]
        case dt.date():
            return [date_literal(value)]
        case IRI():
            return [value]
    return value
