import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ewgraph.cli import main
from ewgraph.clock import SystemClock
from ewgraph.ledger import Ledger


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


class Command:
    """Runs the command line in this process, on one data directory."""

    def __init__(self, data: Path, capture: pytest.CaptureFixture[bytes], patch: pytest.MonkeyPatch) -> None:
        self.data = data
        self._capture = capture
        self._patch = patch

    def __call__(self, *arguments: object, stdin: bytes = b"") -> Ran:
        with self._patch.context() as patched:
            patched.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            code = main(["--data", str(self.data), *map(str, arguments)])
        out, err = self._capture.readouterr()
        return Ran(code, out.decode(), err.decode())

    def head(self) -> int:
        if not (self.data / "ledger.sqlite").exists():
            return 0
        ledger = Ledger(self.data / "ledger.sqlite", SystemClock())
        try:
            return ledger.head()
        finally:
            ledger.close()


@pytest.fixture
def ewgraph(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Command:
    for name in os.environ:
        if name.startswith("EWGRAPH_"):
            monkeypatch.delenv(name)
    return Command(tmp_path / "data", capsysbinary, monkeypatch)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def written(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return written
