"""The office as a web application: the HTTP contract of the terminals under /v1."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy import Engine
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from kiosk.office import first_routes
from kiosk.office.access import AccessLog
from kiosk.office.database import open_database
from kiosk.office.office import Office
from kiosk.office.problems import (
    MEDIA_TYPE,
    Barrier,
    BodyLimit,
    ProblemError,
    on_http_exception,
    on_invalid,
    on_problem,
)

_LARGEST_BODY = 16 * 1024
_LEAST_SECRET = 16
_PARTS = (first_routes,)  # each adds its routes

class OfficeApi(FastAPI):
    """FastAPI whose OpenAPI document says of errors what they are: problem documents."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI 3.1 document."""
        document = super().openapi()
        operations = (operation for path in document["paths"].values() for operation in path.values())
        for response in (r for operation in operations for status, r in operation["responses"].items() if status >= "400"):
            if plain := response.get("content", {}).pop("application/json", None):
                response["content"][MEDIA_TYPE] = plain
        return document


def create_app(database: Engine | str, clock: Callable[[], datetime], *, secret: bytes, public_url: str = "") -> OfficeApi:
    """The application over a database, whose schema is brought up to date first.

    `database` is an SQLAlchemy URL or an engine of `open_database`; `clock` gives moments with offset. `secret` (16 bytes or
    more) makes the tokens on papers: with another one, papers handed out before open nothing. `public_url` is the address at
    which citizens' phones reach the office. ValueError for a short secret.
    """
    if len(secret) < _LEAST_SECRET:
        raise ValueError(f"the office's secret has at least {_LEAST_SECRET} bytes")
    office = Office(database=open_database(database), clock=clock, secret=secret, public_url=public_url.rstrip("/"))
    office.database.migrate()
    app = OfficeApi(
        title="Service hall office",
        version="1",
        description="What self-service terminals ask the office. Moments are ISO 8601 with offset, errors RFC 9457.",
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=[Middleware(AccessLog), Middleware(Barrier), Middleware(BodyLimit, most=_LARGEST_BODY)],
        exception_handlers={ProblemError: on_problem, RequestValidationError: on_invalid, HTTPException: on_http_exception},
        telemetry={"tracing": False, "metrics": False},
    )
    app.state.office = office
    for part in _PARTS:
        part.add_routes(app)
    return app
