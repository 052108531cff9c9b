"""What the graph is made of: RDF terms, the generated vocabulary, identifiers, instants."""
