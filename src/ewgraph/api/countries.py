"""Countries as people and spreadsheets write them: a code of ISO 3166-1, a name in one of our languages, or an IRI."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from ewgraph.access import View
from ewgraph.api.linkeddata.labels import local_name
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal
from ewgraph.names.folding import folded

_SCHEME: Final = IRI("http://publications.europa.eu/resource/authority/country")
_TWO: Final = 2


class Countries:
    """The code list of countries, read once where it is needed."""

    def __init__(self, view: View) -> None:
        self._view = view

    def __getitem__(self, written: str) -> IRI | None:
        """The country that a text stands for; None where there is none."""
        if written.startswith(_SCHEME.value + "/"):
            return IRI(written)
        return self._known.get(folded(written))

    def code(self, country: IRI) -> str:
        """The code of two letters, or what else its IRI ends in."""
        found = [one.value for one in self._view.objects(country, terms.SKOS.notation) if isinstance(one, Literal)]
        return next((code for code in found if len(code) == _TWO), local_name(country))

    @cached_property
    def _known(self) -> dict[str, IRI]:
        found: dict[str, IRI] = {}
        for country in self._view.subjects(terms.SKOS.inScheme, _SCHEME):
            for predicate in (terms.SKOS.prefLabel, terms.SKOS.notation):
                for one in self._view.objects(country, predicate):
                    if isinstance(one, Literal):
                        found[folded(one.value)] = country
        return found
