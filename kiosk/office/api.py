"""The office as a web application: the HTTP contract of the terminals under /v1."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy import Engine, text
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from kiosk.backend.messages import Case, CaseSummary, Hall, Queue, Ticket
from kiosk.office import cases, halls, tickets
from kiosk.office.access import AccessLog, Terminal, the_office, the_terminal
from kiosk.office.contract import CaseByNumberBody, CaseByTokenBody, CasesOfPersonBody, ReportPrintBody, TakeTicketBody
from kiosk.office.database import open_database
from kiosk.office.office import Office
from kiosk.office.problems import (
    MEDIA_TYPE,
    Barrier,
    BodyLimit,
    ProblemDocument,
    ProblemError,
    on_http_exception,
    on_invalid,
    on_problem,
)

_LARGEST_BODY = 16 * 1024
_LEAST_SECRET = 16
_SAID = {
    400: "The body cannot be read",
    401: "Not an enrolled terminal",
    404: "No such thing, or the secrets do not fit: the two look alike",
    409: "`closed`, `nonce_reused` or `print_conflict`",
    413: "The body is larger than 16 KiB",
    422: "A field is missing, unknown or out of its limits",
    429: "Too many wrong answers; Retry-After says for how long",
}

InOffice = Annotated[Office, Depends(the_office)]
Asking = Annotated[Terminal, Depends(the_terminal)]


def health(office: InOffice) -> dict[str, str]:
    """Whether the office and its database are up. The one path open to everybody."""
    with office.database.read() as connection:
        connection.execute(text("SELECT 1"))
    return {"status": "ok"}


def hall(office: InOffice, terminal: Asking) -> Hall:
    """The hall in which the asking terminal stands."""
    return halls.get_hall(office, terminal.hall)


def queues(office: InOffice, terminal: Asking) -> tuple[Queue, ...]:
    """The services one can take a ticket for."""
    return halls.list_queues(office, terminal.hall)


def take_ticket(body: TakeTicketBody, office: InOffice, terminal: Asking, response: Response) -> Ticket:
    """Take a ticket: 201 for a new one, 200 and the same ticket for a nonce already used."""
    ticket, new = tickets.take_ticket(office, terminal, body)
    response.status_code = HTTPStatus.CREATED if new else HTTPStatus.OK
    return ticket


def report_print(ticket: str, body: ReportPrintBody, office: InOffice, terminal: Asking) -> Ticket:
    """Say what became of a ticket's paper; the path names the ticket of the body."""
    if ticket != body.ticket:
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid")
    return tickets.report_print(office, terminal, body)


def cases_of_person(body: CasesOfPersonBody, office: InOffice, _terminal: Asking) -> tuple[CaseSummary, ...]:
    """The cases of the person whose card lies on the reader, newest first."""
    return cases.cases_of_person(office, body)


def case_by_number(body: CaseByNumberBody, office: InOffice, terminal: Asking) -> Case:
    """A case by its number and the last four digits of the phone left with it."""
    return cases.case_by_number(office, terminal, body)


def case_by_token(body: CaseByTokenBody, office: InOffice, _terminal: Asking) -> Case:
    """A case by the token on a slip."""
    return cases.case_by_token(office, body)


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
    _add_routes(app)
    return app


def _add_routes(app: FastAPI) -> None:
    body = (400, 401, 413, 422)
    add = app.add_api_route
    add("/v1/health", health, operation_id="getHealth")
    add("/v1/hall", hall, operation_id="getHall", responses=_errors(401))
    add("/v1/queues", queues, operation_id="listQueues", responses=_errors(401))
    add(
        "/v1/tickets",
        take_ticket,
        methods=["POST"],
        operation_id="takeTicket",
        status_code=HTTPStatus.CREATED,
        responses={200: {"model": Ticket, "description": "The ticket this nonce already has"}, **_errors(*body, 404, 409)},
    )
    add(
        "/v1/tickets/{ticket}/print",
        report_print,
        methods=["PUT"],
        operation_id="reportPrint",
        responses=_errors(*body, 404, 409),
    )
    add("/v1/cases/of-person", cases_of_person, methods=["POST"], operation_id="casesOfPerson", responses=_errors(*body))
    add(
        "/v1/cases/by-number",
        case_by_number,
        methods=["POST"],
        operation_id="caseByNumber",
        responses=_errors(*body, 404, 429),
    )
    add("/v1/cases/by-token", case_by_token, methods=["POST"], operation_id="caseByToken", responses=_errors(*body, 404))


def _errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": ProblemDocument, "description": _SAID[status]} for status in statuses}
