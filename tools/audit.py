"""Ask for known vulnerabilities of all that `uv.lock` pins: fails on one, and only complains where nobody can be asked.

python tools/audit.py [--service URL] [--requirements FILE]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
OSV: Final = "https://api.osv.dev/v1/query"
_BIN: Final = Path(sys.executable).parent
_SECONDS: Final = 15
_LINE: Final = "!" * 100


def locked() -> str:
    """What the lock pins, with hashes, as a requirements file."""
    program = [str(_BIN / "uv"), "export", "--quiet", "--locked", "--all-groups", "--no-emit-project"]
    done = subprocess.run(program, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603  # ours
    return done.stdout


def audited(requirements: Path, service: str) -> tuple[dict[str, Any] | None, str]:
    """What pip-audit found, None where it found nothing out; and what it said."""
    program = [str(_BIN / "pip-audit"), "--requirement", str(requirements), "--disable-pip", "--require-hashes"]
    program += ["--vulnerability-service", "osv", "--osv-url", service, "--timeout", str(_SECONDS)]
    program += ["--format", "json", "--progress-spinner", "off", "--cache-dir", str(requirements.parent / "cache")]
    done = subprocess.run(program, check=False, capture_output=True, text=True)  # noqa: S603  # ours
    try:
        return json.loads(done.stdout), done.stderr
    except ValueError:
        return None, done.stderr


def answers(service: str) -> bool:
    """Whether the advisory service answers a question."""
    body = json.dumps({"package": {"name": "pip", "ecosystem": "PyPI"}}).encode()
    try:
        with urllib.request.urlopen(service, body, timeout=_SECONDS) as answer:  # noqa: S310  # the service is ours to say
            json.load(answer)
    except (OSError, ValueError, urllib.error.URLError):
        return False
    return True


def verdict(found: dict[str, Any] | None, said: str, service: str) -> int:
    """Print what came of it, and give the exit code."""
    if found is None:
        if answers(service):
            print(said, file=sys.stderr)
            return 2
        print(f"{_LINE}\nNOT AUDITED: {service} cannot be reached. Nobody looked for known vulnerabilities.\n{_LINE}")
        return 0
    for one in found["dependencies"]:
        for weakness in one.get("vulns", ()):
            mended = ", ".join(weakness["fix_versions"]) or "none"
            print(f"{one['name']} {one['version']}: {weakness['id']}, mended in: {mended}", file=sys.stderr)
    if any(one.get("vulns") for one in found["dependencies"]):
        return 1
    unknown = [one["name"] for one in found["dependencies"] if "skip_reason" in one]
    if unknown:
        print(f"{_LINE}\nNOT AUDITED: {', '.join(unknown)}\n{_LINE}")
    print(f"{len(found['dependencies']) - len(unknown)} dependencies have no known vulnerability")
    return 0


def main() -> int:
    """Audit."""
    parser = argparse.ArgumentParser(description="Ask for known vulnerabilities of what the lock pins.")
    parser.add_argument("--service", default=OSV, help="the address of an OSV service")
    parser.add_argument("--requirements", type=Path, help="a requirements file with hashes, instead of the lock")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        requirements = Path(folder) / "requirements.txt"
        text = arguments.requirements.read_text(encoding="utf-8") if arguments.requirements else locked()
        requirements.write_text(text, encoding="utf-8")
        return verdict(*audited(requirements, arguments.service), arguments.service)


if __name__ == "__main__":
    sys.exit(main())
