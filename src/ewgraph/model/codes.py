# ruff: noqa: E501 -- a concept is a line
# fmt: off
"""The code lists of the ontology as enumerations; ranked ones ascend.

Generated from `ontology/` by `tools/vocabulary.py`. Do not edit: change the ontology, then run that tool.
"""

from __future__ import annotations

from ewgraph.model.code import Code


class ActionStatus(Code):
    """How far an action or remedy has come."""

    PLANNED = ("https://w3id.org/ewgraph/kos/action-status/planned", "Planned")
    IN_PROGRESS = ("https://w3id.org/ewgraph/kos/action-status/in-progress", "In progress")
    REPORTED_DONE = ("https://w3id.org/ewgraph/kos/action-status/reported-done", "Reported done")
    VERIFIED_DONE = ("https://w3id.org/ewgraph/kos/action-status/verified-done", "Verified done")
    OVERDUE = ("https://w3id.org/ewgraph/kos/action-status/overdue", "Overdue")
    ABANDONED = ("https://w3id.org/ewgraph/kos/action-status/abandoned", "Abandoned")


class AddressPrecision(Code):
    """How finely an address is given; the larger rank, the coarser."""

    STREET = ("https://w3id.org/ewgraph/kos/address-precision/street", "Street", 0)
    LOCALITY = ("https://w3id.org/ewgraph/kos/address-precision/locality", "Locality", 1)
    PROVINCE = ("https://w3id.org/ewgraph/kos/address-precision/province", "Province", 2)
    COUNTRY = ("https://w3id.org/ewgraph/kos/address-precision/country", "Country", 3)


class AffectedGroup(Code):
    """Groups of workers whom harm touches more than others."""

    MIGRANT = ("https://w3id.org/ewgraph/kos/affected-group/migrant", "Migrant workers")
    STUDENT = ("https://w3id.org/ewgraph/kos/affected-group/student", "Student workers")
    AGENCY = ("https://w3id.org/ewgraph/kos/affected-group/agency", "Agency workers")
    PREGNANT = ("https://w3id.org/ewgraph/kos/affected-group/pregnant", "Pregnant workers")
    YOUNG = ("https://w3id.org/ewgraph/kos/affected-group/young", "Young workers")
    WOMEN = ("https://w3id.org/ewgraph/kos/affected-group/women", "Women")
    UNION = ("https://w3id.org/ewgraph/kos/affected-group/union", "Union members")


class Band(Code):
    """Size classes of groups of people; groups too small to hide in are not given."""

    SUPPRESSED = ("https://w3id.org/ewgraph/kos/band/suppressed", "Fewer than 5, suppressed", 0)
    BAND_5_9 = ("https://w3id.org/ewgraph/kos/band/5-9", "5 to 9", 1)
    BAND_10_19 = ("https://w3id.org/ewgraph/kos/band/10-19", "10 to 19", 2)
    BAND_20_49 = ("https://w3id.org/ewgraph/kos/band/20-49", "20 to 49", 3)
    BAND_50_99 = ("https://w3id.org/ewgraph/kos/band/50-99", "50 to 99", 4)
    BAND_100_499 = ("https://w3id.org/ewgraph/kos/band/100-499", "100 to 499", 5)
    BAND_500_999 = ("https://w3id.org/ewgraph/kos/band/500-999", "500 to 999", 6)
    BAND_1000_4999 = ("https://w3id.org/ewgraph/kos/band/1000-4999", "1,000 to 4,999", 7)
    BAND_5000_PLUS = ("https://w3id.org/ewgraph/kos/band/5000-plus", "5,000 or more", 8)


class BreachStatus(Code):
    """How far a breach is established or settled."""

    ALLEGED = ("https://w3id.org/ewgraph/kos/breach-status/alleged", "Alleged")
    UNDER_INVESTIGATION = ("https://w3id.org/ewgraph/kos/breach-status/under-investigation", "Under investigation")
    CONFIRMED = ("https://w3id.org/ewgraph/kos/breach-status/confirmed", "Confirmed")
    NOT_CONFIRMED = ("https://w3id.org/ewgraph/kos/breach-status/not-confirmed", "Not confirmed")
    CONTESTED = ("https://w3id.org/ewgraph/kos/breach-status/contested", "Contested")
    REMEDIED = ("https://w3id.org/ewgraph/kos/breach-status/remedied", "Remedied")
    CLOSED = ("https://w3id.org/ewgraph/kos/breach-status/closed", "Closed")
    RECURRED = ("https://w3id.org/ewgraph/kos/breach-status/recurred", "Recurred")


class CertificationStatus(Code):
    """The status of a site under a standard."""

    CONFORMANT = ("https://w3id.org/ewgraph/kos/certification-status/conformant", "Conformant")
    ACTIVE = ("https://w3id.org/ewgraph/kos/certification-status/active", "Active")
    NOT_CONFORMANT = ("https://w3id.org/ewgraph/kos/certification-status/not-conformant", "Not conformant")
    WITHDRAWN = ("https://w3id.org/ewgraph/kos/certification-status/withdrawn", "Withdrawn")


class Completeness(Code):
    """Whether what was named is all there is."""

    COMPLETE = ("https://w3id.org/ewgraph/kos/completeness/complete", "Complete")
    PARTIAL = ("https://w3id.org/ewgraph/kos/completeness/partial", "Partial")
    NONE_EXISTS = ("https://w3id.org/ewgraph/kos/completeness/none-exists", "None exists")
    NOT_ASKED = ("https://w3id.org/ewgraph/kos/completeness/not-asked", "Not asked")


class Component(Code):
    """Kinds of part built into product models."""

    MAINBOARD = ("https://w3id.org/ewgraph/kos/component/mainboard", "Mainboard")
    DISPLAY = ("https://w3id.org/ewgraph/kos/component/display", "Display")
    BATTERY = ("https://w3id.org/ewgraph/kos/component/battery", "Battery")
    CHASSIS = ("https://w3id.org/ewgraph/kos/component/chassis", "Chassis")
    SEMICONDUCTOR = ("https://w3id.org/ewgraph/kos/component/semiconductor", "Semiconductor")
    CABLE = ("https://w3id.org/ewgraph/kos/component/cable", "Cable")
    PSU = ("https://w3id.org/ewgraph/kos/component/psu", "Power supply")
    CAMERA = ("https://w3id.org/ewgraph/kos/component/camera", "Camera")
    KEYBOARD = ("https://w3id.org/ewgraph/kos/component/keyboard", "Keyboard")
    STORAGE = ("https://w3id.org/ewgraph/kos/component/storage", "Storage")
    MEMORY = ("https://w3id.org/ewgraph/kos/component/memory", "Memory")
    MAGNET = ("https://w3id.org/ewgraph/kos/component/magnet", "Magnet")


class Confidence(Code):
    """How sure an author says to be."""

    LOW = ("https://w3id.org/ewgraph/kos/confidence/low", "Low", 0)
    MEDIUM = ("https://w3id.org/ewgraph/kos/confidence/medium", "Medium", 1)
    HIGH = ("https://w3id.org/ewgraph/kos/confidence/high", "High", 2)


class ConflictKind(Code):
    """How two claims that do not agree are to be read."""

    CONTRADICTION = ("https://w3id.org/ewgraph/kos/conflict-kind/contradiction", "Contradiction")
    DIVERGENCE = ("https://w3id.org/ewgraph/kos/conflict-kind/divergence", "Divergence")
    CHANGE = ("https://w3id.org/ewgraph/kos/conflict-kind/change", "Change")
    GAP = ("https://w3id.org/ewgraph/kos/conflict-kind/gap", "Gap")
    GRANULARITY = ("https://w3id.org/ewgraph/kos/conflict-kind/granularity", "Granularity")


class DueDiligence(Code):
    """How far a formal request up the chain has come."""

    FORMAL_REQUEST_SENT = ("https://w3id.org/ewgraph/kos/due-diligence/formal-request-sent", "Formal request sent")
    REMINDER = ("https://w3id.org/ewgraph/kos/due-diligence/reminder", "Reminder sent")
    UPSTREAM_REFUSED = ("https://w3id.org/ewgraph/kos/due-diligence/upstream-refused", "Upstream refused")
    UPSTREAM_SILENT = ("https://w3id.org/ewgraph/kos/due-diligence/upstream-silent", "Upstream silent")
    PROVIDED = ("https://w3id.org/ewgraph/kos/due-diligence/provided", "Provided")
    INSUFFICIENT = ("https://w3id.org/ewgraph/kos/due-diligence/insufficient", "Insufficient")


class EscalationStep(Code):
    """The rungs from a talk to a sanction, in order."""

    INFORMAL = ("https://w3id.org/ewgraph/kos/escalation-step/informal", "Informal", 0)
    FORMAL_NOTICE = ("https://w3id.org/ewgraph/kos/escalation-step/formal-notice", "Formal notice", 1)
    ESCALATION = ("https://w3id.org/ewgraph/kos/escalation-step/escalation", "Escalation", 2)
    SANCTION = ("https://w3id.org/ewgraph/kos/escalation-step/sanction", "Sanction", 3)


class EvidenceBasis(Code):
    """The kind of evidence behind a claim; the larger rank, the stronger."""

    INFERRED = ("https://w3id.org/ewgraph/kos/evidence-basis/inferred", "Inferred", 0)
    LABEL_OR_CUSTOMS = ("https://w3id.org/ewgraph/kos/evidence-basis/label-or-customs", "Label or customs", 1)
    BRAND_LIST = ("https://w3id.org/ewgraph/kos/evidence-basis/brand-list", "Brand list", 2)
    BRAND_LIST_WITH_PRODUCT = ("https://w3id.org/ewgraph/kos/evidence-basis/brand-list-with-product", "Brand list with products", 3)
    BRAND_PER_MODEL = ("https://w3id.org/ewgraph/kos/evidence-basis/brand-per-model", "Brand, per model", 4)
    CONTRACT_DISCLOSURE = ("https://w3id.org/ewgraph/kos/evidence-basis/contract-disclosure", "Contract disclosure", 5)
    MONITOR_OBSERVATION = ("https://w3id.org/ewgraph/kos/evidence-basis/monitor-observation", "Monitor's observation", 6)


class FindingType(Code):
    """Kinds of problem found, finer than the provisions they breach."""

    RECRUITMENT_FEE = ("https://w3id.org/ewgraph/kos/finding-type/recruitment-fee", "Recruitment fee")
    PASSPORT_RETENTION = ("https://w3id.org/ewgraph/kos/finding-type/passport-retention", "Passport retention")
    DEBT_BONDAGE = ("https://w3id.org/ewgraph/kos/finding-type/debt-bondage", "Debt bondage")
    FORCED_OVERTIME = ("https://w3id.org/ewgraph/kos/finding-type/forced-overtime", "Forced overtime")
    INVOLUNTARY_STUDENT_LABOUR = ("https://w3id.org/ewgraph/kos/finding-type/involuntary-student-labour", "Involuntary student labour")
    CHILD_LABOUR = ("https://w3id.org/ewgraph/kos/finding-type/child-labour", "Child labour")
    FORCED_LABOUR = ("https://w3id.org/ewgraph/kos/finding-type/forced-labour", "Forced labour")
    FORCED_CHILD_LABOUR = ("https://w3id.org/ewgraph/kos/finding-type/forced-child-labour", "Forced child labour")
    YOUNG_WORKER_HAZARD = ("https://w3id.org/ewgraph/kos/finding-type/young-worker-hazard", "Young workers at hazard")
    EXCESSIVE_HOURS = ("https://w3id.org/ewgraph/kos/finding-type/excessive-hours", "Excessive hours")
    UNPAID_WAGES = ("https://w3id.org/ewgraph/kos/finding-type/unpaid-wages", "Unpaid wages")
    BELOW_LEGAL_WAGE = ("https://w3id.org/ewgraph/kos/finding-type/below-legal-wage", "Below legal wage")
    AGENCY_WAGE_GAP = ("https://w3id.org/ewgraph/kos/finding-type/agency-wage-gap", "Agency wage gap")
    SOCIAL_INSURANCE_MISSING = ("https://w3id.org/ewgraph/kos/finding-type/social-insurance-missing", "Social insurance missing")
    UNION_SUPPRESSION = ("https://w3id.org/ewgraph/kos/finding-type/union-suppression", "Union suppression")
    RETALIATION = ("https://w3id.org/ewgraph/kos/finding-type/retaliation", "Retaliation")
    DISMISSAL_FOR_ORGANISING = ("https://w3id.org/ewgraph/kos/finding-type/dismissal-for-organising", "Dismissal for organising")
    DISCRIMINATION = ("https://w3id.org/ewgraph/kos/finding-type/discrimination", "Discrimination")
    DISCRIMINATION_SEX = ("https://w3id.org/ewgraph/kos/finding-type/discrimination-sex", "Discrimination by sex")
    DISCRIMINATION_PREGNANCY = ("https://w3id.org/ewgraph/kos/finding-type/discrimination-pregnancy", "Discrimination by pregnancy")
    DISCRIMINATION_MIGRANT = ("https://w3id.org/ewgraph/kos/finding-type/discrimination-migrant", "Discrimination of migrants")
    DISCRIMINATION_UNION = ("https://w3id.org/ewgraph/kos/finding-type/discrimination-union", "Discrimination of union members")
    HARASSMENT = ("https://w3id.org/ewgraph/kos/finding-type/harassment", "Harassment")
    CHEMICAL_EXPOSURE = ("https://w3id.org/ewgraph/kos/finding-type/chemical-exposure", "Chemical exposure")
    MACHINE_SAFETY = ("https://w3id.org/ewgraph/kos/finding-type/machine-safety", "Machine safety")
    FIRE_SAFETY = ("https://w3id.org/ewgraph/kos/finding-type/fire-safety", "Fire safety")
    DORMITORY = ("https://w3id.org/ewgraph/kos/finding-type/dormitory", "Dormitory conditions")
    PRECARIOUS_CONTRACT = ("https://w3id.org/ewgraph/kos/finding-type/precarious-contract", "Precarious contract")
    NO_GRIEVANCE_CHANNEL = ("https://w3id.org/ewgraph/kos/finding-type/no-grievance-channel", "No grievance channel")
    ENVIRONMENTAL_HARM = ("https://w3id.org/ewgraph/kos/finding-type/environmental-harm", "Environmental harm")
    LAND_COMMUNITY = ("https://w3id.org/ewgraph/kos/finding-type/land-community", "Land and community")
    ARMED_GROUP_INTERFERENCE = ("https://w3id.org/ewgraph/kos/finding-type/armed-group-interference", "Armed group interference")
    FATAL_ACCIDENT = ("https://w3id.org/ewgraph/kos/finding-type/fatal-accident", "Fatal accident")


class HopKind(Code):
    """Kinds of step on a path from contract to mine."""

    COVERS = ("https://w3id.org/ewgraph/kos/hop-kind/covers", "Covers")
    MADE_AT = ("https://w3id.org/ewgraph/kos/hop-kind/made-at", "Made at")
    COMPONENT_AT = ("https://w3id.org/ewgraph/kos/hop-kind/component-at", "Component at")
    LISTED_AT = ("https://w3id.org/ewgraph/kos/hop-kind/listed-at", "Listed at")
    SUPPLIED_BY = ("https://w3id.org/ewgraph/kos/hop-kind/supplied-by", "Supplied by")
    DECLARES_SMELTER = ("https://w3id.org/ewgraph/kos/hop-kind/declares-smelter", "Declares smelter")
    SOURCES_FROM = ("https://w3id.org/ewgraph/kos/hop-kind/sources-from", "Sources from")


class Linkage(Code):
    """How a company is involved in harm, in the terms of the UN principles."""

    CAUSE = ("https://w3id.org/ewgraph/kos/linkage/cause", "Cause")
    CONTRIBUTE = ("https://w3id.org/ewgraph/kos/linkage/contribute", "Contribute")
    DIRECTLY_LINKED = ("https://w3id.org/ewgraph/kos/linkage/directly-linked", "Directly linked")


class MineStatus(Code):
    """The colour a regional certification scheme gives a mine site after inspection."""

    GREEN = ("https://w3id.org/ewgraph/kos/mine-status/green", "Green")
    YELLOW = ("https://w3id.org/ewgraph/kos/mine-status/yellow", "Yellow")
    RED = ("https://w3id.org/ewgraph/kos/mine-status/red", "Red")
    BLUE = ("https://w3id.org/ewgraph/kos/mine-status/blue", "Blue")
    UNRATED = ("https://w3id.org/ewgraph/kos/mine-status/unrated", "Unrated")


class Mineral(Code):
    """Metals and minerals tracked from product to mine."""

    TIN = ("https://w3id.org/ewgraph/kos/mineral/tin", "Tin")
    TANTALUM = ("https://w3id.org/ewgraph/kos/mineral/tantalum", "Tantalum")
    TUNGSTEN = ("https://w3id.org/ewgraph/kos/mineral/tungsten", "Tungsten")
    GOLD = ("https://w3id.org/ewgraph/kos/mineral/gold", "Gold")
    COBALT = ("https://w3id.org/ewgraph/kos/mineral/cobalt", "Cobalt")
    COPPER = ("https://w3id.org/ewgraph/kos/mineral/copper", "Copper")
    NICKEL = ("https://w3id.org/ewgraph/kos/mineral/nickel", "Nickel")
    LITHIUM = ("https://w3id.org/ewgraph/kos/mineral/lithium", "Lithium")
    MICA = ("https://w3id.org/ewgraph/kos/mineral/mica", "Mica")
    GRAPHITE = ("https://w3id.org/ewgraph/kos/mineral/graphite", "Graphite")
    ALUMINIUM = ("https://w3id.org/ewgraph/kos/mineral/aluminium", "Aluminium")
    ZINC = ("https://w3id.org/ewgraph/kos/mineral/zinc", "Zinc")
    SILVER = ("https://w3id.org/ewgraph/kos/mineral/silver", "Silver")
    QUARTZ = ("https://w3id.org/ewgraph/kos/mineral/quartz", "Quartz")
    RARE_EARTHS = ("https://w3id.org/ewgraph/kos/mineral/rare-earths", "Rare earths")
    POLYSILICON = ("https://w3id.org/ewgraph/kos/mineral/polysilicon", "Polysilicon")


class ObligationStatus(Code):
    """Where an obligation stands on a day; computed, never stated."""

    NOT_YET_DUE = ("https://w3id.org/ewgraph/kos/obligation-status/not-yet-due", "Not yet due")
    DUE_SOON = ("https://w3id.org/ewgraph/kos/obligation-status/due-soon", "Due soon")
    OVERDUE = ("https://w3id.org/ewgraph/kos/obligation-status/overdue", "Overdue")
    RECEIVED = ("https://w3id.org/ewgraph/kos/obligation-status/received", "Received")
    RECEIVED_LATE = ("https://w3id.org/ewgraph/kos/obligation-status/received-late", "Received late")
    PARTIAL = ("https://w3id.org/ewgraph/kos/obligation-status/partial", "Partial")
    DUE_DILIGENCE_SHOWN = ("https://w3id.org/ewgraph/kos/obligation-status/due-diligence-shown", "Due diligence shown")
    REFUSED = ("https://w3id.org/ewgraph/kos/obligation-status/refused", "Refused")
    WAIVED = ("https://w3id.org/ewgraph/kos/obligation-status/waived", "Waived")
    SUPERSEDED = ("https://w3id.org/ewgraph/kos/obligation-status/superseded", "Superseded")


class ObligationType(Code):
    """The ten operational outcomes that contract conditions ask of a contractor, version 2.1."""

    FINAL_ASSEMBLY_SITES = ("https://w3id.org/ewgraph/kos/obligation-type/final-assembly-sites", "Final assembly sites")
    COMPONENT_SITES = ("https://w3id.org/ewgraph/kos/obligation-type/component-sites", "Component sites")
    COMPLIANCE_FINDINGS = ("https://w3id.org/ewgraph/kos/obligation-type/compliance-findings", "Compliance findings")
    COMPLIANCE_FINDINGS_IN_FULL = ("https://w3id.org/ewgraph/kos/obligation-type/compliance-findings-in-full", "Compliance findings in full")
    CHEMICAL_INVENTORY = ("https://w3id.org/ewgraph/kos/obligation-type/chemical-inventory", "Chemical inventory")
    TRADING_CONDITIONS = ("https://w3id.org/ewgraph/kos/obligation-type/trading-conditions", "Trading conditions")
    FACTORY_ACCESS = ("https://w3id.org/ewgraph/kos/obligation-type/factory-access", "Factory access")
    NO_RETALIATION = ("https://w3id.org/ewgraph/kos/obligation-type/no-retaliation", "No retaliation")
    REMEDIATION_EVIDENCE = ("https://w3id.org/ewgraph/kos/obligation-type/remediation-evidence", "Evidence of remediation")
    EFFECTIVE_REMEDIATION = ("https://w3id.org/ewgraph/kos/obligation-type/effective-remediation", "Effective remediation")


class ObservationTopic(Code):
    """What is looked at or asked on a visit."""

    CHILD_LABOUR = ("https://w3id.org/ewgraph/kos/observation-topic/child-labour", "Child labour")
    FORCED_LABOUR = ("https://w3id.org/ewgraph/kos/observation-topic/forced-labour", "Forced labour")
    ARMED_GROUP_PRESENCE = ("https://w3id.org/ewgraph/kos/observation-topic/armed-group-presence", "Armed group presence")
    ARMED_GROUP_TAXATION = ("https://w3id.org/ewgraph/kos/observation-topic/armed-group-taxation", "Armed group taxation")
    STATE_SERVICE_PRESENCE = ("https://w3id.org/ewgraph/kos/observation-topic/state-service-presence", "State service presence")
    TRACEABILITY = ("https://w3id.org/ewgraph/kos/observation-topic/traceability", "Traceability")
    QUALIFICATION = ("https://w3id.org/ewgraph/kos/observation-topic/qualification", "Qualification")
    MAIN_MINERAL = ("https://w3id.org/ewgraph/kos/observation-topic/main-mineral", "Main mineral")
    WORKER_COUNT = ("https://w3id.org/ewgraph/kos/observation-topic/worker-count", "Worker count")
    WOMEN_PRESENT = ("https://w3id.org/ewgraph/kos/observation-topic/women-present", "Women present")
    MERCURY_USE = ("https://w3id.org/ewgraph/kos/observation-topic/mercury-use", "Mercury use")
    SELLING_POINT = ("https://w3id.org/ewgraph/kos/observation-topic/selling-point", "Selling point")
    FINAL_DESTINATION = ("https://w3id.org/ewgraph/kos/observation-topic/final-destination", "Final destination")
    GRIEVANCE_CHANNEL = ("https://w3id.org/ewgraph/kos/observation-topic/grievance-channel", "Grievance channel")
    WORKING_HOURS = ("https://w3id.org/ewgraph/kos/observation-topic/working-hours", "Working hours")


class OecdStep(Code):
    """The steps of due diligence in the OECD's guidance, in order."""

    OECD_STEP_1 = ("https://w3id.org/ewgraph/kos/oecd-step/1", "Embed", 1)
    OECD_STEP_2 = ("https://w3id.org/ewgraph/kos/oecd-step/2", "Identify and assess", 2)
    OECD_STEP_3 = ("https://w3id.org/ewgraph/kos/oecd-step/3", "Cease, prevent, mitigate", 3)
    OECD_STEP_4 = ("https://w3id.org/ewgraph/kos/oecd-step/4", "Track", 4)
    OECD_STEP_5 = ("https://w3id.org/ewgraph/kos/oecd-step/5", "Communicate", 5)
    OECD_STEP_6 = ("https://w3id.org/ewgraph/kos/oecd-step/6", "Remediate", 6)


class OperationRelation(Code):
    """In what capacity an organization stands to a site."""

    OPERATES = ("https://w3id.org/ewgraph/kos/operation-relation/operates", "Operates")
    OWNS = ("https://w3id.org/ewgraph/kos/operation-relation/owns", "Owns")
    STAFFS = ("https://w3id.org/ewgraph/kos/operation-relation/staffs", "Staffs")


class Part(Code):
    """The part an organization plays towards the monitoring body."""

    AFFILIATE = ("https://w3id.org/ewgraph/kos/part/affiliate", "Affiliate")
    MONITORING_PARTNER = ("https://w3id.org/ewgraph/kos/part/monitoring-partner", "Monitoring partner")


class Redaction(Code):
    """How content was lessened for a wider audience."""

    NONE = ("https://w3id.org/ewgraph/kos/redaction/none", "None")
    AGGREGATED = ("https://w3id.org/ewgraph/kos/redaction/aggregated", "Aggregated")
    NAME_REMOVED = ("https://w3id.org/ewgraph/kos/redaction/name-removed", "Names removed")
    BOUNDARY_REFERENCE = ("https://w3id.org/ewgraph/kos/redaction/boundary-reference", "Boundary reference")
    WITHHELD = ("https://w3id.org/ewgraph/kos/redaction/withheld", "Withheld")


class RemedyType(Code):
    """Forms in which harm is made good."""

    REIMBURSEMENT = ("https://w3id.org/ewgraph/kos/remedy-type/reimbursement", "Reimbursement")
    BACK_PAY = ("https://w3id.org/ewgraph/kos/remedy-type/back-pay", "Back pay")
    REINSTATEMENT = ("https://w3id.org/ewgraph/kos/remedy-type/reinstatement", "Reinstatement")
    COMPENSATION = ("https://w3id.org/ewgraph/kos/remedy-type/compensation", "Compensation")
    POLICY_CHANGE = ("https://w3id.org/ewgraph/kos/remedy-type/policy-change", "Policy change")
    SAFETY_MEASURE = ("https://w3id.org/ewgraph/kos/remedy-type/safety-measure", "Safety measure")
    APOLOGY = ("https://w3id.org/ewgraph/kos/remedy-type/apology", "Apology")
    DOCUMENT_RETURN = ("https://w3id.org/ewgraph/kos/remedy-type/document-return", "Return of documents")


class Representation(Code):
    """What kind of representation workers have."""

    UNION_RECOGNISED = ("https://w3id.org/ewgraph/kos/representation/union-recognised", "Union recognised")
    UNION_PRESENT = ("https://w3id.org/ewgraph/kos/representation/union-present", "Union present")
    NONE = ("https://w3id.org/ewgraph/kos/representation/none", "None")
    UNKNOWN = ("https://w3id.org/ewgraph/kos/representation/unknown", "Unknown")


class RiskLevel(Code):
    """How likely breaches are in an author's judgement of a category and stage; never of a site."""

    LOW = ("https://w3id.org/ewgraph/kos/risk-level/low", "Low", 1)
    MEDIUM = ("https://w3id.org/ewgraph/kos/risk-level/medium", "Medium", 2)
    MEDIUM_HIGH = ("https://w3id.org/ewgraph/kos/risk-level/medium-high", "Medium high", 3)
    HIGH = ("https://w3id.org/ewgraph/kos/risk-level/high", "High", 4)
    VERY_HIGH = ("https://w3id.org/ewgraph/kos/risk-level/very-high", "Very high", 5)


class Scope(Code):
    """How much a claim was said for; the larger rank, the closer to one contract."""

    COMPANY = ("https://w3id.org/ewgraph/kos/scope/company", "Company", 0)
    BRAND = ("https://w3id.org/ewgraph/kos/scope/brand", "Brand", 1)
    MODEL = ("https://w3id.org/ewgraph/kos/scope/model", "Model", 2)
    CONTRACT = ("https://w3id.org/ewgraph/kos/scope/contract", "Contract", 3)


class SeverityRba(Code):
    """How grave a finding is on the scale of the industry's validated audits."""

    RISK_OF_NC = ("https://w3id.org/ewgraph/kos/severity/rba/risk-of-nc", "Risk of non-conformance", 0)
    MINOR = ("https://w3id.org/ewgraph/kos/severity/rba/minor", "Minor", 1)
    MAJOR = ("https://w3id.org/ewgraph/kos/severity/rba/major", "Major", 2)
    PRIORITY = ("https://w3id.org/ewgraph/kos/severity/rba/priority", "Priority", 3)


class SeverityUngp(Code):
    """How grave harm is by the three tests of the UN principles."""

    SCALE = ("https://w3id.org/ewgraph/kos/severity/ungp/scale", "Scale")
    SCALE_LOW = ("https://w3id.org/ewgraph/kos/severity/ungp/scale-low", "Scale, low")
    SCALE_MEDIUM = ("https://w3id.org/ewgraph/kos/severity/ungp/scale-medium", "Scale, medium")
    SCALE_HIGH = ("https://w3id.org/ewgraph/kos/severity/ungp/scale-high", "Scale, high")
    SCOPE = ("https://w3id.org/ewgraph/kos/severity/ungp/scope", "Scope")
    SCOPE_LOW = ("https://w3id.org/ewgraph/kos/severity/ungp/scope-low", "Scope, low")
    SCOPE_MEDIUM = ("https://w3id.org/ewgraph/kos/severity/ungp/scope-medium", "Scope, medium")
    SCOPE_HIGH = ("https://w3id.org/ewgraph/kos/severity/ungp/scope-high", "Scope, high")
    IRREMEDIABILITY = ("https://w3id.org/ewgraph/kos/severity/ungp/irremediability", "Irremediability")
    IRREMEDIABILITY_LOW = ("https://w3id.org/ewgraph/kos/severity/ungp/irremediability-low", "Irremediability, low")
    IRREMEDIABILITY_MEDIUM = ("https://w3id.org/ewgraph/kos/severity/ungp/irremediability-medium", "Irremediability, medium")
    IRREMEDIABILITY_HIGH = ("https://w3id.org/ewgraph/kos/severity/ungp/irremediability-high", "Irremediability, high")


class SiteAttribute(Code):
    """Lasting attributes of a site that sources give values for."""

    NAME = ("https://w3id.org/ewgraph/kos/site-attribute/name", "Name")
    ADDRESS = ("https://w3id.org/ewgraph/kos/site-attribute/address", "Address")
    COUNTRY = ("https://w3id.org/ewgraph/kos/site-attribute/country", "Country")
    COORDINATES = ("https://w3id.org/ewgraph/kos/site-attribute/coordinates", "Coordinates")
    STATUS = ("https://w3id.org/ewgraph/kos/site-attribute/status", "Status")
    WORKER_COUNT = ("https://w3id.org/ewgraph/kos/site-attribute/worker-count", "Worker count")
    PRODUCT_TYPE = ("https://w3id.org/ewgraph/kos/site-attribute/product-type", "Product type")
    MAIN_MINERAL = ("https://w3id.org/ewgraph/kos/site-attribute/main-mineral", "Main mineral")
    SIZE = ("https://w3id.org/ewgraph/kos/site-attribute/size", "Size")


class SiteType(Code):
    """Kinds of place, finer than the classes."""

    FACTORY = ("https://w3id.org/ewgraph/kos/site-type/factory", "Factory")
    SMELTER = ("https://w3id.org/ewgraph/kos/site-type/smelter", "Smelter")
    REFINERY = ("https://w3id.org/ewgraph/kos/site-type/refinery", "Refinery")
    MINE_LSM = ("https://w3id.org/ewgraph/kos/site-type/mine-lsm", "Mine, large-scale")
    MINE_ASM = ("https://w3id.org/ewgraph/kos/site-type/mine-asm", "Mine, artisanal or small-scale")
    DEPOT = ("https://w3id.org/ewgraph/kos/site-type/depot", "Depot")
    RECYCLER = ("https://w3id.org/ewgraph/kos/site-type/recycler", "Recycler")
    DORMITORY = ("https://w3id.org/ewgraph/kos/site-type/dormitory", "Dormitory")
    WAREHOUSE = ("https://w3id.org/ewgraph/kos/site-type/warehouse", "Warehouse")


class Stage(Code):
    """The coarse stage of production that a public risk list rates."""

    ASSEMBLY = ("https://w3id.org/ewgraph/kos/stage/assembly", "Assembly", 0)
    COMPONENT = ("https://w3id.org/ewgraph/kos/stage/component", "Component", 1)
    RAW_MATERIAL = ("https://w3id.org/ewgraph/kos/stage/raw-material", "Raw material", 2)


class Standard(Code):
    """Codes, conventions and norms that findings and certificates refer to."""

    EW_CODE = ("https://w3id.org/ewgraph/kos/standard/EW-Code", "Electronics Watch Code")
    ETI = ("https://w3id.org/ewgraph/kos/standard/ETI", "ETI Base Code")
    ILO_C029 = ("https://w3id.org/ewgraph/kos/standard/ILO-C029", "Forced Labour Convention, 1930")
    ILO_C087 = ("https://w3id.org/ewgraph/kos/standard/ILO-C087", "Freedom of Association and Protection of the Right to Organise Convention, 1948")
    ILO_C098 = ("https://w3id.org/ewgraph/kos/standard/ILO-C098", "Right to Organise and Collective Bargaining Convention, 1949")
    ILO_C100 = ("https://w3id.org/ewgraph/kos/standard/ILO-C100", "Equal Remuneration Convention, 1951")
    ILO_C105 = ("https://w3id.org/ewgraph/kos/standard/ILO-C105", "Abolition of Forced Labour Convention, 1957")
    ILO_C111 = ("https://w3id.org/ewgraph/kos/standard/ILO-C111", "Discrimination (Employment and Occupation) Convention, 1958")
    ILO_C138 = ("https://w3id.org/ewgraph/kos/standard/ILO-C138", "Minimum Age Convention, 1973")
    ILO_C155 = ("https://w3id.org/ewgraph/kos/standard/ILO-C155", "Occupational Safety and Health Convention, 1981")
    ILO_C182 = ("https://w3id.org/ewgraph/kos/standard/ILO-C182", "Worst Forms of Child Labour Convention, 1999")
    ILO_C187 = ("https://w3id.org/ewgraph/kos/standard/ILO-C187", "Promotional Framework for Occupational Safety and Health Convention, 2006")
    UNGP = ("https://w3id.org/ewgraph/kos/standard/UNGP", "UN Guiding Principles on Business and Human Rights")
    OECD_GL = ("https://w3id.org/ewgraph/kos/standard/OECD-GL", "OECD Guidelines for Multinational Enterprises")
    OECD_DDG_MINERALS = ("https://w3id.org/ewgraph/kos/standard/OECD-DDG-minerals", "OECD Due Diligence Guidance for Minerals from Conflict-Affected and High-Risk Areas")
    RBA = ("https://w3id.org/ewgraph/kos/standard/RBA", "RBA Code of Conduct")
    RMAP = ("https://w3id.org/ewgraph/kos/standard/RMAP", "Responsible Minerals Assurance Process")
    SA8000 = ("https://w3id.org/ewgraph/kos/standard/SA8000", "SA8000")
    ISO45001 = ("https://w3id.org/ewgraph/kos/standard/ISO45001", "ISO 45001")
    EU_2017_821 = ("https://w3id.org/ewgraph/kos/standard/EU-2017-821", "Regulation (EU) 2017/821")
    EU_CSDDD = ("https://w3id.org/ewgraph/kos/standard/EU-CSDDD", "Directive (EU) 2024/1760")


class Tier(Code):
    """How far from the finished product, up or down the chain, a site's work is."""

    FINAL_ASSEMBLY = ("https://w3id.org/ewgraph/kos/tier/final-assembly", "Final assembly", 0)
    SUBASSEMBLY = ("https://w3id.org/ewgraph/kos/tier/subassembly", "Subassembly", 1)
    STRATEGIC_COMPONENT = ("https://w3id.org/ewgraph/kos/tier/strategic-component", "Strategic component", 2)
    MATERIAL_PROCESSING = ("https://w3id.org/ewgraph/kos/tier/material-processing", "Material processing", 3)
    SMELTING_REFINING = ("https://w3id.org/ewgraph/kos/tier/smelting-refining", "Smelting and refining", 4)
    EXTRACTION = ("https://w3id.org/ewgraph/kos/tier/extraction", "Extraction", 5)
    END_OF_LIFE = ("https://w3id.org/ewgraph/kos/tier/end-of-life", "End of life", 6)


class Trigger(Code):
    """What brings an obligation into being."""

    CONTRACT_SIGNED = ("https://w3id.org/ewgraph/kos/trigger/contract-signed", "Contract signed")
    EVIDENCE_OF_BREACH = ("https://w3id.org/ewgraph/kos/trigger/evidence-of-breach", "Evidence of breach")


class Verdict(Code):
    """The outcome of comparing two entities."""

    SAME = ("https://w3id.org/ewgraph/kos/verdict/same", "Same")
    DIFFERENT = ("https://w3id.org/ewgraph/kos/verdict/different", "Different")
    UNDECIDED = ("https://w3id.org/ewgraph/kos/verdict/undecided", "Undecided")


class VerificationMethod(Code):
    """Ways to observe or verify."""

    WORKER_INTERVIEW = ("https://w3id.org/ewgraph/kos/verification-method/worker-interview", "Worker interview")
    DOCUMENT = ("https://w3id.org/ewgraph/kos/verification-method/document", "Document review")
    OBSERVATION = ("https://w3id.org/ewgraph/kos/verification-method/observation", "Observation")
    COMPANY_STATEMENT = ("https://w3id.org/ewgraph/kos/verification-method/company-statement", "Company statement")
    THIRD_PARTY_AUDIT = ("https://w3id.org/ewgraph/kos/verification-method/third-party-audit", "Third-party audit")


class VerificationVerdict(Code):
    """The outcome of checking an action or remedy."""

    VERIFIED = ("https://w3id.org/ewgraph/kos/verification-verdict/verified", "Verified")
    PARTLY_VERIFIED = ("https://w3id.org/ewgraph/kos/verification-verdict/partly-verified", "Partly verified")
    NOT_VERIFIED = ("https://w3id.org/ewgraph/kos/verification-verdict/not-verified", "Not verified")


class Visibility(Code):
    """Audience rules; the larger rank, the fewer readers a rule is meant for, though the rules are no total order of readers."""

    PUBLIC = ("https://w3id.org/ewgraph/kos/visibility/public", "Public", 0)
    AFFILIATES = ("https://w3id.org/ewgraph/kos/visibility/affiliates", "Affiliates", 1)
    LINKED_AFFILIATES = ("https://w3id.org/ewgraph/kos/visibility/linked-affiliates", "Linked affiliates", 2)
    CONTRACT_PARTY = ("https://w3id.org/ewgraph/kos/visibility/contract-party", "Contract party", 3)
    STAFF = ("https://w3id.org/ewgraph/kos/visibility/staff", "Staff", 4, "https://w3id.org/ewgraph/kos/visibility/ew-staff")
    MONITOR_ONLY = ("https://w3id.org/ewgraph/kos/visibility/monitor-only", "Monitor only", 5)


class WorkerRole(Code):
    """Broad roles, too wide to tell a person by."""

    LINE_OPERATOR = ("https://w3id.org/ewgraph/kos/worker-role/line-operator", "Line operator")
    TECHNICIAN = ("https://w3id.org/ewgraph/kos/worker-role/technician", "Technician")
    QUALITY_CONTROL = ("https://w3id.org/ewgraph/kos/worker-role/quality-control", "Quality control")
    LOGISTICS = ("https://w3id.org/ewgraph/kos/worker-role/logistics", "Logistics")
    SUPPORT_SERVICE = ("https://w3id.org/ewgraph/kos/worker-role/support-service", "Support service")
    SUPERVISOR = ("https://w3id.org/ewgraph/kos/worker-role/supervisor", "Supervisor")
    MINER = ("https://w3id.org/ewgraph/kos/worker-role/miner", "Miner")
    OTHER = ("https://w3id.org/ewgraph/kos/worker-role/other", "Other")
