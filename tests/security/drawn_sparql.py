"""Random SPARQL: all four forms, most functions and operators, over names that are there, hidden, or neither.

What differs between any two answers is left out: RAND, NOW, UUID. A pattern always has a constant in it, so that few
queries are stopped for the time they take.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from hypothesis import strategies as st

from tests.security.replies import Asked

_PREFIXES = """PREFIX ew: <https://w3id.org/ewgraph/ns#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX adms: <http://www.w3.org/ns/adms#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX locn: <http://www.w3.org/ns/locn#>
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
_PREDICATES = (
    *("ew:site", "ew:output", "ew:intoModel", "ew:assertedIn", "ew:visibility", "prov:wasAttributedTo", "ew:party"),
    *("ew:receivedAt", "ew:recordedAt", "ew:buyer", "ew:contractor", "ew:hasLine", "ew:model", "ew:covers", "ew:brand"),
    *("ew:describedIn", "prov:wasRevisionOf", "ew:retracts", "ew:releases", "ew:scope", "ew:scopeContract"),
    *("ew:evidenceBasis", "ew:validFrom", "ew:validTo", "ew:ofContract", "ew:deliveredTo", "ew:siteA", "ew:siteB"),
    *("adms:identifier", "skos:notation", "locn:address", "locn:postName", "geo:hasGeometry", "geo:asWKT"),
    *("ew:amount", "ew:value", "ew:beneficiaries", "ew:sourceDocument", "ew:sourceRow", "ew:fulfils", "ew:repliesTo"),
    *("org:member", "ew:addresses", "ew:dueOn", "rdfs:comment"),
)
_CLASSES = (
    *("ew:Site", "ew:Factory", "ew:Contract", "ew:ProductModel", "ew:Organization", "ew:Record", "ew:Claim"),
    *("ew:SupplyClaim", "ew:Finding", "ew:Remedy", "ew:Obligation", "ew:Disclosure", "ew:Testimony", "ew:Release"),
    *("ew:Coverage", "ew:ContractLine", "ew:Affiliation", "ew:Activity", "ew:SameSiteClaim"),
)
_VARIABLES = ("?a", "?b", "?c", "?d")
_AUDIENCES = (
    *("audience/public", "audience/affiliates", "audience/staff", "projection", "vocabulary"),
    *(f"audience/org/https%3A%2F%2Fdata.example.org%2Fid%2F{name}" for name in ("aff0", "aff1", "res0", "mon0")),
)
_FUNCTIONS = (
    *(
        "STR({0})",
        "STRLEN(STR({0}))",
        "SUBSTR(STR({0}), 1, 9)",
        "UCASE(STR({0}))",
        "LCASE(STR({0}))",
        "SHA256(STR({0}))",
    ),
    *("MD5(STR({0}))", "YEAR({0})", "MONTH({0})", "TIMEZONE({0})", "LANG({0})", "DATATYPE({0})", "ISIRI({0})"),
    *("ISBLANK({0})", "ISLITERAL({0})", "ISNUMERIC({0})", "ENCODE_FOR_URI(STR({0}))", "ABS({0})", "ROUND({0})"),
    *("CONCAT(STR({0}), '|', STR({1}))", "REPLACE(STR({0}), '[aeiou]', '_')", "STRBEFORE(STR({0}), '/')"),
    *("STRAFTER(STR({0}), 'id/')", "IF(BOUND({0}), {1}, {0})", "COALESCE({0}, {1}, 0)", "IRI(CONCAT(STR({0}), 'x'))"),
    *(
        "STRDT(STR({0}), xsd:string)",
        "STRLANG(STR({0}), 'en')",
        "{0} = {1}",
        "{0} < {1}",
        "{0} + 1",
        "xsd:integer({0})",
    ),
    *("xsd:dateTime({0})", "BNODE(STR({0}))", "SAMETERM({0}, {1})", "LANGMATCHES(LANG({0}), '*')"),
)
_TESTS = (
    *("BOUND({0})", "ISIRI({0})", "CONTAINS(STR({0}), '{word}')", "STRSTARTS(STR({0}), 'https://data')"),
    *(
        "REGEX(STR({0}), '{letter}', 'i')",
        "{0} != {1}",
        "{0} IN ({iri}, {1})",
        "{0} NOT IN ({iri})",
        "STRLEN(STR({0})) > 30",
    ),
    *("EXISTS {{ {triple} }}", "NOT EXISTS {{ {triple} }}", "!BOUND({1}) || ISLITERAL({0})", "{0} > {1} && BOUND({0})"),
)
_AGGREGATES = (
    *("COUNT(*)", "COUNT({0})", "COUNT(DISTINCT {0})", "MIN({0})", "MAX({0})", "SAMPLE({0})", "SUM(STRLEN(STR({0})))"),
    *("AVG(STRLEN(STR({0})))", "GROUP_CONCAT(STR({0}); separator=',')", "GROUP_CONCAT(DISTINCT STR({0}))"),
)
_ACCEPTS = (
    *("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"),
    *("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml", "*/*", "text/html"),
    *("application/json;q=0.5, text/turtle", "image/png"),
)


class _Queries:
    """Draws parts of queries over some names."""

    def __init__(self, draw: st.DrawFn, names: Sequence[str]) -> None:
        self._draw = draw
        self._names = names

    def among(self, choices: Sequence[str]) -> str:
        return self._draw(st.sampled_from(choices))

    def chance(self, of: int = 2) -> bool:
        return self._draw(st.integers(1, of)) == 1

    def iri(self) -> str:
        return f"<{self.among(self._names)}>"

    def variable(self) -> str:
        return self.among(_VARIABLES)

    def graph(self) -> str:
        return f"<https://w3id.org/ewgraph/{self.among(_AUDIENCES)}>" if self.chance() else self.iri()

    def path(self) -> str:
        first, second = self.among(_PREDICATES), self.among(_PREDICATES)
        forms = ("{0}/{1}", "^{0}", "{0}|{1}", "{0}?", "^{0}/{1}", "!({0}|{1})", "({0}/{1})+", "({0}|^{1})*", "!^{0}")
        return self.among(forms).format(first, second)

    def triple(self) -> str:
        kind = self._draw(st.integers(0, 6))
        one, other = self.variable(), self.variable()
        if kind == 0:
            return f"{one} a {self.among(_CLASSES)} ."
        if kind == 1:
            return f"{one} rdfs:label {other} . {one} a {self.among(_CLASSES)} ."
        if kind == 2:
            return f"{self.iri()} {self.among(('?p', *_PREDICATES[:6]))} {other} ."
        if kind == 3:
            return f"{one} {self.among(('?p', *_PREDICATES[:6]))} {self.iri()} ."
        if kind == 4:
            start = self.iri() if self.chance() else one
            return f"{start} {self.path()} {other} . {start} a {self.among(_CLASSES)} ."
        return f"{one} {self.among(_PREDICATES)} {other} ."

    def test(self) -> str:
        return self.among(_TESTS).format(
            self.variable(),
            self.variable(),
            iri=self.iri(),
            triple=self.triple(),
            word=self.among(("by", "fact", "s0", "N-", "://")),
            letter=self.among("abcdefgst"),
        )

    def function(self) -> str:
        return self.among(_FUNCTIONS).format(self.variable(), self.variable())

    def group(self, depth: int = 2) -> str:
        parts = [self.triple() for _ in range(self._draw(st.integers(1, 2)))]
        parts += [self.part(depth - 1) for _ in range(self._draw(st.integers(0, 2)) if depth else 0)]
        return " ".join(parts)

    def part(self, depth: int) -> str:
        inner = self.group(depth)
        forms = (
            *(f"OPTIONAL {{ {inner} }}", f"MINUS {{ {inner} }}", f"{{ {inner} }} UNION {{ {self.triple()} }}"),
            *(f"GRAPH ?g {{ {inner} }}", f"GRAPH {self.graph()} {{ {inner} }}", f"GRAPH {self.graph()} {{ }}"),
            *("GRAPH ?g { }", f"FILTER({self.test()})", f"FILTER({self.test()})", f"BIND({self.function()} AS ?e)"),
            f"VALUES {self.variable()} {{ {self.iri()} {self.iri()} UNDEF }}",
            f"{{ SELECT {self.variable()} (COUNT(*) AS ?n) WHERE {{ {inner} }} GROUP BY {self.variable()} }}",
            f"{{ SELECT DISTINCT * WHERE {{ {inner} }} ORDER BY {self.variable()} LIMIT 5 }}",
            f"FILTER EXISTS {{ GRAPH ?h {{ {inner} }} }}",
        )
        return self.among(forms)

    def ending(self) -> str:
        order = f"ORDER BY {self.among(('', 'DESC'))}({self.variable()}) " if self.chance() else ""
        return f"{order}LIMIT {self._draw(st.integers(1, 200))} OFFSET {self._draw(st.integers(0, 3))}"

    def dataset(self) -> str:
        return (
            "".join(f"FROM {self.among(('', 'NAMED '))}{self.graph()} " for _ in range(self._draw(st.integers(1, 2))))
            if self.chance(5)
            else ""
        )

    def query(self) -> str:
        where = f"{self.dataset()}WHERE {{ {self.group()} }}"
        form = self._draw(st.integers(0, 8))
        if form <= 2:
            what = self.among(
                ("*", "DISTINCT *", "?a ?b", "DISTINCT ?a", "REDUCED ?c", f"?a ({self.function()} AS ?f)")
            )
            return f"SELECT {what} {where} {self.ending()}"
        if form <= 4:
            aggregate = self.among(_AGGREGATES).format(self.variable())
            key = self.among(("?a", "?b", "?g", "(STRLEN(STR(?a)) AS ?k)"))
            shown = "?k" if "?k" in key else key
            having = "HAVING (COUNT(*) > 1) " if self.chance(3) else ""
            if self.chance(3):
                return f"SELECT ({aggregate} AS ?n) {where}"
            return f"SELECT {shown} ({aggregate} AS ?n) {where} GROUP BY {key} {having}ORDER BY {shown} LIMIT 100"
        if form == 5:
            return f"ASK {where}"
        if form == 6:
            return (
                f"DESCRIBE {self.iri()} {self.variable()} {where} LIMIT 20"
                if self.chance()
                else f"DESCRIBE {self.iri()}"
            )
        template = self.among(("?a ?p ?b", "?a ew:site _:x . _:x ew:of ?b", "?a rdfs:seeAlso ?c", "?a a ?b"))
        return f"CONSTRUCT {{ {template} }} {where} {self.ending()}"


@st.composite
def sparql_request(draw: st.DrawFn, names: Sequence[str]) -> Asked:
    """A query operation, well formed most of the time, sent in any of the three ways."""
    drawn = _Queries(draw, names)
    text = _PREFIXES + drawn.query()
    more = [
        (drawn.among(("default-graph-uri", "named-graph-uri")), drawn.graph()[1:-1])
        for _ in range(draw(st.integers(1, 2)) if drawn.chance(6) else 0)
    ]
    graphs = "CONSTRUCT {" in text or "DESCRIBE" in text
    fitting = _ACCEPTS[4:10] if graphs else (*_ACCEPTS[:4], *_ACCEPTS[8:10])
    headers = {"Accept": drawn.among(_ACCEPTS if drawn.chance(10) else fitting)}
    way = draw(st.integers(0, 20))
    if way == 0:
        text = drawn.among(
            (text[:-9], "SELECT", f"INSERT DATA {{ {drawn.iri()} a ew:Site }}", text.replace("ew:", "no:"))
        )
    if way == 1:
        return Asked("sparql", "/sparql", query=tuple(more), headers=headers)
    if way < 10:
        return Asked("sparql", "/sparql", query=(("query", text), *more), headers=headers)
    if way < 15:
        kind = {"Content-Type": "application/sparql-query"}
        return Asked("sparql", "/sparql", "POST", tuple(more), headers | kind, text.encode())
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return Asked("sparql", "/sparql", "POST", (), headers | kind, urlencode([("query", text), *more]).encode())
