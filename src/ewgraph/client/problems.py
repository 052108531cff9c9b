"""What the service, or the way to it, can answer instead of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ewgraph.errors import EwgraphError


class ServiceError(EwgraphError):
    """The service refused: its problem document (RFC 9457) says why.

    Attributes:
        status: of HTTP.
        detail: what is wrong and what to do.
        limit: the name of the limit that was reached, if one was.
        retry_s: after how many seconds a further try may do, if the service says so.
    """

    def __init__(self, status: int, detail: str, *, limit: str | None = None, retry_s: int | None = None) -> None:
        super().__init__(f"the service answers {status}: {detail}")
        self.status = status
        self.detail = detail
        self.limit = limit
        self.retry_s = retry_s


class UnreachableError(EwgraphError):
    """No service answers at the address."""


class GraphQLRefusal(EwgraphError):  # noqa: N818  # it is an answer: the errors are the service's
    """A GraphQL answer with errors.

    Attributes:
        errors: as the service gave them.
        data: what it answered beside them.
    """

    def __init__(self, errors: Sequence[dict[str, Any]], data: Any = None) -> None:
        super().__init__("; ".join(str(error.get("message", error)) for error in errors))
        self.errors = errors
        self.data = data
