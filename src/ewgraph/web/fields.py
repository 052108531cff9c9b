"""The form of a question: a field for each parameter, with what may be chosen where it is one of few things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Final

from ewgraph.access import View
from ewgraph.api.linkeddata.labels import Labels
from ewgraph.catalogue import Kind, Parameter
from ewgraph.errors import InputError
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, iri
from ewgraph.names.fields import CLASSES
from ewgraph.names.search import Wanted as Looked
from ewgraph.web.asked import Asked

_TYPES: Final = MappingProxyType({Kind.DATE: "date", Kind.INTEGER: "number", Kind.IRI: "url"})
_SCHEMES: Final = MappingProxyType(
    {"mineral": "mineral", "stage": "stage", "topic": "observation-topic", "type": "obligation-type"}
)
"""The code list of a parameter, by its name."""
_CLASSES: Final[Mapping[str, tuple[IRI, ...]]] = MappingProxyType(
    {
        "affiliate": (terms.Organization,),
        "attributedTo": (terms.Organization,),
        "brand": (terms.Organization,),
        "buyer": (terms.Organization,),
        "contract": (terms.Contract,),
        "clauses": (terms.ClauseSet,),
        "contractor": (terms.Organization,),
        "declarant": (terms.Organization,),
        "finding": (terms.Finding,),
        "from": (terms.Contract, terms.ProductModel),
        "mine": (terms.Mine,),
        "model": (terms.ProductModel,),
        "organization": (terms.Organization,),
        "site": (terms.Site,),
        "start": (terms.Contract, terms.ProductModel),
        "to": (terms.Site,),
        "about": (terms.Contract, terms.Site, terms.ProductModel),
    }
)
"""What a parameter names, by its own name."""
_EXAMPLES: Final = MappingProxyType(
    {
        Kind.IRI: "https://data.example.org/id/…",
        Kind.DATE: "2026-01-31",
        Kind.DATETIME: "2026-01-31T12:00:00Z",
        Kind.INTEGER: "3",
        Kind.DECIMAL: "2.5",
    }
)
_LONGEST: Final = 200
"""So many characters of a name are looked for."""
_MEANT: Final = 5
"""So many things are named that may be meant by what stands in the place of an IRI."""
_SUGGESTED: Final = 200
"""So many things of a class are suggested at most: the first that the graph has."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that may be chosen, and what it is called."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter as a field of the form.

    Attributes:
        name: of the parameter.
        text: what it is for.
        type: of the input.
        example: of what is written there.
        required: whether it has to be filled in.
        value: what is in it.
        choices: all that may be chosen, of a code list; else some of what may be meant.
        is_closed: whether nothing else may be chosen.
    """

    name: str
    text: str
    type: str
    example: str
    required: bool
    value: str
    choices: Sequence[Choice] = ()
    is_closed: bool = False


def fields(wanted: Asked, view: View) -> list[Field]:
    """The fields of a question, filled in with what was asked; choices are of what the reader sees."""
    labels = Labels(view)
    return [
        _field(parameter, wanted.values.get(parameter.name, ""), view, labels) for parameter in wanted.query.parameters
    ]


def meant(wanted: Asked, view: View) -> list[tuple[Choice, str]]:
    """What may be meant where somebody wrote a name in the place of an IRI, and the address that asks about it."""
    labels, found = Labels(view), []
    for parameter in wanted.query.parameters:
        text = wanted.values.get(parameter.name, "").strip()
        classes = [kind for kind in _CLASSES.get(parameter.name, ()) if kind in CLASSES]
        if not text or not classes or _is_iri(text):
            continue
        hits = view.search(Looked(text[:_LONGEST], classes)).items[:_MEANT]
        found += [
            (Choice(hit.thing.value, f"{labels[hit.thing]} ({labels[hit.kind].lower()})"), parameter.name)
            for hit in hits
        ]
    return [(choice, wanted.address(**{name: choice.value})) for choice, name in found]


def _is_iri(text: str) -> bool:
    try:
        iri(text)
    except InputError:
        return False
    return True


def _field(parameter: Parameter, value: str, view: View, labels: Labels) -> Field:
    choices, is_closed = _choices(parameter, view, labels)
    return Field(
        name=parameter.name,
        text=parameter.text,
        type="text" if parameter.name in _CLASSES else _TYPES.get(parameter.kind, "text"),
        example=_EXAMPLES.get(parameter.kind, "") + (", or a name" if parameter.name in _CLASSES else ""),
        required=not parameter.optional and parameter.name not in {"validAt", "knownAt"},
        value=value,
        choices=choices,
        is_closed=is_closed and value in {"", *(choice.value for choice in choices)},
    )


def _choices(parameter: Parameter, view: View, labels: Labels) -> tuple[list[Choice], bool]:
    if parameter.kind is not Kind.IRI:
        return [], False
    scheme = _SCHEMES.get(parameter.name)
    if scheme:
        found = view.subjects(terms.SKOS.inScheme, IRI(terms.EWK + scheme))
        return _sorted(found, labels), True
    found = []
    for kind in _CLASSES.get(parameter.name, ()):
        seen = (quad.subject for quad in view.quads(None, terms.RDF.type, kind))
        found += [node for node in islice(seen, _SUGGESTED) if isinstance(node, IRI)]
    return _sorted(found, labels), False


def _sorted(nodes: Sequence[IRI], labels: Labels) -> list[Choice]:
    choices = (Choice(node.value, labels[node]) for node in dict.fromkeys(nodes))
    return sorted(choices, key=lambda choice: (choice.label.casefold(), choice.value))
