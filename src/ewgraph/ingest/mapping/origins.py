"""Where the statements of a record came from: a validation result finds its cells again.

Nothing is kept for each statement: of each node, which rows told it by which template; the rest is worked out when
asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ewgraph.ingest.mapping.batch import Batch, Place
from ewgraph.ingest.mapping.template import NodeTemplate, PropertyTemplate, RecordTemplate, RowState
from ewgraph.model.rdf import IRI, BlankNode

if TYPE_CHECKING:
    from ewgraph.ingest.mapping.making import Making


class Origins:
    """The places of a record's statements.

    Args:
        making: the record in the making.
        template: its kind, compiled.
        batch: its rows.
    """

    def __init__(self, making: Making, template: RecordTemplate, batch: Batch) -> None:
        self._making = making
        self._nodes = tuple(template.nodes.values())
        self._template = template
        self._batch = batch
        self._told: dict[str, list[tuple[int, int]]] = {}

    def note(self, node: str, template: int, row: int) -> None:
        """Note that a row told of a node; -1 is the head."""
        self._told.setdefault(node, []).append((template, row))

    def places(self, focus: str, about: str, path: str | None, value: str | None) -> list[Place]:
        """The cells that a validation result is about, in the order of the rows.

        Args:
            focus: the focus node: an IRI, or a label with `_:`.
            about: the nearest node with an IRI that leads to it.
            path: the property; None where the result is about the node.
            value: the value; None where one is missing.

        Returns:
            The cells that said the value; or those that would have held it, had they held something; the row where no
            column holds such; a place without a row for what the record says once; empty for a node that is not here.
        """
        told = self._told.get(focus)
        if told is None:
            told = self._below(about) if focus.startswith("_:") else self._told.get(about, [])
        exact: dict[Place, None] = {}
        rest: dict[Place, None] = {}
        for template, row in told:
            state = self._making.state(row)
            node = self._nodes[template]
            said, others = self._of_row(node, focus, state, path, value)
            for names, places in ((said, exact), (others, rest)):
                if names is not None:
                    places.update(dict.fromkeys(self._places(names, row)))
        return sorted(exact or rest, key=_order)

    def rows(self, node: str) -> list[int]:
        """The numbers of the rows that told of a node; none for one that the head tells of."""
        found = {self._batch.rows[row].number for _, row in self._told.get(node, []) if row >= 0}
        return sorted(found)

    def _below(self, about: str) -> list[tuple[int, int]]:
        """The blank nodes that stand below a node, where a label is not ours."""
        found = []
        for template, row in self._told.get(about, []):
            names = [each.target for each in self._nodes[template].properties if each.target]
            found += [(node.index, row) for node in self._nodes if node.name in names and not node.iris]
        return found

    def _of_row(
        self, node: NodeTemplate, focus: str, state: RowState, path: str | None, value: str | None
    ) -> tuple[list[str] | None, list[str] | None]:
        """The columns that a row gave the value with; and those that the property rests on, for want of better."""
        if path is None:
            return [], None
        properties = [each for each in node.properties if each.predicate.value == path]
        if value is None:
            columns = [name for each in properties for name in self._wanted(each)]
            empty = [name for name in columns if name not in state.reads]
            return list(dict.fromkeys(empty or columns)), None
        said: list[str] = []
        matched = False
        for each in properties:
            if each.when is not None and not each.when(state.texts):
                continue
            if value in self._values(each, focus, state):
                matched = True
                said += self._saying(each, state, value)
        others = list(dict.fromkeys(name for each in properties for name in self._columns(each)))
        return (list(dict.fromkeys(said)) if matched else None), others

    def _wanted(self, each: PropertyTemplate) -> tuple[str, ...]:
        """The columns that would have given a value that is missing."""
        wanted = self._template.nodes[each.target].wanted if each.target else ()
        return wanted or self._columns(each)

    def _columns(self, each: PropertyTemplate) -> tuple[str, ...]:
        if not each.target:
            return each.columns
        target = self._template.nodes[each.target]
        return target.iri_columns if target.iris else target.columns

    def _values(self, each: PropertyTemplate, focus: str, state: RowState) -> set[str]:
        if each.constant is not None:
            return {each.constant.value}
        if each.terms is not None:
            return {term.value for term in each.terms(state)}
        target = self._template.nodes[each.target]
        if target.iris:
            linked = self._making.subject(target, state)
            return {linked.value} if linked is not None else set()
        parent = BlankNode(focus[2:]) if focus.startswith("_:") else IRI(focus)
        blank = self._making.blank(target, parent, state)
        return {blank.value, f"_:{blank.value}"} if blank is not None else set()

    def _saying(self, each: PropertyTemplate, state: RowState, value: str) -> Iterable[str]:
        """The columns that hold something; of several that are split, only those that say the value by themselves."""
        alone = [name for name, made in each.alone.items() if value in {term.value for term in made(state)}]
        if alone:
            return alone
        columns = self._columns(each)
        return [name for name in columns if name in state.reads] or columns

    def _places(self, names: Iterable[str], row: int) -> Iterator[Place]:
        """The cells under the columns in a row; the row, where there are none."""
        found = False
        for name in names:
            found = True
            yield self._place(name, row)
        if not found:
            yield Place(self._sheet(row), self._number(row), None, "", None)

    def _place(self, name: str, row: int) -> Place:
        batch = self._batch
        named_by = self._template.columns[name].named_by
        name = named_by if named_by in batch.columns else name
        column = batch.columns.get(name)
        title = self._template.columns[name].title
        if column is None and name in batch.cells:
            held = batch.cells[name]
            return Place(held.sheet, held.row, held.column, title.get("en", name), held.cell.text)
        if column is None:
            words = self._template.columns[name].words
            return Place(self._sheet(row), self._number(row), None, words[0] if words else name, None)
        cells = batch.rows[max(row, 0)].cells if batch.rows else {}
        cell = cells.get(name)
        number = None if column.named else column.number
        return Place(self._sheet(row), self._number(row), number, column.heading, cell.text if cell else None)

    def _sheet(self, row: int) -> str:
        return self._batch.rows[max(row, 0)].sheet if self._batch.rows else ""

    def _number(self, row: int) -> int | None:
        return self._batch.rows[row].number if row >= 0 else None


def _order(place: Place) -> tuple[str, int, int]:
    return place.sheet, place.row or 0, place.column or 0
