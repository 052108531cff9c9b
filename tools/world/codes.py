"""Code-list names that several modules need: finding type to the provision that it breaks, and obligation types."""

FINAL_ASSEMBLY = "ot:final-assembly-sites"
COMPONENTS = "ot:component-sites"
FINDINGS_SUMMARY = "ot:compliance-findings"
FINDINGS_FULL = "ot:compliance-findings-in-full"
CHEMICALS = "ot:chemical-inventory"
ACCESS = "ot:factory-access"
REMEDIATION = "ot:remediation-evidence"
PROVISION = {
    "union-suppression": "freedom-of-association",
    "retaliation": "freedom-of-association",
    "dismissal-for-organising": "freedom-of-association",
    "recruitment-fee": "forced-labour",
    "passport-retention": "forced-labour",
    "debt-bondage": "forced-labour",
    "involuntary-student-labour": "forced-labour",
    "excessive-hours": "working-hours",
    "forced-overtime": "forced-labour",
    "chemical-exposure": "health-and-safety",
    "machine-safety": "health-and-safety",
    "dormitory": "health-and-safety",
    "child-labour": "child-labour",
    "young-worker-hazard": "child-labour",
    "agency-wage-gap": "wages",
    "unpaid-wages": "wages",
    "harassment": "violence-free",
    "no-grievance-channel": "freedom-of-association",
    "precarious-contract": "precarious-work",
}
