"""Who asks, and what they may read: every read goes through a View."""

from ewgraph.access.aggregator import Aggregator, Counting
from ewgraph.access.credential import NOTHING_SHOWN, Credential
from ewgraph.access.explaining import Audience, Explainer
from ewgraph.access.principal import PUBLIC_READER, STAFF_READER, Principal, organization, parse_principal
from ewgraph.access.view import AsOf, Gate, Solutions, View

__all__ = [
    "NOTHING_SHOWN",
    "PUBLIC_READER",
    "STAFF_READER",
    "Aggregator",
    "AsOf",
    "Audience",
    "Counting",
    "Credential",
    "Explainer",
    "Gate",
    "Principal",
    "Solutions",
    "View",
    "organization",
    "parse_principal",
]
