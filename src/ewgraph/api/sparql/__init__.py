"""The SPARQL endpoint: the query operations of the SPARQL 1.1 Protocol over what the caller may read."""

from ewgraph.api.sparql.delivery import REWRITE
from ewgraph.api.sparql.endpoint import SparqlEndpoint
from ewgraph.api.sparql.graph_store import GraphStoreEndpoint

__all__ = ["REWRITE", "GraphStoreEndpoint", "SparqlEndpoint"]
