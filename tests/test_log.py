"""A log line is one JSON object: an event and its data."""

from __future__ import annotations

import io
import json
import logging

from ewgraph.log import configure


def test_an_event_is_one_line_with_its_data() -> None:
    stream = io.StringIO()
    configure("info", stream)
    logger = logging.getLogger("ewgraph.test")
    logger.debug("unheard")
    logger.info("record-loaded", extra={"records": 3})
    line = json.loads(stream.getvalue())
    assert (line["event"], line["records"], line["level"]) == ("record-loaded", 3, "info")


def test_an_exception_is_told_with_its_traceback() -> None:
    stream = io.StringIO()
    configure("info", stream)
    try:
        raise ValueError("x")  # noqa: TRY301  # the point of the test
    except ValueError:
        logging.getLogger("ewgraph.test").exception("unexpected")
    assert "ValueError: x" in json.loads(stream.getvalue())["traceback"]
