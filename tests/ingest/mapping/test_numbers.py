from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewgraph.ingest.mapping.numbers import fraction_of, integer_of, number_of, point_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234.5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\N{NO-BREAK SPACE}234,5", "1234.5"),
        ("1\N{NARROW NO-BREAK SPACE}234.5", "1234.5"),
        ("1'234.5", "1234.5"),
        ("1\N{RIGHT SINGLE QUOTATION MARK}234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("-3,5", "-3.5"),
        ("\N{MINUS SIGN}3.5", "-3.5"),
        ("- 3.5", "-3.5"),
        ("+7", "+7"),
        ("0.125", "0.125"),
        (".5", ".5"),
        ("12.", "12"),
        ("", ""),
        ("1.2.3", ""),
        ("12,34,567.8", ""),
        ("1.23,456,7", ""),
        ("about 3", ""),
        ("3 pcs", ""),
        ("-", ""),
    ],
)
def test_a_number_is_understood_by_either_custom(text: str, number: str) -> None:
    assert number_of(text) == number


def test_what_one_text_leaves_open_the_column_tells() -> None:
    assert number_of("1.234", ",") == "1234"
    assert number_of("1.234", ".") == "1.234"
    assert point_of(["1.234", "12,5"]) == ","
    assert point_of(["1,234", "12.5"]) == "."
    assert point_of(["1.234"]) == point_of(["1.5", "1,5"]) == point_of([]) == ""


def test_groups_of_three_digits_are_thousands_of_a_whole_number() -> None:
    assert integer_of("1.234") == integer_of("1,234") == integer_of("1 234") == integer_of("1234.00") == "1234"
    assert integer_of("12.5") == integer_of("many") == ""


def test_per_cent_is_a_fraction() -> None:
    assert fraction_of("12 %") == fraction_of("12%") == fraction_of("0.12") == fraction_of("12") == "0.12"
    assert fraction_of("12 Prozent") == "0.12"
    assert fraction_of("0,5 %", ",") == "0.005"
    assert fraction_of("100") == fraction_of("1") == "1"
    assert fraction_of("half") == ""


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9))
def test_a_number_comes_back_from_each_way_of_writing_it(value: Decimal) -> None:
    english, german = f"{value:,.2f}", f"{value:,.2f}".replace(",", " ").replace(".", ",")
    assert Decimal(number_of(english, ".")) == Decimal(number_of(german, ",")) == value
