"""The trace index: the supply graph of the claims as flat arrays, kept in step with the graph."""
