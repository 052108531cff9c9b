"""Where the minerals of a contract or model come from, from the index."""

from __future__ import annotations

from collections.abc import Collection

from ewgraph.index.look import Look, strength
from ewgraph.index.sections import Section, in_sections
from ewgraph.index.touches import sites_upstream
from ewgraph.model.codes import Mineral
from ewgraph.model.hop import Origin
from ewgraph.model.rdf import IRI
from ewgraph.model.window import Part, Window


def mineral_origins(  # noqa: PLR0913, PLR0917  # the arguments of the question
    look: Look,
    start: IRI,
    mineral: IRI | None,
    kinds: Collection[IRI] | None,
    bits: int,
    window: Window,
) -> Part[Origin]:
    """The sites that minerals of a contract or model may come from: by mineral, the best reached first."""
    node = look.node(start)
    if node is None:
        return Part()
    minerals = [mineral] if mineral else sorted((code.iri for code in Mineral), key=lambda iri: iri.value)
    sections = (
        Section(each.value, lambda part, each=each: _of_one(look, node, start, each, kinds, bits, part))  # type: ignore[misc]
        for each in minerals
    )
    return in_sections(window, sections)


def _of_one(  # noqa: PLR0913, PLR0917  # the arguments of the question
    look: Look,
    node: int,
    start: IRI,
    mineral: IRI,
    kinds: Collection[IRI] | None,
    bits: int,
    window: Window,
) -> Part[Origin]:
    number = look.node(mineral)
    if number is None:
        return Part()
    with sites_upstream(look, node, kinds, bits, number) as (found, wells, path):

        def told(site: int, well: int) -> Origin:
            scope, basis = strength(well)
            return Origin(start, look.name(site), scope, basis, path(site, well), mineral)

        return look.part(found, wells, window, told)
