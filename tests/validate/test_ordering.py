"""The order of literals: by value, within one kind, and none where SPARQL has none."""

import pytest

from ewgraph.model.rdf import IRI, BlankNode, Literal
from ewgraph.validate.lexical import XSD
from ewgraph.validate.ordering import comparable, is_at_most, is_less

LESS = [
    ("9", "integer", "10", "integer"),
    ("9", "byte", "9.5", "decimal"),
    ("-1", "integer", "0", "nonNegativeInteger"),
    ("1.5", "decimal", "1.5E1", "double"),
    ("1", "float", "INF", "double"),
    ("10", "string", "9", "string"),
    ("false", "boolean", "1", "boolean"),
    ("2024-01-31", "date", "2024-02-01", "date"),
    ("2024-01-01+01:00", "date", "2024-01-01Z", "date"),
    ("2024-01-01Z", "date", "2024-01-03", "date"),
    ("2023-12-30", "date", "2024-01-01Z", "date"),
    ("2024-05-02T10:00:00Z", "dateTime", "2024-05-02T10:00:00.000000000001Z", "dateTime"),
    ("2024-05-02T10:00:00+02:00", "dateTime", "2024-05-02T09:00:00Z", "dateTime"),
    ("2024-05-02T10:00:00", "dateTime", "2024-05-03T01:00:00Z", "dateTime"),
    ("09:59:59", "time", "10:00:00", "time"),
    ("2023", "gYear", "2024", "gYear"),
    ("2024-01", "gYearMonth", "2024-02", "gYearMonth"),
]
WITHOUT_ORDER = [
    ("1", "integer", "2", "string"),
    ("2024-01-01", "date", "2024-01-02T00:00:00", "dateTime"),
    ("2024-01-01", "date", "2024-13-45", "date"),
    ("NaN", "double", "1", "integer"),
    ("P1D", "duration", "P2D", "duration"),
    ("2024-05-02T10:00:00", "dateTime", "2024-05-02T23:00:00Z", "dateTime"),
]


def literal(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=IRI(XSD + datatype))


@pytest.mark.parametrize(("one", "its_datatype", "other", "other_datatype"), LESS)
def test_a_value_is_less_than_a_greater_one_and_not_the_other_way_round(
    one: str, its_datatype: str, other: str, other_datatype: str
) -> None:
    smaller, greater = comparable(literal(one, its_datatype)), comparable(literal(other, other_datatype))
    assert is_less(smaller, greater)
    assert is_at_most(smaller, greater)
    assert not is_less(greater, smaller)
    assert not is_at_most(greater, smaller)


@pytest.mark.parametrize(("one", "its_datatype", "other", "other_datatype"), WITHOUT_ORDER)
def test_neither_comparison_holds_where_there_is_no_order(
    one: str, its_datatype: str, other: str, other_datatype: str
) -> None:
    left, right = comparable(literal(one, its_datatype)), comparable(literal(other, other_datatype))
    assert not any((is_less(left, right), is_less(right, left), is_at_most(left, right), is_at_most(right, left)))


def test_equal_values_may_be_written_differently() -> None:
    for one, other in ((("1", "integer"), ("1.0", "decimal")), (("1", "boolean"), ("true", "boolean"))):
        left, right = comparable(literal(*one)), comparable(literal(*other))
        assert is_at_most(left, right)
        assert not is_less(left, right)


@pytest.mark.parametrize("term", [IRI("urn:x"), BlankNode("x"), Literal("a", language="en")], ids=str)
def test_only_a_literal_without_a_language_has_a_value(term: IRI | BlankNode | Literal) -> None:
    assert comparable(term) is None
