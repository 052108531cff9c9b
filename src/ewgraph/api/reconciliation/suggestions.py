"""What is suggested while somebody types, and what is told of it: things, types and properties."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from ewgraph.access import View
from ewgraph.api.linkeddata.labels import Labels
from ewgraph.api.reconciliation.properties import PROPERTIES, TYPES, type_of
from ewgraph.errors import InputError
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, iri
from ewgraph.names.folding import folded
from ewgraph.names.search import Hit, Wanted

_NAME_OF: Final = {kind: name for name, kind in TYPES.items()}


def types_of(hit: Hit, labels: Labels) -> list[dict[str, str]]:
    """The types of what was found, the most precise first."""
    return [{"id": _NAME_OF[one], "name": labels[one]} for one in reversed(hit.classes)]


def description_of(hit: Hit, labels: Labels) -> str:
    """What tells it from others of its name."""
    places = ", ".join(labels[one] for one in hit.countries)
    found_by = f"found by {hit.name.text!r}" if hit.name.text != labels[hit.thing] else ""
    return "; ".join(filter(None, (labels[hit.kind], places, found_by)))


def seen(view: View, text: str) -> IRI | None:
    """The thing that an id names, if the caller sees anything of it."""
    try:
        thing = iri(text.strip())
    except InputError:
        return None
    return thing if view.knows(thing) else None


def _suggested_entities(view: View, prefix: str) -> Sequence[dict[str, object]]:
    labels = Labels(view)
    return [
        {
            "id": hit.thing.value,
            "name": labels[hit.thing],
            "description": description_of(hit, labels),
            "notable": types_of(hit, labels),
        }
        for hit in (view.search(Wanted(prefix)).items if prefix else ())
    ]


def _suggested_types(view: View, prefix: str) -> Sequence[dict[str, object]]:
    labels, wanted = Labels(view), folded(prefix)
    return [
        {"id": name, "name": labels[kind]}
        for name, kind in TYPES.items()
        if wanted in folded(labels[kind]) or wanted in folded(name)
    ]


def _suggested_properties(_: View, prefix: str) -> Sequence[dict[str, object]]:
    wanted = folded(prefix)
    return [
        {"id": one.id, "name": one.name, "description": one.description}
        for one in PROPERTIES.values()
        if wanted in folded(one.name) or wanted in folded(one.id)
    ]


def _described_entity(view: View, name: str) -> str:
    thing = seen(view, name)
    if thing is None:
        return ""
    labels = Labels(view)
    kinds = [labels[one] for one in TYPES.values() if one in view.objects(thing, terms.RDF.type)]
    return ": ".join(filter(None, (labels[thing], ", ".join(kinds))))


def _described_type(view: View, name: str) -> str:
    kind = type_of(name)
    said = view.objects(kind, terms.SKOS.definition) if kind else []
    return next((one.value for one in said if isinstance(one, Literal)), "")


def _described_property(_: View, name: str) -> str:
    return PROPERTIES[name].description if name in PROPERTIES else ""


SUGGESTIONS: Final[Mapping[str, Callable[[View, str], Sequence[dict[str, object]]]]] = MappingProxyType(
    {"entity": _suggested_entities, "type": _suggested_types, "property": _suggested_properties}
)
DESCRIPTIONS: Final[Mapping[str, Callable[[View, str], str]]] = MappingProxyType(
    {"entity": _described_entity, "type": _described_type, "property": _described_property}
)
