"""How much one document may ask: tokens, nesting, aliases, fields.

Each fragment is measured once, however often it is spread: to follow every spread, as Strawberry's own limiters do,
takes time that doubles with each fragment.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionSetNode,
)
from strawberry.extensions import SchemaExtension

TOKENS: Final = 2_000
DEPTH: Final = 15
ALIASES: Final = 15
FIELDS: Final = 1_000
FRAGMENTS: Final = 50

_LONGEST_KEPT: Final = 10_000
_MOST_KEPT: Final = 128


@dataclass(frozen=True, slots=True)
class Size:
    """How large a selection is: nested fields, aliases and fields, with its fragments written out."""

    depth: int = 0
    aliases: int = 0
    fields: int = 0

    def beside(self, other: Size) -> Size:
        """The size of both together."""
        return Size(max(self.depth, other.depth), self.aliases + other.aliases, self.fields + other.fields)


_Fragments: TypeAlias = dict[str, FragmentDefinitionNode]


def offences(document: DocumentNode) -> list[str]:
    """The limits that a document breaks, as sentences."""
    fragments = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}
    if len(fragments) > FRAGMENTS:
        return [f"The document has {len(fragments)} fragments. At most {FRAGMENTS} are allowed."]
    size, known = Size(), dict[str, Size]()
    for one in document.definitions:
        if isinstance(one, OperationDefinitionNode):
            size = size.beside(_size(one.selection_set, fragments, known))
    found = (
        ("levels of fields", size.depth, DEPTH),
        ("aliases", size.aliases, ALIASES),
        ("fields", size.fields, FIELDS),
    )
    return [
        f"The document has {_count(many)} {what}. At most {most} are allowed."
        for what, many, most in found
        if many > most
    ]


def _operations(document: DocumentNode) -> int:
    return sum(isinstance(one, OperationDefinitionNode) for one in document.definitions)


def _count(many: int) -> str:
    return str(many) if many < 1_000_000 else "more than a million"


def _size(selections: SelectionSetNode, fragments: _Fragments, known: dict[str, Size]) -> Size:
    size = Size()
    for selection in selections.selections:
        if isinstance(selection, FieldNode):
            inner = _size(selection.selection_set, fragments, known) if selection.selection_set else Size()
            size = size.beside(Size(inner.depth + 1, inner.aliases + bool(selection.alias), inner.fields + 1))
        elif isinstance(selection, FragmentSpreadNode):
            size = size.beside(_fragment(selection.name.value, fragments, known))
        else:
            size = size.beside(_size(selection.selection_set, fragments, known))  # type: ignore[attr-defined]
    return size


def _fragment(name: str, fragments: _Fragments, known: dict[str, Size]) -> Size:
    if name not in known:
        known[name] = Size()  # a ring of fragments, which validation refuses
        if name in fragments:
            known[name] = _size(fragments[name].selection_set, fragments, known)
    return known[name]


class Documents:
    """The documents that were last found valid, by their text: clients send the same few."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, DocumentNode] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, text: str) -> DocumentNode | None:
        """The document of that text, if it is known to be valid."""
        with self._lock:
            if text in self._known:
                self._known.move_to_end(text)
            return self._known.get(text)

    def keep(self, text: str, document: DocumentNode) -> None:
        """Remember a valid document; the one that was not asked for longest is forgotten."""
        if len(text) <= _LONGEST_KEPT:
            with self._lock:
                self._known[text] = document
                if len(self._known) > _MOST_KEPT:
                    self._known.popitem(last=False)


class DocumentLimits(SchemaExtension):
    """Refuses a document that asks too much, or not one thing, before anything else is done with it."""

    def __init__(self, documents: Documents) -> None:
        super().__init__()
        self._documents = documents
        self._known: DocumentNode | None = None

    def on_operation(self) -> Iterator[None]:
        """Bound the tokens that are parsed."""
        self.execution_context.parse_options["max_tokens"] = TOKENS
        yield

    def on_parse(self) -> Iterator[None]:
        """Spare what was parsed before."""
        self._known = self._documents.find(self.execution_context.query or "")
        self.execution_context.graphql_document = self._known
        yield

    def on_validate(self) -> Iterator[None]:
        """Measure the document before the rules of validation read it; spare what was valid before."""
        document = self.execution_context.graphql_document
        broken = offences(document) if document and document is not self._known else []
        if document and not self.execution_context.context.operation_name and _operations(document) > 1:
            broken.append("The document has several operations. Say in `operationName` which one is asked.")
        if broken:
            self.execution_context.pre_execution_errors = [GraphQLError(sentence) for sentence in broken]
        elif self._known:
            self.execution_context.pre_execution_errors = []
        yield
        if document and self.execution_context.query and not self.execution_context.pre_execution_errors:
            self._documents.keep(self.execution_context.query, document)
