"""The compiled shapes give what the W3C test suite for SHACL core expects, result by result."""

from pathlib import Path

import pytest

from tests.validate.w3c_suite import cases, suite_folder

CASES = {
    "complex": 2,
    "misc": 5,
    "node": 32,
    "path": 13,
    "property": 38,
    "targets": 7,
    "validation-reports": 1,
}


@pytest.fixture(scope="session")
def suite() -> Path:
    return suite_folder()


@pytest.mark.parametrize("chapter", CASES)
def test_every_case_gives_exactly_the_results_that_the_suite_names(chapter: str, suite: Path) -> None:
    of_chapter = list(cases(suite / chapter / "manifest.ttl"))
    assert len(of_chapter) == CASES[chapter]
    differing = {case.name: (case.found(), case.expected()) for case in of_chapter}
    assert {name: both for name, both in differing.items() if both[0] != both[1]} == {}
    assert sum(len(expected) for _, expected in differing.values()) > 0
