"""Nothing is added to a file that is being hashed."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from pathlib import Path

import pytest
from starlette.requests import Request

from ewgraph.access import Principal
from ewgraph.errors import ConflictError
from ewgraph.web.transfers import Transfers
from ewgraph.web.uploads import Uploads

CONTENT = b"site,address\n" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
UNI_A = Principal("https://data.example.org/id/uni-a")


class SlowUploads(Uploads):
    """Uploads that wait before they hash."""

    hashing = threading.Event()
    going_on = threading.Event()

    def finish(self, owner: Principal, sha256: str) -> None:
        """Wait, then do it."""
        self.hashing.set()
        self.going_on.wait(20)
        super().finish(owner, sha256)


def patch(content: bytes, offset: int, complete: str = "?0") -> Request:
    headers = {"upload-offset": str(offset), "upload-complete": complete}
    sent = [{"type": "http.request", "body": content, "more_body": False}]

    async def receive() -> dict[str, object]:
        return sent.pop()

    scope = {
        "type": "http",
        "method": "PATCH",
        "path_params": {"sha256": SHA256},
        "headers": [(name.encode(), text.encode()) for name, text in headers.items()],
    }
    return Request(scope, receive)


def test_nothing_is_added_to_a_file_while_it_is_hashed(tmp_path: Path) -> None:
    uploads = SlowUploads(tmp_path, megabytes=1, hours=24)

    async def race() -> None:
        transfers = Transfers(uploads, lambda _: UNI_A)
        ending = asyncio.create_task(transfers.answer(patch(CONTENT, 0, "?1")))
        await asyncio.to_thread(uploads.hashing.wait, 20)
        with pytest.raises(ConflictError, match="being looked at"):
            await transfers.answer(patch(b"evil,row", len(CONTENT)))
        uploads.going_on.set()
        assert (await ending).status_code == 201

    asyncio.run(race())
    assert uploads.hand_over(UNI_A, SHA256).read_bytes() == CONTENT
