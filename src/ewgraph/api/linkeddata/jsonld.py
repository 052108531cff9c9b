"""Writes triples as compacted JSON-LD 1.1, by the published context.

Answers carry the part of the context that they use, so that a program reads them without asking anybody. By the
profile of the media type (JSON-LD 1.1, IANA Considerations) they point to the published context, or are expanded.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

import orjson

from ewgraph.api.linkeddata.context import Context
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, BlankNode, Literal, RdfFormat, Term, Triple, serialize

_PROFILE: Final = "http://www.w3.org/ns/json-ld#"
_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")
_GENID: Final = "/genid/"


class Compacting:
    """Writes one document."""

    def __init__(self, context: Context, triples: Iterable[Triple]) -> None:
        self._context = context
        self._said: defaultdict[IRI | BlankNode, list[Triple]] = defaultdict(list)
        self._pointed: Counter[Term] = Counter()
        for triple in dict.fromkeys(triples):
            self._said[triple.subject].append(triple)  # type: ignore[index]  # RDF 1.1
            self._pointed[triple.object] += 1  # type: ignore[index]  # RDF 1.1
        self._used: set[str] = set()
        self._written: set[IRI | BlankNode] = set()
        self._schemes = self._mistaken()

    def document(self, address: str | None) -> dict[str, Any]:
        """The document: one node, or a graph of several.

        Args:
            address: where the context is published; None to carry the part that is used.
        """
        first = [node for node in self._said if not self._is_part(node)]
        nodes = [self._node(node) for node in first]
        nodes += [self._node(node) for node in self._said if node not in self._written]  # parts that point in a circle
        body = nodes[0] if len(nodes) == 1 else {"@graph": nodes}
        context: object = address or self._context.document(only=frozenset(self._used), without=self._schemes)
        if address and self._schemes:
            context = [address, dict.fromkeys(sorted(self._schemes))]
        return {"@context": context, **body}

    def _mistaken(self) -> frozenset[str]:
        """The prefixes that stand before the colon of an IRI that is no short one, as in `geo:48.2,16.4`."""
        nodes = {node for node in (*self._said, *self._pointed) if isinstance(node, IRI)}
        nodes |= {triple.predicate for said in self._said.values() for triple in said}
        schemes = {node.value.partition(":")[0] for node in nodes if not node.value.partition(":")[2].startswith("//")}
        return frozenset(schemes & self._context.prefixes.keys())

    def _is_part(self, node: IRI | BlankNode) -> bool:
        """Whether a node is written within the one that points to it: it has no name that anybody else would use."""
        nameless = isinstance(node, BlankNode) or _GENID in node.value
        return nameless and self._pointed[node] == 1 and not any(t.object == node for t in self._said[node])

    def _node(self, node: IRI | BlankNode) -> dict[str, Any]:
        self._written.add(node)
        written: dict[str, Any] = {"id": self._name(node)}
        values: defaultdict[IRI, list[Term]] = defaultdict(list)
        for triple in self._said[node]:
            values[triple.predicate].append(triple.object)  # type: ignore[arg-type]  # RDF 1.1
        types = values.pop(terms.RDF.type, [])
        literal = [term for term in types if not isinstance(term, IRI)]
        if types and not literal:
            written["type"] = _one_or_many(sorted(self._kind(kind) for kind in types if isinstance(kind, IRI)))
        elif types:
            values[terms.RDF.type] = types
        for predicate, found in sorted(values.items(), key=lambda item: item[0].value):
            self._write(written, predicate, found)
        return written

    def _write(self, written: dict[str, Any], predicate: IRI, found: Sequence[Term]) -> None:
        """Write the values of a property: by its term, as far as they fit it, and the others by its IRI."""
        one = self._context.properties.get(predicate.value)
        if one and one.coercion == "@language":
            said, found = _split(found, _is_text)
            languages: defaultdict[str, list[str]] = defaultdict(list)
            for literal in said:
                languages[literal.language or "@none"].append(literal.value)  # type: ignore[union-attr]  # literals
            if languages:
                written[self._term(one.name)] = {
                    language: _one_or_many(sorted(texts)) for language, texts in sorted(languages.items())
                }
        elif one:
            said, found = _split(found, lambda term: _fits(term, one.coercion))
            if said:
                values = [self._coerced(term, one.coercion) for term in said]
                written[self._term(one.name)] = _one_or_many(values)
        if found:
            written[self._shortened(predicate)] = _one_or_many([self._expanded(term) for term in found])

    def _coerced(self, term: Term, coercion: str) -> object:
        if coercion == "@id":
            if term in self._said and self._is_part(term) and term not in self._written:  # type: ignore[arg-type]
                return self._node(term)  # type: ignore[arg-type]
            return self._name(term)  # type: ignore[arg-type]
        return _native(term) if coercion and isinstance(term, Literal) else self._expanded(term)

    def _expanded(self, term: Term) -> object:
        if not isinstance(term, Literal):
            if term in self._said and self._is_part(term) and term not in self._written:
                return self._node(term)
            return {"id": self._name(term)}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        if term.datatype == terms.XSD.string:
            return term.value
        return {"@value": term.value, "@type": self._shortened(term.datatype)}

    def _name(self, node: IRI | BlankNode) -> str:
        return self._shortened(node) if isinstance(node, IRI) else str(node)

    def _kind(self, kind: IRI) -> str:
        name = self._context.classes.get(kind.value)
        return self._term(name) if name else self._shortened(kind)

    def _term(self, name: str) -> str:
        self._used.add(name)
        return name

    def _shortened(self, node: IRI) -> str:
        short = self._context.shortened(node.value, self._schemes)
        if short != node.value:
            self._used.add(short.partition(":")[0])
        return short


def json_ld(context: Context, triples: Sequence[Triple], accept: str | None, address: str) -> bytes:
    """The triples as JSON-LD, as the profile of an `Accept` header wants it.

    Args:
        context: the terms.
        triples: what to write.
        accept: the header; its profile is `expanded`, `compacted`, or none.
        address: where the context is published.
    """
    profile = re.search(rf'profile\s*=\s*"?[^",;]*{re.escape(_PROFILE)}(\w+)', accept or "")
    wanted = profile[1] if profile else ""
    if wanted == "expanded":
        return serialize(triples, format=RdfFormat.JSON_LD) or b"[]"
    document = Compacting(context, triples).document(address if wanted == "compacted" else None)
    return orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n"


def _split(found: Sequence[Term], fits: Any) -> tuple[list[Term], list[Term]]:
    return [term for term in found if fits(term)], [term for term in found if not fits(term)]


def _is_text(term: Term) -> bool:
    return isinstance(term, Literal) and (bool(term.language) or term.datatype == terms.XSD.string)


def _fits(term: Term, coercion: str) -> bool:
    """Whether a value is written as it is under a term of that coercion."""
    if coercion == "@id":
        return not isinstance(term, Literal)
    if not isinstance(term, Literal):
        return coercion == ""
    if coercion == "":
        return True
    return not term.language and term.datatype.value == coercion


def _native(literal: Literal) -> object:
    """The value as JSON has it, where that says the very same."""
    if literal.datatype == terms.XSD.integer and _INTEGER.fullmatch(literal.value):
        return int(literal.value)
    if literal.datatype == terms.XSD.boolean and literal.value in {"true", "false"}:
        return literal.value == "true"
    return literal.value


def _one_or_many(values: Sequence[Any]) -> Any:  # as JSON has it
    return values[0] if len(values) == 1 else list(values)
