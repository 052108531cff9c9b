"""What of a record a reader may see, said anew from `domain.md` 5.7, for records that name who may see them.

Nothing here knows the projector: the two agree, or a test fails.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Quad
from tests.security.twins import Reader

_LEVEL = "https://w3id.org/ewgraph/kos/visibility/"


def visible_part(quads: Sequence[Quad], reader: Reader) -> list[Quad]:
    """The quads of a record that the reader may see: none, or those of what nobody keeps from the reader."""
    record = quads[0].graph_name
    about: defaultdict[object, list[Quad]] = defaultdict(list)
    for quad in quads:
        about[quad.subject].append(quad)
    names = _Named(about[record])

    def sees(node: object) -> bool:
        return all(_sees(reader, level, names) for level in _values(about[node], terms.visibility))

    if not sees(record):
        return []
    said = {subject for subject in about if _values(about[subject], terms.assertedIn)}
    hidden = {subject for subject in said if not sees(subject)}
    named = {subject: {quad.object for quad in about[subject]} & about.keys() - {subject} for subject in about}
    roots = about.keys() - set().union(*named.values()) - said
    seen = {record, *roots, *(said - hidden)}
    queue = list(seen)
    while queue:
        for node in named[queue.pop()] - seen - hidden:
            seen.add(node)
            queue.append(node)
    return [quad for quad in quads if quad.subject in seen]


class _Named:
    """Whom a record names."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        held = list(quads)
        self.parties = _values(held, terms.party)
        self.authors = _values(held, terms.PROV.wasAttributedTo)


def _sees(reader: Reader, level: str, names: _Named) -> bool:
    is_staff = reader.name == "staff"
    return {
        "public": True,
        "affiliates": reader.is_member or is_staff,
        "contract-party": reader.principal in names.parties or is_staff,
        "staff": is_staff,
        "monitor-only": reader.principal in names.authors and reader.is_partner,
    }[level.removeprefix(_LEVEL)]


def _values(quads: Iterable[Quad], predicate: IRI) -> set[str]:
    return {quad.object.value for quad in quads if quad.predicate == predicate and isinstance(quad.object, IRI)}
