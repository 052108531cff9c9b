"""Traceability: which contracts touch a site, which sites a contract touches, and on whose word."""

from ewgraph.trace.questions import contracts_touching, sites_touched_by
from ewgraph.trace.walk import Hop, Touch

__all__ = ["Hop", "Touch", "contracts_touching", "sites_touched_by"]
