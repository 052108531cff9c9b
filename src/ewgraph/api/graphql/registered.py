"""Registered documents: what who runs the service lets clients ask by its SHA-256 alone.

Nobody else registers any. A document that one reader could register and another find would tell who asks what.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import strawberry
from graphql import GraphQLError, parse, validate

from ewgraph.api.graphql.limits import TOKENS, offences
from ewgraph.errors import ConfigurationError


def registered_documents(folder: Path, schema: strawberry.Schema) -> Mapping[str, str]:
    """The documents of the files `*.graphql` of a folder, by the SHA-256 of what stands in the file.

    Raises:
        ConfigurationError: the folder or a file cannot be read, or a document is not valid or breaks a limit.
    """
    if not folder.is_dir():
        raise ConfigurationError(f"EWGRAPH_GRAPHQL_DOCUMENTS is a folder of documents, not {str(folder)!r}")
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.graphql")):
        try:
            content = path.read_bytes()
            text = content.decode("utf-8")
            document = parse(text, max_tokens=TOKENS)
        except (OSError, UnicodeDecodeError, GraphQLError) as error:
            raise ConfigurationError(f"{path} is no GraphQL document: {error}") from error
        wrong = [*offences(document), *validate(schema._schema, document)]  # noqa: SLF001  # the library's own schema
        if wrong:
            raise ConfigurationError(f"{path} cannot be registered: {wrong[0].message}")
        found[hashlib.sha256(content).hexdigest()] = text
    return found
