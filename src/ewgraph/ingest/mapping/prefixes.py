"""The prefixes that mappings use, and the record files that we write."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ewgraph.model import terms
from ewgraph.model.rdf import IRI, iri

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ew": terms.EW,
        "kos": terms.EWK,
        "adms": "http://www.w3.org/ns/adms#",
        "country": "http://publications.europa.eu/resource/authority/country/",
        "dct": "http://purl.org/dc/terms/",
        "geo": "http://www.opengis.net/ont/geosparql#",
        "locn": "http://www.w3.org/ns/locn#",
        "org": "http://www.w3.org/ns/org#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    },
)


def prefixes() -> dict[str, str]:
    """The prefixes, as a dictionary of one's own."""
    return dict(PREFIXES)


def expanded(name: str) -> IRI:
    """The IRI of a prefixed name; a full IRI as it is.

    Raises:
        InputError: it is neither.
    """
    prefix, _, local = name.partition(":")
    return iri(PREFIXES[prefix] + local if prefix in PREFIXES else name)
