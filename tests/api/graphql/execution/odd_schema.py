"""A schema of everything that can go wrong when a value is completed."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Annotated, Any

import strawberry
from strawberry.schema.config import StrawberryConfig


@strawberry.enum
class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


@strawberry.interface
class Named:
    name: str

    @strawberry.field
    def loud(self) -> str:
        if self.name == "quiet":
            raise ValueError("it does not shout")
        return self.name.upper()


@strawberry.type
class Cat(Named):
    lives: int | None = 9


@strawberry.type
class Dog(Named):
    @strawberry.field
    def friend(self) -> Named:
        return Cat(name="quiet" if self.name == "sad" else "Tom", lives=2**40)


@strawberry.type
class Stone:
    weight: float

    @strawberry.field
    def colour(self) -> Colour:
        return Colour.RED if self.weight > 1 else "no colour"  # type: ignore[return-value]


Pet = Annotated[Cat | Dog | Stone, strawberry.union("Pet")]


@strawberry.type
class Box:
    depth: int

    @strawberry.field
    def inner(self) -> Box:
        return Box(depth=self.depth + 1)

    @strawberry.field
    def maybe(self) -> Box | None:
        return None if self.depth % 2 else Box(depth=self.depth + 1)

    @strawberry.field
    def many(self, first: int | None = 2) -> list[Box]:
        if first is not None and first < 0:
            raise ValueError("no boxes below none")
        return [Box(depth=self.depth + 1 + number) for number in range(first or 0)]

    @strawberry.field
    def holes(self) -> list[Box | None]:
        return [Box(depth=1), None, Box(depth=2)]

    @strawberry.field
    def broken(self) -> list[Box]:
        return [Box(depth=1), None]  # type: ignore[list-item]

    @strawberry.field
    def drawn(self) -> list[int]:
        def each() -> Iterator[int]:
            yield 1
            if self.depth > 1:
                raise LookupError("the drawer sticks")
            yield 2

        return each()  # type: ignore[return-value]

    @strawberry.field
    def no_list(self) -> list[int] | None:
        return self.depth  # type: ignore[return-value]

    @strawberry.field
    def numbers(self) -> list[int | None]:
        return [1, None, 2**31, "4", "x", True, 2.0, 2.5]  # type: ignore[list-item]

    @strawberry.field
    def large(self) -> int | None:
        return 2**31 - 1 + self.depth % 2

    @strawberry.field
    def text(self) -> str:
        return 5  # type: ignore[return-value]

    @strawberry.field
    def fails(self) -> str:
        raise RuntimeError(f"it fails at {self.depth}")

    @strawberry.field
    def fails_softly(self) -> str | None:
        raise RuntimeError(f"it fails softly at {self.depth}")

    @strawberry.field
    def gives_error(self) -> int | None:
        return KeyError("given")  # type: ignore[return-value]

    @strawberry.field
    def nothing(self) -> str:
        return None  # type: ignore[return-value]

    @strawberry.field
    def ratio(self) -> float | None:
        return float("nan") if self.depth == 2 else 1e300

    @strawberry.field
    def colours(self) -> list[Colour]:
        return [Colour.RED, Colour.BLUE]

    @strawberry.field
    def pets(self) -> list[Pet]:
        return [Cat(name="Tom"), Dog(name="sad"), Stone(weight=2), Stone(weight=0)]

    @strawberry.field
    def pet(self) -> Pet | None:
        return Box(depth=0)  # type: ignore[return-value]

    @strawberry.field
    def named(self) -> list[Named | None]:
        return [Dog(name="Rex"), Cat(name="quiet", lives=None), Stone(weight=1)]  # type: ignore[list-item]

    @strawberry.field
    def cat(self) -> Cat | None:
        return Dog(name="Rex") if self.depth == 1 else Cat(name="Tom")  # type: ignore[return-value]

    @strawberry.field
    def painted(self, colours: list[Colour] | None = None, by: str = "nobody") -> list[str]:
        return [by, *(colour.value for colour in colours or ())]


@strawberry.type
class Query:
    @strawberry.field
    def box(self, depth: int = 0) -> Box:
        return Box(depth=depth)

    @strawberry.field
    def perhaps(self, info: strawberry.Info[Any, None], first: int | None = 1) -> Box | None:
        assert info.field_name == "perhaps"
        return Box(depth=first) if first else None


@strawberry.type
class Mutation:
    @strawberry.mutation
    def add(self, info: strawberry.Info[Any, None], first: int = 1) -> Box:
        """It notes that it was done, so that what is done twice, or after a failure, is seen."""
        info.context.done.append(first)
        if first < 0:
            raise ValueError("nothing is added")
        return Box(depth=len(info.context.done))

    @strawberry.mutation
    def add_softly(self, info: strawberry.Info[Any, None], first: int = 1) -> Box | None:
        info.context.done.append(first)
        if first < 0:
            raise ValueError("nothing is added softly")
        return Box(depth=len(info.context.done))


odd_schema = strawberry.Schema(
    query=Query, mutation=Mutation, config=StrawberryConfig(enable_experimental_incremental_execution=True)
)
