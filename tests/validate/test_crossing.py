"""Each crossing rule finds what it is there for, keeps quiet next to it, and agrees with pySHACL."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import rdflib

from ewgraph.errors import ConfigurationError, InputError
from ewgraph.model.rdf import RdfFormat, parse
from ewgraph.validate.crossing import Context, CrossingRules
from ewgraph.validate.report import SH, Severity
from tests.validate.crossing_worlds import EWS, ROOT, named, place, pyshacl_places, quads, shapes_graph, triples

HEAD = "ex:R a ew:Disclosure ; prov:wasAttributedTo ex:reseller ; ew:receivedAt '2024-05-02T10:00:00Z'^^xsd:dateTime ."
CONTEXT = """
ex:K1 a ew:Contract ; rdfs:label "Contract 1" ; ew:contractor ex:reseller ; ew:signedOn "2024-01-15"^^xsd:date ;
  ew:endsOn "2026-12-31"^^xsd:date ; ew:hasLine ex:K1-1 , ex:K1-2 .
ex:K1-1 ew:model ex:L1 . ex:K1-2 ew:model ex:L2 .
ex:L1 a ew:ProductModel ; rdfs:label "Laptop 1" . ex:L9 rdfs:label "Laptop 9" .
ex:K2 a ew:Contract ; ew:contractor ex:reseller-2 .
ex:K3 a ew:Contract ; ew:contractor ex:reseller ; ew:hasLine ex:K3-1 .
ex:F1 a ew:Factory ; rdfs:label "Plant 1" ; ew:country country:CHN ; locn:address ex:F1-address .
ex:F1-address a locn:Address ; ew:country country:CHN .
ex:s1 ew:site ex:F2 ; ew:attribute site-attribute:status ; ew:value "Closed" ; ew:observedOn "2023-06-01"^^xsd:date .
ex:s2 ew:site ex:F3 ; ew:attribute site-attribute:status ; ew:value "closed" ; ew:validFrom "2023-06-01"^^xsd:date ;
  ew:validTo "2023-09-01"^^xsd:date .
ex:s3 ew:site ex:F4 ; ew:attribute site-attribute:status ; ew:value "closed" ; ew:validFrom "2023-06-01"^^xsd:date .
ex:s4 ew:site ex:F4 ; ew:attribute site-attribute:status ; ew:value "at work" ; ew:validFrom "2023-10-01"^^xsd:date .
ex:Z1 a ew:Smelter ; ew:mineral min:tin , min:tantalum .
ex:old a ew:SupplyClaim ; ew:scopeContract ex:K99 ; ew:site ex:F2 ; ew:validFrom "2024-01-01"^^xsd:date .
"""


def claim(more: str, cls: str = "SupplyClaim", name: str = "c") -> str:
    return f"ex:{name} a ew:{cls} ; ew:assertedIn ex:R ; {more} ."


@dataclass(frozen=True)
class Case:
    name: str
    says: str
    expected: tuple[str, ...] = ()  # rule and value


FOUND = [
    Case("an unknown contract", claim("ew:scopeContract ex:K99"), ("contract ex:K99",)),
    Case("another's contract", claim("ew:scopeContract ex:K2"), ("contract ex:K2",)),
    Case("its completeness", claim("ew:ofContract ex:K2", "CompletenessClaim"), ("contractOf ex:K2",)),
    Case("its due diligence", "ex:R a ew:DueDiligenceRecord ; ew:ofContract ex:K2 .", ("contractOfRecord ex:K2",)),
    Case("a model not bought", claim("ew:scopeContract ex:K1 ; ew:output ex:L9"), ("model ex:L9",)),
    Case(
        "a part of one",
        claim("ew:scopeContract ex:K1 ; ew:output component:battery ; ew:intoModel ex:L1 , ex:L9"),
        ("intoModel ex:L9",),
    ),
    Case("complete for one", claim("ew:ofContract ex:K1 ; ew:ofModel ex:L9", "CompletenessClaim"), ("ofModel ex:L9",)),
    Case("another country", "ex:F1 a ew:Factory ; ew:country country:VNM .", ("country country:VNM",)),
    Case(
        "an address there",
        "ex:F1 a ew:Factory ; locn:address ex:new . ex:new a locn:Address ; ew:country country:VNM .",
        ("addressCountry country:VNM",),
    ),
    Case(
        "two countries in one record",
        "ex:N a ew:Site ; ew:country country:DEU ; locn:address [ a locn:Address ; ew:country country:POL ] .",
        ("addressCountry country:POL", "country country:DEU"),
    ),
    Case(
        "over before the contract",
        claim("ew:scopeContract ex:K1 ; ew:validTo '2024-01-15'^^xsd:date"),
        ("beforeContract 2024-01-15",),
    ),
    Case(
        "begun after it",
        claim("ew:ofContract ex:K1 ; ew:validFrom '2027-01-01'^^xsd:date", "CompletenessClaim"),
        ("afterContract 2027-01-01",),
    ),
    Case("a closed site", claim("ew:site ex:F2 ; ew:validFrom '2024-01-01'^^xsd:date"), ("closedSite ex:F2",)),
    Case(
        "a closed smelter",
        claim("ew:smelter ex:F2 ; ew:validFrom '2024-01-01'^^xsd:date", "SmelterListingClaim"),
        ("closedSmelter ex:F2",),
    ),
    Case("delivery to itself", claim("ew:site ex:F9 ; ew:deliveredTo ex:F9 , ex:F8"), ("toItself ex:F9",)),
    Case("feed from itself", claim("ew:smelter ex:F9 ; ew:mine ex:F9", "SourcingClaim"), ("fromItself ex:F9",)),
    Case(
        "both ways",
        claim("ew:site ex:A ; ew:deliveredTo ex:B") + claim("ew:site ex:B ; ew:deliveredTo ex:A", name="d"),
        ("bothWays ex:B", "bothWays ex:A"),
    ),
    Case(
        "another mineral",
        claim("ew:smelter ex:Z1 ; ew:mineral min:gold", "SmelterListingClaim"),
        ("mineral min:gold",),
    ),
]
QUIET = [
    Case("one's own contract", claim("ew:scopeContract ex:K1 ; ew:output ex:L1 ; ew:intoModel ex:L2")),
    Case("on behalf of its contractor", "ex:R ew:onBehalfOf ex:reseller-2 ." + claim("ew:scopeContract ex:K2")),
    Case("its completeness", claim("ew:ofContract ex:K1 ; ew:ofModel ex:L2", "CompletenessClaim")),
    Case("its due diligence", "ex:R a ew:DueDiligenceRecord ; ew:ofContract ex:K1 ."),
    Case("a contract without models", claim("ew:scopeContract ex:K3 ; ew:output ex:L9")),
    Case("components and minerals", claim("ew:scopeContract ex:K1 ; ew:output component:battery")),
    Case("a model for no contract", claim("ew:output ex:L9")),
    Case("the same country", "ex:F1 a ew:Factory ; ew:country country:CHN ; locn:address ex:F1-address ."),
    Case(
        "an organization's addresses", "ex:o a ew:Organization ; ew:country country:DEU ; locn:address ex:F1-address ."
    ),
    Case(
        "a period that touches the contract",
        claim("ew:scopeContract ex:K1 ; ew:validFrom '2020-01-01'^^xsd:date ; ew:validTo '2024-01-16'^^xsd:date"),
    ),
    Case("its last day", claim("ew:scopeContract ex:K1 ; ew:validFrom '2026-12-31'^^xsd:date")),
    Case("a site closed later", claim("ew:site ex:F2 ; ew:validFrom '2023-05-31'^^xsd:date")),
    Case("one closed for a while", claim("ew:site ex:F3 ; ew:validFrom '2024-01-01'^^xsd:date")),
    Case("one that works again", claim("ew:site ex:F4 ; ew:validFrom '2024-01-01'^^xsd:date")),
    Case(
        "one way", claim("ew:site ex:A ; ew:deliveredTo ex:B") + claim("ew:site ex:B ; ew:deliveredTo ex:C", name="d")
    ),
    Case("a known mineral", claim("ew:smelter ex:Z1 ; ew:mineral min:tin", "SourcingClaim")),
    Case("a smelter of unknown minerals", claim("ew:smelter ex:Z9 ; ew:mineral min:tin", "SourcingClaim")),
]


@pytest.fixture(scope="module")
def rules() -> CrossingRules:
    return CrossingRules(ROOT / "shapes")


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(triples(CONTEXT))


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return shapes_graph()


def short(value: str | None) -> str:
    return re.sub(r".*/(?:id|country|mineral|component)/", "", value or "")


@pytest.mark.parametrize("case", [*FOUND, *QUIET], ids=lambda case: case.name)
def test_a_rule_finds_what_it_is_there_for_and_pyshacl_the_same(
    case: Case, rules: CrossingRules, context: Context, shapes: rdflib.Graph
) -> None:
    record = quads(HEAD + case.says)
    found = rules.results(named("R"), record, context)
    expected = [re.sub(r" \w+:", " ", each) for each in case.expected]
    assert [f"{place(each)[0].removeprefix('crossing-')} {short(each.value)}" for each in found] == expected
    stated = {(str(q.subject), str(q.predicate), str(q.object)) for q in record}
    union = {*triples(CONTEXT), *(quad.triple for quad in record)}
    reference = {
        each
        for each in pyshacl_places(union, shapes)
        if each[2].startswith("http") and (f"<{each[2]}>", f"<{each[3]}>", each[4]) in stated
    }
    assert {place(each) for each in found if not each.focus_node.startswith("_:")} == reference


def test_an_ill_formed_date_is_no_date_to_compare(rules: CrossingRules, context: Context) -> None:
    """As SPARQL says; rdflib compares such literals as texts."""
    says = claim("ew:scopeContract ex:K1 ; ew:validFrom '31.02.2027'^^xsd:date")
    assert rules.results(named("R"), quads(HEAD + says), context) == []


def test_every_rule_has_a_case(rules: CrossingRules) -> None:
    tried = {each.split()[0] for case in FOUND for each in case.expected}
    assert {rule.iri.value.removeprefix(f"{EWS}crossing-") for rule in rules.rules} == tried


def test_an_unknown_contract_and_another_s_look_the_same(rules: CrossingRules, context: Context) -> None:
    texts = [
        rules.results(named("R"), quads(HEAD + claim(f"ew:scopeContract ex:{contract}")), context)[0].messages
        for contract in ("K2", "K99")
    ]
    assert texts[0] == texts[1]
    assert "one of the contracts that you can disclose for" in texts[0]["en"]


def test_a_message_names_things_by_their_labels_and_codes(rules: CrossingRules, context: Context) -> None:
    says = claim("ew:scopeContract ex:K1 ; ew:output ex:L9") + "ex:F1 a ew:Factory ; ew:country country:VNM ."
    model, country = rules.results(named("R"), quads(HEAD + says), context)
    assert model.message.startswith("The contract does not cover this model:")
    assert model.severity is Severity.VIOLATION
    assert country.messages["de"].startswith("Für diesen Standort ist auch CHN angegeben, nicht VNM:")
    assert country.severity is Severity.WARNING
    assert country.messages.keys() == {"en", "de", "nb", "es"}


def test_a_context_may_be_any_statements_and_none(rules: CrossingRules) -> None:
    record = quads(HEAD + claim("ew:scopeContract ex:K1 ; ew:output ex:L9"))
    as_quads = rules.results(named("R"), record, quads(CONTEXT, "elsewhere"))
    assert [place(each)[0] for each in as_quads] == ["crossing-model"]
    assert [place(each)[0] for each in rules.results(named("R"), record, ())] == ["crossing-contract"]


def test_a_place_is_named_once_however_often_a_rule_matches(rules: CrossingRules) -> None:
    others = triples("ex:F1 ew:country country:CHN , country:DEU , country:POL .")
    (result,) = rules.results(named("R"), quads("ex:F1 a ew:Factory ; ew:country country:VNM ."), others)
    assert "in CHN, not in VNM" in result.message


def test_what_only_the_context_says_is_not_held_against_the_record(rules: CrossingRules) -> None:
    others = triples("ex:F1 a ew:Factory ; ew:country country:CHN , country:DEU .")
    assert rules.results(named("R"), quads("ex:F1 a ew:Factory ; rdfs:label 'Plant' ."), others) == []


def test_a_result_about_a_node_without_a_name_says_which_node_leads_there(rules: CrossingRules) -> None:
    says = "ex:F1 a ew:Factory ; locn:address [ a locn:Address ; ew:country country:VNM ] ."
    (result,) = rules.results(named("R"), quads(says), triples(CONTEXT))
    assert result.focus_node.startswith("_:")
    assert result.about == "https://data.example.org/id/F1"


def test_a_quad_of_another_graph_is_refused(rules: CrossingRules) -> None:
    with pytest.raises(InputError, match="stands in the graph"):
        rules.results(named("R"), quads(HEAD, "other"), ())


def test_the_rules_declare_the_prefixes_that_everything_else_uses() -> None:
    def declared(path: Path) -> set[tuple[str, str]]:
        said: dict[object, dict[str, str]] = {}
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            said.setdefault(quad.subject, {})[quad.predicate.value.removeprefix(SH)] = getattr(quad.object, "value", "")
        return {(each["prefix"], each["namespace"]) for each in said.values() if "namespace" in each}

    own = declared(ROOT / "shapes" / "crossing" / "crossing.ttl")
    assert own
    assert own <= declared(ROOT / "ontology" / "prefixes.ttl")


GOOD = (ROOT / "shapes" / "crossing" / "crossing.ttl").read_text("utf-8")


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("SELECT DISTINCT $this ?value WHERE", "SELECT $this ?value WHERE", "SELECT DISTINCT"),
        ("sh:path ew:mineral ;", "sh:path ( ew:mineral ) ;", "one property"),
        ("$this $PATH ?value .\n      $this ew:smelter", "$this ew:smelter", r"begin with \$this \$PATH"),
        ("?smelter ew:mineral ?known .", "?other ew:mineral ?known .", "nothing joins the pattern"),
        ("?smelter ew:mineral ?known .", "?smelter ew:mineral+ ?known .", "more than patterns"),
        ("sh:severity sh:Info", "rdfs:label 'x'", "crossing-bothWays"),
    ],
)
def test_a_rule_that_cannot_be_used_is_a_wrong_installation(before: str, after: str, why: str, tmp_path: Path) -> None:
    assert before in GOOD
    (tmp_path / "crossing").mkdir()
    (tmp_path / "crossing" / "rules.ttl").write_text(GOOD.replace(before, after), "utf-8")
    with pytest.raises(ConfigurationError, match=why):
        CrossingRules(tmp_path)


def test_a_folder_without_rules_is_a_wrong_installation(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="holds no rules"):
        CrossingRules(tmp_path)


def test_a_file_that_is_no_turtle_is_a_wrong_installation(tmp_path: Path) -> None:
    (tmp_path / "crossing").mkdir()
    (tmp_path / "crossing" / "rules.ttl").write_text("ews:x a", "utf-8")
    with pytest.raises(ConfigurationError, match=r"rules\.ttl"):
        CrossingRules(tmp_path)
