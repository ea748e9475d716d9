"""Routes of the beginning: hall, queues, tickets, cases."""

from http import HTTPStatus

from fastapi import FastAPI, Response
from sqlalchemy import text

from kiosk.backend.messages import Case, CaseSummary, Hall, Queue, Ticket
from kiosk.office import cases, halls
from kiosk.office.contract import CaseByNumberBody, CaseByTokenBody, CasesOfPersonBody, ReportPrintBody, TakeTicketBody
from kiosk.office.problems import ProblemError
from kiosk.office.queue import lists, prints, tickets
from kiosk.office.routes import BODY, Asking, InOffice, errors


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
    return lists.list_queues(office, terminal.hall)


def take_ticket(body: TakeTicketBody, office: InOffice, terminal: Asking, response: Response) -> Ticket:
    """Take a ticket: 201 for a new one, 200 and the same ticket for a nonce already used."""
    ticket, new = tickets.take_ticket(office, terminal, body)
    response.status_code = HTTPStatus.CREATED if new else HTTPStatus.OK
    return ticket


def report_print(ticket: str, body: ReportPrintBody, office: InOffice, terminal: Asking) -> Ticket:
    """Say what became of a ticket's paper; the path names the ticket of the body."""
    if ticket != body.ticket:
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid")
    return prints.report_print(office, terminal, body)


def cases_of_person(body: CasesOfPersonBody, office: InOffice, _terminal: Asking) -> tuple[CaseSummary, ...]:
    """The cases of the person whose card lies on the reader, newest first."""
    return cases.cases_of_person(office, body)


def case_by_number(body: CaseByNumberBody, office: InOffice, terminal: Asking) -> Case:
    """A case by its number and the last four digits of the phone left with it."""
    return cases.case_by_number(office, terminal, body)


def case_by_token(body: CaseByTokenBody, office: InOffice, _terminal: Asking) -> Case:
    """A case by the token on a slip; with a person only where it is theirs."""
    return cases.case_by_token(office, body)


def add_routes(app: FastAPI) -> None:
    """Add them."""
    add = app.add_api_route
    add("/v1/health", health, operation_id="getHealth")
    add("/v1/hall", hall, operation_id="getHall", responses=errors(401))
    add("/v1/queues", queues, operation_id="listQueues", responses=errors(401))
    add(
        "/v1/tickets",
        take_ticket,
        methods=["POST"],
        operation_id="takeTicket",
        status_code=HTTPStatus.CREATED,
        responses={200: {"model": Ticket, "description": "The ticket this nonce already has"}, **errors(*BODY, 404, 409)},
    )
    add(
        "/v1/tickets/{ticket}/print",
        report_print,
        methods=["PUT"],
        operation_id="reportPrint",
        responses=errors(*BODY, 404, 409),
    )
    add("/v1/cases/of-person", cases_of_person, methods=["POST"], operation_id="casesOfPerson", responses=errors(*BODY))
    add(
        "/v1/cases/by-number",
        case_by_number,
        methods=["POST"],
        operation_id="caseByNumber",
        responses=errors(*BODY, 404, 429),
    )
    add("/v1/cases/by-token", case_by_token, methods=["POST"], operation_id="caseByToken", responses=errors(*BODY, 403, 404))


