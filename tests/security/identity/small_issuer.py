"""An issuer of which a test decides what it says: for what a well-behaved provider never does."""

from __future__ import annotations

import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc.jwk import Key


class SmallIssuer:
    """Answers its discovery document, its key set and its token endpoint, and counts how often.

    Attributes:
        keys: what its key set holds.
        changed: what its discovery document says otherwise.
        answer: what its token endpoint answers.
        form: what that was asked last.
        gate: while it is cleared, the key set is not answered.
        padding: how many bytes more its key set has.
        raw: what it answers in place of anything else.
    """

    def __init__(self, *keys: Key) -> None:
        self.keys = [key.as_dict(private=False) for key in keys]
        self.changed: dict[str, object] = {}
        self.answer: dict[str, object] = {}
        self.form: dict[str, list[str]] = {}
        self.authorization: str | None = None
        self.counts: Counter[str] = Counter()
        self.gate = threading.Event()
        self.gate.set()
        self.padding = 0
        self.raw = b""
        self._server: ThreadingHTTPServer | None = None
        self.issuer = ""
        self.start()

    def start(self) -> None:
        """Answer; after a stop at the same address."""
        port = int(self.issuer.rpartition(":")[2] or 0)
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.counts[self.path] += 1
                if self.path == "/keys":
                    issuer.gate.wait(20)
                found = issuer.documents().get(self.path)
                self._send(404 if found is None else 200, found)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                issuer.form, issuer.authorization = parse_qs(body), self.headers.get("authorization")
                self._send(200 if issuer.answer else 400, issuer.answer or {"error": "invalid_grant"})

            def _send(self, status: int, found: Any) -> None:
                content = issuer.raw or json.dumps(found).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def documents(self) -> dict[str, object]:
        discovery = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            **self.changed,
        }
        return {
            "/.well-known/openid-configuration": discovery,
            "/keys": {"keys": self.keys, "padding": "x" * self.padding},
        }

    def stop(self) -> None:
        """Answer no more."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
