"""The page of the stored queries says what the queries say."""

from __future__ import annotations

from ewgraph.catalogue import Catalogue
from tests.queries.questions import PAGE, page


def test_the_page_is_up_to_date(catalogue: Catalogue) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(catalogue), "run: python -m tests.queries.questions"
