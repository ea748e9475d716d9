"""Routes of what the holder of a case may do about it."""

from http import HTTPStatus

from fastapi import FastAPI, Response

from kiosk.backend.messages import Case, Urge
from kiosk.backend.messages.documents import OfficialDocument
from kiosk.office.results import delivering, printing, urging
from kiosk.office.results.contract import PrintResultBody, SetDeliveryBody, UrgeCaseBody
from kiosk.office.routes import BODY, Asking, InOffice, errors


def urge_case(body: UrgeCaseBody, office: InOffice, terminal: Asking, response: Response) -> Urge:
    """Remind the office of an overdue case: 201 for a new reminder, 200 and the same for a nonce already used."""
    urge, new = urging.urge_case(office, terminal, body)
    response.status_code = HTTPStatus.CREATED if new else HTTPStatus.OK
    return urge


def set_delivery(body: SetDeliveryBody, office: InOffice, _terminal: Asking) -> Case:
    """Say how the result is to come; only for who applied."""
    return delivering.set_delivery(office, body)


def print_result(body: PrintResultBody, office: InOffice, _terminal: Asking) -> OfficialDocument:
    """A counted copy of what was decided, only for who applied; the same nonce is the same copy."""
    return printing.print_result(office, body)


def add_routes(app: FastAPI) -> None:
    """Add them."""
    add = app.add_api_route
    add(
        "/v1/cases/urge",
        urge_case,
        methods=["POST"],
        operation_id="urgeCase",
        status_code=HTTPStatus.CREATED,
        responses={200: {"model": Urge, "description": "The reminder this nonce already has"}, **errors(*BODY, 404, 409)},
    )
    add("/v1/cases/delivery", set_delivery, methods=["PUT"], operation_id="setDelivery", responses=errors(*BODY, 403, 404, 409))
    add("/v1/results/print", print_result, methods=["POST"], operation_id="printResult", responses=errors(*BODY, 403, 404, 409))
