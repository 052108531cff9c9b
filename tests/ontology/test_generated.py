"""The generated modules are in step with the ontology, and read as the code expects."""

import subprocess
import sys
from pathlib import Path

import pytest

import vocabulary
from ewgraph.errors import InputError
from ewgraph.model import codes, terms
from ewgraph.model.rdf import IRI


def test_terms_and_codes_are_in_step_with_the_ontology(root: Path) -> None:
    model = root / "src" / "ewgraph" / "model"
    assert (model / "terms.py").read_text(encoding="utf-8") == vocabulary.terms_source()
    assert (model / "codes.py").read_text(encoding="utf-8") == vocabulary.codes_source()


def test_a_drift_is_reported_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(vocabulary, "ROOT", tmp_path)
    monkeypatch.setattr(vocabulary, "MODEL", tmp_path)
    monkeypatch.setattr(sys, "argv", ["vocabulary.py", "--check"])
    (tmp_path / "terms.py").write_text("stale", encoding="utf-8")
    assert vocabulary.main() == 1
    assert "terms.py is not what ontology/ says. Run tools/vocabulary.py." in capsys.readouterr().err
    assert (tmp_path / "terms.py").read_text(encoding="utf-8") == "stale"
    assert not (tmp_path / "codes.py").exists()


def test_the_check_of_the_command_line_passes(root: Path) -> None:
    done = subprocess.run([sys.executable, root / "tools" / "vocabulary.py", "--check"], check=False)
    assert done.returncode == 0


def test_closures_hold_their_base_and_all_below() -> None:
    assert {terms.Site, terms.Factory, terms.Mine} <= terms.SITE_CLASSES <= terms.ENTITY_CLASSES
    assert {terms.Claim, terms.Finding, terms.RiskCell} <= terms.CLAIM_CLASSES
    assert {terms.Release, terms.Retraction, terms.Adjudication} <= terms.RECORD_CLASSES
    assert {terms.CorrectiveActionPlan, terms.EscalationStep} <= terms.ACTIVITY_CLASSES
    assert not terms.CLAIM_CLASSES & terms.RECORD_CLASSES
    assert terms.SUPERCLASSES[terms.CallOff] == {terms.Contract, terms.Entity}


def test_ranked_lists_ascend() -> None:
    assert [scope.name for scope in codes.Scope] == ["COMPANY", "BRAND", "MODEL", "CONTRACT"]
    assert next(iter(codes.EvidenceBasis)) is codes.EvidenceBasis.INFERRED
    assert list(codes.EvidenceBasis)[-1] is codes.EvidenceBasis.MONITOR_OBSERVATION
    assert [level.rank for level in codes.Visibility] == [0, 1, 2, 3, 4, 5]


def test_a_concept_is_read_by_its_iri_and_an_alias_as_what_it_means() -> None:
    assert codes.Tier.of(IRI(f"{terms.EWK}tier/extraction")) is codes.Tier.EXTRACTION
    assert codes.Visibility.of(IRI(f"{terms.EWK}visibility/ew-staff")) is codes.Visibility.STAFF
    assert codes.Tier.EXTRACTION.label == "Extraction"
    assert codes.Verdict.SAME.rank is None
    assert codes.Band.BAND_5_9.iri == IRI(f"{terms.EWK}band/5-9")


def test_a_concept_of_another_list_is_refused_with_what_the_list_has() -> None:
    with pytest.raises(InputError, match=r"no concept of the code list Scope\. It has .*scope/company"):
        codes.Scope.of(IRI(f"{terms.EWK}tier/extraction"))
