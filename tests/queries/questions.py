"""The list of stored queries in `docs/questions.md`, made from their headers. Run it to write the page anew."""

from __future__ import annotations

from pathlib import Path

from ewgraph.catalogue import Catalogue, load_catalogue

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "questions.md"
INTRO = """# Stored queries

Every question is a file under `queries/`; the text is the definition of the answer. The list is made from the headers
by `python -m tests.queries.questions`. `validAt` is the day on which the claims hold, `knownAt` the instant by which
their records were received; both are now where they are not given. A parameter in brackets may be left out.
"""


def page(catalogue: Catalogue) -> str:
    """The page: one section for each query, by id."""
    parts = [INTRO]
    for query in catalogue:
        taken = ", ".join(f"[{p.name}]" if p.optional else p.name for p in query.parameters)
        parts += [
            f"\n## {query.id}\n\n{query.summary}. Questions: {', '.join(query.question)}. Parameters: {taken}.\n",
            "\n| column | kind | |\n|---|---|---|\n",
            *(f"| {c.name} | {c.kind.value}{'?' if c.optional else ''} | {c.text} |\n" for c in query.columns),
            f"\nOrder: {query.order}.\n",
        ]
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(load_catalogue(ROOT / "queries")), encoding="utf-8")
