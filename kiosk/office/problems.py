"""What the office says instead of an answer: RFC 9457 problem documents with a `code`, and nothing about the inside."""

import logging
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MEDIA_TYPE = "application/problem+json"
_CODES = {401: "unauthorised", 404: "not_found", 405: "method_not_allowed", 413: "too_large", 422: "invalid", 500: "internal"}
_RETRY_SECONDS = 2
_log = logging.getLogger("kiosk.office.error")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemDocument:
    """RFC 9457 problem details. `code` is for programs; `fields` names what was invalid, never its value."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    fields: tuple[str, ...] = ()


class ProblemError(Exception):
    """Ends a request with a problem document; `retry_after` is in seconds, `fields` names what was wrong, never its value."""

    def __init__(self, status: HTTPStatus, code: str, *, retry_after: int | None = None, fields: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.retry_after = retry_after
        self.fields = fields


def problem_response(status: int, code: str, *, headers: dict[str, str] | None = None, fields: tuple[str, ...] = ()) -> JSONResponse:
    """The document as a response."""
    content: dict[str, object] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "code": code}
    if fields:
        content["fields"] = fields
    return JSONResponse(content, status, headers, MEDIA_TYPE)


async def on_problem(_request: Request, error: ProblemError) -> JSONResponse:
    """Handler of ProblemError."""
    headers = {}
    if error.retry_after is not None:
        headers["Retry-After"] = str(error.retry_after)
    if error.status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return problem_response(error.status, error.code, headers=headers, fields=error.fields)


async def on_invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
    """Handler of RequestValidationError: says which field is wrong, not what was in it."""
    known = (one for one in error.errors() if one["type"] not in {"extra_forbidden", "unexpected_keyword_argument", "json_invalid"})
    fields = tuple(sorted({".".join(map(str, one["loc"])) for one in known}))
    return problem_response(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", fields=fields)


async def on_unavailable(_request: Request, error: Exception) -> JSONResponse:
    """Handler of a database that is away, too busy, or gave the transaction up; the log gets the kind of error, not its words."""
    cause = getattr(error, "orig", None) or error
    _log.error("database: %s %s", type(cause).__name__, getattr(cause, "sqlstate", None) or "")
    return problem_response(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", headers={"Retry-After": str(_RETRY_SECONDS)})


async def on_http_exception(_request: Request, error: HTTPException) -> JSONResponse:
    """Handler of the framework's own refusals (no such path or method, unreadable or too large a body)."""
    return problem_response(error.status_code, _CODES.get(error.status_code, "refused"), headers=dict(error.headers or {}))


class Barrier:
    """Outermost layer: an unforeseen exception becomes a bare 500, and the log gets its type and place without its message.

    Messages and repr of values may hold what a citizen typed, so they go nowhere.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:  # noqa: BLE001 nothing may pass to the server's own log
            _log.error("%s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
            if not started:
                await problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, "internal")(scope, receive, send)


class BodyLimit:
    """Reads the body before anything else sees the request; a larger one than `most` bytes is refused as a problem.

    `other` has limits of single paths. What begins with one of `streams` is left to its route, which reads and limits it itself.
    """

    def __init__(self, app: ASGIApp, most: int, other: Mapping[str, int] | None = None, streams: tuple[str, ...] = ()) -> None:
        self._app = app
        self._most = most
        self._other = other or {}
        self._streams = streams

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body whole."""
        if scope["type"] != "http" or scope["path"].startswith(self._streams):
            await self._app(scope, receive, send)
            return
        most = self._other.get(scope["path"], self._most)
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":  # half a body is none
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > most:
                await problem_response(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large")(scope, receive, send)
                return
        whole: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replayed() -> Message:
            return whole.pop() if whole else await receive()

        await self._app(scope, replayed, send)
