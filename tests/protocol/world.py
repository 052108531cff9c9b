"""Two universities, one laptop, two factories; what each may see differs. And one public contract."""

WORLD = """
ex:Aff {
  ex:Aff a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
    ew:receivedAt "2020-01-01T00:00:00Z"^^xsd:dateTime .
  ex:uni-a a ew:Organization ; rdfs:label "University A" .
  ex:uni-b a ew:Organization ; rdfs:label "University B" .
  ex:m-a a ew:Affiliation ; org:member ex:uni-a ; org:role part:affiliate ; org:organization ex:steward ;
    ew:validFrom "2020-01-01"^^xsd:date ; ew:assertedIn ex:Aff .
  ex:m-b a ew:Affiliation ; org:member ex:uni-b ; org:role part:affiliate ; org:organization ex:steward ;
    ew:validFrom "2020-01-01"^^xsd:date ; ew:assertedIn ex:Aff .
}
ex:P1 {
  ex:P1 a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand-x ; ew:visibility vis:public ;
    ew:receivedAt "2023-03-01T00:00:00Z"^^xsd:dateTime ; rdfs:label "List of Brand X" .
  ex:brand-x a ew:Organization ; rdfs:label "Brand X" .
  ex:L1 a ew:ProductModel ; rdfs:label "Laptop 1" ; ew:brand ex:brand-x .
  ex:F2 a ew:Factory ; rdfs:label "Factory 2 <script>alert(1)</script>" ;
    adms:identifier [ a adms:Identifier ; skos:notation "F-2" ; adms:schemaAgency "own" ] .
  ex:c9 a ew:SupplyClaim ; ew:assertedIn ex:P1 ; ew:output ex:L1 ; ew:site ex:F2 ; ew:tier tier:final-assembly ;
    ew:scope scope:brand ; ew:evidenceBasis eb:brand-per-model ; ew:validFrom "2022-01-01"^^xsd:date .
}
ex:N0 {
  ex:N0 a ew:ContractNotice ; prov:wasAttributedTo ex:uni-b ; ew:visibility vis:public ;
    ew:receivedAt "2022-01-20T00:00:00Z"^^xsd:dateTime .
  ex:reseller a ew:Organization ; rdfs:label "Reseller" .
  ex:K0 a ew:Contract ; rdfs:label "Open contract" ; ew:buyer ex:uni-b ; ew:contractor ex:reseller ;
    ew:signedOn "2022-01-15"^^xsd:date ; ew:hasLine ex:K0-1 .
  ex:K0-1 a ew:ContractLine ; ew:model ex:L1 .
}
ex:N1 {
  ex:N1 a ew:ContractNotice ; prov:wasAttributedTo ex:uni-a ; ew:visibility vis:contract-party ;
    ew:receivedAt "2024-01-20T00:00:00Z"^^xsd:dateTime .
  ex:reseller a ew:Organization ; rdfs:label "Reseller" .
  ex:K1 a ew:Contract ; rdfs:label "=SUM(A1) contract" ; ew:buyer ex:uni-a ; ew:contractor ex:reseller ;
    ew:signedOn "2024-01-15"^^xsd:date ; ew:hasLine ex:K1-1 .
  ex:K1-1 a ew:ContractLine ; ew:model ex:L1 .
}
ex:D1 {
  ex:D1 a ew:Disclosure ; prov:wasAttributedTo ex:reseller ; ew:visibility vis:contract-party ;
    ew:receivedAt "2024-05-02T10:00:00Z"^^xsd:dateTime .
  ex:F1 a ew:Factory ; rdfs:label "Factory 1" .
  ex:c1 a ew:SupplyClaim ; ew:assertedIn ex:D1 ; ew:output ex:L1 ; ew:site ex:F1 ; ew:tier tier:final-assembly ;
    ew:scope scope:contract ; ew:scopeContract ex:K1 ; ew:evidenceBasis eb:contract-disclosure ;
    ew:validFrom "2024-01-01"^^xsd:date .
}
"""

LATER = """
ex:P2 {
  ex:P2 a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand-x ; ew:visibility vis:public ;
    ew:receivedAt "2025-03-01T00:00:00Z"^^xsd:dateTime .
  ex:brand-y a ew:Organization ; rdfs:label "Brand Y" .
}
"""
