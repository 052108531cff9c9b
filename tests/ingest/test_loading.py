"""Each record is stored whole or refused whole, and what was refused is told."""

from collections.abc import Callable

import pytest

from ewgraph.errors import InputError
from ewgraph.ingest.checking import Checker
from ewgraph.ingest.loading import Loader
from ewgraph.ingest.reading import UnreadableFile
from ewgraph.ingest.report import Fault, LoadReport, Notice
from ewgraph.ledger import Ledger
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, canonical_nquads, digest
from tests.ingest.trig_files import read, record, trig

EX = "https://data.example.org/id/"
Load = Callable[..., LoadReport]


def refusals(report: LoadReport) -> list[str]:
    return [fault.message for notice in report.refused for fault in notice.results]


def test_a_loaded_record_is_kept_as_understood_with_the_file_it_came_in(load: Load, ledger: Ledger) -> None:
    content = trig(record("D1"))
    report = load(content)
    entry = ledger.entry(IRI(EX + "D1"))
    assert entry is not None
    assert report.added == [entry.iri]
    assert entry.kind == terms.Disclosure
    assert entry.content == canonical_nquads(read(content).records[0].quads)
    assert ledger.source(entry.source) == ("file0.trig", content)
    assert entry.source == digest(content)


def test_loading_again_changes_nothing(load: Load, ledger: Ledger) -> None:
    load(trig(record("D1"), record("D2")))
    again = load(trig(record("D2"), record("D1")))
    assert (again.added, again.unchanged, again.clean, ledger.head()) == ([], 2, True, 2)


def test_a_bad_record_is_refused_whole_and_the_others_load(load: Load, ledger: Ledger) -> None:
    report = load(trig(record("D1"), record("D2", "ew:bad ex:x ;"), record("D3")))
    (notice,) = report.refused
    assert (notice.file, notice.record) == ("file0.trig", EX + "D2")
    (fault,) = notice.results
    assert (fault.severity, fault.focus_node, fault.path) == ("Violation", EX + "D2", terms.EW + "bad")
    assert fault.value == EX + "x"
    assert [entry.iri.value for entry in ledger.entries()] == [EX + "D1", EX + "D3"]


def test_an_atomic_load_stores_nothing_where_one_record_is_refused(load: Load, ledger: Ledger) -> None:
    assert not load(trig(record("D1")), trig(record("D2", "ew:bad ex:x ;")), atomic=True).clean
    assert ledger.head() == 0
    assert len(load(trig(record("D1")), trig(record("D2")), atomic=True).added) == 2


def test_a_receipt_that_is_still_to_come_is_refused(load: Load, ledger: Ledger) -> None:
    (message,) = refusals(load(trig(record("D1")).replace(b'"20', b'"29')))
    assert "still to come" in message
    assert ledger.head() == 0


def test_a_value_of_the_wrong_type_is_told_with_its_type(load: Load) -> None:
    report = load(trig(record("D1", '<http://purl.org/dc/terms/issued> "2024-01-01" ;')))
    assert any("of the type" in (fault.value or "") for notice in report.refused for fault in notice.results)


def test_a_claim_that_another_record_makes_is_refused(load: Load, ledger: Ledger) -> None:
    def claiming(name: str) -> bytes:
        claim = f"""ex:{name} {{ ex:C a ew:CompletenessClaim ; ew:assertedIn ex:{name} ; ew:ofContract ex:K ;
          ew:tier <https://w3id.org/ewgraph/kos/tier/extraction> ;
          ew:completeness <https://w3id.org/ewgraph/kos/completeness/partial> . }}"""
        return trig(record(name), claim)

    load(claiming("D1"))
    assert any("is made in the record" in message for message in refusals(load(claiming("D2"))))
    assert [entry.iri.value for entry in ledger.entries()] == [EX + "D1"]


def test_two_records_with_one_iri_are_a_conflict(load: Load, ledger: Ledger) -> None:
    other = trig(record("D1", 'rdfs:comment "other" ;'))
    assert "two records of these files have the IRI" in refusals(load(trig(record("D1")), other))[0]
    assert "the ledger holds another record" in refusals(load(other))[0]
    assert ledger.head() == 1


def test_revisions_in_a_circle_over_files_are_a_conflict(load: Load, ledger: Ledger) -> None:
    one, two = (trig(record(a, f"prov:wasRevisionOf ex:{b} ;")) for a, b in (("D1", "D2"), ("D2", "D1")))
    assert "must not run in a circle" in refusals(load(one, two))[0]
    assert ledger.head() == 1


def test_revisions_in_a_circle_over_files_refuse_an_atomic_load(load: Load, ledger: Ledger) -> None:
    one, two = (trig(record(a, f"prov:wasRevisionOf ex:{b} ;")) for a, b in (("D1", "D2"), ("D2", "D1")))
    report = load(one, two, atomic=True)
    assert "must not run in a circle" in refusals(report)[0]
    assert (ledger.head(), report.added) == (0, [])


def test_a_circle_that_appears_within_one_batch_refuses_only_what_closes_it(
    load: Load, ledger: Ledger, checker: Checker
) -> None:
    load(trig(record("D1", "prov:wasRevisionOf ex:D2 ;")))
    file = read(trig(record("D2", "prov:wasRevisionOf ex:D3 ;"), record("D3", "prov:wasRevisionOf ex:D1 ;")))
    report = Loader(ledger, checker).load([file])
    assert (len(report.added), len(report.refused)) == (1, 1)


def test_a_record_that_describes_another_is_refused(load: Load, ledger: Ledger) -> None:
    body = 'ex:D9 a ew:Disclosure ; ew:receivedAt "2024-05-02T10:00:00Z"^^xsd:dateTime .'
    report = load(trig(record("D1"), f"ex:D1 {{ {body} }}"))
    assert any("is another record" in text for text in refusals(report))
    assert ledger.head() == 0


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("ex:D1 a ew:Nonsense .", "no class of a node"),
        ("ex:D1 a ew:Disclosure ; prov:wasAttributedTo ex:r .", "Choose|visib|eyes|read"),
    ],
)
def test_an_unknown_class_or_a_missing_visibility_is_refused(load: Load, ledger: Ledger, body: str, words: str) -> None:
    import re

    assert any(re.search(words, text) for text in refusals(load(trig(f"ex:D1 {{ {body} }}"))))
    assert ledger.head() == 0


def test_a_record_that_warns_is_stored_and_the_warning_told(load: Load) -> None:
    report = load(trig(record("D1"), "ex:D1 { ex:F1 a ew:Factory }"))
    assert report.clean
    assert len(report.added) == 1
    assert {fault.severity for fault in report.warnings[0].results} == {"Warning"}


def test_an_unreadable_file_is_a_refusal_and_the_next_file_loads(ledger: Ledger, checker: Checker) -> None:
    files = [UnreadableFile("bad.trig", InputError("bad.trig: no")), read(trig(record("D1")))]
    report = Loader(ledger, checker).load(files)
    assert report.refused == [Notice("bad.trig", None, (Fault.plain("bad.trig: no"),))]
    assert len(report.added) == 1


def test_progress_counts_every_record(ledger: Ledger, checker: Checker) -> None:
    told: list[tuple[int, int]] = []
    file = read(
        trig(*(record(f"D{number}") for number in range(70)), "ex:X { ex:a rdfs:seeAlso _:b . _:b rdfs:seeAlso _:b }")
    )
    report = Loader(ledger, checker).load([file], progress=lambda done, known: told.append((done, known)))
    assert told[-1] == (71, 71)
    assert len(report.added) == 70


def test_the_report_reads_as_text_and_as_json(load: Load) -> None:
    report = load(trig(record("D1"), record("D2", "ew:bad ex:x ;"), "ex:D1 { ex:F1 a ew:Factory }"))
    text = report.as_text()
    assert f"refused: {EX}D2 in file0.trig" in text
    assert f"    path: {terms.EW}bad\n    value: {EX}x\n" in text
    assert text.endswith("1 added, 0 unchanged, 1 refused, 1 with warnings\n")
    written = report.as_json()
    assert written["added"] == [EX + "D1"]
    assert isinstance(written["refused"], list)
    assert written["refused"][0]["results"][0]["path"] == terms.EW + "bad"
