"""How much one document may ask: tokens, nesting, aliases, fields, directives. They are published beside the schema.

Each fragment is measured once, however often it is spread: to follow every spread, as Strawberry's own limiters do,
takes time that doubles with each fragment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Visitor,
    visit,
)

TOKENS: Final = 2_000
DEPTH: Final = 15
ALIASES: Final = 15
FIELDS: Final = 1_000
REPEATS: Final = 100
FRAGMENTS: Final = 50
DIRECTIVES: Final = 30
DIRECTIVES_EACH: Final = 3
DIGITS: Final = 20

PUBLISHED: Final[Mapping[str, tuple[int, str]]] = {
    "tokens": (TOKENS, "Words, numbers and signs of a document."),
    "depth": (DEPTH, "Levels of fields, one within the other."),
    "aliases": (ALIASES, "Fields under another name."),
    "fields": (FIELDS, "Fields, with fragments written out."),
    "repeats": (REPEATS, "Times that the same field stands again in one selection."),
    "fragments": (FRAGMENTS, "Named fragments."),
    "directives": (DIRECTIVES, "Directives of a document."),
    "directives_each": (DIRECTIVES_EACH, "Directives at one place."),
    "digits": (DIGITS, "Digits of a whole number."),
}
"""The limits of a document by name: how many at most, and of what."""
_LARGEST_TOLD: Final = 2**53 - 1
"""Every reader of JSON has whole numbers up to there; fragments in fragments multiply far beyond."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a selection is: nested fields, aliases and fields, with its fragments written out.

    Attributes:
        repeats: how often the same field stands again in one selection, at most.
        directives: how many there are.
        directives_each: how many stand at one place, at most.
    """

    depth: int = 0
    aliases: int = 0
    fields: int = 0
    repeats: int = 0
    directives: int = 0
    directives_each: int = 0

    def beside(self, other: Size) -> Size:
        """The size of both together."""
        return Size(
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.fields + other.fields,
            max(self.repeats, other.repeats),
            self.directives + other.directives,
            max(self.directives_each, other.directives_each),
        )


_Fragments: TypeAlias = dict[str, FragmentDefinitionNode]


def over(name: str, sentence: str, most: float, found: float) -> GraphQLError:
    """The error of a limit that is broken.

    Args:
        name: of the limit.
        sentence: what is wrong, and what to do.
        most: what is allowed.
        found: what was asked.
    """
    return GraphQLError(sentence, extensions={"limit": name, "most": most, "found": min(found, _LARGEST_TOLD)})


def offences(document: DocumentNode) -> list[GraphQLError]:
    """The limits that a document breaks."""
    fragments = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}
    if len(fragments) > FRAGMENTS:
        return [_broken("fragments", "fragments", len(fragments))]
    size, known = Size(), dict[str, Size]()
    for one in document.definitions:
        if isinstance(one, OperationDefinitionNode):
            size = size.beside(_size(one.selection_set, fragments, known)).beside(_directives(one))
    found = (
        ("depth", "levels of fields", size.depth),
        ("aliases", "aliases", size.aliases),
        ("fields", "fields", size.fields),
        ("repeats", "repetitions of one field", size.repeats),
        ("directives", "directives", size.directives),
        ("directives_each", "directives at one place", size.directives_each),
        ("digits", "digits in a whole number", _digits(document)),
    )
    return [_broken(name, what, many) for name, what, many in found if many > PUBLISHED[name][0]]


def _digits(document: DocumentNode) -> int:
    """How many digits the longest whole number has."""
    found = _Longest()
    visit(document, found)
    return found.digits


class _Longest(Visitor):
    """Looks for the longest whole number."""

    def __init__(self) -> None:
        super().__init__()
        self.digits = 0

    def enter_int_value(self, node: IntValueNode, *_: object) -> None:
        """Look at a number."""
        self.digits = max(self.digits, len(node.value.lstrip("-")))


def _broken(name: str, what: str, many: int) -> GraphQLError:
    most, told = PUBLISHED[name][0], str(many) if many < 1_000_000 else "more than a million"
    return over(name, f"The document has {told} {what}. At most {most} are allowed.", most, many)


def _size(selections: SelectionSetNode, fragments: _Fragments, known: dict[str, Size]) -> Size:
    size, keys = Size(), Counter[str]()
    for selection in selections.selections:
        size = size.beside(_directives(selection))
        if isinstance(selection, FieldNode):
            keys[(selection.alias or selection.name).value] += 1
            inner = _size(selection.selection_set, fragments, known) if selection.selection_set else Size()
            aliases, fields = inner.aliases + bool(selection.alias), inner.fields + 1
            one = Size(inner.depth + 1, aliases, fields, inner.repeats, inner.directives, inner.directives_each)
            size = size.beside(one)
        elif isinstance(selection, FragmentSpreadNode):
            size = size.beside(_fragment(selection.name.value, fragments, known))
        elif isinstance(selection, InlineFragmentNode):
            size = size.beside(_size(selection.selection_set, fragments, known))
    return size.beside(Size(repeats=max(keys.values(), default=1) - 1))


def _directives(node: FieldNode | FragmentSpreadNode | InlineFragmentNode | OperationDefinitionNode | object) -> Size:
    many = len(getattr(node, "directives", None) or ())
    return Size(directives=many, directives_each=many)


def _fragment(name: str, fragments: _Fragments, known: dict[str, Size]) -> Size:
    if name not in known:
        known[name] = Size()  # a ring of fragments, which validation refuses
        if name in fragments:
            known[name] = _size(fragments[name].selection_set, fragments, known).beside(_directives(fragments[name]))
    return known[name]
