"""Test suites that come in the source distribution of a package.

pip fetches it once for each version of the package and puts it into the environment beside the packages; what it
fetches is checked against the digest in uv.lock.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from importlib.metadata import version
from pathlib import Path

from tests.conftest import ROOT


def unpacked(package: str) -> Path:
    """The folder of the source of a package as it is locked, fetched where it is not there yet."""
    release = version(package)
    folder = Path(sys.prefix) / "share" / "ewgraph-tests" / f"{package}-{release}"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as waiting:
            _fetch(package, release, Path(waiting))
            (source,) = (path for path in Path(waiting).iterdir() if path.is_dir())
            try:
                os.replace(source, folder)  # noqa: PTH105  # in one step: another test process may do the same
            except OSError:
                assert folder.exists()
    return folder


def _fetch(package: str, release: str, folder: Path) -> None:
    """Download and unpack the source distribution."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", package]
    done = subprocess.run(
        [*command, "--dest", str(folder), f"{package}=={release}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"a suite comes with the source of {package}, which pip could not fetch: {done.stderr}"
    (archive,) = folder.glob("*.tar.gz")
    locked = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
    (expected,) = (each["sdist"]["hash"] for each in locked if each["name"] == package and each["version"] == release)
    assert f"sha256:{hashlib.sha256(archive.read_bytes()).hexdigest()}" == expected
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    archive.unlink()
