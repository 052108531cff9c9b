"""The Reconciliation Service API 0.2 of the W3C community group: names in a table become things in the graph.

Source: https://reconciliation-api.github.io/specs/0.2/
"""

from ewgraph.api.reconciliation.endpoint import Reconciliation

__all__ = ["Reconciliation"]
