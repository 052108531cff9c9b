"""`release` and `embargo`: records opened to wider audiences, on their day, perhaps redacted; and called off."""

from __future__ import annotations

import datetime as dt
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from ewgraph.assets import asset
from ewgraph.cli import DONE, UsageError
from ewgraph.cli.directory import reading, show
from ewgraph.clock import SystemClock
from ewgraph.errors import InputError
from ewgraph.ingest.checking import Checker
from ewgraph.ingest.releasing import EmbargoRequest, Outcome, Releaser, ReleaseRequest, StandingRelease
from ewgraph.model.code import Code
from ewgraph.model.codes import Redaction, Visibility
from ewgraph.model.instants import zoned
from ewgraph.model.rdf import IRI, iri
from ewgraph.settings import Settings

_C = TypeVar("_C", bound=Code)
_STAGES = {
    "linked": Visibility.LINKED_AFFILIATES,
    "affiliates": Visibility.AFFILIATES,
    "public": Visibility.PUBLIC,
}


def release(arguments: Namespace, settings: Settings) -> int:
    """Open a record and print the release; or call one off; or list them."""
    if arguments.list:
        return _list(settings)
    author = _iri("--from", arguments.author or settings.steward)
    if arguments.call_off:
        with _releaser(settings) as releaser:
            done = releaser.call_off(_iri("--call-off", arguments.call_off), reason=_reason(arguments), author=author)
        print(done.value)
        show(settings)
        return DONE
    if not arguments.record or not arguments.level:
        raise UsageError("say which record is released, --to which level, and why: --reason. Or --list, or --call-off")
    request = ReleaseRequest(
        record=_iri("RECORD", arguments.record),
        level=_concept(Visibility, arguments.level),
        reason=_reason(arguments),
        author=author,
        parties=frozenset(_iri("--party", each) for each in arguments.party),
        at=_instant("--on", arguments.on),
        redaction=_concept(Redaction, arguments.redaction),
        keep=frozenset(_iri("--keep", each) for each in arguments.keep),
        with_replies=arguments.with_replies,
    )
    with _releaser(settings) as releaser:
        outcome = releaser.release(request)
    return _told(outcome, settings)


def embargo(arguments: Namespace, settings: Settings) -> int:
    """Let a company see a record first, and print the releases; or list what is to come."""
    if arguments.list:
        return _list(settings)
    if not arguments.record or not arguments.company:
        raise UsageError("say which record it is, and which --company sees it first. Or --list")
    days = {level: _instant(f"--{name}", getattr(arguments, name)) for name, level in _STAGES.items()}
    request = EmbargoRequest(
        record=_iri("RECORD", arguments.record),
        companies=frozenset(_iri("--company", each) for each in arguments.company),
        stages={level: at for level, at in days.items() if at},
        reason=_reason(arguments),
        author=_iri("--from", arguments.author or settings.steward),
        reply_days=arguments.reply_days,
        without_reply_period=arguments.without_reply_period,
        with_replies=arguments.with_replies,
    )
    with _releaser(settings) as releaser:
        outcome = releaser.embargo(request)
    return _told(outcome, settings)


@contextmanager
def _releaser(settings: Settings) -> Iterator[Releaser]:
    with reading(settings) as here:
        yield Releaser(
            here.ledger,
            here.gate,
            Checker(asset("shapes"), settings.least_workers),
            iri(settings.steward),
            settings.base,
            SystemClock(),
        )


def _told(outcome: Outcome, settings: Settings) -> int:
    for made in outcome.releases:
        print(made.value)
    if outcome.edition:
        print(f"{outcome.twins} claims are shown redacted, in {outcome.edition.value}", file=sys.stderr)
    for why, number in outcome.left_out.items():
        print(f"left out: {number} {why}", file=sys.stderr)
    for reply, level in outcome.hidden_replies.items():
        print(
            f"a reply that {_short(level.iri)} will not see: {reply.value}. --with-replies releases it too",
            file=sys.stderr,
        )
    show(settings)
    return DONE


def _list(settings: Settings) -> int:
    with _releaser(settings) as releaser:
        for one in releaser.releases():
            print("\n".join(_lines(one)))
    return DONE


def _lines(one: StandingRelease) -> Iterator[str]:
    parties = "".join(f" {party.value}" for party in sorted(one.parties, key=lambda party: party.value))
    state = "since" if one.is_due else "from"
    redacted = "" if one.redaction is Redaction.NONE else f", {_short(one.redaction.iri)}"
    yield f"{one.release.value}  {state} {one.at.isoformat()}  {_short(one.level.iri)}{parties}{redacted}"
    yield from (f"  {record.value}" for record in one.records)
    yield f"  why: {one.reason}"
    yield from (f"  outdated by {record.value}: call it off or release anew" for record in one.outdated_by)
    yield from (f"  a reply is not seen there: {reply.value}" for reply in one.hidden_replies)


def _reason(arguments: Namespace) -> str:
    if not arguments.reason:
        raise UsageError("say why: --reason TEXT. It is kept in the release")
    return str(arguments.reason)


def _iri(option: str, text: str) -> IRI:
    try:
        return iri(text)
    except InputError as error:
        raise UsageError(f"{option}: {error}") from error


def _concept(codes: type[_C], name: str) -> _C:
    return next(code for code in codes if _short(code.iri) == name)


def _instant(option: str, text: str | None) -> dt.datetime | None:
    """The instant that is named: of a day its beginning in UTC."""
    if text is None:
        return None
    try:
        return zoned(dt.datetime.fromisoformat(text))
    except ValueError as error:
        raise UsageError(f"{option} {text!r} is no day. Write 2026-03-01, or 2026-03-01T12:00:00Z") from error


def _short(concept: IRI) -> str:
    return concept.value.rpartition("/")[2]
