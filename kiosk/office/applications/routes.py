"""The route of applications."""

from http import HTTPStatus

from fastapi import FastAPI, Response

from kiosk.backend.messages.applications import Receipt
from kiosk.office.applications import submit as submitting
from kiosk.office.applications.contract import SubmitBody
from kiosk.office.routes import BODY, Asking, InOffice, errors


def submit(body: SubmitBody, office: InOffice, terminal: Asking, response: Response) -> Receipt:
    """Hand an application in: 201 for a new case, 200 and the same receipt for a nonce already used."""
    receipt, new = submitting.submit(office, terminal, body)
    response.status_code = HTTPStatus.CREATED if new else HTTPStatus.OK
    return receipt


def add_routes(app: FastAPI) -> None:
    """Add it."""
    app.add_api_route(
        "/v1/applications",
        submit,
        methods=["POST"],
        operation_id="submit",
        status_code=HTTPStatus.CREATED,
        responses={200: {"model": Receipt, "description": "The receipt this nonce already has"}, **errors(*BODY, 409)},
    )
