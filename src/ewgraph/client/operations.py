"""The GraphQL operations as functions: `Client.run(contracts_touching(site=…))` gives the value of the field, typed.

Generated from documents/ and the schema by tools/client_operations.py: do not edit.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal, TypedDict

import msgspec

from ewgraph.client.calls import Operation, Subscription


class DisclosureFile(TypedDict, total=False):
    sha256: str | None
    base64: str | None


class AssignedColumn(TypedDict, total=False):
    column: str
    heading: str


class AsOfInput(TypedDict, total=False):
    validAt: dt.date | None
    knownAt: dt.datetime | None


BreachStatus = Literal[
    "ALLEGED", "UNDER_INVESTIGATION", "CONFIRMED", "NOT_CONFIRMED", "CONTESTED", "REMEDIED", "CLOSED", "RECURRED"
]

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

FindingType = Literal[
    "RECRUITMENT_FEE",
    "PASSPORT_RETENTION",
    "DEBT_BONDAGE",
    "FORCED_OVERTIME",
    "INVOLUNTARY_STUDENT_LABOUR",
    "CHILD_LABOUR",
    "FORCED_LABOUR",
    "FORCED_CHILD_LABOUR",
    "YOUNG_WORKER_HAZARD",
    "EXCESSIVE_HOURS",
    "UNPAID_WAGES",
    "BELOW_LEGAL_WAGE",
    "AGENCY_WAGE_GAP",
    "SOCIAL_INSURANCE_MISSING",
    "UNION_SUPPRESSION",
    "RETALIATION",
    "DISMISSAL_FOR_ORGANISING",
    "DISCRIMINATION",
    "DISCRIMINATION_SEX",
    "DISCRIMINATION_PREGNANCY",
    "DISCRIMINATION_MIGRANT",
    "DISCRIMINATION_UNION",
    "HARASSMENT",
    "CHEMICAL_EXPOSURE",
    "MACHINE_SAFETY",
    "FIRE_SAFETY",
    "DORMITORY",
    "PRECARIOUS_CONTRACT",
    "NO_GRIEVANCE_CHANNEL",
    "ENVIRONMENTAL_HARM",
    "LAND_COMMUNITY",
    "ARMED_GROUP_INTERFERENCE",
    "FATAL_ACCIDENT",
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

RecordSyntax = Literal["TRIG", "N_QUADS", "JSON_LD", "TURTLE"]

Redaction = Literal["NONE", "AGGREGATED", "NAME_REMOVED", "BOUNDARY_REFERENCE", "WITHHELD"]

Scope = Literal["COMPANY", "BRAND", "MODEL", "CONTRACT"]

SiteKind = Literal["FACTORY", "SMELTER", "MINE", "RECYCLING_FACILITY", "WAREHOUSE", "DORMITORY"]

SubmissionState = Literal["QUEUED", "RUNNING", "DONE", "REFUSED", "UNCHANGED", "FAILED", "CANCELLED", "WITHDRAWN"]

Tier = Literal[
    "FINAL_ASSEMBLY",
    "SUBASSEMBLY",
    "STRATEGIC_COMPONENT",
    "MATERIAL_PROCESSING",
    "SMELTING_REFINING",
    "EXTRACTION",
    "END_OF_LIFE",
]

UserErrorCode = Literal[
    "UNAUTHENTICATED", "NOT_ALLOWED", "NOT_FOUND", "INVALID", "CONFLICT", "REFUSED", "LIMIT", "UNAVAILABLE"
]

Verdict = Literal["SAME", "DIFFERENT", "UNDECIDED"]

Visibility = Literal["PUBLIC", "AFFILIATES", "LINKED_AFFILIATES", "CONTRACT_PARTY", "STAFF", "MONITOR_ONLY"]


class UserError(msgspec.Struct, frozen=True, rename="camel"):
    """Why something was not done, in words for who asked for it."""

    code: UserErrorCode
    field: tuple[str, ...]
    message: str
    node: str | None
    path: str | None


class HandedIn(msgspec.Struct, frozen=True, rename="camel"):
    """What came of it. Nothing was stored where there is an error, nor in a dry run."""

    dry_run: bool
    record_ids: tuple[str, ...]
    user_errors: tuple[UserError, ...]
    warnings: tuple[UserError, ...]


class Submission(msgspec.Struct, frozen=True, rename="camel"):
    """A file that was handed in. Only who handed it in, whose word it is, and the staff see it."""

    id: str
    state: SubmissionState
    stage: str
    done: int
    total: int
    file: str
    sha256: str
    format: str | None
    submitter: str
    author: str
    dry_run: bool
    created_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None
    cancel_requested: bool
    error: str | None
    report: str | None


class SubmissionPayload(msgspec.Struct, frozen=True, rename="camel"):
    """What came of it."""

    submission: Submission | None
    record_ids: tuple[str, ...]
    user_errors: tuple[UserError, ...]


class Watch(msgspec.Struct, frozen=True, rename="camel"):
    """That you want to hear of the findings that come to concern a buyer or brand. Only its owner sees it."""

    id: str
    about: str
    label: str
    created_at: dt.datetime


class WatchPayload(msgspec.Struct, frozen=True, rename="camel"):
    """What came of it."""

    watch: Watch | None
    user_errors: tuple[UserError, ...]


class Concept(msgspec.Struct, frozen=True, rename="camel"):
    """An entry of a code list, such as a country or a product category."""

    id: str
    label: str | None
    notation: str | None


class SiteAddress(msgspec.Struct, frozen=True, rename="camel"):
    """Where a site or organisation is, as far as it was said."""

    full_address: str | None


class Identifier(msgspec.Struct, frozen=True, rename="camel"):
    """What a scheme of identifiers calls a thing."""

    scheme: str
    notation: str


class Site(msgspec.Struct, frozen=True, rename="camel"):
    """An entity that is one physical place where goods are made, treated, extracted, kept or taken apart, or where their makers live; apart from the company that runs it."""

    id: str
    label: str | None
    native_name: str | None
    kind: SiteKind | None
    country: Concept | None
    address: SiteAddress | None
    identifiers: tuple[Identifier, ...]


class Organization(msgspec.Struct, frozen=True, rename="camel"):
    """An entity that is a legal person or public body able to sign, own, operate or speak."""

    id: str
    label: str | None
    legal_name: str | None
    country: Concept | None
    identifiers: tuple[Identifier, ...]


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


class Finding(msgspec.Struct, frozen=True, rename="camel"):
    """A claim that conditions at a site breach, or may breach, a provision."""

    id: str
    label: str | None
    site: Site | None
    provisions: tuple[Concept, ...]
    finding_types: tuple[FindingType, ...]
    severities: tuple[Concept, ...]
    breach_status: BreachStatus | None
    record: Record


class ConcernExposureContract(msgspec.Struct, frozen=True, rename="camel"):
    """An entity that is one agreement by which a buyer acquires goods or services from a contractor."""

    id: str
    label: str | None


class ConcernExposureModel(msgspec.Struct, frozen=True, rename="camel"):
    """An entity that is one model of a product as its brand names it, apart from the single units sold."""

    id: str
    label: str | None


class Named(msgspec.Struct, frozen=True, rename="camel"):
    """Anything that has an IRI, which is its id."""

    typename: str = msgspec.field(name="__typename")
    id: str


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


class ConcernExposure(msgspec.Struct, frozen=True, rename="camel"):
    """That somebody is concerned by a finding, on the word of the best path that leads from them to its site."""

    concerned: Concerned
    contract: ConcernExposureContract | None
    buyer: Organization | None
    model: ConcernExposureModel | None
    brand: Organization | None
    evidence: EvidencePath


class Concern(msgspec.Struct, frozen=True, rename="camel"):
    """That a finding concerns a buyer or brand, and by which contract or model."""

    finding: Finding
    exposure: ConcernExposure


class WatchNews(msgspec.Struct, frozen=True, rename="camel"):
    """That you want to hear of the findings that come to concern a buyer or brand. Only its owner sees it."""

    id: str
    news: tuple[Concern, ...]


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
    "Concern": """\
fragment Concern on Concern {
  finding {
    ...Finding
  }
  exposure {
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
    "Finding": """\
fragment Finding on Finding {
  id
  label
  site {
    ...Site
  }
  provisions {
    ...Concept
  }
  findingTypes
  severities {
    ...Concept
  }
  breachStatus
  record {
    ...Record
  }
}
""",
    "HandedIn": """\
fragment HandedIn on HandedIn {
  dryRun
  recordIds
  userErrors {
    ...UserError
  }
  warnings {
    ...UserError
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
    "Submission": """\
fragment Submission on Submission {
  id
  state
  stage
  done
  total
  file
  sha256
  format
  submitter
  author
  dryRun
  createdAt
  startedAt
  finishedAt
  cancelRequested
  error
  report
}
""",
    "SubmissionPayload": """\
fragment SubmissionPayload on SubmissionPayload {
  submission {
    ...Submission
  }
  recordIds
  userErrors {
    ...UserError
  }
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
    "UserError": """\
fragment UserError on UserError {
  code
  field
  message
  node
  path
}
""",
    "Watch": """\
fragment Watch on Watch {
  id
  about
  label
  createdAt
}
""",
    "WatchPayload": """\
fragment WatchPayload on WatchPayload {
  watch {
    ...Watch
  }
  userErrors {
    ...UserError
  }
}
""",
}


def _document(operation: str, *fragments: str) -> str:
    return operation + "".join(_FRAGMENTS[name] for name in fragments)


_SUBMIT_RECORDS: Final = _document(
    """\
mutation submitRecords($content: String!, $syntax: RecordSyntax, $onBehalfOf: ID, $dryRun: Boolean) {
  submitRecords(
    content: $content
    syntax: $syntax
    onBehalfOf: $onBehalfOf
    dryRun: $dryRun
  ) {
    ...HandedIn
  }
}
""",
    "HandedIn",
    "UserError",
)


def submit_records(
    content: str, *, syntax: RecordSyntax | None = None, on_behalf_of: str | None = None, dry_run: bool | None = None
) -> Operation[HandedIn]:
    """Hand records in, such as a disclosure: all of them or none, as `POST /records` does."""
    return Operation(
        _SUBMIT_RECORDS,
        "submitRecords",
        "submitRecords",
        HandedIn,
        {"content": content, "syntax": syntax, "onBehalfOf": on_behalf_of, "dryRun": dry_run},
    )


_REPLY_TO_FINDING: Final = _document(
    """\
mutation replyToFinding($finding: ID!, $text: String!, $visibility: Visibility!, $parties: [ID!], $dryRun: Boolean) {
  replyToFinding(
    finding: $finding
    text: $text
    visibility: $visibility
    parties: $parties
    dryRun: $dryRun
  ) {
    ...HandedIn
  }
}
""",
    "HandedIn",
    "UserError",
)


def reply_to_finding(
    finding: str, text: str, visibility: Visibility, *, parties: list[str] | None = None, dry_run: bool | None = None
) -> Operation[HandedIn]:
    """Answer a finding, on your organisation's word, for those whom you name."""
    return Operation(
        _REPLY_TO_FINDING,
        "replyToFinding",
        "replyToFinding",
        HandedIn,
        {"finding": finding, "text": text, "visibility": visibility, "parties": parties, "dryRun": dry_run},
    )


_DECIDE_MATCH: Final = _document(
    """\
mutation decideMatch($claim: ID!, $verdict: Verdict!, $visibility: Visibility!, $comment: String, $dryRun: Boolean) {
  decideMatch(
    claim: $claim
    verdict: $verdict
    visibility: $visibility
    comment: $comment
    dryRun: $dryRun
  ) {
    ...HandedIn
  }
}
""",
    "HandedIn",
    "UserError",
)


def decide_match(
    claim: str, verdict: Verdict, visibility: Visibility, *, comment: str | None = None, dry_run: bool | None = None
) -> Operation[HandedIn]:
    """Decide whether two sites or organizations are one, which a claim says or leaves open. It is for staff."""
    return Operation(
        _DECIDE_MATCH,
        "decideMatch",
        "decideMatch",
        HandedIn,
        {"claim": claim, "verdict": verdict, "visibility": visibility, "comment": comment, "dryRun": dry_run},
    )


_RELEASE_RECORD: Final = _document(
    """\
mutation releaseRecord($record: ID!, $to: Visibility!, $reason: String!, $parties: [ID!], $at: DateTime, $redaction: Redaction, $keep: [ID!], $withReplies: Boolean, $dryRun: Boolean) {
  releaseRecord(
    record: $record
    to: $to
    reason: $reason
    parties: $parties
    at: $at
    redaction: $redaction
    keep: $keep
    withReplies: $withReplies
    dryRun: $dryRun
  ) {
    ...HandedIn
  }
}
""",
    "HandedIn",
    "UserError",
)


def release_record(
    record: str,
    to: Visibility,
    reason: str,
    *,
    parties: list[str] | None = None,
    at: dt.datetime | None = None,
    redaction: Redaction | None = None,
    keep: list[str] | None = None,
    with_replies: bool | None = None,
    dry_run: bool | None = None,
) -> Operation[HandedIn]:
    """Open a record to a wider audience, at once or from an instant on, perhaps redacted. It is for staff."""
    return Operation(
        _RELEASE_RECORD,
        "releaseRecord",
        "releaseRecord",
        HandedIn,
        {
            "record": record,
            "to": to,
            "reason": reason,
            "parties": parties,
            "at": at,
            "redaction": redaction,
            "keep": keep,
            "withReplies": with_replies,
            "dryRun": dry_run,
        },
    )


_SUBMIT_DISCLOSURE: Final = _document(
    """\
mutation submitDisclosure($file: DisclosureFile!, $name: String!, $format: String, $contract: ID, $onBehalfOf: ID, $language: String, $receivedAt: DateTime, $assigned: [AssignedColumn!], $dryRun: Boolean) {
  submitDisclosure(
    file: $file
    name: $name
    format: $format
    contract: $contract
    onBehalfOf: $onBehalfOf
    language: $language
    receivedAt: $receivedAt
    assigned: $assigned
    dryRun: $dryRun
  ) {
    ...SubmissionPayload
  }
}
""",
    "Submission",
    "SubmissionPayload",
    "UserError",
)


def submit_disclosure(
    file: DisclosureFile,
    name: str,
    *,
    format: str | None = None,
    contract: str | None = None,
    on_behalf_of: str | None = None,
    language: str | None = None,
    received_at: dt.datetime | None = None,
    assigned: list[AssignedColumn] | None = None,
    dry_run: bool | None = None,
) -> Operation[SubmissionPayload]:
    """Hand a file in, such as a filled in disclosure form, as `POST /disclosures` does. A job works on it."""
    return Operation(
        _SUBMIT_DISCLOSURE,
        "submitDisclosure",
        "submitDisclosure",
        SubmissionPayload,
        {
            "file": file,
            "name": name,
            "format": format,
            "contract": contract,
            "onBehalfOf": on_behalf_of,
            "language": language,
            "receivedAt": received_at,
            "assigned": assigned,
            "dryRun": dry_run,
        },
    )


_CANCEL_SUBMISSION: Final = _document(
    """\
mutation cancelSubmission($submission: ID!) {
  cancelSubmission(submission: $submission) {
    ...SubmissionPayload
  }
}
""",
    "Submission",
    "SubmissionPayload",
    "UserError",
)


def cancel_submission(submission: str) -> Operation[SubmissionPayload]:
    """Stop the work on a file."""
    return Operation(
        _CANCEL_SUBMISSION, "cancelSubmission", "cancelSubmission", SubmissionPayload, {"submission": submission}
    )


_WITHDRAW_SUBMISSION: Final = _document(
    """\
mutation withdrawSubmission($submission: ID!, $reason: String!) {
  withdrawSubmission(submission: $submission, reason: $reason) {
    ...SubmissionPayload
  }
}
""",
    "Submission",
    "SubmissionPayload",
    "UserError",
)


def withdraw_submission(submission: str, reason: str) -> Operation[SubmissionPayload]:
    """Take back what a file brought in."""
    return Operation(
        _WITHDRAW_SUBMISSION,
        "withdrawSubmission",
        "withdrawSubmission",
        SubmissionPayload,
        {"submission": submission, "reason": reason},
    )


_SUBSCRIBE: Final = _document(
    """\
mutation subscribe($about: ID, $label: String, $fromNow: Boolean) {
  subscribe(about: $about, label: $label, fromNow: $fromNow) {
    ...WatchPayload
  }
}
""",
    "UserError",
    "Watch",
    "WatchPayload",
)


def subscribe(
    *, about: str | None = None, label: str | None = None, from_now: bool | None = None
) -> Operation[WatchPayload]:
    """Begin a watch for a buyer or brand, your own organisation where none is given."""
    return Operation(
        _SUBSCRIBE, "subscribe", "subscribe", WatchPayload, {"about": about, "label": label, "fromNow": from_now}
    )


_ACKNOWLEDGE: Final = _document(
    """\
mutation acknowledge($watch: ID!, $findings: [ID!]!) {
  acknowledge(watch: $watch, findings: $findings) {
    ...WatchPayload
  }
}
""",
    "UserError",
    "Watch",
    "WatchPayload",
)


def acknowledge(watch: str, findings: list[str]) -> Operation[WatchPayload]:
    """Say that you have heard of findings: the watch does not tell them again."""
    return Operation(_ACKNOWLEDGE, "acknowledge", "acknowledge", WatchPayload, {"watch": watch, "findings": findings})


_UNSUBSCRIBE: Final = _document(
    """\
mutation unsubscribe($watch: ID!) {
  unsubscribe(watch: $watch) {
    ...WatchPayload
  }
}
""",
    "UserError",
    "Watch",
    "WatchPayload",
)


def unsubscribe(watch: str) -> Operation[WatchPayload]:
    """End a watch."""
    return Operation(_UNSUBSCRIBE, "unsubscribe", "unsubscribe", WatchPayload, {"watch": watch})


_SUBMISSION: Final = _document(
    """\
query submission($id: ID!) {
  submission(id: $id) {
    ...Submission
  }
}
""",
    "Submission",
)


def submission(id: str) -> Operation[Submission | None]:
    """A file that you handed in, or that is your word."""
    return Operation(_SUBMISSION, "submission", "submission", Submission | None, {"id": id})


_SUBMISSIONS: Final = _document(
    """\
query submissions($first: Int, $after: ID) {
  submissions(first: $first, after: $after) {
    ...Submission
  }
}
""",
    "Submission",
)


def submissions(*, first: int | None = None, after: str | None = None) -> Operation[tuple[Submission, ...]]:
    """The files that you handed in or that are your word, the newest first; to the staff those of everybody."""
    return Operation(
        _SUBMISSIONS, "submissions", "submissions", tuple[Submission, ...], {"first": first, "after": after}
    )


_WATCHES: Final = _document(
    """\
query watches {
  watches {
    ...Watch
  }
}
""",
    "Watch",
)


def watches() -> Operation[tuple[Watch, ...]]:
    """Your watches, the oldest first."""
    return Operation(_WATCHES, "watches", "watches", tuple[Watch, ...], {})


_WATCH_NEWS: Final = _document(
    """\
query watchNews($id: ID!, $first: Int) {
  watch(id: $id) {
    id
    news(first: $first) {
      ...Concern
    }
  }
}
""",
    "Claim",
    "Concept",
    "Concern",
    "EvidencePath",
    "Finding",
    "Hop",
    "Identifier",
    "Named",
    "Organization",
    "Record",
    "Site",
    "SourceLocation",
)


def watch_news(id: str, *, first: int | None = None) -> Operation[WatchNews | None]:
    """One of your watches."""
    return Operation(_WATCH_NEWS, "watchNews", "watch", WatchNews | None, {"id": id, "first": first})


_NEW_FINDINGS: Final = _document(
    """\
subscription newFindings($about: ID, $watch: ID) {
  newFindings(about: $about, watch: $watch) {
    ...Concern
  }
}
""",
    "Claim",
    "Concept",
    "Concern",
    "EvidencePath",
    "Finding",
    "Hop",
    "Identifier",
    "Named",
    "Organization",
    "Record",
    "Site",
    "SourceLocation",
)


def new_findings(*, about: str | None = None, watch: str | None = None) -> Subscription[Concern]:
    """Each finding that comes to concern a buyer or brand, your own organisation where none is given."""
    return Subscription(_NEW_FINDINGS, "newFindings", "newFindings", Concern, {"about": about, "watch": watch})


_SUBMISSION_PROGRESS: Final = _document(
    """\
subscription submissionProgress($submission: ID!) {
  submissionProgress(submission: $submission) {
    ...Submission
  }
}
""",
    "Submission",
)


def submission_progress(submission: str) -> Subscription[Submission]:
    """How far the work on a file is that you handed in, to its end."""
    return Subscription(
        _SUBMISSION_PROGRESS, "submissionProgress", "submissionProgress", Submission, {"submission": submission}
    )


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
