"""What the answers are by definition: SPARQL tells the hops at a node, and what stands here closes them.

It reads the graph and nothing else, takes the time that this takes, and is what every faster answer has to equal.
"""
