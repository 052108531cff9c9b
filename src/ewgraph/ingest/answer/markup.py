"""Builds HTML as a tree, so that no text can become markup."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from typing import TypeAlias

Child: TypeAlias = "ET.Element | str"


def element(tag: str, *children: Child, attributes: Mapping[str, str] | None = None) -> ET.Element:
    """The element with these children in this order.

    Args:
        tag: its name.
        children: elements, and texts, which are escaped on writing.
        attributes: its attributes; escaped as well.
    """
    node = ET.Element(tag, dict(attributes or {}))
    last: ET.Element | None = None
    for child in children:
        if isinstance(child, ET.Element):
            node.append(child)
            last = child
        elif last is None:
            node.text = (node.text or "") + child
        else:
            last.tail = (last.tail or "") + child
    return node


def link(target: str, *children: Child, kind: str = "", label: str = "") -> ET.Element:
    """A link within the page.

    Args:
        target: the id that it leads to.
        children: what it shows.
        kind: its class.
        label: what it is called where it is read out.
    """
    attributes = {"href": f"#{target}"} | ({"class": kind} if kind else {}) | ({"aria-label": label} if label else {})
    return element("a", *children, attributes=attributes)


def items(texts: Iterable[Child], kind: str = "") -> ET.Element:
    """A list."""
    return element("ul", *(element("li", text) for text in texts), attributes={"class": kind} if kind else {})


def document(root: ET.Element) -> str:
    """The page as text."""
    return "<!doctype html>\n" + ET.tostring(root, encoding="unicode", method="html") + "\n"
