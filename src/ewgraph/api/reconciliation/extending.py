"""Values for the columns that are added to a table: what the reader sees of its things."""

from __future__ import annotations

import re
from typing import Final

from ewgraph.access import View
from ewgraph.api.linkeddata.labels import Labels
from ewgraph.api.reconciliation.asked import Extension
from ewgraph.api.reconciliation.properties import PROPERTIES
from ewgraph.errors import InputError
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Term, iri

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_INTEGER: Final = terms.XSD.integer


def extended(view: View, wanted: Extension) -> dict[str, object]:
    """The properties that are wanted, and for each thing their values: none of a thing that the reader does not see."""
    labels = Labels(view)
    known = [PROPERTIES[name] for name in wanted.properties if name in PROPERTIES]
    meta: list[dict[str, object]] = []
    for name in wanted.properties:
        told: dict[str, object] = {"id": name, "name": PROPERTIES[name].name if name in PROPERTIES else name}
        if name in PROPERTIES and (gives := PROPERTIES[name].gives) is not None:
            told["type"] = {"id": gives.value.removeprefix(terms.EW), "name": labels[gives]}
        meta.append(told)
    rows: dict[str, dict[str, list[dict[str, object]]]] = {}
    for text in wanted.things:
        rows[text] = {name: [] for name in wanted.properties}
        if (thing := _named(text)) is not None:
            rows[text] |= {one.id: [_value(term, labels) for term in one.values(view, thing)] for one in known}
    return {"meta": meta, "rows": rows}


def _named(text: str) -> IRI | None:
    try:
        return iri(text)
    except InputError:
        return None


def _value(term: Term, labels: Labels) -> dict[str, object]:
    if isinstance(term, IRI):
        return {"id": term.value, "name": labels[term]}
    text = term.value if isinstance(term, Literal) else ""
    if isinstance(term, Literal) and term.datatype == terms.XSD.date and _DAY.fullmatch(text):
        return {"date": f"{text}T00:00:00Z"}
    if isinstance(term, Literal) and term.datatype == _INTEGER:
        return {"int": int(text)}
    return {"str": text}
