"""The time now, handed down so that tests can say what time it is."""

from __future__ import annotations

import datetime as dt
from typing import Protocol


class Clock(Protocol):
    """Whatever tells the time."""

    def now(self) -> dt.datetime:
        """The instant now, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> dt.datetime:
        """The instant now, in UTC."""
        return dt.datetime.now(dt.UTC)
