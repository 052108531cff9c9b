import pytest

from ewgraph.ingest.sheets.cell import Cell, Kind
from ewgraph.ingest.sheets.storedvalue import Book, StoredValues


def test_numbers_stay_right_however_many_there_are() -> None:
    values = StoredValues(Book())
    for turn in range(2):
        for number in range(20_050):
            assert values.cell("n", "", str(number)) == Cell(str(number), Kind.NUMBER), turn


@pytest.mark.parametrize("kind", ["", "N", "shared"])
def test_an_unknown_type_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="unknown type"):
        StoredValues(Book()).cell(kind, "", "1")
