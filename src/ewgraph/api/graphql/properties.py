"""What an outline is made of: the properties of a class, as the schema tells them."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from ewgraph.model.rdf import IRI


class Form(enum.Enum):
    """How the values of a property are told."""

    TEXT = "text, in English where there is English"
    VALUE = "text or an IRI"
    VALUES = "all its texts and IRIs"
    DATE = "a day"
    INSTANT = "an instant"
    INTEGER = "a whole number"
    NUMBER = "a number"
    DECIMAL = "a number, told exactly"
    BOOLEAN = "true or false"
    CODE = "an enumeration"
    CONCEPT = "an entry of a code list"
    NODE = "a thing of its own"
    OWN = "by a field that is written by hand"


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a class.

    Attributes:
        name: of its field.
        path: the property.
        form: how its values are told.
        text: what it says.
        of: the enumeration, or the type of the thing.
        many: whether there may be several values.
    """

    name: str
    path: IRI
    form: Form
    text: str
    of: str = ""
    many: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """What the schema tells of a class: its definition and its properties."""

    text: str
    properties: tuple[Property, ...]
