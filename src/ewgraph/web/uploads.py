"""The files that people hand in, on disk: whose they are, how much of each is there, and when they are thrown away.

    <data>/uploads/<owner>/<sha256>       a whole file
    <data>/uploads/<owner>/<sha256>.part  one that is still coming
    <data>/uploads/<sha256>               the file of a submission, for its job

The owner's folder is named by a digest of who uploaded: to know the hash of another's file opens nothing.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from ewgraph.access import Principal
from ewgraph.errors import ConflictError, InputError, LimitError, NotFoundError
from ewgraph.web.shares import Shares

_MEGABYTE: Final = 1_000_000
_FILES_OF_ROOM: Final = 10
_MOST_FILES: Final = 200
_MOST_AT_A_TIME: Final = 10
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_OWNER: Final = re.compile(r"[0-9a-f]{32}")
_PART: Final = ".part"
_COMING: Final = ".coming"
_SECONDS_OF_HOUR: Final = 3600


class DigestError(InputError):
    """What arrived does not have the hash under which it was announced."""


class OffsetError(ConflictError):
    """A piece of a file does not begin where the file ends so far.

    Attributes:
        offset: how many bytes are there.
    """

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class Uploads:
    """The uploaded files of everybody, each seen by its owner only.

    Attributes:
        most: how many bytes one file may have.
        under_way: counts what each owner is uploading: what comes in at the same time takes no more room than that.
    """

    def __init__(self, folder: Path, megabytes: int, hours: float) -> None:
        self._folder = folder
        self._seconds = hours * _SECONDS_OF_HOUR
        self.most = megabytes * _MEGABYTE
        self.under_way = Shares("uploads", _MOST_AT_A_TIME)

    def part(self, owner: Principal, sha256: str) -> Path:
        """Where a file that is still coming is, or will be."""
        return self._own(owner) / (checked(sha256) + _PART)

    def coming(self, owner: Principal) -> Path:
        """Where to write a file whose hash is not known yet."""
        return self._own(owner) / (secrets.token_hex(16) + _COMING)

    def make_room(self, owner: Principal) -> None:
        """See that one more file of the owner can come.

        Raises:
            LimitError: the owner's files take all the room that there is for one.
        """
        folder = self._own(owner)
        folder.mkdir(parents=True, exist_ok=True)
        sizes = [path.stat().st_size for path in folder.iterdir() if path.exists()]
        taken, most = sum(sizes), self.most * _FILES_OF_ROOM
        if taken >= most or len(sizes) >= _MOST_FILES:
            raise LimitError(
                f"your uploaded files are {len(sizes)} and take {taken} bytes; there is room for {_MOST_FILES} and for "
                f"{most} bytes. Those that no job needs are thrown away after {self._seconds / _SECONDS_OF_HOUR:g} "
                "hours: try again then",
                limit="upload room",
            )

    def size(self, owner: Principal, sha256: str) -> tuple[int, bool]:
        """How many bytes of a file are there, and whether that is all of it.

        Raises:
            NotFoundError: the owner uploads no such file.
        """
        for path, whole in ((self._whole(owner, sha256), True), (self.part(owner, sha256), False)):
            if path.is_file():
                return path.stat().st_size, whole
        raise NotFoundError(f"you have uploaded no file {sha256!r}: begin at offset 0")

    def keep(self, owner: Principal, sha256: str, arrived: Path) -> None:
        """Let what arrived be the owner's file of that hash."""
        arrived.replace(self._whole(owner, sha256))
        os.utime(self._whole(owner, sha256))
        self.part(owner, sha256).unlink(missing_ok=True)

    def finish(self, owner: Principal, sha256: str) -> None:
        """Let the file that was coming be whole. It takes a moment: all of it is read.

        Raises:
            DigestError: it has another hash. It is dropped.
        """
        part = self.part(owner, sha256)
        with part.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != sha256:
            part.unlink(missing_ok=True)
            raise DigestError(f"the file has the hash {found!r}, not {sha256!r}: it was dropped. Send it again, from 0")
        self.keep(owner, sha256, part)

    def hand_over(self, owner: Principal, sha256: str) -> Path:
        """Where a job finds the owner's file: under its hash alone, without taking the owner's.

        Raises:
            NotFoundError: the owner has uploaded no such file, or not all of it.
        """
        source, target = self._whole(owner, sha256), self.shared(sha256)
        try:
            os.utime(source)
            if not target.exists():
                between = self._folder / (secrets.token_hex(16) + _COMING)
                between.hardlink_to(source)
                between.replace(target)
        except FileNotFoundError as error:
            raise NotFoundError(f"you have uploaded no whole file {sha256!r}: upload it first") from error
        return target

    def shared(self, sha256: str) -> Path:
        """Where the file of a submission is for its job."""
        return self._folder / checked(sha256)

    def copies(self, owner: Principal, sha256: str) -> list[Path]:
        """Where the file of a submission of the owner lies: none, or the same file in two places."""
        return [path for path in (self._whole(owner, sha256), self.shared(sha256)) if path.is_file()]

    def expire(self, needed: Collection[str]) -> None:
        """Throw away the files that have lain for too long, but for those with one of the hashes needed."""
        before = time.time() - self._seconds
        for path in self._files():
            if path.name.partition(".")[0] not in needed and path.stat().st_mtime < before:
                path.unlink(missing_ok=True)

    def _files(self) -> Iterator[Path]:
        if not self._folder.is_dir():
            return
        for path in list(self._folder.iterdir()):
            if path.is_dir() and _OWNER.fullmatch(path.name):
                yield from list(path.iterdir())
            elif path.is_file():
                yield path

    def _own(self, owner: Principal) -> Path:
        return self._folder / hashlib.sha256(owner.name.encode()).hexdigest()[:32]

    def _whole(self, owner: Principal, sha256: str) -> Path:
        return self._own(owner) / checked(sha256)


def checked(sha256: str) -> str:
    """The hash, if it is one.

    Raises:
        InputError: it is none.
    """
    if not _HASH.fullmatch(sha256):
        raise InputError(f"a file is named by its SHA-256, 64 digits of 0-9 and a-f, not {sha256[:80]!r}")
    return sha256
