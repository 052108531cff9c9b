"""The texts of stored queries that were served stay, each under its hash."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from ewgraph.catalogue import Catalogue
from ewgraph.ledger import Ledger, ServedText, ServedTexts
from tests.competency.asking import LATEST
from tests.conftest import TickingClock


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger(tmp_path / "ledger.sqlite", TickingClock(LATEST))
    yield made
    made.close()


def test_a_text_is_found_by_what_answers_cite(ledger: Ledger, catalogue: Catalogue) -> None:
    texts = ServedTexts(ledger, TickingClock(LATEST))
    assert texts.of(catalogue["search"].digest) is None
    texts.keep(catalogue)
    for query in catalogue:
        assert texts.of(query.digest) == ServedText(query.id, query.text, query.hop_text)


def test_a_newer_text_stands_beside_the_older(ledger: Ledger, catalogue: Catalogue) -> None:
    texts = ServedTexts(ledger, TickingClock(LATEST))
    newer = catalogue.with_text("search", catalogue["search"].text + "\n# newer\n")
    for each in (catalogue, newer, newer):
        texts.keep(each)
    assert len(ledger.query("SELECT 1 FROM question_text")) == len(catalogue) + 1
    for each in (catalogue, newer):
        assert texts.of(each["search"].digest) == ServedText("search", each["search"].text, None)


@pytest.mark.parametrize("statement", ["UPDATE question_text SET text = 'ASK {}'", "DELETE FROM question_text"])
def test_no_text_is_changed_or_removed(ledger: Ledger, catalogue: Catalogue, statement: str) -> None:
    ServedTexts(ledger, TickingClock(LATEST)).keep(catalogue)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), ledger.transaction() as connection:
        connection.execute(statement)
