"""A timeline as an Atom feed, newest first, in pages (RFC 4287; RFC 5005, section 3)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from ewgraph.access import View
from ewgraph.api.linkeddata.labels import Labels
from ewgraph.api.linkeddata.ldes import Stream
from ewgraph.api.linkeddata.portrait import most_specific
from ewgraph.api.linkeddata.timeline import Item
from ewgraph.model import terms
from ewgraph.model.instants import instant
from ewgraph.model.rdf import IRI, Literal

ATOM: Final = "application/atom+xml"
NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_NEVER: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

register_namespace("", NAMESPACE)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is told of an item, in words.

    Attributes:
        authors: on whose word it is.
        licenses: what it may be used by.
    """

    item: Item
    title: str
    kind: str
    received: str
    authors: list[tuple[str, IRI]]
    licenses: list[str]
    is_late: bool

    @property
    def summary(self) -> str:
        """In a sentence or two."""
        said = f"Said by {', '.join(name for name, _ in self.authors)}, received on {self.received}."
        return f"{said} It was recorded before, and is shown here now." if self.is_late else said


def entries_of(view: View, items: Sequence[Item]) -> list[Entry]:
    """The items in words, from what the view shows."""
    labels = Labels(view)
    return [_entry(view, labels, item) for item in items]


def _entry(view: View, labels: Labels, item: Item) -> Entry:
    kinds = most_specific(kind for kind in view.objects(item.record, terms.RDF.type) if kind in terms.RECORD_CLASSES)
    received = [term.value for term in view.objects(item.record, terms.receivedAt) if isinstance(term, Literal)]
    recorded = [term.value for term in view.objects(item.record, terms.recordedAt) if isinstance(term, Literal)]
    return Entry(
        item=item,
        title=labels[item.record],
        kind=", ".join(labels[kind] for kind in kinds),
        received=received[0][:10] if received else "an unknown day",
        authors=[(labels[who], who) for who in labels.said_by(item.record)],
        licenses=[str(getattr(term, "value", "")) for term in view.objects(item.record, terms.DCT.license)],
        is_late=item.at not in map(instant, recorded),
    )


def feed(
    stream: Stream,
    entries: Sequence[Entry],
    *,
    links: Sequence[tuple[str, str, str]],
    publisher: str,
    page: Callable[[IRI], str],
) -> bytes:
    """The document.

    Args:
        stream: what it is of.
        entries: newest first.
        links: relation, address and media type of each link of the feed.
        publisher: who speaks for the network.
        page: the address of the page about a node.
    """
    root = Element(_name("feed"))
    _text(root, "id", stream.address)
    _text(root, "title", stream.title)
    _text(root, "updated", _instant(entries[0].item.at if entries else _NEVER))
    _text(SubElement(root, _name("author")), "name", publisher)
    for rel, address, kind in links:
        SubElement(root, _name("link"), {"rel": rel, "href": address, "type": kind})
    for entry in entries:
        _write(SubElement(root, _name("entry")), stream, entry, page(entry.item.record))
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _write(element: Element, stream: Stream, entry: Entry, page: str) -> None:
    _text(element, "id", stream.version(entry.item).value)
    _text(element, "title", entry.title)
    _text(element, "updated", _instant(entry.item.at))
    for name, node in entry.authors:
        author = SubElement(element, _name("author"))
        _text(author, "name", name)
        _text(author, "uri", node.value)
    SubElement(element, _name("link"), {"rel": "alternate", "href": page, "type": "text/html"})
    SubElement(element, _name("link"), {"rel": "related", "href": entry.item.record.value})
    if entry.kind:
        SubElement(element, _name("category"), {"term": entry.kind})
    for license_ in entry.licenses:
        _text(element, "rights", license_)
        break  # there is one at most
    _text(element, "summary", entry.summary)


def _text(element: Element, name: str, text: str) -> None:
    SubElement(element, _name(name)).text = _NO_XML.sub("\ufffd", text)


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _instant(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
