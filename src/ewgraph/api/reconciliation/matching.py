"""Candidates for a row of somebody's table, and whether the first of them is what is meant.

A candidate's score is how alike its name is, moved by the properties that the row gives and the reader sees of the
candidate. An identifier decides. What is not known of a candidate counts neither for it nor against it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz

from ewgraph.access import View
from ewgraph.api.countries import Countries
from ewgraph.api.linkeddata.labels import Labels
from ewgraph.api.reconciliation.asked import Given, Query
from ewgraph.model.rdf import IRI, Literal, Term
from ewgraph.names.fields import Field
from ewgraph.names.folding import compared, folded
from ewgraph.names.likeness import likeness
from ewgraph.names.search import Hit, Wanted

SURE: Final = 95.0
"""A name that is less alike may be another's."""
LEAD: Final = 10.0
"""So much more alike than the next is what is meant, or nobody can tell."""

_CONSIDERED: Final = 60
"""Of so many of the likest names the properties are looked at."""
_CONTRADICTS: Final = 50.0
_WRONG_TYPE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate.

    Attributes:
        hit: the thing, and by which name it was found.
        score: from 0 to 100.
        features: of what the score is made.
        decided: by which property, and by which of its values, an identifier says that it is this.
        contradicted: whether a property says that it is another.
    """

    hit: Hit
    score: float
    features: Mapping[str, float | bool]
    decided: frozenset[str] = frozenset()
    contradicted: bool = False


@dataclass(slots=True)
class Matcher:
    """Finds candidates for one reader; what it looks up it looks up once for all queries of a request."""

    view: View
    labels: Labels = field(init=False)
    countries: Countries = field(init=False)
    _values: dict[tuple[str, IRI], list[Term]] = field(init=False, default_factory=dict)
    _found: dict[tuple[str, tuple[IRI, ...]], Sequence[Hit]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Nothing is looked up yet."""
        self.labels, self.countries = Labels(self.view), Countries(self.view)

    def candidates(self, query: Query) -> list[Candidate]:
        """All candidates, the likeliest first: those that are not told say, too, whether the first is meant."""
        found = [self._candidate(query, hit) for hit in self._hits(query)]
        kept = [one for one in found if query.strict == "should" or one.features.get("type_match", True)]
        return sorted(kept, key=lambda one: (-one.score, one.hit.key))

    def matched(self, candidates: list[Candidate]) -> Candidate | None:
        """The candidate that is meant; None where there is a doubt.

        It is meant where it alone has an identifier that was given, or where its name is as good as the same and no
        other is nearly as alike. A property that contradicts leaves a doubt.
        """
        if not candidates:
            return None
        first, others = candidates[0], candidates[1:]
        if first.contradicted:
            return None
        if any(one.decided for one in candidates):
            return first if first.decided and not any(one.decided for one in others) else None
        ahead = first.score - others[0].score if others else 100.0
        return first if first.score >= SURE and ahead >= LEAD else None

    def _hits(self, query: Query) -> list[Hit]:
        """What may be meant: by its name, or by an identifier or address that was given."""
        classes = () if query.strict == "should" else query.types
        texts = [query.text] if query.text else []
        codes = [value for given in query.given if given.property.decides for value in given.values]
        places = [value for given in query.given if given.property.id == "address" for value in given.values]
        found: dict[IRI, Hit] = {}
        for text in [*texts, *codes, *(() if texts or codes else places)]:
            for hit in self._search(text, classes):
                if text not in codes or text in texts or (hit.score == 100 and hit.name.field is Field.IDENTIFIER):
                    found.setdefault(hit.thing, hit)
        return list(found.values())

    def _search(self, text: str, classes: tuple[IRI, ...]) -> Sequence[Hit]:
        if (text, classes) not in self._found:
            self._found[text, classes] = self.view.search(Wanted(text, classes)).items[:_CONSIDERED]
        return self._found[text, classes]

    def _candidate(self, query: Query, hit: Hit) -> Candidate:
        name = self._name_likeness(query.text, hit) if query.text else None
        total, weight = (name, 1.0) if name is not None else (0.0, 0.0)
        features: dict[str, float | bool] = {} if name is None else {"name_likeness": name}
        decided: set[str] = set()
        contradicted = False
        for given in query.given:
            alike = self._alike(given, hit.thing)
            if alike is None:
                continue
            features[f"{given.property.id}_likeness"] = round(alike, 1)
            if given.property.decides:
                if alike == 100.0:
                    decided.add(given.property.id)
                contradicted |= alike < _CONTRADICTS and given.property.single
                continue
            total, weight = total + alike * given.property.weight, weight + given.property.weight
            contradicted |= alike < _CONTRADICTS
        score = 100.0 if decided else total / weight if weight else float(hit.score)
        if query.types:
            kinds = [kind in hit.classes for kind in query.types]
            features["type_match"] = all(kinds) if query.strict == "all" else any(kinds)
            score *= 1.0 if features["type_match"] else _WRONG_TYPE
        return Candidate(hit, round(score, 1), features, frozenset(decided), contradicted)

    def _name_likeness(self, text: str, hit: Hit) -> float:
        """How alike the name is by which it was found: an address or a number is no name of it."""
        if hit.name.field is Field.IDENTIFIER and hit.score == 100:
            return 100.0
        wanted = compared(folded(text))
        own = compared(folded(self.labels[hit.thing]))
        by_name = 0.0 if hit.name.field in {Field.IDENTIFIER, Field.ADDRESS} else float(hit.score)
        return round(max(by_name, likeness(wanted, own, Field.LABEL)), 1)

    def _alike(self, given: Given, thing: IRI) -> float | None:
        """How alike the value is that is most like one that was given; None where the reader sees none."""
        key = given.property.id, thing
        if key not in self._values:
            self._values[key] = given.property.values(self.view, thing)
        known = self._values[key]
        return max((self._value(given, wanted, one) for wanted in given.values for one in known), default=None)

    def _value(self, given: Given, wanted: str, known: Term) -> float:
        if isinstance(known, IRI):
            meant = self.countries[wanted] if given.property.id == "country" else None
            if wanted == known.value or meant is not None:
                return 100.0 if wanted == known.value or meant == known else 0.0
            return likeness(compared(folded(wanted)), compared(folded(self.labels[known])), Field.LABEL)
        text = known.value if isinstance(known, Literal) else ""
        one, other = compared(folded(wanted)), compared(folded(text))
        if given.property.decides:
            return 100.0 if one.run and one.run == other.run else 0.0
        if given.property.id == "address":
            return fuzz.token_set_ratio(one.text, other.text)
        return likeness(one, other, Field.LABEL)
