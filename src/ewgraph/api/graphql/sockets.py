"""GraphQL over a WebSocket: several operations at a time, each answered as its answers come.

Source: the GraphQL over WebSocket protocol, `graphql-transport-ws`, whose words the names here are.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from contextlib import aclosing
from typing import Any, Final

import orjson
from starlette.requests import Request
from starlette.websockets import WebSocket, WebSocketDisconnect

from ewgraph.api.graphql.preparing import Asked
from ewgraph.api.graphql.requests import RefusedError, parts_of
from ewgraph.api.graphql.schema import content_of
from ewgraph.api.graphql.service import Service
from ewgraph.errors import CredentialError, InputError, LimitError

_LOG: Final = logging.getLogger(__name__)
_INTERNAL_ERROR: Final = "graphql.internal-error"

PROTOCOL: Final = "graphql-transport-ws"
INIT_SECONDS: Final = 10.0
_MOST_OPERATIONS: Final = 20
_LONGEST_ID: Final = 128

_INVALID: Final = 4400
_UNAUTHORIZED: Final = 4401
_FORBIDDEN: Final = 4403
_NO_PROTOCOL: Final = 4406
_INIT_TIMEOUT: Final = 4408
_ID_TAKEN: Final = 4409
_TOO_MANY_INITS: Final = 4429
_TRY_LATER: Final = 1013


class CloseError(Exception):
    """The socket is closed.

    Attributes:
        code: why, as the protocol numbers it.
    """

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class Socket:
    """One socket, from its handshake to its end."""

    def __init__(self, service: Service, socket: WebSocket) -> None:
        self._service = service
        self._socket = socket
        self._request = Request({**socket.scope, "type": "http", "method": "POST"})
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._making = asyncio.Lock()

    async def serve(self) -> None:
        """Answer what comes, until either side has enough."""
        offered = PROTOCOL in self._socket.scope["subprotocols"]
        await self._socket.accept(PROTOCOL if offered else None)
        if not offered:
            await self._socket.close(_NO_PROTOCOL, "Subprotocol not acceptable")
            return
        try:
            await self._begin()
            while True:
                await self._on(await self._message())
        except CloseError as error:
            await self._close(error.code, str(error))
        except WebSocketDisconnect:
            pass
        finally:
            for one in self._operations.values():
                one.cancel()
            if self._operations:
                await asyncio.wait(self._operations.values())

    async def _begin(self) -> None:
        """Let the other side say who it is, in time."""
        try:
            async with asyncio.timeout(INIT_SECONDS):
                message = await self._message()
                while message["type"] == "ping":
                    await self._on(message)
                    message = await self._message()
        except TimeoutError:
            raise CloseError(_INIT_TIMEOUT, "Connection initialisation timeout") from None
        if message["type"] != "connection_init":
            raise CloseError(_UNAUTHORIZED, "Unauthorized")
        request = _as_request(self._socket, message.get("payload"))
        try:
            await self._service.enter(request, self._service.principal_of)
        except LimitError as error:
            raise CloseError(_TRY_LATER, str(error)) from error
        except (CredentialError, InputError) as error:
            raise CloseError(_FORBIDDEN, "Forbidden") from error
        self._request = request
        await self._send({"type": "connection_ack"})

    async def _on(self, message: Mapping[str, Any]) -> None:
        match message["type"]:
            case "subscribe":
                await self._subscribe(message)
            case "complete":
                operation = self._operations.pop(_id_of(message), None)
                if operation is not None:
                    operation.cancel()
            case "ping":
                await self._send({"type": "pong", **({"payload": message["payload"]} if "payload" in message else {})})
            case "pong":
                pass
            case "connection_init":
                raise CloseError(_TOO_MANY_INITS, "Too many initialisation requests")
            case _:
                raise CloseError(_INVALID, "Invalid message: there is no such type")

    async def _subscribe(self, message: Mapping[str, Any]) -> None:
        name = _id_of(message)
        if name in self._operations:
            raise CloseError(_ID_TAKEN, f"Subscriber for {name} already exists")
        if len(self._operations) >= _MOST_OPERATIONS:
            sentence = f"There are {_MOST_OPERATIONS} operations under way on this socket. No more may be at a time."
            await self._refuse(name, sentence)
            return
        operation = asyncio.create_task(self._answered(name, message.get("payload")))
        self._operations[name] = operation
        operation.add_done_callback(lambda _: self._forget(name, operation))

    def _forget(self, name: str, operation: asyncio.Task[None]) -> None:
        if self._operations.get(name) is operation:
            del self._operations[name]

    async def _answered(self, name: str, payload: object) -> None:
        """Answer one operation, to its end."""
        try:
            asked = parts_of(payload, self._service.policy.registered)
            await self._service.enter(self._request, self._service.principal_of)
            await self._answers(name, asked)
        except (RefusedError, CredentialError, InputError, LimitError) as error:
            await self._refuse(name, str(error))
        except WebSocketDisconnect:
            return
        except Exception:  # noqa: BLE001  # whatever else is wrong is ours: the operation ends, and the others go on
            _LOG.exception(_INTERNAL_ERROR)
            await self._refuse(name, "Internal error")

    async def _answers(self, name: str, asked: Asked) -> None:
        """Send the answers of an operation, and that there are no more.

        Of all that end with one answer one is made and sent at a time: so no more of them waits to be taken.
        """
        async with aclosing(self._service.answers(self._request, asked, self._making)) as answers:
            async for answer in answers:
                content = content_of(answer)
                if "data" not in content:
                    await self._send({"id": name, "type": "error", "payload": content["errors"]})
                    return
                await self._send({"id": name, "type": "next", "payload": content})
        await self._send({"id": name, "type": "complete"})

    async def _refuse(self, name: str, sentence: str) -> None:
        await self._send({"id": name, "type": "error", "payload": [{"message": sentence}]})

    async def _message(self) -> Mapping[str, Any]:
        """The next message.

        Raises:
            CloseError: it is none of the protocol.
            WebSocketDisconnect: there comes none.
        """
        received = await self._socket.receive()
        if received["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(received["code"])
        try:
            message = json.loads(received.get("text") or "")
        except (ValueError, RecursionError) as error:
            raise CloseError(_INVALID, "Invalid message: it is no JSON") from error
        if not isinstance(message, dict) or not isinstance(message.get("type"), str):
            raise CloseError(_INVALID, "Invalid message: it is no object with a type")
        return message

    async def _send(self, message: Mapping[str, Any]) -> None:
        await self._socket.send({"type": "websocket.send", "text": orjson.dumps(message).decode()})

    async def _close(self, code: int, reason: str) -> None:
        await self._socket.close(code, reason[:100])


def _id_of(message: Mapping[str, Any]) -> str:
    name = message.get("id")
    if not isinstance(name, str) or not 0 < len(name) <= _LONGEST_ID:
        raise CloseError(_INVALID, f"Invalid message: an id is a text of 1 to {_LONGEST_ID} characters")
    return name


def _as_request(socket: WebSocket, payload: object) -> Request:
    """The handshake as a request, with the key that was sent with `connection_init`: no page can send it in a header.

    It counts as a POST, so a cookie counts only where one of our own pages opened the socket.

    Raises:
        CloseError: the payload is no object, or what it shows is no text.
    """
    if not isinstance(payload, dict | None):
        raise CloseError(_INVALID, "Invalid message: the payload of connection_init is an object")
    given = {name.lower(): text for name, text in (payload or {}).items()}
    headers = [pair for pair in socket.scope["headers"] if pair[0] != b"authorization" or "authorization" not in given]
    if "authorization" in given:
        try:
            headers.append((b"authorization", given["authorization"].encode("latin-1")))
        except (AttributeError, UnicodeEncodeError) as error:
            raise CloseError(_FORBIDDEN, "Forbidden") from error
    scope = {**socket.scope, "type": "http", "method": "POST", "headers": headers, "state": {}}
    return Request(scope)
