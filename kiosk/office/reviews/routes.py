"""Routes of pre-reviews."""

from http import HTTPStatus

from fastapi import FastAPI, Response

from kiosk.backend.messages.reviews import Review
from kiosk.office.reviews import reviewing
from kiosk.office.reviews.contract import ReviewByTokenBody, SubmitReviewBody
from kiosk.office.routes import BODY, Asking, InOffice, errors


def submit_review(body: SubmitReviewBody, office: InOffice, terminal: Asking, response: Response) -> Review:
    """Judge the materials of an item: 201 for a new pre-review, 200 and the same one for a nonce already used."""
    review, new = reviewing.submit_review(office, terminal, body)
    response.status_code = HTTPStatus.CREATED if new else HTTPStatus.OK
    return review


def review_by_token(body: ReviewByTokenBody, office: InOffice, _terminal: Asking) -> Review:
    """A pre-review by the code on its paper."""
    return reviewing.review_by_token(office, body)


def add_routes(app: FastAPI) -> None:
    """Add them."""
    app.add_api_route(
        "/v1/reviews",
        submit_review,
        methods=["POST"],
        operation_id="submitReview",
        status_code=HTTPStatus.CREATED,
        responses={200: {"model": Review, "description": "The pre-review this nonce already has"}, **errors(*BODY, 409)},
    )
    app.add_api_route("/v1/reviews/by-token", review_by_token, methods=["POST"], operation_id="reviewByToken", responses=errors(*BODY, 404))
