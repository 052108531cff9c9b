"""Terms are checked where they come in, and datasets have one canonical form."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset

from ewgraph.errors import InputError
from ewgraph.model import rdf
from ewgraph.model.rdf import (
    BlankNode,
    Literal,
    Quad,
    RdfFormat,
    canonical_nquads,
    check_well_formed,
    datetime_literal,
    iri,
    lexical,
    parse,
)


@pytest.mark.parametrize("text", ["", "id/K1", "not an iri", "https://exa mple.org/"])
def test_what_is_no_absolute_iri_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=repr(text)[1:-1] or "IRI"):
        iri(text)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(InputError, match="time zone"):
        datetime_literal(dt.datetime(2024, 1, 1))  # noqa: DTZ001  # the point of the test


def test_an_instant_before_the_first_year_is_refused() -> None:
    with pytest.raises(InputError, match="years 1 to 9999"):
        datetime_literal(dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=14))))


@pytest.mark.parametrize("tag", ["e", "abcdefghijkl"])
def test_a_statement_that_a_lenient_reader_let_pass_is_refused(tag: str) -> None:
    lines = f'<urn:s> <urn:p> "fine" <urn:g> .\n<urn:s> <urn:p> "x"@{tag} <urn:g> .'.encode()
    with pytest.raises(InputError, match="not well formed"):
        check_well_formed(parse(lines, format=RdfFormat.N_QUADS, lenient=True))


def test_an_instant_is_written_in_utc() -> None:
    east = dt.timezone(dt.timedelta(hours=2))
    assert datetime_literal(dt.datetime(2024, 1, 1, 2, tzinfo=east)).value == "2024-01-01T00:00:00Z"


def test_isomorphic_datasets_have_the_same_canonical_form() -> None:
    node, record = iri("https://data.example.org/id/a"), iri("https://data.example.org/id/R")
    one = [Quad(node, node, BlankNode("x"), record), Quad(BlankNode("x"), node, Literal("é\n"), record)]
    other = [Quad(BlankNode("q"), node, Literal("é\n"), record), Quad(node, node, BlankNode("q"), record)]
    assert canonical_nquads(one) == canonical_nquads(other)
    assert rdf.digest(canonical_nquads(one)) != rdf.digest(canonical_nquads(one[:1]))


_NODES = [*map(BlankNode, "abcd"), iri("urn:x"), iri("urn:_:y"), iri("https://data.example.org/昆")]
_NAMES = st.sampled_from(_NODES[4:])
_TEXTS = st.text(st.sampled_from('\t\n\r "\\_:.@<>aé昆\x00\x7f\u2028\U0001f600'), max_size=8)
_LITERALS = _TEXTS.map(Literal) | _TEXTS.map(lambda text: Literal(text, language="en-GB"))
_QUADS = st.builds(Quad, st.sampled_from(_NODES), _NAMES, st.sampled_from(_NODES) | _LITERALS, _NAMES)


@given(st.lists(_QUADS, max_size=12))
def test_the_canonical_form_is_that_of_all_statements_canonicalised_together(quads: list[Quad]) -> None:
    whole = Dataset(quads)
    whole.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert canonical_nquads(quads).decode() == "".join(sorted(f"{quad} .\n" for quad in whole))


def test_a_blank_node_has_no_lexical_form() -> None:
    with pytest.raises(InputError, match="_:x"):
        lexical(BlankNode("x"))
