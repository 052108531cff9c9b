"""The lists: every file is read whole, and every choice of its parts is a query."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from rdflib.plugins.sparql.parser import parseQuery

from ewgraph.catalogue import Ask, Catalogue, Kind, ListQuery, Span, together
from ewgraph.catalogue.lists import load_lists
from ewgraph.errors import ConfigurationError
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.model.rdf import IRI, Literal, Term
from tests.conftest import ROOT
from tests.queries.hygiene import prefixes_of

LISTS = load_lists(ROOT / "queries" / "lists")
EXAMPLES: dict[Kind, Term] = {
    Kind.IRI: IRI("urn:example:a"),
    Kind.STRING: Literal('a "quoted\\ text\n}'),
    Kind.BOOLEAN: Literal(value=True),
    Kind.DATE: Kind.DATE.parse("2024-01-01"),
    Kind.DATETIME: Kind.DATETIME.parse("2024-01-01T00:00:00Z"),
    Kind.DECIMAL: Kind.DECIMAL.parse("1.5"),
}
KEYS = {Kind.STRING: 'a "quoted\\ key\n}', Kind.DATE: "2024-01-01", Kind.DATETIME: "2024-01-01T00:00:00Z"}


def given(query: ListQuery, *names: str) -> tuple[tuple[str, tuple[Term, ...]], ...]:
    wanted = sorted({*query.required, *names})
    return tuple((name, (EXAMPLES[query.parameters[name]],)) for name in wanted)


def asks(query: ListQuery) -> Sequence[Ask]:
    """Every order in both directions from both ends, with each parameter alone and with all."""
    spans = [
        Span(3, order, descending, (KEYS[kind], "urn:b\\"), (KEYS[kind], "urn:c"), from_end)
        for order, kind in query.orders.items()
        for descending in (False, True)
        for from_end in (False, True)
    ]
    choices = [(), *((name,) for name in query.parameters), tuple(query.parameters)]
    return [Ask(query, given(query, *names), span) for names in choices for span in (*spans, None)]


def test_there_are_lists(catalogue: Catalogue) -> None:
    assert {"sites", "contracts", "findings", "records", "obligations"} <= catalogue.lists.keys()


@pytest.mark.no_cover  # it takes two thirds longer to note which lines run, and others run them
@pytest.mark.parametrize("name", LISTS)
def test_every_choice_of_parts_is_a_query(name: str) -> None:
    store = GraphStore.in_memory()
    for ask in asks(LISTS[name]):
        text = together([ask])
        parseQuery(text)
        names, rows = store.select(text, [IRI("urn:graph")], {})
        assert names == ["ask", "node", "key", "count"]
        assert len(rows) == (ask.span is None)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_reads_as_other_queries_do(name: str) -> None:
    text = (ROOT / "queries" / "lists" / f"{name}.rq").read_text(encoding="utf-8")
    assert f"#+ id: {name}\n" in text
    assert not re.search(r"\b(SERVICE|FROM|GRAPH)\b", text)
    prefixes = prefixes_of(ROOT / "ontology")
    used = dict(re.findall(r"^PREFIX ([\w-]+): <([^>]+)>$", text, re.MULTILINE))
    assert {name: space for name, space in used.items() if prefixes.get(name, space) != space} == {}
    body = text.partition("\n\n")[2]
    assert {name for name in used if not re.search(rf"\b{name}:\w", body.replace("PREFIX ", ""))} == set()


@pytest.mark.parametrize("name", LISTS)
def test_every_parameter_and_order_does_something(name: str) -> None:
    query = LISTS[name]
    plain = together([Ask(query, given(query), Span(1, "IRI"))])
    for one in query.parameters.keys() - query.required:
        assert len(together([Ask(query, given(query, one), Span(1, "IRI"))])) > len(plain) + 10
    for order in query.orders.keys() - {"IRI"}:
        assert together([Ask(query, given(query), Span(1, order))]) != plain


def test_several_lists_are_one_query() -> None:
    asked = [Ask(query, given(query), Span(2, "IRI")) for query in LISTS.values()]
    assert GraphStore.in_memory().select(together(asked), [IRI("urn:graph")], {})[1] == []


def test_a_thousand_lists_are_read_in_seconds() -> None:
    """One after the other in one union they take minutes: with twice as many, eight times as long."""
    asked = [Ask(LISTS["findings"], given(LISTS["findings"], "site"), Span(2, "IRI"))] * 1_000
    began = time.monotonic()
    assert GraphStore.in_memory().select(together(asked), [IRI("urn:graph")], {})[1] == []
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("#+ parameter site\n?node a ?b .", r"bad.rq:1: write `name KIND - text`"),
        ("#+ parameter site IRI? - x\n#? sight\n?node a ?b .\n#?", r"bad.rq:2: \['sight'\] is neither"),
    ],
)
def test_a_file_that_is_not_written_well_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "bad.rq").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=sentence):
        load_lists(tmp_path)


def test_a_parameter_that_a_list_has_not_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="the list sites has no parameter"):
        together([Ask(LISTS["sites"], (("buyer", (IRI("urn:a"),)),), Span(1, "IRI"))])
