"""The example of the guide to GraphQL, run as it stands."""

from __future__ import annotations

import os
import re
import subprocess

from tests.conftest import ROOT
from tests.protocol.conftest import Server

GUIDE = (ROOT / "docs" / "graphql.md").read_text(encoding="utf-8")


def test_what_is_deferred_comes_in_the_parts_that_are_shown(example: Server) -> None:
    ((command, shown),) = re.findall(r"<!-- runs: sh -->\n```sh\n(.*?)```\n.*?```\n(.*?)```", GUIDE, re.DOTALL)
    own = {"SERVICE": example.address, "KEY": example.keys["aldermoor"]}
    done = subprocess.run(
        ["bash", "-e", "-c", command], env={**os.environ, **own}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.replace("\r", "").split() == shown.split()
