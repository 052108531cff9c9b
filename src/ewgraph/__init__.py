"""ewgraph: which of my contracts touch this factory, and on whose word?"""
