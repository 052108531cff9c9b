"""Clients ask the server of `tests/protocol` as their users would."""

from tests.protocol.conftest import server

__all__ = ["server"]
