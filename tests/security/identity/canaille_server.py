"""Runs Canaille, an identity provider, on a database of its own: `python canaille_server.py PORT`.

The rest is JSON on standard input. It prints its address when it answers. Port 0 takes a free one.
"""

from __future__ import annotations

import datetime as dt
import json
import signal
import socket
import sys
import tempfile
from typing import Any

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from werkzeug.serving import make_server


def serve(port: int, asked: dict[str, Any], folder: str) -> None:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen()
    port = listening.getsockname()[1]
    app = create_app(
        config={
            "SECRET_KEY": "of no use elsewhere",
            "SERVER_NAME": f"localhost:{port}",
            "PREFERRED_URL_SCHEME": "http",
            "CANAILLE": {"DATABASE": "sql", "CAPTCHA_ENABLED": False, "JAVASCRIPT": False},
            "CANAILLE_SQL": {"DATABASE_URI": f"sqlite:///{folder}/canaille.sqlite"},
            "CANAILLE_OIDC": {"ACTIVE_JWKS": asked["keys"]},
        },
    )
    with app.app_context(), Backend.instance.session():
        for name in asked["users"]:
            user = models.User(user_name=name, formatted_name=name, family_name=name, password=asked["password"])
            Backend.instance.save(user)
        clients = {name: new_client(name, asked) for name in asked["audiences"]}
        for name, audience in asked["audiences"].items():
            clients[name].audience = [clients[audience]]
            Backend.instance.save(clients[name])
    server = make_server("127.0.0.1", port, app, threaded=True, fd=listening.fileno())
    sys.stdout.write(f"http://localhost:{port}\n")
    sys.stdout.flush()
    server.serve_forever()


def new_client(name: str, asked: dict[str, Any]) -> Any:
    client = models.Client(
        client_id=name,
        client_secret=asked["client_secret"],
        client_name=name,
        client_uri="http://127.0.0.1",  # Canaille asks for no consent to a client of this machine
        redirect_uris=asked["redirect_uris"],
        post_logout_redirect_uris=asked["post_logout_redirect_uris"],
        scope=["openid"],
        grant_types=["authorization_code"],
        response_types=["code"],
        id_token_signed_response_alg="PS256",  # noqa: S106  # no two signatures are alike: it keeps tokens by what they are
        token_endpoint_auth_method="client_secret_basic",  # noqa: S106  # the name of a method
        client_id_issued_at=dt.datetime.now(dt.UTC),
    )
    Backend.instance.save(client)
    return client


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # so that the folder goes as well
    with tempfile.TemporaryDirectory() as folder:
        serve(int(sys.argv[1]), json.load(sys.stdin), folder)
