"""What the service says of itself."""

from __future__ import annotations

from typing import Final

from ewgraph.api.reconciliation.asked import BATCH
from ewgraph.model import terms

VERSION: Final = "0.2"
_WIDTH: Final = 420
_HEIGHT: Final = 220
_DEFAULT_TYPES: Final = (terms.Site, terms.Organization, terms.ProductModel, terms.Contract)


def manifest(base: str) -> dict[str, object]:
    """The service manifest.

    Args:
        base: the address of the service, with a slash at its end.
    """
    here = base.rstrip("/")

    def suggested(what: str) -> dict[str, str]:
        return {
            "service_url": here,
            "service_path": f"/reconcile/suggest/{what}",
            "flyout_service_url": here,
            "flyout_service_path": f"/reconcile/flyout/{what}?id=${{id}}",
        }

    return {
        "versions": [VERSION],
        "name": "ewgraph: sites, organizations, product models and contracts of electronics supply chains",
        "identifierSpace": f"{base}id/",
        "schemaSpace": terms.EW,
        "documentation": f"{base}ns",
        "logo": f"{base}static/icon.svg",
        "batchSize": BATCH,
        "defaultTypes": [
            {"id": kind.value.removeprefix(terms.EW), "name": kind.value.removeprefix(terms.EW)}
            for kind in _DEFAULT_TYPES
        ],
        "view": {"url": f"{base}id?iri={{{{id}}}}"},
        "preview": {"url": f"{base}reconcile/preview?id={{{{id}}}}", "width": _WIDTH, "height": _HEIGHT},
        "suggest": {what: suggested(what) for what in ("entity", "type", "property")},
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/reconcile/properties"},
            "property_settings": [],
        },
    }
