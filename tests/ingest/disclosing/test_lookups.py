"""What contracts and models may be called in a file."""

from ewgraph.ingest.disclosing.lookups import lookups_of
from tests.conftest import House, named

NOTICE = """
ex:N1 {
  ex:N1 a ew:ContractNotice ; prov:wasAttributedTo ex:uni-a ; ew:visibility vis:contract-party ;
    ew:receivedAt "2024-01-20T00:00:00Z"^^xsd:dateTime .
  ex:uni-a a ew:Organization ; rdfs:label "University A" . ex:reseller a ew:Organization ; rdfs:label "Reseller" .
  ex:K1 a ew:Contract ; rdfs:label "Laptops 2024"@en ; ew:buyer ex:uni-a ; ew:contractor ex:reseller ;
    ew:ocid "ocds-213czf-1" ; ew:signedOn "2024-01-15"^^xsd:date ; ew:hasLine ex:K1-1 .
  ex:K1-1 a ew:ContractLine ; ew:model ex:L1 , ex:L2 , ex:L3 .
  ex:L1 a ew:ProductModel ; rdfs:label "Laptop 1" ; ew:modelNumber "LP-001" ;
    adms:identifier [ a adms:Identifier ; skos:notation "2900040000375" ; adms:schemaAgency "gtin" ] .
  ex:L2 a ew:ProductModel ; rdfs:label "Laptop" . ex:L3 a ew:ProductModel ; rdfs:label "LAPTOP" .
}
"""
MODELS = {named("K1").value: [named(name).value for name in ("L1", "L2", "L3")]}


def test_a_model_is_found_by_name_number_and_gtin_but_not_by_a_name_that_two_share(house: House) -> None:
    house.load(NOTICE)
    found = lookups_of(house.view("ex:reseller"), MODELS)["models"]
    assert found == dict.fromkeys(["laptop 1", "lp 001", "2900040000375"], named("L1").value)


def test_a_contract_is_found_by_name_and_ocid(house: House) -> None:
    house.load(NOTICE)
    found = lookups_of(house.view("ex:reseller"), MODELS)["contracts"]
    assert found == dict.fromkeys(["laptops 2024", "ocds 213czf 1"], named("K1").value)


def test_what_the_view_does_not_show_has_no_name(house: House) -> None:
    house.load(NOTICE)
    assert lookups_of(house.view("ex:rival"), MODELS) == {"contracts": {}, "models": {}, "organizations": {}}


def test_a_contractor_and_a_brand_are_found_by_name(house: House) -> None:
    house.load(
        NOTICE.replace("ex:L2 a", 'ex:brand a ew:Organization ; rdfs:label "Brand X" . ex:L2 ew:brand ex:brand ; a')
    )
    found = lookups_of(house.view("ex:reseller"), MODELS)["organizations"]
    assert found == {"reseller": named("reseller").value, "brand x": named("brand").value}
