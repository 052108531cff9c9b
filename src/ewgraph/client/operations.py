"""The GraphQL operations as functions: `Client.run(contracts_touching(site=…))` gives the value of the field, typed.

Generated from documents/ and the schema by tools/client_operations.py: do not edit.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal, TypedDict

import msgspec

from ewgraph.client.calls import Operation


class AsOfInput(TypedDict, total=False):
    validAt: dt.date | None
    knownAt: dt.datetime | None


ChangeKind = Literal["ADDED", "LINKED", "REVISED", "WITHDRAWN", "UNLINKED", "NEWLY_VISIBLE"]

ClaimKind = Literal[
    "SUPPLY_CLAIM",
    "SMELTER_LISTING_CLAIM",
    "SOURCING_CLAIM",
    "OPERATION_CLAIM",
    "SITE_ATTRIBUTE_CLAIM",
    "OBSERVATION_CLAIM",
    "RECRUITMENT_CLAIM",
    "REPRESENTATION_CLAIM",
    "WORKFORCE_CLAIM",
    "CERTIFICATION_CLAIM",
    "DISPOSITION_CLAIM",
    "CHEMICAL_CLAIM",
    "COMPLETENESS_CLAIM",
    "SAME_SITE_CLAIM",
    "SAME_ORG_CLAIM",
    "FINDING",
    "RISK_CELL",
    "LISTED_GOODS",
    "CLAIM",
]

CompletenessWord = Literal["COMPLETE", "PARTIAL", "NONE_EXISTS", "NOT_ASKED"]

Concerned = Literal["CONTRACT", "BUYER", "BRAND"]

ConflictKind = Literal["CONTRADICTION", "DIVERGENCE", "CHANGE", "GAP", "GRANULARITY"]

DueDiligence = Literal[
    "FORMAL_REQUEST_SENT", "REMINDER", "UPSTREAM_REFUSED", "UPSTREAM_SILENT", "PROVIDED", "INSUFFICIENT"
]

EntityKind = Literal["SITE", "CONTRACT", "PRODUCT_MODEL", "ORGANIZATION", "RECORD"]

EvidenceBasis = Literal[
    "INFERRED",
    "LABEL_OR_CUSTOMS",
    "BRAND_LIST",
    "BRAND_LIST_WITH_PRODUCT",
    "BRAND_PER_MODEL",
    "CONTRACT_DISCLOSURE",
    "MONITOR_OBSERVATION",
]

GapState = Literal["DISCLOSED", "PARTIAL", "NONE_EXISTS", "NONE_RECORDED", "REFUSED", "STALE", "CONTRADICTED", "HIDDEN"]

HopKind = Literal["COVERS", "MADE_AT", "COMPONENT_AT", "LISTED_AT", "SUPPLIED_BY", "DECLARES_SMELTER", "SOURCES_FROM"]

NextQuestion = Literal["NAME_SITES", "COMPLETE_LIST", "CONFIRM_LIST", "SETTLE_CONTRADICTION", "ESCALATE_REFUSAL"]

RecordKind = Literal[
    "DISCLOSURE",
    "DUE_DILIGENCE_RECORD",
    "SUPPLIER_LIST_EDITION",
    "MINERALS_DECLARATION",
    "MONITORING_REPORT",
    "AUDIT_REPORT",
    "RISK_ASSESSMENT",
    "TESTIMONY",
    "REPLY",
    "DATASET_IMPORT",
    "CONTRACT_NOTICE",
    "ADJUDICATION",
    "REDACTED_EDITION",
    "RELEASE",
    "RETRACTION",
    "RECORD",
]

Scope = Literal["COMPANY", "BRAND", "MODEL", "CONTRACT"]

SiteKind = Literal["FACTORY", "SMELTER", "MINE", "RECYCLING_FACILITY", "WAREHOUSE", "DORMITORY"]

Tier = Literal[
    "FINAL_ASSEMBLY",
    "SUBASSEMBLY",
    "STRATEGIC_COMPONENT",
    "MATERIAL_PROCESSING",
    "SMELTING_REFINING",
    "EXTRACTION",
    "END_OF_LIFE",
]

Visibility = Literal["PUBLIC", "AFFILIATES", "LINKED_AFFILIATES", "CONTRACT_PARTY", "STAFF", "MONITOR_ONLY"]


class PageInfo(msgspec.Struct, frozen=True, rename="camel"):
    """Where a page stands in its list."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


class DisclosureGapsEdgesNodeModel(msgspec.Struct, frozen=True, rename="camel"):
    """An entity that is one model of a product as its brand names it, apart from the single units sold."""

    id: str
    label: str | None


class Concept(msgspec.Struct, frozen=True, rename="camel"):
    """An entry of a code list, such as a country or a product category."""

    id: str
    label: str | None
    notation: str | None


class Identifier(msgspec.Struct, frozen=True, rename="camel"):
    """What a scheme of identifiers calls a thing."""

    scheme: str
    notation: str


class Organization(msgspec.Struct, frozen=True, rename="camel"):
    """An entity that is a legal person or public body able to sign, own, operate or speak."""

    id: str
    label: str | None
    legal_name: str | None
    country: Concept | None
    identifiers: tuple[Identifier, ...]


class DisclosureGapsEdgesNodeClauses(msgspec.Struct, frozen=True, rename="camel"):
    """Anything that has no type of its own here, in this version of the schema."""

    id: str
    label: str | None


class DisclosureGapsEdgesNode(msgspec.Struct, frozen=True, rename="camel"):
    """How far the sites of a tier behind a model are disclosed under a contract, and what to ask next."""

    model: DisclosureGapsEdgesNodeModel
    tier: Tier
    state: GapState
    sites: int
    possible_sites: int
    last_confirmed: dt.datetime | None
    completeness: CompletenessWord | None
    request: DueDiligence | None
    question: NextQuestion | None
    addressees: tuple[Organization, ...]
    due_on: dt.date | None
    clauses: tuple[DisclosureGapsEdgesNodeClauses, ...]


class DisclosureGapsEdges(msgspec.Struct, frozen=True, rename="camel"):
    """A cell in the table of models and tiers."""

    cursor: str
    node: DisclosureGapsEdgesNode


class CompletenessLimits(msgspec.Struct, frozen=True, rename="camel"):
    """A limit that an answer reached: there may be more than it tells."""

    name: str
    value: int


class Completeness(msgspec.Struct, frozen=True, rename="camel"):
    """How complete an answer is."""

    withheld: str
    unknown: str
    limits: tuple[CompletenessLimits, ...]


class Provenance(msgspec.Struct, frozen=True, rename="camel"):
    """What to cite for an answer, so that it can be asked again and compared."""

    query: str
    query_sha256: str
    valid_at: dt.date
    known_at: dt.datetime
    graph_digest: str | None
    records: int


class DisclosureGaps(msgspec.Struct, frozen=True, rename="camel"):
    """A part of the table of models and tiers: by model, then from final assembly to extraction."""

    total_count: int
    page_info: PageInfo
    edges: tuple[DisclosureGapsEdges, ...]
    completeness: Completeness
    provenance: Provenance


class WhatChangedEdgesNodeStatement(msgspec.Struct, frozen=True, rename="camel"):
    """Anything that has no type of its own here, in this version of the schema."""

    id: str
    label: str | None


class Record(msgspec.Struct, frozen=True, rename="camel"):
    """A dated document or event, received from someone, that is the sole source of the claims asserted in it; never altered, only revised, retracted or released."""

    id: str
    kind: RecordKind
    label: str | None
    received_at: dt.datetime | None
    recorded_at: dt.datetime | None
    visibility: Visibility | None
    source_document: str | None
    attributed_to: tuple[Organization, ...]


class Named(msgspec.Struct, frozen=True, rename="camel"):
    """Anything that has an IRI, which is its id."""

    typename: str = msgspec.field(name="__typename")
    id: str


class WhatChangedEdgesNodeReplacedBy(msgspec.Struct, frozen=True, rename="camel"):
    """Anything that has no type of its own here, in this version of the schema."""

    id: str
    label: str | None


class WhatChangedEdgesNode(msgspec.Struct, frozen=True, rename="camel"):
    """One change in what is known."""

    change: ChangeKind
    at: dt.datetime | None
    what: str
    statement: WhatChangedEdgesNodeStatement
    record: Record
    about: Named
    by: Record | None
    replaced_by: WhatChangedEdgesNodeReplacedBy | None


class WhatChangedEdges(msgspec.Struct, frozen=True, rename="camel"):
    """A change in a list of changes."""

    cursor: str
    node: WhatChangedEdgesNode


class WhatChanged(msgspec.Struct, frozen=True, rename="camel"):
    """A part of what changed, by instant."""

    total_count: int
    page_info: PageInfo
    edges: tuple[WhatChangedEdges, ...]
    completeness: Completeness
    provenance: Provenance


class ConflictsEdgesNodeOneStatements(msgspec.Struct, frozen=True, rename="camel"):
    """Anything that has no type of its own here, in this version of the schema."""

    id: str
    label: str | None


class ConflictsEdgesNodeOne(msgspec.Struct, frozen=True, rename="camel"):
    """What one record says."""

    record: Record
    values: tuple[str, ...]
    statements: tuple[ConflictsEdgesNodeOneStatements, ...]


class ConflictsEdgesNodeOtherStatements(msgspec.Struct, frozen=True, rename="camel"):
    """Anything that has no type of its own here, in this version of the schema."""

    id: str
    label: str | None


class ConflictsEdgesNodeOther(msgspec.Struct, frozen=True, rename="camel"):
    """What one record says."""

    record: Record
    values: tuple[str, ...]
    statements: tuple[ConflictsEdgesNodeOtherStatements, ...]


class ConflictsEdgesNode(msgspec.Struct, frozen=True, rename="camel"):
    """That two records do not agree about a site or model. Only a contradiction is alarming; nothing is decided."""

    kind: ConflictKind
    dimension: Concept
    one: ConflictsEdgesNodeOne
    other: ConflictsEdgesNodeOther


class ConflictsEdges(msgspec.Struct, frozen=True, rename="camel"):
    """A conflict in a list of conflicts."""

    cursor: str
    node: ConflictsEdgesNode


class Conflicts(msgspec.Struct, frozen=True, rename="camel"):
    """A part of what does not agree: contradictions first."""

    total_count: int
    page_info: PageInfo
    edges: tuple[ConflictsEdges, ...]
    completeness: Completeness
    provenance: Provenance


class SiteAddress(msgspec.Struct, frozen=True, rename="camel"):
    """Where a site or organisation is, as far as it was said."""

    full_address: str | None


class Site(msgspec.Struct, frozen=True, rename="camel"):
    """An entity that is one physical place where goods are made, treated, extracted, kept or taken apart, or where their makers live; apart from the company that runs it."""

    id: str
    label: str | None
    native_name: str | None
    kind: SiteKind | None
    country: Concept | None
    address: SiteAddress | None
    identifiers: tuple[Identifier, ...]


class ProductModel(msgspec.Struct, frozen=True, rename="camel"):
    """An entity that is one model of a product as its brand names it, apart from the single units sold."""

    id: str
    label: str | None
    model_number: str | None
    brand: Organization | None


class ContractLines(msgspec.Struct, frozen=True, rename="camel"):
    """An entity that is one position of a contract: a model or category, with quantity, value and period."""

    id: str
    label: str | None
    category: Concept | None
    model: ProductModel | None
    quantity: float | None


class Contract(msgspec.Struct, frozen=True, rename="camel"):
    """An entity that is one agreement by which a buyer acquires goods or services from a contractor."""

    id: str
    label: str | None
    signed_on: dt.date | None
    ends_on: dt.date | None
    ocid: str | None
    buyers: tuple[Organization, ...]
    contractors: tuple[Organization, ...]
    lines: tuple[ContractLines, ...]


class SearchEdges(msgspec.Struct, frozen=True, rename="camel"):
    """A thing that was found."""

    cursor: str
    kind: EntityKind
    label: str | None
    node: Named


class Search(msgspec.Struct, frozen=True, rename="camel"):
    """A part of what was found, the likest first."""

    total_count: int
    page_info: PageInfo
    edges: tuple[SearchEdges, ...]


class TouchContract(msgspec.Struct, frozen=True, rename="camel"):
    """An entity that is one agreement by which a buyer acquires goods or services from a contractor."""

    id: str
    label: str | None


class TouchSite(msgspec.Struct, frozen=True, rename="camel"):
    """An entity that is one physical place where goods are made, treated, extracted, kept or taken apart, or where their makers live; apart from the company that runs it."""

    id: str
    label: str | None


class Claim(msgspec.Struct, frozen=True, rename="camel"):
    """A statement about the world, made by someone in exactly one record, that may be late, partial, disputed or withdrawn."""

    typename: str = msgspec.field(name="__typename")
    id: str
    kind: ClaimKind


class SourceLocation(msgspec.Struct, frozen=True, rename="camel"):
    """Where in a source document a claim stands."""

    document: str | None
    sha256: str | None
    sheet: str | None
    row: int | None
    column: str | None
    page: str | None
    cell: str | None


class Hop(msgspec.Struct, frozen=True, rename="camel"):
    """One step of an evidence path, upstream, with the claim that says so."""

    kind: HopKind
    from_: Named = msgspec.field(name="from")
    to: Named
    claim: Claim | None
    record: Record
    scope: Scope
    basis: EvidenceBasis | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    tier: Tier | None
    mineral: Concept | None
    source: SourceLocation | None


class Touch(msgspec.Struct, frozen=True, rename="camel"):
    """That a contract touches a site, on the word of the best path that leads from one to the other."""

    contract: TouchContract
    site: TouchSite
    scope: Scope
    basis: EvidenceBasis
    hops: int
    last_confirmed: dt.datetime | None
    possible: bool
    path: tuple[Hop, ...]


class TouchesEdges(msgspec.Struct, frozen=True, rename="camel"):
    """A touch in a list of touches."""

    cursor: str
    node: Touch


class Touches(msgspec.Struct, frozen=True, rename="camel"):
    """A part of a list of touches: strongest scope first, then strongest basis, fewest hops, smallest IRI."""

    total_count: int
    page_info: PageInfo
    edges: tuple[TouchesEdges, ...]
    completeness: Completeness
    provenance: Provenance


class EvidencePath(msgspec.Struct, frozen=True, rename="camel"):
    """A chain of claims that leads upstream from one thing to another."""

    from_: Named = msgspec.field(name="from")
    to: Named
    scope: Scope
    basis: EvidenceBasis
    hops: int
    last_confirmed: dt.datetime
    possible: bool
    path: tuple[Hop, ...]


class MineralOriginsEdgesNode(msgspec.Struct, frozen=True, rename="camel"):
    """That a mineral in what a contract or model holds may come from a site."""

    mineral: Concept
    site: Site
    evidence: EvidencePath


class MineralOriginsEdges(msgspec.Struct, frozen=True, rename="camel"):
    """An origin in a list of origins."""

    cursor: str
    node: MineralOriginsEdgesNode


class MineralOrigins(msgspec.Struct, frozen=True, rename="camel"):
    """A part of a list of origins: by mineral, then as touches are."""

    total_count: int
    page_info: PageInfo
    edges: tuple[MineralOriginsEdges, ...]
    completeness: Completeness
    provenance: Provenance


class Paths(msgspec.Struct, frozen=True, rename="camel"):
    """The best paths: strongest scope first, then strongest basis, fewest steps, step by step."""

    paths: tuple[EvidencePath, ...]
    completeness: Completeness
    provenance: Provenance


class ExposedToEdgesNodeContract(msgspec.Struct, frozen=True, rename="camel"):
    """An entity that is one agreement by which a buyer acquires goods or services from a contractor."""

    id: str
    label: str | None


class ExposedToEdgesNodeModel(msgspec.Struct, frozen=True, rename="camel"):
    """An entity that is one model of a product as its brand names it, apart from the single units sold."""

    id: str
    label: str | None


class ExposedToEdgesNode(msgspec.Struct, frozen=True, rename="camel"):
    """That somebody is concerned by a finding, on the word of the best path that leads from them to its site."""

    concerned: Concerned
    contract: ExposedToEdgesNodeContract | None
    buyer: Organization | None
    model: ExposedToEdgesNodeModel | None
    brand: Organization | None
    evidence: EvidencePath


class ExposedToEdges(msgspec.Struct, frozen=True, rename="camel"):
    """One who is concerned, in a list."""

    cursor: str
    node: ExposedToEdgesNode


class ExposedTo(msgspec.Struct, frozen=True, rename="camel"):
    """A part of a list of those who are concerned: contracts, then buyers, then brands, each as touches are."""

    total_count: int
    page_info: PageInfo
    edges: tuple[ExposedToEdges, ...]
    completeness: Completeness
    provenance: Provenance


_FRAGMENTS: Final = {
    "Claim": """\
fragment Claim on Claim {
  __typename
  id
  kind
}
""",
    "Completeness": """\
fragment Completeness on Completeness {
  withheld
  unknown
  limits {
    name
    value
  }
}
""",
    "Concept": """\
fragment Concept on Concept {
  id
  label
  notation
}
""",
    "Contract": """\
fragment Contract on Contract {
  id
  label
  signedOn
  endsOn
  ocid
  buyers {
    ...Organization
  }
  contractors {
    ...Organization
  }
}
""",
    "EvidencePath": """\
fragment EvidencePath on EvidencePath {
  from {
    ...Named
  }
  to {
    ...Named
  }
  scope
  basis
  hops
  lastConfirmed
  possible
  path {
    ...Hop
  }
}
""",
    "Hop": """\
fragment Hop on Hop {
  kind
  from {
    ...Named
  }
  to {
    ...Named
  }
  claim {
    ...Claim
  }
  record {
    ...Record
  }
  scope
  basis
  validFrom
  validTo
  tier
  mineral {
    ...Concept
  }
  source {
    ...SourceLocation
  }
}
""",
    "Identifier": """\
fragment Identifier on Identifier {
  scheme
  notation
}
""",
    "Named": """\
fragment Named on Node {
  __typename
  id
}
""",
    "Organization": """\
fragment Organization on Organization {
  id
  label
  legalName
  country {
    ...Concept
  }
  identifiers {
    ...Identifier
  }
}
""",
    "PageInfo": """\
fragment PageInfo on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}
""",
    "ProductModel": """\
fragment ProductModel on ProductModel {
  id
  label
  modelNumber
  brand {
    ...Organization
  }
}
""",
    "Provenance": """\
fragment Provenance on Provenance {
  query
  querySha256
  validAt
  knownAt
  graphDigest
  records
}
""",
    "Record": """\
fragment Record on Record {
  id
  kind
  label
  receivedAt
  recordedAt
  visibility
  sourceDocument
  attributedTo {
    ...Organization
  }
}
""",
    "Site": """\
fragment Site on Site {
  id
  label
  nativeName
  kind
  country {
    ...Concept
  }
  address {
    fullAddress
  }
  identifiers {
    ...Identifier
  }
}
""",
    "SourceLocation": """\
fragment SourceLocation on SourceLocation {
  document
  sha256
  sheet
  row
  column
  page
  cell
}
""",
    "Touch": """\
fragment Touch on Touch {
  contract {
    id
    label
  }
  site {
    id
    label
  }
  scope
  basis
  hops
  lastConfirmed
  possible
  path {
    ...Hop
  }
}
""",
    "Touches": """\
fragment Touches on TouchConnection {
  totalCount
  pageInfo {
    ...PageInfo
  }
  edges {
    cursor
    node {
      ...Touch
    }
  }
  completeness {
    ...Completeness
  }
  provenance {
    ...Provenance
  }
}
""",
}


def _document(operation: str, *fragments: str) -> str:
    return operation + "".join(_FRAGMENTS[name] for name in fragments)


_DISCLOSURE_GAPS: Final = _document(
    """\
query disclosureGaps($contract: ID!, $at: AsOfInput, $confirmedSince: DateTime, $first: Int, $after: String) {
  disclosureGaps(
    contract: $contract
    at: $at
    confirmedSince: $confirmedSince
    first: $first
    after: $after
  ) {
    totalCount
    pageInfo {
      ...PageInfo
    }
    edges {
      cursor
      node {
        model {
          id
          label
        }
        tier
        state
        sites
        possibleSites
        lastConfirmed
        completeness
        request
        question
        addressees {
          ...Organization
        }
        dueOn
        clauses {
          id
          label
        }
      }
    }
    completeness {
      ...Completeness
    }
    provenance {
      ...Provenance
    }
  }
}
""",
    "Completeness",
    "Concept",
    "Identifier",
    "Organization",
    "PageInfo",
    "Provenance",
)


def disclosure_gaps(
    contract: str,
    *,
    at: AsOfInput | None = None,
    confirmed_since: dt.datetime | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Operation[DisclosureGaps]:
    """How far the sites behind a contract's models are disclosed, tier by tier, and what to ask next, and whom."""
    return Operation(
        _DISCLOSURE_GAPS,
        "disclosureGaps",
        "disclosureGaps",
        DisclosureGaps,
        {"contract": contract, "at": at, "confirmedSince": confirmed_since, "first": first, "after": after},
    )


_WHAT_CHANGED: Final = _document(
    """\
query whatChanged($about: ID!, $from: DateTime!, $to: DateTime!, $validAt: Date, $first: Int, $after: String) {
  whatChanged(
    about: $about
    from: $from
    to: $to
    validAt: $validAt
    first: $first
    after: $after
  ) {
    totalCount
    pageInfo {
      ...PageInfo
    }
    edges {
      cursor
      node {
        change
        at
        what
        statement {
          id
          label
        }
        record {
          ...Record
        }
        about {
          ...Named
        }
        by {
          ...Record
        }
        replacedBy {
          id
          label
        }
      }
    }
    completeness {
      ...Completeness
    }
    provenance {
      ...Provenance
    }
  }
}
""",
    "Completeness",
    "Concept",
    "Identifier",
    "Named",
    "Organization",
    "PageInfo",
    "Provenance",
    "Record",
)


def what_changed(
    about: str,
    from_: dt.datetime,
    to: dt.datetime,
    *,
    valid_at: dt.date | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Operation[WhatChanged]:
    """What changed between two instants in what is known of a contract, a site or a buyer's contracts."""
    return Operation(
        _WHAT_CHANGED,
        "whatChanged",
        "whatChanged",
        WhatChanged,
        {"about": about, "from": from_, "to": to, "validAt": valid_at, "first": first, "after": after},
    )


_CONFLICTS: Final = _document(
    """\
query conflicts($about: ID!, $at: AsOfInput, $window: Int, $first: Int, $after: String) {
  conflicts(about: $about, at: $at, window: $window, first: $first, after: $after) {
    totalCount
    pageInfo {
      ...PageInfo
    }
    edges {
      cursor
      node {
        kind
        dimension {
          ...Concept
        }
        one {
          record {
            ...Record
          }
          values
          statements {
            id
            label
          }
        }
        other {
          record {
            ...Record
          }
          values
          statements {
            id
            label
          }
        }
      }
    }
    completeness {
      ...Completeness
    }
    provenance {
      ...Provenance
    }
  }
}
""",
    "Completeness",
    "Concept",
    "Identifier",
    "Organization",
    "PageInfo",
    "Provenance",
    "Record",
)


def conflicts(
    about: str,
    *,
    at: AsOfInput | None = None,
    window: int | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Operation[Conflicts]:
    """What is said of a site or product model that does not agree, and how it is to be read."""
    return Operation(
        _CONFLICTS,
        "conflicts",
        "conflicts",
        Conflicts,
        {"about": about, "at": at, "window": window, "first": first, "after": after},
    )


_SITE: Final = _document(
    """\
query site($id: ID!) {
  site(id: $id) {
    ...Site
  }
}
""",
    "Concept",
    "Identifier",
    "Site",
)


def site(id: str) -> Operation[Site | None]:
    """A site."""
    return Operation(_SITE, "site", "site", Site | None, {"id": id})


_CONTRACT: Final = _document(
    """\
query contract($id: ID!) {
  contract(id: $id) {
    ...Contract
    lines {
      id
      label
      category {
        ...Concept
      }
      model {
        ...ProductModel
      }
      quantity
    }
  }
}
""",
    "Concept",
    "Contract",
    "Identifier",
    "Organization",
    "ProductModel",
)


def contract(id: str) -> Operation[Contract | None]:
    """A contract."""
    return Operation(_CONTRACT, "contract", "contract", Contract | None, {"id": id})


_SEARCH: Final = _document(
    """\
query search($text: String!, $kinds: [EntityKind!], $first: Int, $after: String) {
  search(text: $text, kinds: $kinds, first: $first, after: $after) {
    totalCount
    pageInfo {
      ...PageInfo
    }
    edges {
      cursor
      kind
      label
      node {
        ...Named
      }
    }
  }
}
""",
    "Named",
    "PageInfo",
)


def search(
    text: str, *, kinds: list[EntityKind] | None = None, first: int | None = None, after: str | None = None
) -> Operation[Search]:
    """The things whose name or address is like the text, or whose identifier it is a part of, the likest first."""
    return Operation(
        _SEARCH, "search", "search", Search, {"text": text, "kinds": kinds, "first": first, "after": after}
    )


_CONTRACTS_TOUCHING: Final = _document(
    """\
query contractsTouching($site: ID!, $at: AsOfInput, $minScope: Scope, $minBasis: EvidenceBasis, $first: Int, $after: String) {
  contractsTouching(
    site: $site
    at: $at
    minScope: $minScope
    minBasis: $minBasis
    first: $first
    after: $after
  ) {
    ...Touches
  }
}
""",
    "Claim",
    "Completeness",
    "Concept",
    "Hop",
    "Identifier",
    "Named",
    "Organization",
    "PageInfo",
    "Provenance",
    "Record",
    "SourceLocation",
    "Touch",
    "Touches",
)


def contracts_touching(
    site: str,
    *,
    at: AsOfInput | None = None,
    min_scope: Scope | None = None,
    min_basis: EvidenceBasis | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Operation[Touches]:
    """The contracts whose supply chain reaches a site."""
    return Operation(
        _CONTRACTS_TOUCHING,
        "contractsTouching",
        "contractsTouching",
        Touches,
        {"site": site, "at": at, "minScope": min_scope, "minBasis": min_basis, "first": first, "after": after},
    )


_SITES_TOUCHED_BY: Final = _document(
    """\
query sitesTouchedBy($contract: ID!, $at: AsOfInput, $kinds: [SiteKind!], $minScope: Scope, $first: Int, $after: String) {
  sitesTouchedBy(
    contract: $contract
    at: $at
    kinds: $kinds
    minScope: $minScope
    first: $first
    after: $after
  ) {
    ...Touches
  }
}
""",
    "Claim",
    "Completeness",
    "Concept",
    "Hop",
    "Identifier",
    "Named",
    "Organization",
    "PageInfo",
    "Provenance",
    "Record",
    "SourceLocation",
    "Touch",
    "Touches",
)


def sites_touched_by(
    contract: str,
    *,
    at: AsOfInput | None = None,
    kinds: list[SiteKind] | None = None,
    min_scope: Scope | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Operation[Touches]:
    """The sites that the supply chain of a contract reaches."""
    return Operation(
        _SITES_TOUCHED_BY,
        "sitesTouchedBy",
        "sitesTouchedBy",
        Touches,
        {"contract": contract, "at": at, "kinds": kinds, "minScope": min_scope, "first": first, "after": after},
    )


_MINERAL_ORIGINS: Final = _document(
    """\
query mineralOrigins($from: ID!, $at: AsOfInput, $mineral: ID, $kinds: [SiteKind!], $minScope: Scope, $first: Int, $after: String) {
  mineralOrigins(
    from: $from
    at: $at
    mineral: $mineral
    kinds: $kinds
    minScope: $minScope
    first: $first
    after: $after
  ) {
    totalCount
    pageInfo {
      ...PageInfo
    }
    edges {
      cursor
      node {
        mineral {
          ...Concept
        }
        site {
          ...Site
        }
        evidence {
          ...EvidencePath
        }
      }
    }
    completeness {
      ...Completeness
    }
    provenance {
      ...Provenance
    }
  }
}
""",
    "Claim",
    "Completeness",
    "Concept",
    "EvidencePath",
    "Hop",
    "Identifier",
    "Named",
    "Organization",
    "PageInfo",
    "Provenance",
    "Record",
    "Site",
    "SourceLocation",
)


def mineral_origins(
    from_: str,
    *,
    at: AsOfInput | None = None,
    mineral: str | None = None,
    kinds: list[SiteKind] | None = None,
    min_scope: Scope | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Operation[MineralOrigins]:
    """The mines and smelters that minerals in what a contract or model holds may come from."""
    return Operation(
        _MINERAL_ORIGINS,
        "mineralOrigins",
        "mineralOrigins",
        MineralOrigins,
        {
            "from": from_,
            "at": at,
            "mineral": mineral,
            "kinds": kinds,
            "minScope": min_scope,
            "first": first,
            "after": after,
        },
    )


_PATHS: Final = _document(
    """\
query paths($from: ID!, $to: ID!, $at: AsOfInput, $minScope: Scope, $minBasis: EvidenceBasis) {
  paths(from: $from, to: $to, at: $at, minScope: $minScope, minBasis: $minBasis) {
    paths {
      ...EvidencePath
    }
    completeness {
      ...Completeness
    }
    provenance {
      ...Provenance
    }
  }
}
""",
    "Claim",
    "Completeness",
    "Concept",
    "EvidencePath",
    "Hop",
    "Identifier",
    "Named",
    "Organization",
    "Provenance",
    "Record",
    "SourceLocation",
)


def paths(
    from_: str,
    to: str,
    *,
    at: AsOfInput | None = None,
    min_scope: Scope | None = None,
    min_basis: EvidenceBasis | None = None,
) -> Operation[Paths]:
    """The best evidence paths from one thing to another, not only one."""
    return Operation(
        _PATHS,
        "paths",
        "paths",
        Paths,
        {"from": from_, "to": to, "at": at, "minScope": min_scope, "minBasis": min_basis},
    )


_EXPOSED_TO: Final = _document(
    """\
query exposedTo($finding: ID!, $at: AsOfInput, $minScope: Scope, $first: Int, $after: String) {
  exposedTo(
    finding: $finding
    at: $at
    minScope: $minScope
    first: $first
    after: $after
  ) {
    totalCount
    pageInfo {
      ...PageInfo
    }
    edges {
      cursor
      node {
        concerned
        contract {
          id
          label
        }
        buyer {
          ...Organization
        }
        model {
          id
          label
        }
        brand {
          ...Organization
        }
        evidence {
          ...EvidencePath
        }
      }
    }
    completeness {
      ...Completeness
    }
    provenance {
      ...Provenance
    }
  }
}
""",
    "Claim",
    "Completeness",
    "Concept",
    "EvidencePath",
    "Hop",
    "Identifier",
    "Named",
    "Organization",
    "PageInfo",
    "Provenance",
    "Record",
    "SourceLocation",
)


def exposed_to(
    finding: str,
    *,
    at: AsOfInput | None = None,
    min_scope: Scope | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Operation[ExposedTo]:
    """The contracts, buyers and brands that the site of a finding reaches."""
    return Operation(
        _EXPOSED_TO,
        "exposedTo",
        "exposedTo",
        ExposedTo,
        {"finding": finding, "at": at, "minScope": min_scope, "first": first, "after": after},
    )
