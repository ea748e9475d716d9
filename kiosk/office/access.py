"""Who asks, and the access log: terminals carry a bearer key of which the office keeps the SHA-256 only."""

import logging
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, cast

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import select
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.office.database import Database, upsert
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.tables import terminals
from kiosk.office.tokens import fingerprint

_LEAST_KEY = 32  # characters; a key is random, so its plain hash is enough
_log = logging.getLogger("kiosk.office.access")
_bearer = HTTPBearer(auto_error=False, scheme_name="terminal", description="Key of an enrolled terminal")


@dataclass(frozen=True, slots=True)
class Terminal:
    """An enrolled terminal and the hall it stands in."""

    code: str
    hall: str


def enrol(database: Database, code: str, hall: str, key: str) -> None:
    """Let the terminal `code` of `hall` in with `key`; a new key replaces the old. ValueError for a short key."""
    if len(key) < _LEAST_KEY:
        raise ValueError(f"a terminal's key has at least {_LEAST_KEY} characters")
    with database.write() as connection:
        insert = upsert(connection, terminals).values(code=code, hall=hall, key_hash=fingerprint(key))
        changed = {"hall": insert.excluded.hall, "key_hash": insert.excluded.key_hash}
        connection.execute(insert.on_conflict_do_update(index_elements=["code"], set_=changed))


def the_office(request: Request) -> Office:
    """The office this application serves."""
    return cast("Office", request.app.state.office)


def the_terminal(
    office: Annotated[Office, Depends(the_office)],
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Terminal:
    """The terminal that asks; ProblemError 401 for anybody else."""
    key = credentials.credentials if credentials else ""
    with office.database.read() as connection:
        found = connection.execute(select(terminals.c.code, terminals.c.hall).where(terminals.c.key_hash == fingerprint(key))).one_or_none()
    if found is None:
        raise ProblemError(HTTPStatus.UNAUTHORIZED, "unauthorised")
    return Terminal(*found)


class AccessLog:
    """One line a request with method, route, status and milliseconds.

    The route is the template (`/v1/tickets/{ticket}/print`): whatever somebody puts into a path or query stays out.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, then log it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def watched(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        await self._app(scope, receive, watched)
        route = getattr(scope.get("route"), "path", "-")
        _log.info("%s %s %d %.0f ms", scope["method"], route, status, (time.perf_counter() - began) * 1000)
