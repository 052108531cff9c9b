"""What a submission says otherwise than the one before of the same series. Linear in what the two say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from ewgraph.ingest.answer.report import Change, ChangeKind, Difference
from ewgraph.ingest.disclosing.statements import Statement

MOST_CHANGES: Final = 1_000

_Key = Callable[[Statement], tuple[object, ...] | None]


def difference(
    previous: str | None,
    old: Iterable[Statement],
    new: Iterable[Statement],
    most: int = MOST_CHANGES,
    *,
    standing: Iterable[Statement] = (),
) -> Difference:
    """The difference between what was said and what is said now.

    A claim is the same where class, model, contract and site are; it has changed where its period, tier or operator
    has, and is renamed where its site is called otherwise. A site of another IRI is the same, too, where the claims
    agree otherwise and either country and address or country and name do.

    Args:
        previous: the submission before; None where there is none.
        old: what that says.
        new: what this one says.
        most: how many changes are listed.
        standing: what was said before and goes on to hold, said again or not: none of it is withdrawn.
    """
    counts: Counter[ChangeKind] = Counter()
    listed: list[Change] = []
    kept = list(standing)
    stand = set(map(id, kept))
    for kind, before, after in _changes([*old, *kept], list(new)):
        if kind == "withdrawn" and id(before) in stand:
            continue
        counts[kind] += 1
        if kind != "unchanged" and len(listed) < most:
            listed.append(_change(kind, before, after))
    more = counts.total() - counts["unchanged"] - len(listed)
    return Difference(previous, dict(counts), tuple(listed), more)


def beside(said: Iterable[Statement], before: Iterable[Statement]) -> list[Statement]:
    """What was said, and of what stood beside it only what it does not say in the very same way."""
    own = list(said)
    known = set(map(_sameness, own))
    return [*own, *(one for one in before if _sameness(one) not in known)]


def _sameness(one: Statement) -> tuple[object, ...]:
    return one.what, one.about, one.site, one.state, one.name, one.shown


def _changes(
    old: Sequence[Statement],
    new: Sequence[Statement],
) -> Iterator[tuple[ChangeKind, Statement | None, Statement | None]]:
    left_old, left_new = old, new
    for key in _KEYS:
        if not left_old or not left_new:
            break
        pairs, left_old, left_new = _paired(left_old, left_new, key)
        for before, after in pairs:
            yield _kind(before, after), before, after
    for after in left_new:
        yield "added", None, after
    for before in left_old:
        yield "withdrawn", before, None


def _paired(
    old: Sequence[Statement],
    new: Sequence[Statement],
    key: _Key,
) -> tuple[list[tuple[Statement, Statement]], list[Statement], list[Statement]]:
    """The statements with the same key by twos, and those of each side that are left."""
    waiting: defaultdict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for statement in reversed(old):
        found = key(statement)
        if found is not None:
            waiting[found].append(statement)
    pairs: list[tuple[Statement, Statement]] = []
    taken, left = set[int](), list[Statement]()
    for statement in new:
        found = key(statement)
        if found is not None and waiting.get(found):
            before = waiting[found].pop()
            taken.add(id(before))
            pairs.append((before, statement))
        else:
            left.append(statement)
    return pairs, [statement for statement in old if id(statement) not in taken], left


_KEYS: Final[tuple[_Key, ...]] = (
    lambda one: (one.what, one.about, one.site, one.state, one.name),
    lambda one: (one.what, one.about, one.site, one.state),
    lambda one: (one.what, one.about, one.site, one.shown[2]),
    lambda one: (one.what, one.about, one.site),
    lambda one: (one.what, one.about, one.place, one.shown[2]) if one.place else None,
    lambda one: (one.what, one.about, one.named, one.shown[2]) if one.name else None,
)
"""Ever looser ways to be the same claim."""


def _kind(before: Statement, after: Statement) -> ChangeKind:
    if before.name and after.name and before.name != after.name:
        return "renamed"
    same_site = before.site == after.site or (before.place == after.place and bool(after.place))
    if same_site and before.state == after.state:
        return "unchanged"
    return "changed"


def _change(kind: ChangeKind, before: Statement | None, after: Statement | None) -> Change:
    said = after or before
    if said is None:
        raise AssertionError("a change has a side")
    model, component, tier, contract = said.shown
    return Change(
        kind=kind,
        what=said.what,
        model=model,
        component=component,
        tier=tier,
        site=said.name or said.site or None,
        site_before=before.name if before and kind == "renamed" else None,
        contract=contract,
        row=after.row if after else None,
        sheet=after.sheet if after else "",
    )
