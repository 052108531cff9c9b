"""The SPARQL endpoint: the query operations of the SPARQL 1.1 Protocol over what the caller may read."""

from ewgraph.api.sparql.endpoint import SparqlEndpoint

__all__ = ["SparqlEndpoint"]
