"""What one request may cost while it runs: time, supply chains that are followed, pieces that come later."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ewgraph.errors import LimitError


class SpentError(LimitError):
    """An operation used up what it is allowed.

    Attributes:
        extensions: what GraphQL tells of it beside the sentence.
    """

    def __init__(self, message: str, limit: str, most: float, found: float) -> None:
        super().__init__(message, limit=limit)
        self.extensions = {"limit": limit, "most": most, "found": found}


@dataclass(slots=True)
class Allowance:
    """What one request may cost.

    Attributes:
        seconds: how long it may read.
        walks: how many supply chains it may follow.
        deferred: in how many pieces its answer may come, besides the first.
        tell_s: a clock that only goes forward, in seconds.
    """

    seconds: float = 10.0
    walks: int = 200
    deferred: int = 2000
    tell_s: Callable[[], float] = time.monotonic
    _deadline: float = field(init=False)
    _walked: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """The time starts to run."""
        self.restart()

    def restart(self) -> None:
        """The time starts to run anew: what was changed is told of, however long that took."""
        self._deadline = self.tell_s() + self.seconds

    def check(self) -> None:
        """Go on only while there is time.

        Raises:
            LimitError: the time is used up.
        """
        if self.tell_s() > self._deadline:
            took_s = round(self.seconds + self.tell_s() - self._deadline, 3)
            sentence = f"The answer took more than {self.seconds:g} s. Ask for less at once."
            raise SpentError(sentence, "seconds", self.seconds, took_s)

    def walk(self) -> None:
        """Count one supply chain that is followed.

        Raises:
            LimitError: it is one too many.
        """
        self.check()
        self._walked += 1
        if self._walked > self.walks:
            sentence = f"One request may follow {self.walks} supply chains. Ask for fewer nested touches."
            raise SpentError(sentence, "walks", self.walks, self._walked)

    def defer(self, pieces: int) -> None:
        """Let so many pieces of the answer come later.

        Raises:
            LimitError: there are too many.
        """
        if pieces > self.deferred:
            sentence = (
                f"The answer has {pieces} pieces that are deferred. At most {self.deferred} are allowed: ask for "
                "smaller pages, or put @defer around more."
            )
            raise SpentError(sentence, "deferred", self.deferred, pieces)

    def stop(self) -> None:
        """The time is over, since whoever asked has gone."""
        self._deadline = -math.inf
