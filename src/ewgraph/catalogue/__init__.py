"""The stored queries: SPARQL files under `queries/`, each the definition of one question."""

from ewgraph.catalogue.stored import RESERVED, Catalogue, Column, Kind, Parameter, StoredQuery, load_catalogue

__all__ = ["RESERVED", "Catalogue", "Column", "Kind", "Parameter", "StoredQuery", "load_catalogue"]
