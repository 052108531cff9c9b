"""Which constants a search along a path should begin at: decided on a parse tree in which each IRI tells its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from rdflib.term import BNode, Identifier, URIRef, Variable

from ewgraph.graph.grammar import CompValue, ParseResults, nodes_of

PLACE: Final = "urn:x-place:"
"""What the IRI of a place begins with; its number follows."""
_CLOSURES: Final = frozenset({"*", "+"})
_NULLABLE: Final = frozenset({"*", "?"})
_CLAUSES: Final = frozenset({"SubSelect", "SelectQuery", "DescribeQuery"})
_ASKED_ANEW: Final = frozenset({"Builtin_EXISTS", "Builtin_NOTEXISTS"})
"""For each solution, with the ends that it has: there is nothing to begin at."""


class _Statement(NamedTuple):
    """A triple of a pattern, whose predicate may be a path."""

    subject: Identifier
    path: object
    object: Identifier


@dataclass(frozen=True, slots=True)
class Group:
    """A group graph pattern.

    Attributes:
        star: the clause around it that takes all of its variables; None where they are named, or seen nowhere else.
    """

    tree: CompValue
    star: CompValue | None


def anchors_of(tree: CompValue) -> Iterator[int]:
    """The places of the constants to begin at: one for each block of triples at most, where a search begins."""
    for group in groups_of(tree):
        for part in group.tree.part or ():
            if not isinstance(part, CompValue) or part.name != "TriplesBlock":
                continue
            block = list(_statements(part))
            trapped = [end for end in (_trap(one, block) for one in block) if end is not None]
            if trapped and (group.star is None or group.star is tree):
                yield int(trapped[0].removeprefix(PLACE))


def _trap(statement: _Statement, block: Sequence[_Statement]) -> Identifier | None:
    """The constant end of a path that would be searched from its other end."""
    subject, path, target = statement
    if not holds(path, is_closure) or _is_constant(subject) == _is_constant(target):
        return None
    constant, other = (target, subject) if _is_constant(target) else (subject, target)
    if constant is subject and not holds(path, _is_inverse):
        return None  # it begins at its subject anyway
    if not isinstance(other, (Variable, BNode)) or (len(block) == 1 and _is_one_step(path)):
        return None
    sharing = [one for one in block if constant in (one.subject, one.object)]
    return constant if all(_is_grounded(one, block) for one in sharing) else None


def _is_grounded(statement: _Statement, block: Sequence[_Statement]) -> bool:
    """Whether the path matches the same, constant or variable at its end.

    Ungrounded is a path of no length: `?x :p* <F>` holds for `?x` = `<F>` even where the graph does not know `<F>`, and
    `?x :p* ?y` does not (SPARQL 1.1 Query, 18.4); it is the same again where another triple says that `?x` is a node.
    """
    if not _is_nullable(statement.path):
        return True
    ends = {end for end in (statement.subject, statement.object) if isinstance(end, (Variable, BNode))}
    others = [one for one in block if one is not statement and not _is_nullable(one.path)]
    return bool(ends) and all(any(end in (one.subject, one.object) for one in others) for end in ends)


def _is_nullable(path: object) -> bool:
    """Whether the path may have no length."""
    if not isinstance(path, CompValue):
        return False
    parts = _parts(path)
    if path.name == "PathNegatedPropertySet":
        return False
    if path.mod in _NULLABLE:
        return True
    return any(map(_is_nullable, parts)) if path.name == "PathAlternative" else all(map(_is_nullable, parts))


def _is_one_step(path: object) -> bool:
    """Whether the path is a single step, that begins at its constant whichever end that is."""
    while isinstance(path, CompValue) and len(_parts(path)) == 1 and not path.mod:
        (path,) = _parts(path)
    return not isinstance(path, CompValue) or bool(path.mod)


def _parts(path: CompValue) -> list[object]:
    part = path.part
    return list(part) if isinstance(part, (list, ParseResults)) else [] if part is None else [part]


def _is_constant(end: object) -> bool:
    return isinstance(end, URIRef) and end.startswith(PLACE)


def is_closure(node: CompValue) -> bool:
    """Whether it is a path, or a step of one, of any length."""
    return node.mod in _CLOSURES


def _is_inverse(node: CompValue) -> bool:
    return node.name in {"PathEltOrInverse", "InversePath"}


def holds(tree: object, what: Callable[[CompValue], bool]) -> bool:
    """Whether it holds for a node of the tree."""
    return any(map(what, nodes_of(tree)))


def _statements(block: CompValue) -> Iterator[_Statement]:
    for flat in block.triples or ():
        yield from (_Statement(*flat[at : at + 3]) for at in range(0, len(flat), 3))


def groups_of(tree: object) -> Iterator[Group]:
    """The group graph patterns, each with the clause that takes all of its variables."""
    open_nodes: list[tuple[object, CompValue | None]] = [(tree, None)]
    while open_nodes:
        node, star = open_nodes.pop()
        if isinstance(node, CompValue):
            if node.name == "GroupGraphPatternSub":
                yield Group(node, star)
            if node.name in _CLAUSES:
                star = star_of(node)
            if node.name not in _ASKED_ANEW:
                open_nodes += [(value, star) for value in reversed(node.values())]
        elif isinstance(node, (ParseResults, list, tuple)):
            open_nodes += [(each, star) for each in reversed(list(node))]


def star_of(node: CompValue) -> CompValue | None:
    """The node itself where it takes all variables."""
    if node.name in {"SubSelect", "SelectQuery"}:
        return None if node.projection else node
    return node if node.name == "DescribeQuery" and not node.var else None


def tells_solutions_apart(tree: CompValue) -> bool:
    """Whether it counts distinct solutions, by all of their variables; or describes all that is bound."""
    return (star_of(tree) is not None and tree.name == "DescribeQuery") or holds(
        tree, lambda node: node.name == "Aggregate_Count" and node.vars == "*" and bool(node.distinct)
    )
