"""The graph: a projection of the ledger into audience graphs. It can be thrown away and made again."""
