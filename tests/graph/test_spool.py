import gc
import os
import resource
from pathlib import Path

import pytest

from ewgraph.errors import LimitError
from ewgraph.graph.spool import PIECE_BYTES, Kept, Sink


def kept(sink: Sink) -> Kept:
    """What another process would make of it."""
    return Kept(sink.content) if sink.file is None else Kept(file=os.dup(sink.file))


@pytest.mark.parametrize("pieces", [0, 1, 5, PIECE_BYTES // 1000 + 2, 3 * PIECE_BYTES // 1000])
def test_what_is_written_is_what_is_read(tmp_path: Path, pieces: int) -> None:
    written = [bytes([number % 251]) * 1000 for number in range(pieces)]
    with Sink(tmp_path, 10_000_000) as sink:
        for piece in written:
            assert sink.write(piece) == 1000
        sink.flush()
        found = kept(sink)
    assert bytes(found) == b"".join(written)
    assert len(found) == 1000 * pieces
    assert b"".join(found.pieces()) == found.opened().read() == bytes(found)
    assert found.first(1500) == b"".join(written)[:1500]
    assert max(map(len, found.pieces()), default=0) <= max(PIECE_BYTES, 1000)


def test_a_large_answer_lies_in_a_file_without_a_name(tmp_path: Path) -> None:
    with Sink(tmp_path, 10_000_000) as sink:
        sink.write(b"x" * (PIECE_BYTES + 1))
        assert sink.file is not None
        assert list(tmp_path.iterdir()) == []
        assert Path(os.readlink(f"/proc/self/fd/{sink.file}")).parent == tmp_path  # noqa: PTH115  # of the system itself


def test_the_file_is_closed_with_the_last_who_knows_of_it(tmp_path: Path) -> None:
    with Sink(tmp_path, 10_000_000) as sink:
        sink.write(b"x" * (PIECE_BYTES + 1))
        sink.flush()
        found = kept(sink)
    open_files = set(os.listdir("/proc/self/fd"))  # noqa: PTH208
    reading = found.opened()
    del found
    assert reading.read(1) == b"x"
    del reading
    gc.collect()
    assert len(open_files - set(os.listdir("/proc/self/fd"))) == 1  # noqa: PTH208


def test_it_refuses_to_grow_past_its_limit(tmp_path: Path) -> None:
    with Sink(tmp_path, PIECE_BYTES + 10) as sink:
        sink.write(b"x" * (PIECE_BYTES + 10))
        with pytest.raises(LimitError, match="Ask for less") as caught:
            sink.write(b"x")
    assert caught.value.limit == "bytes"


def test_a_full_disk_is_an_error_of_the_disk(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (PIECE_BYTES + 5, hard))  # as little as a disk may have left
    try:
        with Sink(tmp_path, 1 << 40) as sink:
            sink.write(b"x" * (PIECE_BYTES + 10))
            with pytest.raises(OSError, match="File too large"):
                sink.flush()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
