"""Mappings: what a table of a known source means, told as data in `mappings/<id>.toml`.

    [columns]      our name = what its heading may be called
    [patterns]     our name = what each cell of it must look like, whole
    [codes.<list>] scheme = the code list's IRI; synonyms = what the source calls its concepts
    [record]       by = the columns whose values make a record; most = rows in one; iri; properties
    [[about]]      a node that each record describes once
    [[row]]        a node that each row describes; one without an `iri` hangs from another without a name

A node's properties are prefixed names with a value, or a list of values:

    { iri = "prefix:name, a full IRI, or a path under the base" }
    { text = "…", datatype = "xsd:date", language = "en" }
    { code = "<list>", of = "…", unknown = "skip" }           a concept found by its label, notation or synonym
    { choice = { "what the text holds" = "prefix:name" }, of = "…" }
    { node = "name of a node of the same part" }

In the texts `{name}` stands for a cell, `{year+1}` for the number after it, `{hash:a,b}` for a digest of cells without
regard to case and punctuation; also given are `{row}`, `{record}`, `{part}`, `{digest}`, `{sha256}` and
`{receivedAt}`. `split = ";"` gives one value for each part. An empty text gives no value.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from ewgraph.errors import ConfigurationError, InputError, NotFoundError
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, iri

_PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ew": terms.EW,
        "kos": terms.EWK,
        "adms": "http://www.w3.org/ns/adms#",
        "country": "http://publications.europa.eu/resource/authority/country/",
        "dct": "http://purl.org/dc/terms/",
        "geo": "http://www.opengis.net/ont/geosparql#",
        "locn": "http://www.w3.org/ns/locn#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    },
)

_SLOT: Final = re.compile(r"\{(?:hash:(?P<hashed>[\w,]+)|(?P<name>\w+?)(?P<plus>\+\d+)?)\}", re.ASCII)
_FOLDER: Final = resources.files("ewgraph.ingest") / "mappings"

ValueKind: TypeAlias = Literal["iri", "text", "code", "choice", "node"]
_KINDS: Final[tuple[ValueKind, ...]] = ("iri", "text", "code", "choice", "node")


@dataclass(frozen=True, slots=True)
class Value:
    """How a property gets its values.

    Attributes:
        template: the text with slots; for a node, its name.
        codes: the code list of a code.
        choices: what a choice gives for each text.
        skip: whether a text that is unknown gives no value, and no refusal of the row.
    """

    kind: ValueKind
    template: str
    datatype: IRI | None = None
    language: str | None = None
    split: str | None = None
    codes: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    skip: bool = False

    def texts(self, cells: Mapping[str, str]) -> list[str]:
        """The texts for a row, the slots filled, none of them empty.

        Raises:
            InputError: a slot wants a number and the cell is none.
        """
        text = filled(self.template, cells)
        parts = text.split(self.split) if self.split else [text]
        return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


@dataclass(frozen=True, slots=True)
class Node:
    """A node to describe; without an IRI it is a blank node, described by the node that names it."""

    name: str
    iri: str | None
    properties: tuple[tuple[IRI, Value], ...]


@dataclass(frozen=True, slots=True)
class CodeNames:
    """A code list to look words up in: its scheme, and what the source calls its concepts, by local name."""

    scheme: IRI
    synonyms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What a table of a known source means.

    Attributes:
        columns: what the headings may call each column.
        patterns: what each cell of a column must look like.
        by: the columns whose values make a record.
        most: how many rows a record has at most; None for any number.
        text: the mapping as written: its digest is part of a record's IRI.
    """

    id: str
    summary: str
    columns: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, re.Pattern[str]]
    codes: Mapping[str, CodeNames]
    by: tuple[str, ...]
    most: int | None
    record: Node
    about: tuple[Node, ...]
    row: tuple[Node, ...]
    text: str


def prefixes() -> dict[str, str]:
    """The prefixes that mappings use, and the record files that we write."""
    return dict(_PREFIXES)


def mapping_ids() -> list[str]:
    """The names of the mappings that ship with the program."""
    return sorted(file.name.removesuffix(".toml") for file in _FOLDER.iterdir() if file.name.endswith(".toml"))


def load_mapping(name: str) -> TableMapping:
    """The mapping of that name.

    Raises:
        NotFoundError: there is none.
        ConfigurationError: it is not written as a mapping is.
    """
    if name not in mapping_ids():
        raise NotFoundError(f"there is no importer {name!r}. There are {', '.join(mapping_ids())}")
    return parse_mapping(name, (_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def parse_mapping(name: str, text: str) -> TableMapping:
    """The mapping that the text of a TOML file tells.

    Raises:
        ConfigurationError: it is not written as a mapping is.
    """
    try:
        table = tomllib.loads(text)
        record = table["record"]
        return TableMapping(
            id=name,
            summary=table["summary"],
            columns={column: tuple(synonyms) for column, synonyms in table["columns"].items()},
            patterns={column: re.compile(pattern) for column, pattern in table.get("patterns", {}).items()},
            codes={
                each: CodeNames(iri(spec["scheme"]), dict(spec.get("synonyms", {})))
                for each, spec in table.get("codes", {}).items()
            },
            by=tuple(record.get("by", ())),
            most=record.get("most"),
            record=_node({"name": "record", **record}),
            about=tuple(map(_node, table.get("about", ()))),
            row=tuple(map(_node, table["row"])),
            text=text,
        )
    except (KeyError, TypeError, ValueError, re.error, InputError) as error:
        raise ConfigurationError(f"the mapping {name!r} is not well written: {error!r}") from error


def _node(spec: Mapping[str, object]) -> Node:
    properties = spec["properties"]
    if not isinstance(properties, dict):
        raise TypeError(f"the properties of {spec['name']!r} are a table")
    return Node(
        name=str(spec["name"]),
        iri=str(spec["iri"]) if "iri" in spec else None,
        properties=tuple(
            (expanded(name), _value(each))
            for name, value in properties.items()
            for each in (value if isinstance(value, list) else [value])
        ),
    )


def _value(spec: Mapping[str, object]) -> Value:
    kind = next((kind for kind in _KINDS if kind in spec), None)
    if kind is None:
        raise ValueError(f"{dict(spec)!r} has none of {', '.join(_KINDS)}")
    choices = spec["choice"] if kind == "choice" else {}
    if not isinstance(choices, dict):
        raise TypeError(f"a choice is a table, not {choices!r}")
    return Value(
        kind=kind,
        template=str(spec["of"] if kind in {"code", "choice"} else spec[kind]),
        datatype=expanded(str(spec["datatype"])) if "datatype" in spec else None,
        language=str(spec["language"]) if "language" in spec else None,
        split=str(spec["split"]) if "split" in spec else None,
        codes=str(spec["code"]) if kind == "code" else "",
        choices=choices,
        skip=spec.get("unknown") == "skip",
    )


def expanded(name: str) -> IRI:
    """The IRI of a prefixed name; a full IRI as it is.

    Raises:
        InputError: it is neither.
    """
    prefix, _, local = name.partition(":")
    return iri(_PREFIXES[prefix] + local if prefix in _PREFIXES else name)


def filled(template: str, cells: Mapping[str, str]) -> str:
    """The template with its slots filled.

    Raises:
        InputError: a slot wants a number and the cell is none.

    >>> filled("{year+1}-01-01", {"year": "2018"})
    '2019-01-01'
    """

    def fill(slot: re.Match[str]) -> str:
        if slot["hashed"]:
            return hashed([cells[name] for name in slot["hashed"].split(",")])
        text = cells[slot["name"]]
        if not slot["plus"]:
            return text
        if not (text.isascii() and text.isdigit()):
            raise InputError(f"{text!r} is no whole number")
        return str(int(text) + int(slot["plus"])).zfill(len(text))

    return _SLOT.sub(fill, template)


def hashed(cells: list[str]) -> str:
    """A digest of the cells without regard to case, width, accents, punctuation and blanks; 20 hexadecimal digits.

    >>> hashed(["Foxconn (Shenzhen)"]) == hashed(["FOXCONN  SHENZHEN"])
    True
    """
    return hashlib.sha256("\x1f".join(map(folded, cells)).encode()).hexdigest()[:20]


def folded(text: str) -> str:
    """The text as it is compared: without case, width, accents and punctuation.

    >>> folded("Côte  d'Ivoire")
    'cote d ivoire'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())
