"""The line to the SMS gateway of a city: one POST of JSON for one message, with an idempotency key."""

import json
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from kiosk.backend.abort import Abort, Deadline
from kiosk.office.sms.outbox import Message

_STEP_SECONDS, _TOTAL_SECONDS = 10, 30  # a step is to connect or to hear something; both far below the outbox's lease
_LONGEST_RETRY_AFTER, _MOST_DIGITS = 24 * 3600, 12
_LATER = {  # 4xx that say nothing against the message itself
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.CONFLICT,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
}


class Verdict(Enum):
    """What the gateway said of a message."""

    ACKNOWLEDGED = auto()  # 2xx
    REFUSED = auto()  # it will never take it
    UNKNOWN = auto()  # no answer, or none that settles it: ask again with the same key


@dataclass(frozen=True, slots=True)
class Said:
    """The verdict; `why` is for technicians and holds nothing of the message. `wait` is how long the gateway asks to wait."""

    verdict: Verdict
    why: str
    wait: timedelta | None = None


class Gateway:
    """A gateway at an http or https `url`; `key` goes with each message as a bearer. ValueError for another kind of URL.

    The body is `{"phone": …, "text": …, "about": …}`. `Idempotency-Key` is the same whenever a message is sent again because its
    answer was lost, so that the gateway delivers it once.
    """

    def __init__(self, url: str, key: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
            raise ValueError("an SMS gateway's address is http://… or https://… and has no password in it")
        if not key.isascii() or not key.isprintable() or not key:
            raise ValueError("an SMS gateway's key is a line of ASCII")
        self._parts, self._key = parts, key
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def send(self, message: Message, abort: Abort) -> Said:
        """Hand the message over; never raises for what the other side or the network does."""
        body = json.dumps({"phone": message.phone, "text": message.text, "about": message.about}, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._key}", "Idempotency-Key": message.id}
        with Deadline(_TOTAL_SECONDS) as deadline, self._connected(deadline, abort) as connection:
            try:
                connection.request("POST", self._path, body, {**headers, "Connection": "close"})
                return _said(connection.getresponse())
            except (OSError, HTTPException, ValueError) as error:
                return Said(Verdict.UNKNOWN, type(error).__name__)

    @contextmanager
    def _connected(self, deadline: Deadline, abort: Abort) -> Iterator[HTTPConnection]:
        host, port = self._parts.hostname or "", self._parts.port
        if self._parts.scheme == "https":
            connection: HTTPConnection = HTTPSConnection(host, port, timeout=_STEP_SECONDS, context=ssl.create_default_context())
        else:
            connection = HTTPConnection(host, port, timeout=_STEP_SECONDS)
        connection._create_connection = _watched(deadline)  # type: ignore[attr-defined]  # noqa: SLF001 before TLS takes the socket
        abort.begin(deadline)
        try:
            yield connection
        finally:
            abort.begin(None)
            connection.close()


def _watched(deadline: Deadline) -> Callable[..., socket.socket]:
    """How to connect under the deadline."""

    def connect(*arguments: Any) -> socket.socket:  # noqa: ANN401 passed on unread
        connected = socket.create_connection(*arguments)
        deadline.watch(connected)
        return connected

    return connect


def _said(response: HTTPResponse) -> Said:
    """A status line is an answer; what comes after it adds nothing."""
    status = response.status
    why = f"HTTP {status}"
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Said(Verdict.ACKNOWLEDGED, why)
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in _LATER:
        return Said(Verdict.REFUSED, why)
    return Said(Verdict.UNKNOWN, why, _retry_after(response.getheader("Retry-After") or ""))


def _retry_after(header: str) -> timedelta | None:
    if not (header.isascii() and header.isdigit() and len(header) <= _MOST_DIGITS):
        return None
    return timedelta(seconds=min(int(header), _LONGEST_RETRY_AFTER))
