from __future__ import annotations

import pytest

from ewgraph.api.negotiation import preferred, wants_page

OFFERS = ("text/turtle", "text/html", "application/ld+json")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/turtle"),
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/*", "text/turtle"),
        ("application/*", "application/ld+json"),
        ("text/html, text/turtle", "text/turtle"),
        ("text/html, text/turtle;q=0.9", "text/html"),
        ("text/html;q=0.1, */*;q=0.2", "text/turtle"),
        ("text/turtle;q=0, */*", "text/html"),
        ("*/*;q=0", None),
        ("image/png", None),
        ("TEXT/HTML", "text/html"),
        ("text/html; charset=utf-8; q=0.3, application/ld+json ; q = 0.4", "application/ld+json"),
        ("text/html;q=high", None),
        (",,;", None),
    ],
)
def test_the_reader_chooses_among_what_is_offered(accept: str | None, chosen: str | None) -> None:
    assert preferred(accept, OFFERS) == chosen


def test_a_page_is_for_those_who_prefer_it() -> None:
    assert wants_page("text/html,application/xml;q=0.9,*/*;q=0.8", ["text/turtle"])
    assert not wants_page("*/*", ["text/turtle"])
    assert not wants_page(None, ["text/turtle"])
    assert not wants_page("text/html;q=0.5, text/turtle", ["text/turtle"])
