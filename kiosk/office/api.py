"""The office as a web application: the HTTP contract of the terminals under /v1."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from kiosk.office import first_routes
from kiosk.office.access import AccessLog
from kiosk.office.applications import routes as application_routes
from kiosk.office.bookings import desk_routes as booking_desk_routes
from kiosk.office.bookings import routes as booking_routes
from kiosk.office.catalogue import routes as catalogue_routes
from kiosk.office.database import open_database
from kiosk.office.documents import routes as document_routes
from kiosk.office.licences import routes as licence_routes
from kiosk.office.live import open_bus
from kiosk.office.live import routes as live_routes
from kiosk.office.matters import desk_routes as matter_desk_routes
from kiosk.office.matters import routes as matter_routes
from kiosk.office.office import Office
from kiosk.office.openapi import complete
from kiosk.office.problems import (
    Barrier,
    BodyLimit,
    ProblemError,
    on_http_exception,
    on_invalid,
    on_problem,
    on_unavailable,
)
from kiosk.office.queue import desk_routes, promised_routes
from kiosk.office.queue import routes as queue_routes
from kiosk.office.ratings import routes as rating_routes
from kiosk.office.results import desk_routes as result_desk_routes
from kiosk.office.results import routes as result_routes
from kiosk.office.reviews import routes as review_routes
from kiosk.office.sms import Gateway, Sender
from kiosk.office.uploads import routes as upload_routes
from kiosk.office.uploads.forgetting import forgetting
from kiosk.office.web import live as live_pages

_LARGEST_BODY = 16 * 1024
_LARGER_BODIES = {"/v1/applications": 128 * 1024}  # answers and a signature
_STREAMS = ("/v1/uploads/", "/p/")  # pictures
_LEAST_SECRET = 16
_THREADS = 12  # at requests; more would fight for the interpreter while they hold rows that others wait for
_PARTS = (  # each adds its routes
    first_routes,
    queue_routes,
    desk_routes,
    promised_routes,
    live_routes,
    live_pages,
    catalogue_routes,
    licence_routes,
    review_routes,
    booking_routes,
    booking_desk_routes,
    document_routes,
    upload_routes,
    application_routes,
    result_routes,
    result_desk_routes,
    matter_routes,
    matter_desk_routes,
    rating_routes,
)


class OfficeApi(FastAPI):
    """FastAPI whose OpenAPI document says of errors what they are: problem documents."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI 3.1 document."""
        if self.openapi_schema is None:
            self.openapi_schema = complete(super().openapi())
        return self.openapi_schema


@cache
def _routes() -> tuple[BaseRoute, ...]:
    """All routes. They know nothing of a particular office, and take a quarter of a second to make: so, once in a process."""
    plan = FastAPI(openapi_url=None)
    for part in _PARTS:
        part.add_routes(plan)
    return tuple(plan.routes)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """What goes on beside the requests."""
    current_default_thread_limiter().total_tokens = _THREADS
    app.state.sms.start()
    try:
        async with forgetting(app.state.office):
            yield
    finally:
        app.state.sms.stop()


def create_app(
    database: Engine | str, clock: Callable[[], datetime], *, secret: bytes, public_url: str = "", sms: Gateway | None = None
) -> OfficeApi:
    """The application over a database, whose schema is brought up to date first.

    `database` is an SQLAlchemy URL or an engine of `open_database`; `clock` gives moments with offset. `secret` (16 bytes or
    more) makes the tokens on papers: with another one, papers handed out before open nothing. `public_url` is the address at
    which citizens' phones reach the office, `sms` the gateway through which the office reaches them. ValueError for a short secret.
    """
    if len(secret) < _LEAST_SECRET:
        raise ValueError(f"the office's secret has at least {_LEAST_SECRET} bytes")
    opened = open_database(database)
    office = Office(database=opened, clock=clock, secret=secret, public_url=public_url.rstrip("/"), live=open_bus(opened))
    office.database.migrate()
    app = OfficeApi(
        title="Service hall office",
        version="1",
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=[
            Middleware(AccessLog),
            Middleware(Barrier),
            Middleware(BodyLimit, most=_LARGEST_BODY, other=_LARGER_BODIES, streams=_STREAMS),
        ],
        exception_handlers={
            ProblemError: on_problem,
            RequestValidationError: on_invalid,
            HTTPException: on_http_exception,
            OperationalError: on_unavailable,
            PoolTimeout: on_unavailable,
        },
        telemetry={"tracing": False, "metrics": False},
        lifespan=_lifespan,
    )
    app.state.office = office
    app.state.sms = Sender(office, sms)
    upload_routes.furnish(app.state)
    live_routes.furnish(app.state)
    app.router.routes.extend(_routes())
    return app
