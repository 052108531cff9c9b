"""What is kept of documents that were read."""

from __future__ import annotations

from graphql import parse

from ewgraph.api.graphql.documents import Documents, Prepared

PREPARED = Prepared(parse("{ __typename }"), frozenset(), describes=False)


def test_only_the_last_documents_of_a_reader_are_kept() -> None:
    documents = Documents()
    for number in range(129):
        documents.keep("a", str(number), PREPARED)
        assert documents.find("a", "0") is PREPARED or number == 0
    assert documents.find("a", "1") is None
    documents.keep("a", "x" * 10_001, PREPARED)
    assert documents.find("a", "x" * 10_001) is None


def test_a_reader_finds_only_what_it_sent_itself() -> None:
    """How soon an answer comes would tell what others ask."""
    documents = Documents()
    documents.keep("a", "{ __typename }", PREPARED)
    assert documents.find("b", "{ __typename }") is None


def test_many_documents_of_one_reader_drive_out_none_of_another() -> None:
    documents = Documents()
    documents.keep("a", "{ __typename }", PREPARED)
    for number in range(1000):
        documents.keep("b", str(number), PREPARED)
    assert documents.find("a", "{ __typename }") is PREPARED


def test_the_readers_that_came_last_are_remembered() -> None:
    documents = Documents()
    for number in range(65):
        documents.keep(str(number), "{ __typename }", PREPARED)
    assert documents.find("0", "{ __typename }") is None
    assert documents.find("64", "{ __typename }") is PREPARED
