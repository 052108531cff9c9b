"""Numbers of workers that are too small to be kept: who is one of four is easily found.

A number is too small where it stands for somebody, but for fewer people than the least. So is what is left of a whole
when a part that is told beside it is taken away: five of seven tell of two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from ewgraph.model import terms
from ewgraph.model.codes import Band, ObservationTopic, SiteAttribute
from ewgraph.model.rdf import IRI, Literal
from ewgraph.validate.record_graph import RecordGraph, Subject, Value

LEAST_WORKERS: Final = 5
"""So many workers have to be behind a number that is kept; a setting can ask for more, never for fewer."""

_COUNTING: Final = frozenset({ObservationTopic.WORKER_COUNT.iri, SiteAttribute.WORKER_COUNT.iri})
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_GROUPED: Final = re.compile(r"(?<=\d)[,. '\u00a0\u202f](?=\d{3}(?!\d))")


class Group(NamedTuple):
    """How many people a group has, at least and at most; None where nobody says how many at most."""

    least: Decimal
    most: Decimal | None


def numbers(value: Value) -> list[Decimal]:
    """The numbers in a value, whether it is a number, a range or words.

    >>> numbers(Literal("1,200 to 1,400 workers"))
    [Decimal('1200'), Decimal('1400')]
    """
    text = value.value if isinstance(value, Literal) else ""
    try:
        return [Decimal(text)]
    except InvalidOperation:
        return [Decimal(found) for found in _NUMBER.findall(_GROUPED.sub("", text))]


def is_few(number: Decimal, least: int) -> bool:
    """Whether a number tells of somebody, but of fewer people than the least."""
    return 0 < number < least


def too_few(values: Iterable[Value], least: int) -> Iterator[Value]:
    """It yields the values that hold a number which is too small, or are a size class of such numbers."""
    for value in values:
        most = [band.most for band in _of_bands([value]) if band.most is not None and value != Band.SUPPRESSED.iri]
        if any(is_few(number, least) for number in (*numbers(value), *most)):
            yield value


def counts_workers(graph: RecordGraph, node: Subject) -> bool:
    """Whether the value of a statement is a number of workers; it is, unless the statement says what else it is."""
    said = graph.values(node, terms.attribute)
    return not said or not _COUNTING.isdisjoint(said)


def shares_of_few(graph: RecordGraph, node: Subject, shares: Sequence[Value], least: int) -> Iterator[Value]:
    """It yields the shares of a workforce that may stand for too few, or leave too few: the rest."""
    wholes = [*_of_bands(graph.values(node, terms.workersBand)), *_counted(graph, graph.values(node, terms.site))]
    for value in shares:
        for share in numbers(value):
            parts = [part * whole.least for whole in wholes for part in (share, 1 - share) if part > 0]
            if any(is_few(part, least) for part in parts):
                yield value


def parts_leaving_few(graph: RecordGraph, node: Subject, parts: Sequence[Value], least: int) -> Iterator[Value]:
    """It yields the parts of a workforce that leave too few of a whole that is told beside them, whatever they are.

    Args:
        graph: the record.
        node: the statement: about a site, or about a finding at one.
        parts: numbers of people, or bands.
        least: so many are not too few.
    """
    abouts = [node, *graph.values(node, terms.addresses)]
    sites = [site for about in abouts for site in graph.values(about, terms.site)]
    wholes = [*_counted(graph, sites), *_banded(graph, sites)]
    for value in parts:
        of_value = _of_bands([value]) if isinstance(value, IRI) else [Group(each, each) for each in numbers(value)]
        for part in of_value:
            rests = [whole.most - part.least for whole in wholes if whole.most is not None]
            if any(is_few(rest, least) for rest in rests):
                yield value


def _counted(graph: RecordGraph, sites: Sequence[Value]) -> list[Group]:
    """How many work at the sites, as the record counts them."""
    return [
        Group(min(found), max(found))
        for claim in _about(graph, sites)
        if not _COUNTING.isdisjoint(graph.values(claim, terms.attribute))
        for value in graph.values(claim, terms.value)
        if (found := numbers(value))
    ]


def _banded(graph: RecordGraph, sites: Sequence[Value]) -> list[Group]:
    """How many work at the sites, as size classes."""
    return [band for claim in _about(graph, sites) for band in _of_bands(graph.values(claim, terms.workersBand))]


def _about(graph: RecordGraph, sites: Sequence[Value]) -> list[Subject]:
    return [claim for site in sites for claim in graph.subjects_with(terms.site, site)]


def _of_bands(bands: Iterable[Value]) -> list[Group]:
    return [_BANDS[band] for band in bands if band in _BANDS]


def _group(band: Band) -> Group:
    """The people of a size class, from the name of its concept: `10-19`, `5000-plus`, or `suppressed`."""
    if band is Band.SUPPRESSED:
        return Group(Decimal(1), Decimal(LEAST_WORKERS - 1))
    least, _, most = band.iri.value.rpartition("/")[2].partition("-")
    return Group(Decimal(least), Decimal(most) if most.isdecimal() else None)


_BANDS: Final[dict[Value, Group]] = {band.iri: _group(band) for band in Band}
