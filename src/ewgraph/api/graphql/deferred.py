"""The directive `@defer`: in the schema, and away from documents that are answered whole, which the draft allows.

`@stream` is not there: a list is one answer of the store, so that its first items come no sooner than its last.

Source: https://github.com/graphql/graphql-spec/blob/main/rfcs/DeferStream.md
"""

from __future__ import annotations

from typing import Any, Final

from graphql import REMOVE, DocumentNode, GraphQLDirective, Visitor, VisitorAction, visit
from graphql.language import DirectiveNode
from graphql.type import GraphQLDeferDirective

DEFER: Final = GraphQLDirective(
    name=GraphQLDeferDirective.name,
    locations=GraphQLDeferDirective.locations,
    args=GraphQLDeferDirective.args,
    description="Lets a fragment come later, for who accepts an answer in parts (`multipart/mixed`).",
)


def without_defer(document: DocumentNode) -> DocumentNode:
    """The document as if nothing of it were deferred; the same one where nothing is."""
    whole: DocumentNode = visit(document, _Whole())
    return whole


class _Whole(Visitor):
    """Takes the directive away."""

    def enter_directive(self, node: DirectiveNode, *_: Any) -> VisitorAction:
        """Look at a directive."""
        return REMOVE if node.name.value == DEFER.name else None
