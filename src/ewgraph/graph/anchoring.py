"""Path anchoring: begin the search along a property path at the constant that it ends in.

Oxigraph evaluates `?c :a/:b* <F>` from the wrong end: it takes it to be cheap to ask for each `:a` in the graph whether
a path leads to `<F>`. In `VALUES ?x { <F> } ?c :a/:b* ?x` it begins at the one solution of `VALUES`, and follows the
path backwards once. Both have the same solutions, as often each; `ewgraph.graph.anchors` knows the exceptions.

The text is edited at places that the parse tree tells: the reader's own word for the constant is moved, and nothing is
written but fixed words, a variable that occurs nowhere, and copies of the reader's words. Then the edited text is
parsed again, and taken only where its tree is the tree of the reader's text once the edit is undone in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rdflib.term import BNode, Identifier, Variable

from ewgraph.graph.anchors import PLACE, anchors_of, groups_of, holds, is_closure, tells_solutions_apart
from ewgraph.graph.grammar import UNREADABLE, CompValue, ParseResults, parse_query
from ewgraph.graph.terminals import Word, after_prologue, words


class Anchored(NamedTuple):
    """A text that was edited.

    Attributes:
        text: what to evaluate.
        constants: the reader's words for the constants at which it begins.
    """

    text: str
    constants: tuple[str, ...]


def anchored(text: str, tree: CompValue, columns: Callable[[str], Sequence[str]]) -> Anchored | None:
    """The text with its paths anchored; None where there is nothing to do, or it cannot be shown to be right.

    Args:
        text: a query that was parsed.
        tree: its parse tree.
        columns: tells the variables of a SELECT query, in order.
    """
    if not holds(tree, is_closure) or tells_solutions_apart(tree):
        return None
    found = list(words(text))
    try:
        places = list(anchors_of(parse_query(_marked(text, found))[1]))
        edited = _edited(text, tree, found, places, columns) if places else None
        if edited is None or _undone(edited) != [word.text for word in found]:
            return None
        if _is_same(tree, parse_query(edited.text)[1], edited):
            return Anchored(edited.text, tuple(edited.anchors.values()))
    except (*UNREADABLE, LookupError):
        pass  # a word was cut in the wrong place: it is run as it stands
    return None


@dataclass(frozen=True, slots=True)
class _Edited:
    """An edited text, with what was put into it.

    Attributes:
        anchors: the constants as the reader wrote them, under the variables that took their places.
        columns: what was written in place of `*`; None where it was not.
    """

    text: str
    anchors: Mapping[str, str]
    columns: Sequence[str] | None


def _marked(text: str, found: Sequence[Word]) -> str:
    """The text in which each IRI says at which place it stands, but for those of the prologue."""
    first = after_prologue(found)
    iris = [(place, word) for place, word in enumerate(found) if place >= first and word.kind == "iri"]
    return _replaced(text, [(word.start, word.end, f"<{PLACE}{place}>") for place, word in iris])


def _edited(
    text: str,
    tree: CompValue,
    found: Sequence[Word],
    places: Sequence[int],
    columns: Callable[[str], Sequence[str]],
) -> _Edited | None:
    anchors: dict[str, str] = {}
    opened: dict[int, list[str]] = {}
    edits: list[tuple[int, int, str]] = []
    for place in places:
        name = _fresh(text, anchors)
        anchors[name] = found[place].text
        edits.append((found[place].start, found[place].end, f"?{name}"))
        opened.setdefault(_opening(found, place), []).append(f" VALUES ?{name} {{ {found[place].text} }} ")
    edits += [(found[place].end, found[place].end, "".join(said)) for place, said in opened.items()]
    named = None
    if tree.name == "SelectQuery" and not tree.projection:
        named = columns(text)
        star = next(word for word in found if word.text == "*")
        if not named:
            return None
        edits.append((star.start, star.end, " ".join(f"?{name}" for name in named)))
    return _Edited(_replaced(text, edits), anchors, named)


def _fresh(text: str, taken: Mapping[str, str]) -> str:
    """The name of a variable that the text does not hold."""
    number = len(taken) + 1
    while f"anchor{number}" in text or f"anchor{number}" in taken:
        number += 1
    return f"anchor{number}"


def _opening(found: Sequence[Word], place: int) -> int:
    """The place of the brace that opens the group around the word at that place."""
    depth = 1
    while depth:
        place -= 1
        depth += (found[place].text == "}") - (found[place].text == "{")
    return place


def _replaced(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    pieces, at = [], 0
    for start, end, instead in sorted(edits):
        pieces += [text[at:start], instead]
        at = end
    return "".join([*pieces, text[at:]])


def _undone(edited: _Edited) -> list[str]:
    """The words of the edited text as they were before: a tree does not hold all of them."""
    told, at = [word.text for word in words(edited.text)], 0
    if edited.columns is not None:
        at = told.index(f"?{edited.columns[0]}")
        told[at : at + len(edited.columns)] = ["*"]
    for name, constant in edited.anchors.items():
        at = told.index(f"?{name}") - 1
        if told[at : at + 5] == ["VALUES", f"?{name}", "{", constant, "}"]:
            del told[at : at + 5]
    return [edited.anchors.get(word.removeprefix("?"), word) for word in told]


def _is_same(tree: CompValue, edited_tree: CompValue, edited: _Edited) -> bool:
    """Whether the edited tree is the reader's, once the constants are put back into their places."""
    constants: dict[str, object] = {}
    for group in groups_of(edited_tree):
        for place, part in enumerate(group.tree.part or ()):
            if _is_anchor(part, edited.anchors):
                if not _is_right(part, place, group.tree, edited_tree):
                    return False
                constants[str(part.var[0])] = part.value[0]
    if constants.keys() != edited.anchors.keys():
        return False
    if edited.columns is not None:
        if [each.var for each in edited_tree.projection] != [Variable(name) for name in edited.columns]:
            return False
        edited_tree = CompValue(
            edited_tree.name, **{key: edited_tree[key] for key in edited_tree if key != "projection"}
        )
    return _outline(edited_tree, constants, {}) == _outline(tree, {}, {})


def _is_right(part: CompValue, place: int, group: CompValue, tree: CompValue) -> bool:
    """Whether the variable has one value, before all else in its group, and stands in that group's triples only."""
    (name,) = part.var
    before = group.part[:place]
    blocks = [each for each in group.part if isinstance(each, CompValue) and each.name == "TriplesBlock"]
    return (
        len(part.value) == 1
        and all(isinstance(each, CompValue) and each.name == "InlineData" for each in before)
        and _count(blocks, name) + 1 == _count(tree, name)
    )


def _count(tree: object, name: Variable) -> int:
    """How often the variable stands in the tree."""
    return sum(isinstance(leaf, Variable) and leaf == name for leaf in _leaves(tree))


def _leaves(tree: object) -> Iterator[object]:
    open_nodes = [tree]
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, CompValue):
            open_nodes.extend(node.values())
        elif isinstance(node, (ParseResults, list, tuple)):
            open_nodes.extend(node)
        else:
            yield node


def _is_anchor(part: object, anchors: Mapping[str, object]) -> bool:
    return (
        isinstance(part, CompValue) and part.name == "InlineData" and len(part.var) == 1 and str(part.var[0]) in anchors
    )


def _outline(node: object, constants: Mapping[str, object], blanks: dict[BNode, int]) -> object:
    """The tree as tuples; blank nodes are known by the order in which they come."""
    if isinstance(node, CompValue):
        members = [(key, node[key]) for key in sorted(node)]
        return (node.name, *((key, _outline(value, constants, blanks)) for key, value in members))
    if isinstance(node, (ParseResults, list, tuple)):
        kept = [each for each in node if not _is_anchor(each, constants)]
        return tuple(_outline(each, constants, blanks) for each in kept)
    if isinstance(node, Variable) and str(node) in constants:
        return _outline(constants[str(node)], {}, blanks)
    if isinstance(node, BNode):
        return "blank", blanks.setdefault(node, len(blanks))
    return type(node).__name__, node.n3() if isinstance(node, Identifier) else node
