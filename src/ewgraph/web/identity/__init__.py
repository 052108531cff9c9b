"""People and their tokens, by an identity provider that the operator trusts (OpenID Connect Core 1.0).

The provider says who somebody is; the ledger's accounts say for whom they act, and what they may do.
"""

from ewgraph.web.identity.identity import Identity

__all__ = ["Identity"]
