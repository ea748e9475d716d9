"""Route of ratings."""

from http import HTTPStatus

from fastapi import FastAPI, Response

from kiosk.backend.messages.ratings import Rated
from kiosk.office.ratings import rating
from kiosk.office.ratings.contract import RateBody
from kiosk.office.routes import BODY, Asking, InOffice, errors


def rate(body: RateBody, office: InOffice, terminal: Asking, response: Response) -> Rated:
    """Rate a service once: 201 for a new rating, 200 and what is on record for a nonce already used."""
    rated, new = rating.rate(office, terminal, body)
    response.status_code = HTTPStatus.CREATED if new else HTTPStatus.OK
    return rated


def add_routes(app: FastAPI) -> None:
    """Add it."""
    said = {200: {"model": Rated, "description": "What is on record for this nonce"}, **errors(*BODY, 409)}
    app.add_api_route("/v1/ratings", rate, methods=["POST"], operation_id="rate", status_code=HTTPStatus.CREATED, responses=said)
