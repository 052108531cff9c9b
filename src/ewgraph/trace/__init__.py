"""Traceability: which contracts touch a site, which sites a contract touches, and on whose word."""

from ewgraph.model.hop import Hop, Touch
from ewgraph.model.window import Window
from ewgraph.trace.touching import NONE, Touches, contracts_touching, key_of, sites_touched_by

__all__ = ["NONE", "Hop", "Touch", "Touches", "Window", "contracts_touching", "key_of", "sites_touched_by"]
