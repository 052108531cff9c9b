"""What `release` and `embargo` take. Nothing heavy is imported here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from argparse import ArgumentParser

LEVELS: Final = ("public", "affiliates", "linked-affiliates", "contract-party", "staff")
REDACTIONS: Final = ("none", "boundary-reference", "name-removed", "aggregated", "withheld")


def add_releasing(add: Callable[[str, str, str], ArgumentParser]) -> None:
    """Add both commands; `add` makes one from its name, its place and its text."""
    release = add("release", "releasing:release", "open a record to a wider audience, call that off, or list releases")
    release.add_argument("record", nargs="?", metavar="RECORD", help="the record's IRI")
    release.add_argument("--to", dest="level", choices=LEVELS, help="the audience rule")
    release.add_argument("--party", action="append", default=[], metavar="IRI", help="to contract-party: to it alone")
    release.add_argument("--on", metavar="DATE|INSTANT", help="from when on (default: at once)")
    release.add_argument("--redaction", choices=REDACTIONS, default="none", help="how it is lessened (default: none)")
    release.add_argument(
        "--keep", action="append", default=[], metavar="IRI", help="redacted: a site or organisation that stays named"
    )
    release.add_argument("--call-off", metavar="IRI", help="call this release off, before or after its day")
    embargo = add("embargo", "releasing:embargo", "let a company see a record first, and others on later days")
    embargo.add_argument("record", nargs="?", metavar="RECORD", help="the record's IRI")
    embargo.add_argument("--company", action="append", default=[], metavar="IRI", help="who sees it at once")
    for stage, who in (("linked", "affiliates linked to its sites"), ("affiliates", "affiliates"), ("public", "all")):
        embargo.add_argument(f"--{stage}", metavar="DATE", help=f"from when on {who} see it")
    embargo.add_argument("--reply-days", type=int, default=14, metavar="N", help="days to reply in (default: 14)")
    embargo.add_argument("--without-reply-period", metavar="TEXT", help="why there are fewer; kept in the release")
    for command in (release, embargo):
        command.add_argument("--reason", metavar="TEXT", help="why; kept in the release, for staff")
        command.add_argument("--from", dest="author", metavar="IRI", help="on whose word (default: the steward's)")
        command.add_argument("--with-replies", action="store_true", help="release the replies to its claims too")
        command.add_argument("--list", action="store_true", help="list the releases, past and to come")
