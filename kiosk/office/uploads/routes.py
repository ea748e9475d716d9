"""Routes of the terminal's pictures and of hand-overs."""

import asyncio
from http import HTTPStatus
from typing import Annotated, BinaryIO

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import Depends, FastAPI, Request, Response
from starlette.datastructures import State

from kiosk.backend.messages.applications import HandOver, Upload
from kiosk.office.routes import BODY, Asking, InOffice, errors
from kiosk.office.uploads import hand_overs, phone, store
from kiosk.office.uploads.contract import Id, InPath, Known, OpenHandOverBody
from kiosk.office.uploads.receive import received

_LONGEST_WAIT = 3.0  # seconds
_LOOK_AGAIN = 0.15
_AT_ONCE = 2  # pictures being made anew, each some hundred MB at the worst
_JPEG = {"requestBody": {"required": True, "content": {"image/jpeg": {"schema": {"contentMediaType": "image/jpeg"}}}}}


def _limiter(request: Request) -> CapacityLimiter:
    limiter: CapacityLimiter = request.app.state.pictures
    return limiter


Limiter = Annotated[CapacityLimiter, Depends(_limiter)]


async def upload_picture(
    nonce: InPath, request: Request, office: InOffice, terminal: Asking, limiter: Limiter, response: Response
) -> Upload:
    """Keep a picture, a JPEG of at most 4 MiB: 201 for a new one, 200 and the same for a nonce already used."""

    def keep(file: BinaryIO) -> tuple[Upload, bool]:
        return store.keep(office, store.Sender(terminal=terminal.code), nonce, file.read())

    with await received(request) as file:
        kept, new = await run_sync(keep, file, limiter=limiter)
    response.status_code = HTTPStatus.CREATED if new else HTTPStatus.OK
    return kept


def open_hand_over(body: OpenHandOverBody, office: InOffice, terminal: Asking, response: Response) -> HandOver:
    """Let a phone send pictures for ten minutes: 201 for a new hand-over, 200 and the same for a nonce already used."""
    opened, new = hand_overs.open_hand_over(office, terminal, body)
    response.status_code = HTTPStatus.CREATED if new else HTTPStatus.OK
    return opened


async def await_hand_over(id: Id, known: Known, office: InOffice, terminal: Asking) -> HandOver:  # noqa: A002 the contract's word
    """The hand-over as soon as it has more than `known` pictures or is closed, or as it is after 3 s. Waiting holds no thread."""
    clock = asyncio.get_running_loop().time
    end = clock() + _LONGEST_WAIT
    while True:
        found = await run_sync(hand_overs.hand_over, office, terminal, id)
        if len(found.received) > known or found.closed or clock() >= end:
            return found
        await asyncio.sleep(_LOOK_AGAIN)


def furnish(state: State) -> None:
    """What the routes find in an office's state."""
    state.pictures = CapacityLimiter(_AT_ONCE)


def add_routes(app: FastAPI) -> None:
    """Add them, and the phone's page."""
    app.add_api_route(
        "/v1/uploads/{nonce}",
        upload_picture,
        methods=["PUT"],
        operation_id="uploadPicture",
        status_code=HTTPStatus.CREATED,
        responses={200: {"model": Upload, "description": "The picture this nonce already has"}, **errors(*BODY, 408, 409)},
        openapi_extra=_JPEG,
    )
    app.add_api_route(
        "/v1/hand-overs",
        open_hand_over,
        methods=["POST"],
        operation_id="openHandOver",
        status_code=HTTPStatus.CREATED,
        responses={200: {"model": HandOver, "description": "The hand-over this nonce already has"}, **errors(*BODY, 409)},
    )
    app.add_api_route("/v1/hand-overs/{id}", await_hand_over, operation_id="awaitHandOver", responses=errors(401, 404, 422))
    phone.add_routes(app)
