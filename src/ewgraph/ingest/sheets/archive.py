"""The archive of a workbook: what is in it, and its parts in chunks, within limits, whatever the archive claims.

Nothing is ever unpacked to disk. The directory is looked at before it is read, since reading it takes memory too.
"""

from __future__ import annotations

import contextlib
import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from ewgraph.errors import InputError, LimitError, ParseError
from ewgraph.ingest.sheets.limits import Limits

_END: Final = struct.Struct("<4s4H2LH")
_END_SIGNATURE: Final = b"PK\x05\x06"
_END_FARTHEST: Final = _END.size + 0xFFFF
_DIRECTORY_BYTES_PER_MEMBER: Final = 1_000
_CHUNK: Final = 1 << 16
_ENCRYPTED: Final = 0x1
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error, ValueError, OSError)
_REMEDY: Final = "Open it in a spreadsheet program and save it again as .xlsx"


class Archive:
    """An open archive whose members were checked: each name once, no path outside, sizes within the limits.

    Args:
        path: the file.
        name: what messages call it.

    Raises:
        ParseError: it is no archive, is cut off or damaged, or holds what no workbook holds.
        LimitError: it holds too much.
    """

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        with contextlib.ExitStack() as opened, self._translated(""):
            self._file = opened.enter_context(path.open("rb"))
            size = self._refuse_large_directory()
            self._zip = zipfile.ZipFile(self._file)
            self._members = self._checked(size)
            opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()
        self._file.close()

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._members

    def parts(self) -> list[str]:
        """The names of the parts, in small letters: names differ by more than case."""
        return list(self._members)

    def chunks(self, part: str, *, most: int = 0) -> Iterator[bytes]:
        """It yields the content of a part, piece by piece.

        Args:
            part: its name, in whatever case.
            most: how many bytes it may have; as many as the archive may, where 0.

        Raises:
            ParseError: there is no such part, or it is damaged.
            LimitError: more comes out of it than it may hold.
        """
        member = self._members.get(part.casefold())
        if member is None:
            raise ParseError(f"{self.name}: its part {part!r} is missing: the workbook is damaged. {_REMEDY}")
        size = 0
        with self._translated(part), self._zip.open(member) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                self._refuse_bomb(part, size, member.compress_size, most or self.limits.uncompressed_bytes)
                yield chunk

    def _checked(self, file_size: int) -> dict[str, zipfile.ZipInfo]:
        members: dict[str, zipfile.ZipInfo] = {}
        infos = [info for info in self._zip.infolist() if not info.is_dir()]
        for info in infos:
            self._refuse_member(info)
            if info.filename.casefold() in members:
                raise ParseError(f"{self.name}: its part {info.filename!r} stands there twice. {_REMEDY}")
            members[info.filename.casefold()] = info
            self._refuse_bomb(info.filename, info.file_size, info.compress_size, self.limits.uncompressed_bytes)
        self._refuse_bomb("all parts", sum(info.file_size for info in infos), file_size, self.limits.uncompressed_bytes)
        if sum(info.compress_size for info in infos) > file_size:
            raise ParseError(f"{self.name}: its parts claim more bytes than the file has ({file_size:,}). {_REMEDY}")
        return members

    def _refuse_member(self, info: zipfile.ZipInfo) -> None:
        part = info.filename
        if part != posixpath.normpath(part) or part.startswith(("/", "..")) or set(part) & set("\\\0:"):
            raise ParseError(f"{self.name}: a part of it is called {part!r}, which no workbook has. {_REMEDY}")
        if info.flag_bits & _ENCRYPTED:
            raise InputError(f"{self.name}: its part {part!r} is encrypted. Save it without a password")
        if info.compress_type not in _METHODS:
            raise ParseError(f"{self.name}: its part {part!r} is packed as no workbook is. {_REMEDY}")

    def _refuse_bomb(self, part: str, size: int, packed: int, most: int) -> None:
        if size > most:
            raise LimitError(f"{self.name}: {part} is larger than {most:,} bytes. Split the workbook", limit="bytes")
        if size > self.limits.ratio_from_bytes and size > packed * self.limits.ratio:
            raise LimitError(
                f"{self.name}: {part} unpacks to more than {self.limits.ratio} times its packed size, {packed:,} bytes,"
                " as no disclosure does. Delete rows and columns that hold nothing but formats, and save it again",
                limit="ratio",
            )

    def _refuse_large_directory(self) -> int:
        """The size of the file, once it is known that reading its directory costs little."""
        size = self._file.seek(0, io.SEEK_END)
        self._file.seek(max(0, size - _END_FARTHEST))
        tail = self._file.read()
        start = tail.rfind(_END_SIGNATURE)
        if start < 0 or len(tail) - start < _END.size:
            raise ParseError(f"{self.name}: the end of the file is missing: it was cut off. Send it again")
        members, directory = _END.unpack_from(tail, start)[4:6]
        if members > self.limits.members or directory > self.limits.members * _DIRECTORY_BYTES_PER_MEMBER:
            raise LimitError(
                f"{self.name}: it is made of more than {self.limits.members:,} parts. Split the workbook",
                limit="members",
            )
        return size

    @contextlib.contextmanager
    def _translated(self, part: str) -> Iterator[None]:
        try:
            yield
        except _BROKEN as error:
            where = f"its part {part!r} is damaged" if part else "it is a damaged archive"
            raise ParseError(f"{self.name}: {where}: {error}. Send it again, or save it again as .xlsx") from error
