"""Makes the tables of a ledger, and gives those of an earlier version what they lack."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ewgraph.errors import ConfigurationError

VERSION: Final = 6

_HERE: Final = Path(__file__).parent


def settle(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the tables to this version, in one transaction: another process may open the same file at this moment.

    Raises:
        ConfigurationError: they are of a newer version.
    """
    version = _version(connection)
    if version > VERSION:
        raise ConfigurationError(f"{path} is a ledger of version {version}; this ewgraph reads {VERSION}")
    if version == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in _statements(_script(_version(connection))):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _script(version: int) -> str:
    """The schema, with what comes before and after it for a ledger of that version; a new one has version 0."""
    steps = [step for step in range(version + 1, VERSION + 1) if version]
    names = [*(f"upgrades/{step}-before.sql" for step in steps), "schema.sql"]
    names += [f"upgrades/{step}-after.sql" for step in steps]
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in names if (_HERE / name).is_file())


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; `executescript` would end the transaction before it begins."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
