"""The desk's JSON API under /desk/api. Every act answers with the desk's state after it.

Refusals (409, with `code`): window_closed, ticket_in_hand, nobody_waiting, not_served_here, no_ticket, wrong_state (somebody else was
faster, or the act does not fit), recall_too_soon (with Retry-After), recalls_used_up, recall_first, requeued_already,
requeue_too_late, nothing_changed. 401: wrong_pin at sign-in, else unauthorised: sign in again.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI, Header, Request, Response
from fastapi.security import APIKeyCookie

from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.queue import calls, clerks, moves, window
from kiosk.office.queue.clerks import Claim, Seat
from kiosk.office.queue.contract import (
    BreakBody,
    CallNextBody,
    InHandBody,
    ReasonBody,
    SignInBody,
    TicketBody,
    TransferBody,
)
from kiosk.office.queue.desk_state import desk_state
from kiosk.office.queue.desk_views import DeskState
from kiosk.office.routes import BODY, InOffice, JsonResponse, errors

COOKIE = "desk"
_PATH = "/desk"
_session = APIKeyCookie(name=COOKIE, auto_error=False, scheme_name="desk", description="Session of a clerk")
_REQUESTED_WITH = "desk"


def the_seat(office: InOffice, token: Annotated[str | None, Depends(_session)]) -> Seat:
    """Who asks, and at which window; ProblemError 401 without a session."""
    return clerks.seat_of(office, token or "")


def from_the_page(request: Request, office: InOffice, x_requested_with: Annotated[str, Header()] = "") -> None:
    """Only the desk's own page may act: ProblemError 403 without its header, or from another origin.

    No foreign page can send the header, and no browser lets one forge the origin.
    """
    origin = request.headers.get("origin")
    ours = {request.headers.get("host", ""), urlsplit(office.public_url).netloc} - {""}
    if x_requested_with != _REQUESTED_WITH or (origin is not None and urlsplit(origin).netloc not in ours):
        raise ProblemError(HTTPStatus.FORBIDDEN, "forbidden")


def kept_by_nobody(response: Response) -> None:
    """What is said of citizens stays out of the browser's cache."""
    response.headers["Cache-Control"] = "no-store"


At = Annotated[Seat, Depends(the_seat)]


def sign_in(body: SignInBody, office: InOffice, request: Request) -> Response:
    """Sit down at a window."""
    claim = Claim(hall=body.hall, clerk=body.clerk, pin=body.pin, counter=body.counter)
    token = clerks.sign_in(office, claim, request.client.host if request.client else "")
    response = _shown(office, clerks.seat_of(office, token))
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(clerks.SESSION.total_seconds()),
        path=_PATH,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response


def sign_out(office: InOffice, seat: At) -> Response:
    """Leave the window, which closes."""
    clerks.sign_out(office, seat)
    response = Response(status_code=HTTPStatus.NO_CONTENT)
    response.delete_cookie(COOKIE, path=_PATH, httponly=True, samesite="strict")
    return response


def state(office: InOffice, seat: At) -> Response:
    """Everything the desk shows."""
    return _shown(office, seat)


def call_next(office: InOffice, seat: At, body: CallNextBody | None = None) -> Response:
    """Call the next ticket."""
    calls.call_next(office, seat, body.services if body else ())
    return _shown(office, seat)


def recall(office: InOffice, seat: At, body: InHandBody | None = None) -> Response:
    """Call the called ticket again."""
    calls.recall(office, seat, body.ticket if body else "")
    return _shown(office, seat)


def start(office: InOffice, seat: At, body: InHandBody | None = None) -> Response:
    """The one who was called has come."""
    calls.start(office, seat, body.ticket if body else "")
    return _shown(office, seat)


def finish(office: InOffice, seat: At, body: InHandBody | None = None) -> Response:
    """The service is finished."""
    calls.finish(office, seat, body.ticket if body else "")
    return _shown(office, seat)


def missed(office: InOffice, seat: At, body: InHandBody | None = None) -> Response:
    """The one who was called has not come."""
    calls.missed(office, seat, body.ticket if body else "")
    return _shown(office, seat)


def requeue(office: InOffice, seat: At, body: TicketBody) -> Response:
    """Queue somebody again who missed the call."""
    moves.requeue(office, seat, body.ticket)
    return _shown(office, seat)


def transfer(office: InOffice, seat: At, body: TransferBody) -> Response:
    """Send a ticket to another service or window."""
    moves.transfer(office, seat, body.ticket, service=body.service, counter=body.counter, comes_back=body.comes_back)
    return _shown(office, seat)


def park(office: InOffice, seat: At, body: ReasonBody) -> Response:
    """Put the ticket in hand aside."""
    moves.park(office, seat, body.ticket, body.reason)
    return _shown(office, seat)


def unpark(office: InOffice, seat: At, body: TicketBody) -> Response:
    """Call a parked ticket to this window."""
    moves.unpark(office, seat, body.ticket)
    return _shown(office, seat)


def green(office: InOffice, seat: At, body: ReasonBody) -> Response:
    """Give a waiting ticket the green channel."""
    moves.green(office, seat, body.ticket, body.reason)
    return _shown(office, seat)


def open_window(office: InOffice, seat: At) -> Response:
    """Open the window, or end its break."""
    window.open_window(office, seat)
    return _shown(office, seat)


def close_window(office: InOffice, seat: At) -> Response:
    """Close the window."""
    window.close_window(office, seat)
    return _shown(office, seat)


def pause_window(office: InOffice, seat: At, body: BreakBody) -> Response:
    """Close the window for a break that ends by itself."""
    window.pause_window(office, seat, body.minutes, body.words)
    return _shown(office, seat)


_ACTS: Mapping[str, tuple[str, Callable[..., Response]]] = {
    "call-next": ("callNext", call_next),
    "recall": ("recall", recall),
    "start": ("startService", start),
    "finish": ("finishService", finish),
    "missed": ("noteMissed", missed),
    "requeue": ("requeueTicket", requeue),
    "transfer": ("transferTicket", transfer),
    "park": ("parkTicket", park),
    "unpark": ("unparkTicket", unpark),
    "green": ("giveGreenChannel", green),
    "open": ("openWindow", open_window),
    "close": ("closeWindow", close_window),
    "break": ("pauseWindow", pause_window),
}
# Named by what the first route has the document define: a response model for each act would double the start of the office.
_SCHEMA = {"application/json": {"schema": {"$ref": "#/components/schemas/DeskState"}}}
_STATE: dict[int | str, dict[str, Any]] = {200: {"description": "The desk after it", "content": _SCHEMA}}


def add_routes(app: FastAPI) -> None:
    """Add them."""
    add = app.add_api_route
    add("/desk/api/state", state, response_model=DeskState, operation_id="deskState", responses=errors(401))
    for path, (name, act) in _ACTS.items():
        said = {**_STATE, **errors(*BODY, 403, 404, 409)}
        page = [Depends(from_the_page)]
        add(f"/desk/api/{path}", act, methods=["POST"], operation_id=name, dependencies=page, response_class=Response, responses=said)
    said, page = {**_STATE, **errors(*BODY, 403, 404, 429)}, [Depends(from_the_page)]
    add("/desk/api/sign-in", sign_in, methods=["POST"], operation_id="signIn", dependencies=page, response_class=Response, responses=said)
    said = errors(*BODY, 403)
    add("/desk/api/sign-out", sign_out, methods=["POST"], operation_id="signOut", dependencies=page, status_code=204, responses=said)


def _shown(office: Office, seat: Seat) -> Response:
    return JsonResponse(desk_state(office, seat))
