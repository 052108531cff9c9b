import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewgraph.ingest.sheets.cell import Cell
from ewgraph.ingest.sheets.sharedstrings import SharedStrings


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))), st.integers(0, 5))
def test_texts_put_away_come_back_as_those_held(texts: list[str], held: int) -> None:
    strings = SharedStrings(texts, held)
    assert [strings[at] for at in range(len(strings))] == [Cell(text) for text in texts]


@pytest.mark.parametrize("index", [-1, 3])
@pytest.mark.parametrize("held", [0, 1, 9])
def test_there_is_no_text_before_the_first_or_after_the_last(index: int, held: int) -> None:
    with pytest.raises(IndexError):
        SharedStrings(["a", "b", "c"], held)[index]
