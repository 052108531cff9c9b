import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewgraph.ingest.sheets.cell import Cell, Kind
from ewgraph.ingest.sheets.numberformat import Epoch, NumberFormat, Shown, built_in, number_cell, number_format

DATE, TIME, MOMENT = (NumberFormat(shown) for shown in (Shown.DATE, Shown.TIME, Shown.MOMENT))


def shown(value: str, shape: NumberFormat | None = None, epoch: Epoch = Epoch.SINCE_1900) -> str:
    return number_cell(value, shape or NumberFormat(), epoch).text


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("471", "471"),
        ("471.0", "471"),
        ("0.1", "0.1"),
        ("0.10000000000000001", "0.1"),
        ("0.30000000000000004", "0.3"),
        ("-5", "-5"),
        ("-0", "0"),
        ("1E3", "1000"),
        ("1.5E-7", "0.00000015"),
        ("1E+20", "100000000000000000000"),
        ("9007199254740993", "9007199254740993"),
        ("007", "7"),
        (" 12 ", "12"),
        (".5", "0.5"),
    ],
)
def test_a_number_is_plain_digits_without_noise(stored: str, text: str) -> None:
    assert number_cell(stored, NumberFormat(), Epoch.SINCE_1900) == Cell(text, Kind.NUMBER)


@pytest.mark.parametrize("stored", ["nan", "inf", "1_000", "12 pcs", "1E999", "٣"])
def test_what_is_no_number_stays_text(stored: str) -> None:
    assert number_cell(stored, NumberFormat(), Epoch.SINCE_1900) == Cell(stored)


@pytest.mark.parametrize("code", ["00000", "[$-1010000]00000", "00000;-00000", "[Red]00000"])
def test_a_format_of_zeros_keeps_the_zeros_of_a_code(code: str) -> None:
    assert shown("471", number_format(code)) == "00471"


def test_the_zeros_come_after_a_minus_and_leave_fractions_alone() -> None:
    assert shown("-7", number_format("000")) == "-007"
    assert shown("7.5", number_format("000")) == "7.5"


def test_a_percentage_stays_the_number_that_it_is() -> None:
    assert number_cell("0.12", number_format("0%"), Epoch.SINCE_1900) == Cell("0.12", Kind.NUMBER)


@pytest.mark.parametrize(
    "code",
    [
        "yyyy-mm-dd",
        "dd.mm.yyyy;@",
        "TT.MM.JJJJ",
        "[$-407]d. mmm yyyy",
        "[$-407]d/ mmmm yyyy;@",
        "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
        "m/d/yy",
        "mmm-yy",
        "jj/mm/aaaa",
        "dd.MM.åååå",
        "pp.kk.vvvv",
        "дд.мм.гггг",  # noqa: RUF001  # Russian letters
        'yyyy"年"m"月"d"日"',
        "yyyy年m月d日",
        "[$-411]ge.m.d",
        "d",
        "mm",
        '"since "yyyy',
        "[Red]yyyy",
    ],
)
def test_dates_in_the_formats_of_many_countries(code: str) -> None:
    assert number_format(code).shown is Shown.DATE


@pytest.mark.parametrize(
    "code", ["h:mm", "hh:mm:ss", "mm:ss", "mm:ss.0", "h:mm AM/PM", "[$-409]h:mm:ss a/p;@", "tt:mm"]
)
def test_times(code: str) -> None:
    assert number_format(code).shown is Shown.TIME


@pytest.mark.parametrize(
    "code", ["yyyy-mm-dd h:mm", "m/d/yy h:mm AM/PM", "yyyy-mm-ddThh:mm:ss.000", "TT.MM.JJJJ hh:mm"]
)
def test_dates_with_a_time(code: str) -> None:
    assert number_format(code).shown is Shown.MOMENT


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "Standard",
        "Estándar",
        "@",
        "0.00",
        "#,##0 kr",
        '0 "days"',
        "0.00E+00",
        "# ?/?",
        "[Red]-0",
        "\\d0",
        "",
        "kr",
    ],
)
def test_numbers_that_only_look_like_dates(code: str) -> None:
    assert number_format(code) == NumberFormat()


def test_the_first_of_the_sections_decides() -> None:
    assert number_format("0;dd.mm.yyyy") == NumberFormat()
    assert number_format('"a;b"yyyy;0').shown is Shown.DATE


@pytest.mark.parametrize(
    ("number", "kind"),
    [(0, Shown.NUMBER), (14, Shown.DATE), (21, Shown.TIME), (22, Shown.MOMENT), (46, Shown.DURATION), (57, Shown.DATE)],
)
def test_formats_that_have_a_number_only(number: int, kind: Shown) -> None:
    assert built_in(number).shown is kind


@pytest.mark.parametrize(
    ("serial", "text"),
    [
        ("1", "1900-01-01"),
        ("59", "1900-02-28"),
        ("60", "1900-02-29"),
        ("61", "1900-03-01"),
        ("45414", "2024-05-02"),
        ("2958465", "9999-12-31"),
    ],
)
def test_days_of_the_1900_calendar(serial: str, text: str) -> None:
    assert number_cell(serial, DATE, Epoch.SINCE_1900) == Cell(text, Kind.DATE)


@pytest.mark.parametrize(("serial", "text"), [("0", "1904-01-01"), ("43952", "2024-05-02")])
def test_days_of_the_1904_calendar(serial: str, text: str) -> None:
    assert number_cell(serial, DATE, Epoch.SINCE_1904) == Cell(text, Kind.DATE)


@pytest.mark.parametrize("serial", ["0", "-1", "2958466", "1E+20"])
def test_a_day_that_the_calendar_does_not_have_stays_a_number(serial: str) -> None:
    assert number_cell(serial, DATE, Epoch.SINCE_1900).kind is Kind.NUMBER
    assert number_cell("-1", DATE, Epoch.SINCE_1904) == Cell("-1", Kind.NUMBER)


def test_a_moment_without_a_time_is_a_date() -> None:
    assert shown("45414", MOMENT) == "2024-05-02"
    assert shown("45414.416666666664", MOMENT) == "2024-05-02T10:00:00"
    assert shown("45414.416666666664", DATE) == "2024-05-02"


def test_a_time_has_no_date() -> None:
    assert number_cell("0.4375", TIME, Epoch.SINCE_1900) == Cell("10:30:00", Kind.DATE)
    assert shown("0.9999999", TIME) == "1900-01-01"


def test_a_duration_counts_on_past_the_day() -> None:
    assert number_cell("1.5", number_format("[h]:mm:ss"), Epoch.SINCE_1900) == Cell("36:00:00")
    assert number_cell("0.4375", built_in(46), Epoch.SINCE_1900) == Cell("10:30:00")


@given(
    st.datetimes(dt.datetime.fromisoformat("1900-03-01"), dt.datetime.fromisoformat("9999-12-31")).map(
        lambda moment: moment.replace(microsecond=0)
    )
)
def test_every_second_comes_back_as_itself(moment: dt.datetime) -> None:
    serial = (moment - dt.datetime.fromisoformat("1899-12-30")) / dt.timedelta(days=1)
    expected = moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat()
    assert shown(repr(serial), MOMENT) == expected


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_every_number_keeps_its_value(number: float) -> None:
    assert float(shown(repr(number))) == pytest.approx(number, rel=1e-14)
