"""The interfaces for programs: GraphQL, SPARQL, linked data. They are independent of each other."""
