"""The stored queries: SPARQL files under `queries/`, each the definition of one question; and the lists of things."""

from ewgraph.catalogue.lists import Ask, ListQuery, Place, Span, together
from ewgraph.catalogue.stored import RESERVED, Catalogue, Column, Kind, Parameter, StoredQuery, load_catalogue

__all__ = [
    "RESERVED",
    "Ask",
    "Catalogue",
    "Column",
    "Kind",
    "ListQuery",
    "Parameter",
    "Place",
    "Span",
    "StoredQuery",
    "load_catalogue",
    "together",
]
