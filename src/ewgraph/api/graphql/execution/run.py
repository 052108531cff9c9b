"""Running: an operation is executed level by level, each field for all objects of the level at once.

What a level reads is read before it, or wanted by its resolvers and read together; then the next level begins. So an
operation makes a bounded number of queries for each level of its document, whatever the number of objects.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
    default_field_resolver,
)
from graphql.execution.collect_fields import FieldDetails
from graphql.execution.values import VariableValues
from graphql.pyutils import Path

from ewgraph.api.graphql.reads import Unread, Want
from ewgraph.api.graphql.values import Context, Node

if TYPE_CHECKING:
    from ewgraph.api.graphql.execution.plan import Call, Field, Selection

_TOLD_BY_IRI: Final[dict[type, bool]] = {}
_MOST_ROUNDS: Final = 50
"""A resolver that reads one thing after the other, each named by the one before, takes a round for each."""


class Failed:
    """Stands in an answer where something failed, until errors are told."""

    __slots__ = ("error",)

    def __init__(self, error: Exception) -> None:
        self.error = error


class Batch:
    """The objects of a level of which the same is asked, and the answer of each.

    Attributes:
        selection: what is asked.
        sources: the objects.
        answers: the answer of each, as far as it is filled in.
        known: the answers of those that are told by loader and IRI alone: the same thing is asked once.
    """

    __slots__ = ("answers", "known", "selection", "sources")

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.sources: list[Any] = []
        self.answers: list[dict[str, Any]] = []
        self.known: dict[tuple[Any, Any], dict[str, Any]] = {}


class Request(NamedTuple):
    """What an operation is executed for.

    Attributes:
        schema: that the document was validated against.
        document: the document.
        operation: the one that is executed.
        variables: its variables, coerced.
        context: what the resolvers share.
    """

    schema: GraphQLSchema
    document: DocumentNode
    operation: OperationDefinitionNode
    variables: VariableValues
    context: Context


class Run:
    """One execution of a selection on an object, down to the last level.

    Attributes:
        request: what it is for.
        batches: all objects that were met, by what is asked of them.
        failures: how many positions failed.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self.variables = request.variables
        self.field_resolver = default_field_resolver
        self.batches: dict[Selection, Batch] = {}
        self.failures = 0
        self._next: list[Batch] = []

    def failed(self, error: Exception) -> Failed:
        """What stands where something failed."""
        self.failures += 1
        return Failed(error)

    def below(self, selection: Selection, source: Any) -> dict[str, Any]:
        """The answer of an object, to be filled in with its level."""
        batch = self.batches.get(selection)
        if batch is None:
            batch = self.batches[selection] = Batch(selection)
            self._next.append(batch)
        if _is_told_by_iri(source.__class__):
            key = source.loader, source.iri
            answer = batch.known.get(key)
            if answer is not None:
                return answer
            answer = batch.known[key] = selection.template.copy()
        else:
            answer = selection.template.copy()
        batch.sources.append(source)
        batch.answers.append(answer)
        return answer

    def finish(self) -> None:
        """Fill in all that is asked for, level by level.

        Raises:
            LimitError: the time is used up.
        """
        while self._next:
            level, self._next = self._next, []
            with self.request.context.loader.waiting():
                self._level(level)

    def only(self, selection: Selection, field: Field, source: Any) -> dict[str, Any]:
        """The answer of an object, with one field alone filled in: its resolver may do more than read."""
        answer = {field.key: selection.template[field.key]}
        self._fill(field, [source], [answer], once=True)
        self.request.context.loader.restart()
        return answer

    def _level(self, level: Sequence[Batch]) -> None:
        loader = self.request.context.loader
        loader.read_ahead(([iri for _, iri in one.known], one.selection.needs) for one in level if one.selection.needs)
        left = [(field, batch.sources, batch.answers) for batch in level for field in batch.selection.fields]
        rounds = 0
        while left:
            rounds += 1
            if rounds > _MOST_ROUNDS:
                raise RuntimeError(f"{left[0][0].key!r} wants over and over what it was given")
            wants: list[Want] = []
            again = []
            for field, sources, answers in left:
                loader.check()
                stopped = self._fill(field, sources, answers)
                if stopped:
                    wants += [want for _, _, want in stopped]
                    again.append((field, [source for source, _, _ in stopped], [answer for _, answer, _ in stopped]))
            if wants:
                loader.read(wants)
            left = again

    def _fill(
        self, field: Field, sources: Sequence[Any], answers: Sequence[dict[str, Any]], *, once: bool = False
    ) -> list[tuple[Any, dict[str, Any], Want]]:
        """Fill in a field of many objects.

        Args:
            field: the field.
            sources: the objects.
            answers: those of the objects.
            once: whether a resolver may not run again, since it does more than read.

        Returns:
            those whose resolver was stopped, with their answers and what they wait for.
        """
        key, plain, complete = field.key, field.plain, field.shape.complete
        stopped: list[tuple[Any, dict[str, Any], Want]] = []
        values: Iterable[Any]
        try:
            values = map(_trying(field, self), sources) if once else list(map(field.caller(self, field), sources))
        except (Exception, Unread):  # noqa: BLE001  # some fail, or want something: they are told one by one
            values = map(_trying(field, self), sources)
        for source, answer, value in zip(sources, answers, values, strict=True):
            if value.__class__ is plain:
                answer[key] = value
                continue
            try:
                if value.__class__ is Failed:
                    answer[key] = self.failed(value.error)
                elif value.__class__ is Want:
                    stopped.append((source, answer, value))
                else:
                    answer[key] = complete(value, self)
            except Unread as stop:
                stopped.append((source, answer, stop.want))
            except Exception as error:  # noqa: BLE001  # whatever fails, fails in its place
                answer[key] = self.failed(error)
        return stopped

    def info_of(self, field: Field) -> GraphQLResolveInfo[Context]:
        """The information on a field for a resolver that asks for it; where in the answer it stands is not told."""
        root = self.request.schema.get_root_type(self.request.operation.operation)
        path = Path(None, field.key, field.parent.name) if field.parent is root else None
        return self._info(field.nodes, field.definition, field.parent, path)

    def info(self, kind: GraphQLNamedType, details: Sequence[FieldDetails]) -> GraphQLResolveInfo[Context]:
        """The information for what tells the type of an object."""
        return self._info([one.node for one in details], None, kind, None)

    def _info(
        self, nodes: list[Any], definition: GraphQLField | None, parent: GraphQLNamedType, path: Path | None
    ) -> GraphQLResolveInfo[Context]:
        request = self.request
        definitions = request.document.definitions
        fragments = {one.name.value: one for one in definitions if isinstance(one, FragmentDefinitionNode)}
        return GraphQLResolveInfo(
            nodes[0].name.value,
            nodes,
            definition.type if definition else None,  # type: ignore[arg-type]
            parent if isinstance(parent, GraphQLObjectType) else None,  # type: ignore[arg-type]
            path,  # type: ignore[arg-type]
            request.schema,
            fragments,
            None,
            request.operation,
            request.variables,
            request.context,
            _is_no_awaitable,  # type: ignore[arg-type]
            None,
            None,  # type: ignore[arg-type]
        )


def _trying(field: Field, run: Run) -> Callable[[Any], Any]:
    """What gives a field of an object: its value, or what stands for a failure or for what is waited for."""
    try:
        call: Call = field.caller(run, field)
    except Exception as error:  # noqa: BLE001  # such as an argument that a scalar refuses
        wrong = error
        return lambda _: Failed(wrong)

    def tried(source: Any) -> Any:
        try:
            return call(source)
        except Unread as stop:
            return stop.want
        except Exception as error:  # noqa: BLE001  # whatever fails, fails in its place
            return Failed(error)

    return tried


def _is_no_awaitable(_: object) -> bool:
    return False


def _is_told_by_iri(kind: type) -> bool:
    """Whether objects of the class are told by their loader and IRI alone, so that equal ones have equal answers."""
    found = _TOLD_BY_IRI.get(kind)
    if found is None:
        found = issubclass(kind, Node) and {one.name for one in dataclasses.fields(kind)} == {"loader", "iri"}
        _TOLD_BY_IRI[kind] = found
    return found
