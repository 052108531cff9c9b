"""A validation result as the processors give it: terms only."""

from __future__ import annotations

from typing import NamedTuple

from ewgraph.model.rdf import IRI
from ewgraph.validate.record_graph import Subject, Value


class Finding(NamedTuple):
    """One result; the message and the severity are looked up by the shape.

    Attributes:
        path: the property, where the result is about one; None also where the path is no single property.
    """

    shape: Subject
    component: IRI
    focus: Value
    path: IRI | None
    value: Value | None
