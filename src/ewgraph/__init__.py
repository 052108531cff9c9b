"""ewgraph."""
