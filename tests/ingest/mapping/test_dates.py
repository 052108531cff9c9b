import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewgraph.ingest.mapping.dates import date_of, ends_of, order_of, part_of_date, serial_date


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-02",
        "2024-05-02T10:00:00",
        "2024-05-02 10:00",
        "2024/05/02",
        "2024/5/2",
        "2024.05.02.",
        "2024年5月2日",
        "2024 年 5 月 2 日",
        "2.5.2024",
        "02.05.2024",
        "2. 5. 2024",
        "2. Mai 2024",
        "2 May 2024",
        "2nd May 2024",
        "2nd of May, 2024",
        "May 2, 2024",
        "2. mai 2024",
        "2 de mayo de 2024",
        "2-May-2024",
        "2 MAY 2024",
    ],
)
def test_a_date_is_understood_in_all_its_disguises(text: str) -> None:
    assert date_of(text).text == "2024-05-02"


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("3 Sept 2023", "09"),
        ("3. März 2023", "03"),
        ("3. Mrz 2023", "03"),
        ("3 ene 2023", "01"),
        ("3. des 2023", "12"),
        ("3 dic 2023", "12"),
        ("3. Dez. 2023", "12"),
        ("3. oktober 2023", "10"),
    ],
)
def test_months_have_names_and_short_names_in_four_languages(text: str, month: str) -> None:
    assert date_of(text).text == f"2023-{month}-03"


def test_day_and_month_are_told_apart_by_what_is_known_of_the_column() -> None:
    assert date_of("2/5/2024", "day").text == "2024-05-02"
    assert date_of("2/5/2024", "month").text == "2024-02-05"
    assert date_of("2.5.2024", "month").text == "2024-02-05"
    assert date_of("13/5/2024").text == "2024-05-13"
    assert date_of("5/13/2024").text == "2024-05-13"
    assert date_of("5/5/2024").text == "2024-05-05"


def test_a_date_that_could_be_two_is_no_date_and_names_both() -> None:
    found = date_of("02-05-2024")
    assert (found.text, found.ambiguous, found.other) == ("", True, "2024-05-02, 2024-02-05")


def test_the_values_of_a_column_tell_its_order_unless_they_disagree() -> None:
    assert order_of(["1/2/2024", "31/1/2024"]) == "day"
    assert order_of(["1/2/2024", "1/31/2024"]) == "month"
    assert order_of(["1/2/2024"]) == order_of(["31/1/2024", "1/31/2024"]) == order_of([]) == ""


@pytest.mark.parametrize("text", ["", "soon", "2024", "Mayor 2, 2024", "2 foo 2024", "1/2/24", "12345"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert date_of(text) == ("", False, "")


def test_a_number_of_days_is_a_date_where_it_can_be_one() -> None:
    assert serial_date("45414") == serial_date("45414.75") == "2024-05-02"
    assert serial_date("19999") == serial_date("60001") == serial_date("2024") == serial_date("x") == ""


def test_a_month_or_a_year_is_a_part_of_a_date() -> None:
    assert part_of_date("2024-05") == part_of_date("2024/5") == part_of_date("May 2024") == "2024-05"
    assert part_of_date("05/2024") == part_of_date("mayo de 2024") == "2024-05"
    assert part_of_date("2024") == "2024"
    assert part_of_date("2024-13") == part_of_date("Foo 2024") == part_of_date("24") == ""
    assert ends_of("2023-12") == ("2023-12-01", "2023-12-31")
    assert ends_of("2023-04") == ("2023-04-01", "2023-04-30")


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_every_day_is_read_as_it_was_written(day: dt.date) -> None:
    assert date_of(day.isoformat()).text == day.isoformat()
    assert date_of(f"{day.day}.{day.month}.{day.year}").text == day.isoformat()
    assert date_of(f"{day.month}/{day.day}/{day.year}", "month").text == day.isoformat()
