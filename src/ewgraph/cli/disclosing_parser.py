"""What the commands about disclosures take. Nothing heavy is imported here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from argparse import ArgumentParser

LANGUAGES: Final = ("en", "de", "nb", "es")
REPORTS: Final = ("text", "json", "html", "turtle")

_LANGUAGE: Final = "the language of the report (default: en)"


def add_disclosing(command: Callable[[str, str, str], ArgumentParser], hidden: Callable[[str], ArgumentParser]) -> None:
    """Add the commands.

    Args:
        command: adds one, given its name, what runs it and its help.
        hidden: adds one that the help does not list, given its name.
    """
    disclose = command("disclose", "disclosing:disclose", "take in a disclosure: check it row by row, compare, store")
    disclose.add_argument("file", metavar="FILE", help="the file: XLSX, CSV or JSON")
    disclose.add_argument("--from", dest="author", required=True, metavar="IRI", help="whose disclosure it is")
    disclose.add_argument("--dry-run", action="store_true", help="only tell what would become of it")
    disclose.add_argument("--format", metavar="MAPPING", help="what the file is (default: found out)")
    disclose.add_argument("--contract", metavar="IRI", help="the contract of rows that name none")
    disclose.add_argument(
        "--map", action="append", default=[], metavar="COLUMN=HEADING", help="which heading is which column; remembered"
    )
    disclose.add_argument("--report", choices=REPORTS, default="text", help="how to report (default: text)")
    disclose.add_argument("--annotated", metavar="OUT.xlsx", help="write the file with its wrong cells marked")
    disclose.add_argument("--received-at", metavar="INSTANT", help="when it was received (default: now)")
    retry = command("retry", "disclosing:retry", "try the kept-out rows of a submission again")
    for each in (disclose, retry):
        each.add_argument("--language", choices=LANGUAGES, default="en", help=_LANGUAGE)
    withdraw = command("withdraw", "disclosing:withdraw", "take back what a submission brought in")
    withdraw.add_argument("--reason", metavar="TEXT", help="why")
    job = hidden("job")
    job.set_defaults(run="disclosing:job")
    for each in (retry, withdraw, job):
        each.add_argument("submission", metavar="SUBMISSION", help="its id, as `submissions` lists it")
    listing = command("submissions", "disclosing:submissions", "list what was handed in, newest first")
    listing.add_argument("--from", dest="author", metavar="IRI", help="only of this organisation")
