"""Routes of terminals about queues, beside taking a ticket: its position, numbers for the time without an office."""

from http import HTTPStatus

from fastapi import FastAPI, Response

from kiosk.backend.messages import NumberRange, Position, Ticket
from kiosk.office.queue import offline, positions
from kiosk.office.queue.contract import FollowTicketBody, ReportOfflineBody, ReserveNumbersBody
from kiosk.office.routes import BODY, Asking, InOffice, errors


def follow_ticket(body: FollowTicketBody, office: InOffice, _terminal: Asking) -> Position:
    """Where the ticket stands whose follow token this is."""
    return positions.follow(office, body.token)


def reserve_numbers(_body: ReserveNumbersBody, office: InOffice, terminal: Asking) -> tuple[NumberRange, ...]:
    """The day's ranges of the asking terminal, one a queue; asked again, the same ones."""
    return offline.reserve(office, terminal)


def report_offline(body: ReportOfflineBody, office: InOffice, terminal: Asking, response: Response) -> Ticket:
    """A ticket given from a reserved range: 201 when it is new, 200 for a nonce already reported."""
    ticket, new = offline.report_offline(office, terminal, body)
    response.status_code = HTTPStatus.CREATED if new else HTTPStatus.OK
    return ticket


def add_routes(app: FastAPI) -> None:
    """Add them."""
    add = app.add_api_route
    add("/v1/tickets/position", follow_ticket, methods=["POST"], operation_id="followTicket", responses=errors(*BODY, 404))
    add("/v1/number-ranges", reserve_numbers, methods=["POST"], operation_id="reserveNumbers", responses=errors(*BODY, 409))
    add(
        "/v1/tickets/offline",
        report_offline,
        methods=["POST"],
        operation_id="reportOffline",
        status_code=HTTPStatus.CREATED,
        responses={200: {"model": Ticket, "description": "The ticket this nonce already has"}, **errors(*BODY, 404, 409)},
    )
