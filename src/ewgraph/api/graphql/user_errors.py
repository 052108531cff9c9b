"""Why something was not done, as data: what a mutation tells beside, or instead of, what came of it."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Final

import strawberry

from ewgraph.api.graphql.clerk import Clerk
from ewgraph.api.graphql.values import Info
from ewgraph.errors import (
    ConflictError,
    CredentialError,
    EwgraphError,
    InputError,
    LimitError,
    NotFoundError,
    RightsError,
    UnavailableError,
)

_NOBODY: Final = "there is nobody here who takes anything in: this service only reads"


@strawberry.enum(description="What kind of refusal it is.")
class UserErrorCode(enum.Enum):
    """What kind of refusal it is."""

    UNAUTHENTICATED = "unauthenticated"
    NOT_ALLOWED = "not-allowed"
    NOT_FOUND = "not-found"
    INVALID = "invalid"
    CONFLICT = "conflict"
    REFUSED = "refused"
    LIMIT = "limit"
    UNAVAILABLE = "unavailable"


_CODES: Final[Sequence[tuple[type[EwgraphError], UserErrorCode]]] = (
    (CredentialError, UserErrorCode.UNAUTHENTICATED),
    (RightsError, UserErrorCode.NOT_ALLOWED),
    (ConflictError, UserErrorCode.CONFLICT),
    (NotFoundError, UserErrorCode.NOT_FOUND),
    (LimitError, UserErrorCode.LIMIT),
    (UnavailableError, UserErrorCode.UNAVAILABLE),
    (InputError, UserErrorCode.INVALID),
)
"""The kinds of refusals, the narrowest first."""


@strawberry.type
class UserError:
    """Why something was not done, in words for who asked for it."""

    code: UserErrorCode
    field: list[str] = strawberry.field(description="The argument that it is about; empty for all of them.")
    message: str = strawberry.field(description="What is wrong, where, why, and what to do.")
    node: strawberry.ID | None = strawberry.field(description="What is said wrongly, or by whom it is not to be said.")
    path: strawberry.ID | None = strawberry.field(description="By which property.")


def clerk_of(info: Info) -> Clerk:
    """Who takes in what the request hands in.

    Raises:
        UnavailableError: nobody does.
    """
    if info.context.clerk is None:
        raise UnavailableError(_NOBODY)
    return info.context.clerk


def refused(error: EwgraphError, argument: str) -> UserError:
    """A refusal as data, about the argument that was worked on; what is our fault goes on.

    Raises:
        EwgraphError: it is no refusal.
    """
    code = next((code for kind, code in _CODES if isinstance(error, kind)), None)
    if code is None:
        raise error
    return user_error(code, [] if code is UserErrorCode.UNAUTHENTICATED else [argument], str(error))


def user_error(
    code: UserErrorCode,
    field: list[str],
    message: str,
    node: str | None = None,
    path: str | None = None,
) -> UserError:
    """Why something was not done."""
    return UserError(
        code=code,
        field=field,
        message=message,
        node=strawberry.ID(node) if node else None,
        path=strawberry.ID(path) if path else None,
    )
