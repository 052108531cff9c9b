import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewgraph.ingest.sheets.wording import tidy, unescaped


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        (" Beta ", "Beta"),
        ("\u00a0Beta\u00a0", "Beta"),
        ("\ufeff\u200bBeta\u2060\u200b", "Beta"),
        ("\u200eDE-1\u200f", "DE-1"),
        ("Beta\nHall 2", "Beta Hall 2"),
        ("Beta \r\n\t Hall\u30002", "Beta Hall 2"),
        ("\u200b", ""),
        (" \n ", ""),
        ("a\0b", "a\0b"),
        ("مصنع الإلكترونيات Beta", "مصنع الإلكترونيات Beta"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # noqa: RUF001  # Persian, with the zero-width non-joiner that its spelling needs
        ("廈門 电子", "廈門 电子"),
    ],
)
def test_blanks_go_and_all_else_stays(text: str, understood: str) -> None:
    assert tidy(text) == understood


@given(st.text())
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("a_x000D_b", "a\rb"),
        ("_x0000_", "\0"),
        ("_x005F_x0041_", "_x0041_"),
        ("_xD83D__xDE00_", "😀"),
        ("_xD83D_", "\ufffd"),
        ("_x41_ _y0041_", "_x41_ _y0041_"),
    ],
)
def test_escapes_are_undone(stored: str, text: str) -> None:
    assert unescaped(stored) == text
