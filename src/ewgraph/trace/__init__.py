"""Traceability: which contracts touch a site, which sites a contract touches, and on whose word."""

from ewgraph.model.hop import EvidencePath, Hop, Origin, Touch
from ewgraph.model.window import Part, Window
from ewgraph.trace.answer import Answer, Completeness, Provenance, answered, cited
from ewgraph.trace.exposure import by_concerned, exposed_to
from ewgraph.trace.leverage import shared_leverage
from ewgraph.trace.origins import by_mineral, mineral_origins
from ewgraph.trace.paths import best_paths
from ewgraph.trace.touching import by_contract, by_site, contracts_touching, sites_touched_by

__all__ = [
    "Answer",
    "Completeness",
    "EvidencePath",
    "Hop",
    "Origin",
    "Part",
    "Provenance",
    "Touch",
    "Window",
    "answered",
    "best_paths",
    "by_concerned",
    "by_contract",
    "by_mineral",
    "by_site",
    "cited",
    "contracts_touching",
    "exposed_to",
    "mineral_origins",
    "shared_leverage",
    "sites_touched_by",
]
