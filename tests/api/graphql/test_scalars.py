"""Days and instants are read as they are written, and no other way."""

from __future__ import annotations

import pytest

from tests.api.graphql.conftest import Caller

DAY = "query ($day: Date) { contracts(period: {from: $day}) { totalCount } }"
INSTANT = "query ($at: DateTime) { records(since: $at) { totalCount } }"


@pytest.mark.parametrize(
    "text", ["2024-02-30", "20240201", "2024-W05-4", "2024-2-1", " 2024-02-01", "2024-02-01T00:00", 5]
)
def test_what_is_no_day_is_refused(caller: Caller, text: object) -> None:
    assert "is no Date. Write it as 2024-02-01." in caller.fault(DAY, day=text)


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-01",
        "2024-02-01 12:00:00Z",
        "20240201T120000Z",
        "2024-02-01T25:00:00Z",
        "now",
        "2024-02-01T12:00:00+0100",
    ],
)
def test_what_is_no_instant_is_refused(caller: Caller, text: str) -> None:
    assert "is no DateTime. Write it as 2024-02-01T12:00:00Z." in caller.fault(INSTANT, at=text)


@pytest.mark.parametrize(
    "text", ["2024-05-02T10:00:00Z", "2024-05-02T12:00:00+02:00", "2024-05-02T10:00", "2024-05-02T10:00:00.000"]
)
def test_an_instant_is_in_utc_where_no_zone_is_given(caller: Caller, text: str) -> None:
    assert caller.ask(INSTANT, "staff", at=text)["records"]["totalCount"] == 1
    assert caller.ask(DAY, "staff", day="2024-02-01")["contracts"]["totalCount"] == 2
