"""A client of the service: stored questions as typed rows and data frames, GraphQL and SPARQL, sync and async.

    from ewgraph.client import Client
    from ewgraph.client.questions import contracts_touching

    with Client("https://ewgraph.example.org/", key) as service:
        answer = service.ask(contracts_touching(site="https://data.example.org/id/site/northbridge-assembly"))
        answer.rows[0]["contract"], answer.citation["graph-digest"], answer.polars()

`questions` has a function for each stored query, `operations` one for each GraphQL document in `documents/`; both are
generated, so a misspelt parameter is found before anything is sent.
"""

from ewgraph.client.answers import Answer, Solutions
from ewgraph.client.calls import Operation, Question
from ewgraph.client.problems import GraphQLRefusal, ServiceError, UnreachableError
from ewgraph.client.service import AsyncClient, Client

__all__ = [
    "Answer",
    "AsyncClient",
    "Client",
    "GraphQLRefusal",
    "Operation",
    "Question",
    "ServiceError",
    "Solutions",
    "UnreachableError",
]
