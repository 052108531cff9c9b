"""The constraint components of SHACL core that look at one value alone, as tests of a value.

Here stand value type (less sh:class, which asks the graph), value range, string based (less sh:uniqueLang) and sh:in.

Source: SHACL, sections 4.1, 4.3, 4.4 and 4.8.3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from ewgraph.model.rdf import IRI, BlankNode, Literal
from ewgraph.validate.lexical import expectation, is_tested
from ewgraph.validate.ordering import Comparable, comparable, is_at_most, is_less
from ewgraph.validate.record_graph import Subject, Value
from ewgraph.validate.shapes_graph import NotCompiledError, ShapesGraph, sh

Test: TypeAlias = Callable[[Value], bool]
"""Whether a value node meets a constraint."""

_FLAGS: Final[Mapping[str, re.RegexFlag]] = MappingProxyType(
    {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}
)
_KINDS: Final[Mapping[Value, frozenset[type]]] = MappingProxyType(
    {
        sh("IRI"): frozenset({IRI}),
        sh("BlankNode"): frozenset({BlankNode}),
        sh("Literal"): frozenset({Literal}),
        sh("BlankNodeOrIRI"): frozenset({BlankNode, IRI}),
        sh("BlankNodeOrLiteral"): frozenset({BlankNode, Literal}),
        sh("IRIOrLiteral"): frozenset({IRI, Literal}),
    }
)


def _datatype(_: ShapesGraph, __: Subject, datatype: Value) -> Test:
    if not isinstance(datatype, IRI):
        raise NotCompiledError(f"{datatype} is no datatype")
    name = datatype.value
    if not is_tested(name):
        return lambda value: type(value) is Literal and value.datatype == datatype

    def test(value: Value) -> bool:
        return type(value) is Literal and value.datatype == datatype and expectation(value.value, name) is None

    return test


def _node_kind(_: ShapesGraph, __: Subject, kind: Value) -> Test:
    if kind not in _KINDS:
        raise NotCompiledError(f"{kind} is no kind of node")
    kinds = _KINDS[kind]
    return lambda value: type(value) in kinds


def _in(shapes: ShapesGraph, _: Subject, head: Value) -> Test:
    return frozenset(shapes.members(head)).__contains__


def _bound(argument: Value) -> Comparable:
    bound = comparable(argument)
    if bound is None:
        raise NotCompiledError(f"{argument} has no order here")
    return bound


def _min_exclusive(_: ShapesGraph, __: Subject, argument: Value) -> Test:
    bound = _bound(argument)
    return lambda value: is_less(bound, comparable(value))


def _min_inclusive(_: ShapesGraph, __: Subject, argument: Value) -> Test:
    bound = _bound(argument)
    return lambda value: is_at_most(bound, comparable(value))


def _max_exclusive(_: ShapesGraph, __: Subject, argument: Value) -> Test:
    bound = _bound(argument)
    return lambda value: is_less(comparable(value), bound)


def _max_inclusive(_: ShapesGraph, __: Subject, argument: Value) -> Test:
    bound = _bound(argument)
    return lambda value: is_at_most(comparable(value), bound)


def whole_number(argument: Value) -> int:
    """The number that a parameter such as sh:minCount gives.

    Raises:
        NotCompiledError: it is no whole number.
    """
    bound = comparable(argument)
    if bound is None or not isinstance(bound.value, int) or bound.kind != "number":
        raise NotCompiledError(f"{argument} is no whole number")
    return bound.value


def _min_length(_: ShapesGraph, __: Subject, argument: Value) -> Test:
    least = whole_number(argument)
    if least == 0:
        return lambda _: True  # as pySHACL has it, for blank nodes too
    return lambda value: isinstance(value, IRI | Literal) and len(value.value) >= least


def _max_length(_: ShapesGraph, __: Subject, argument: Value) -> Test:
    most = whole_number(argument)
    return lambda value: isinstance(value, IRI | Literal) and len(value.value) <= most


def _pattern(shapes: ShapesGraph, shape: Subject, argument: Value) -> Test:
    given = shapes.one(shape, sh("flags"))
    letters = given.value if isinstance(given, Literal) else ""
    if not isinstance(argument, Literal) or not set(letters) <= _FLAGS.keys():
        raise NotCompiledError(f"{argument} is no pattern, or has other flags than {sorted(_FLAGS)}")
    flags = re.RegexFlag(0)
    for letter in letters:
        flags |= _FLAGS[letter]
    try:
        search = re.compile(argument.value, flags).search
    except re.error as error:
        raise NotCompiledError(f"{argument} is no regular expression of Python: {error}") from error
    return lambda value: type(value) in {IRI, Literal} and search(value.value) is not None  # type: ignore[union-attr]


def _language_in(shapes: ShapesGraph, _: Subject, head: Value) -> Test:
    ranges = tuple(member.value.lower() for member in shapes.members(head) if isinstance(member, Literal))
    if "*" in ranges:
        return lambda value: isinstance(value, Literal) and value.language is not None
    starts = tuple(f"{each}-" for each in ranges)

    def test(value: Value) -> bool:
        return isinstance(value, Literal) and f"{value.language or ''}-".lower().startswith(starts)

    return test


VALUE_TESTS: Final[Mapping[str, Callable[[ShapesGraph, Subject, Value], Test]]] = MappingProxyType(
    {
        "datatype": _datatype,
        "nodeKind": _node_kind,
        "in": _in,
        "minExclusive": _min_exclusive,
        "minInclusive": _min_inclusive,
        "maxExclusive": _max_exclusive,
        "maxInclusive": _max_inclusive,
        "minLength": _min_length,
        "maxLength": _max_length,
        "pattern": _pattern,
        "languageIn": _language_in,
    }
)
"""What compiles a parameter's value, by the local name of the parameter."""
