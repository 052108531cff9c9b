"""A request, and what came back of it: put so that two answers can be compared byte for byte."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl
from starlette.testclient import TestClient

_LABELS = re.compile(rb'(?<=_:)\w+|(?<=<bnode>)\w+|(?<=nodeID=")\w+|(?<="type":"bnode","value":")\w+')
_PROBLEMS = re.compile(rb"urn:uuid:[0-9a-f-]{36}")
_SECONDS = re.compile(rb'(?m)^(ewgraph_request_seconds_total\{endpoint="\w[\w.]*"\}) \S+$')
_OF_THE_MOMENT = frozenset({"date", "content-length", "server"})
_STOPPED = re.compile(
    rb'"limit": "(?:seconds|request seconds|memory|concurrency)"'
    rb"|was stopped after|took more than|takes more than|there is no answer after|too many queries"
)
"""What is said where a limit stops a request here and not there, by how busy the machine is; on pages only in words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request without who asks.

    Attributes:
        kind: what is counted.
    """

    kind: str
    path: str
    method: str = "GET"
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer without what differs between any two answers: the day, blank node labels, problem ids, seconds."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def is_stopped(self) -> bool:
        """Whether a limit stopped it that depends on how busy the machine is."""
        return _STOPPED.search(self.body) is not None


def reply(client: TestClient, asked: Asked, token: str | None) -> Reply:
    """The answer of a service to a request, by whoever holds the token."""
    headers = dict(asked.headers) | ({"Authorization": f"Bearer {token}"} if token else {})
    found = client.request(
        asked.method,
        asked.path,
        params=list(asked.query),
        headers=headers,
        content=asked.body,
        follow_redirects=False,
    )
    kept = sorted((name.lower(), value) for name, value in found.headers.items() if name.lower() not in _OF_THE_MOMENT)
    return Reply(found.status_code, tuple(kept), _comparable(found.content))


def readable(body: bytes) -> bytes:
    """A body as it is; of a workbook what its parts say, but for the day on which it was written; so of Parquet."""
    if body.startswith(b"PAR1"):
        told = pl.read_parquet_metadata(io.BytesIO(body))
        rows = pl.read_parquet(io.BytesIO(body)).rows(named=True)
        return repr((told, rows)).encode()
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return b"\n".join(book.read(name) for name in book.namelist() if not name.startswith("docProps/"))


def _comparable(body: bytes) -> bytes:
    names: dict[bytes, bytes] = {}

    def numbered(match: re.Match[bytes]) -> bytes:
        return names.setdefault(match[0], b"b%d" % len(names))

    return _SECONDS.sub(rb"\1 -", _PROBLEMS.sub(b"urn:uuid:-", _LABELS.sub(numbered, readable(body))))
