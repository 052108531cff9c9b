"""The cookies of people who sign in: out of reach of scripts and of other sites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from starlette.responses import Response


@dataclass(frozen=True, slots=True)
class Cookies:
    """The cookies that browsers keep for this service.

    Attributes:
        session: the name of the session's.
        attempt: the name of the one that lives while somebody signs in.
        secure: whether they are sent by TLS only.
    """

    session: str
    attempt: str
    secure: bool

    @classmethod
    def of(cls, base: str) -> Self:
        """Those of a service: where it has TLS, such as only its own host can set (RFC 6265bis, 4.1.3.2)."""
        secure = base.startswith("https:")
        session = "__Host-ewgraph" if secure else "ewgraph-session"
        return cls(session, f"{session}-attempt", secure)

    def keep(self, response: Response, name: str, value: str, seconds: int) -> None:
        """Have the browser keep a value."""
        response.set_cookie(name, value, seconds, path="/", secure=self.secure, httponly=True, samesite="lax")

    def drop(self, response: Response, name: str) -> None:
        """Have the browser forget it."""
        response.delete_cookie(name, path="/", secure=self.secure, httponly=True, samesite="lax")
