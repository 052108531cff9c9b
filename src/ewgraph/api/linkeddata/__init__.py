"""Linked data: every entity, record and claim under its IRI, as RDF or as a page."""

from ewgraph.api.linkeddata.endpoint import EntityEndpoint, Writer

__all__ = ["EntityEndpoint", "Writer"]
