"""What questions call is compiled ahead, once for each version of the program."""

from __future__ import annotations

import subprocess

import pytest

from ewgraph.index import warming
from ewgraph.index.compiled import folder


def test_it_is_done_once(monkeypatch: pytest.MonkeyPatch) -> None:
    warming.warm()
    assert (folder() / "all-of-them").exists()
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("it is done again"))
    with warming.meanwhile():
        pass
