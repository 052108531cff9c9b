"""Files on disk belong to those who uploaded them, and go when nobody needs them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from ewgraph.access import STAFF_READER, Principal
from ewgraph.errors import InputError, LimitError, NotFoundError
from ewgraph.web.uploads import DigestError, Uploads

CONTENT = b"site,address\n" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
UNI_A = Principal("https://data.example.org/id/uni-a")


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads", megabytes=1, hours=24)


def put(uploads: Uploads, owner: Principal, content: bytes = CONTENT, sha256: str = SHA256) -> None:
    uploads.make_room(owner)
    uploads.part(owner, sha256).write_bytes(content)
    uploads.finish(owner, sha256)


def age(folder: Path, hours: float) -> None:
    for path in folder.rglob("*"):
        then = path.stat().st_mtime - hours * 3600
        os.utime(path, (then, then))


def test_a_file_is_whole_when_its_hash_fits(uploads: Uploads) -> None:
    uploads.make_room(UNI_A)
    uploads.part(UNI_A, SHA256).write_bytes(CONTENT[:100])
    assert uploads.size(UNI_A, SHA256) == (100, False)
    put(uploads, UNI_A)
    assert uploads.size(UNI_A, SHA256) == (len(CONTENT), True)
    assert not uploads.part(UNI_A, SHA256).exists()


def test_a_file_of_another_hash_is_dropped(uploads: Uploads) -> None:
    with pytest.raises(DigestError, match="dropped"):
        put(uploads, UNI_A, CONTENT + b"x")
    with pytest.raises(NotFoundError):
        uploads.size(UNI_A, SHA256)


def test_who_knows_a_hash_but_has_no_such_file_gets_nothing(uploads: Uploads) -> None:
    put(uploads, UNI_A)
    uploads.hand_over(UNI_A, SHA256)
    uploads.make_room(STAFF_READER)
    with pytest.raises(NotFoundError):
        uploads.hand_over(STAFF_READER, SHA256)
    with pytest.raises(NotFoundError):
        uploads.size(STAFF_READER, SHA256)
    with pytest.raises(NotFoundError):
        uploads.hand_over(STAFF_READER, SHA256)
    assert uploads.copies(STAFF_READER, "0" * 64) == []


def test_a_file_that_a_job_used_up_is_still_its_owners(uploads: Uploads) -> None:
    put(uploads, UNI_A)
    uploads.hand_over(UNI_A, SHA256).unlink()
    assert uploads.hand_over(UNI_A, SHA256).read_bytes() == CONTENT
    assert len(uploads.copies(UNI_A, SHA256)) == 2


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", SHA256.upper(), SHA256[:-1], SHA256 + "/x", "é" * 64])
def test_a_name_that_is_no_hash_reaches_no_file(uploads: Uploads, name: str) -> None:
    with pytest.raises(InputError, match="64 digits"):
        uploads.part(UNI_A, name)


def test_files_go_after_a_day_unless_a_job_needs_them(uploads: Uploads, tmp_path: Path) -> None:
    other = hashlib.sha256(b"x").hexdigest()
    put(uploads, UNI_A)
    uploads.hand_over(UNI_A, SHA256)
    put(uploads, UNI_A, b"x", other)
    uploads.part(UNI_A, "0" * 64).write_bytes(b"half")
    uploads.expire(())
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 4
    age(tmp_path / "uploads", 25)
    uploads.expire({SHA256})
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {SHA256}
    uploads.expire(())
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_nothing_expires_where_nothing_was_uploaded(uploads: Uploads) -> None:
    uploads.expire(())
    assert uploads.copies(UNI_A, SHA256) == []


def test_who_fills_the_room_waits_and_others_do_not(uploads: Uploads) -> None:
    uploads.make_room(UNI_A)
    for number in range(10):
        uploads.coming(UNI_A).write_bytes(bytes([number]) * uploads.most)
    with pytest.raises(LimitError, match="thrown away after 24 hours"):
        uploads.make_room(UNI_A)
    uploads.make_room(STAFF_READER)


def test_many_empty_files_fill_the_room_too(uploads: Uploads) -> None:
    uploads.make_room(UNI_A)
    for number in range(200):
        uploads.part(UNI_A, f"{number:064x}").touch()
    with pytest.raises(LimitError, match="are 200 and take 0 bytes"):
        uploads.make_room(UNI_A)
