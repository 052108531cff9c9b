from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

from ewgraph.model.rdf import IRI, Literal, Term
from ewgraph.web.table import Table, comma_separated, json_objects, sparql_json, tab_separated, text

NODE = IRI("https://data.example.org/id/K1")


def one(term: Term | None) -> Table:
    return Table(("cell",), [(term,)])


def test_a_formula_is_disarmed_for_spreadsheets_and_a_number_is_not() -> None:
    for formula in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1"):
        assert list(csv.reader(io.StringIO(comma_separated(one(Literal(formula))))))[1] == ["'" + formula]
    assert comma_separated(one(Literal(-5))) == "cell\r\n-5\r\n"
    assert tab_separated(one(Literal("=1"))) == "cell\n'=1\n"
    assert json.loads(json_objects(one(Literal("=1")))) == [{"cell": "=1"}]


def test_csv_quotes_what_needs_it() -> None:
    assert comma_separated(one(Literal('a "b", c\nd'))) == 'cell\r\n"a ""b"", c\nd"\r\n'


def test_a_tsv_cell_stays_on_its_line() -> None:
    assert tab_separated(one(Literal("a\tb\nc"))) == "cell\na b c\n"


def test_json_keeps_numbers_and_booleans_and_says_null_where_there_is_nothing() -> None:
    table = Table(("a", "b", "c", "d", "e"), [(NODE, Literal(3), Literal(Decimal("2.5")), Literal(value=True), None)])
    assert json.loads(json_objects(table)) == [{"a": NODE.value, "b": 3, "c": 2.5, "d": True, "e": None}]


def test_sparql_results_json_tells_the_kinds_of_terms() -> None:
    table = Table(("a", "b", "c", "d"), [(NODE, Literal("x", language="nb"), Literal(3), None)])
    assert json.loads(sparql_json(table)) == {
        "head": {"vars": ["a", "b", "c", "d"]},
        "results": {
            "bindings": [
                {
                    "a": {"type": "uri", "value": NODE.value},
                    "b": {"type": "literal", "value": "x", "xml:lang": "nb"},
                    "c": {"type": "literal", "value": "3", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
                }
            ]
        },
    }


def test_the_text_table_aligns_its_columns() -> None:
    table = Table(("name", "n"), [(Literal("a"), Literal(1)), (Literal("longer"), None)])
    assert text(table) == "name    n\na       1\nlonger\n"
    assert text(Table(("name",), [])) == "name\n"
