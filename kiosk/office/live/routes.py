"""Live states for the web pages: the desk's, the display's, the ticket's, each to be read once or followed as server-sent events.

The events carry the same JSON as the state beside them. Displays and tickets need no sign-in: a display names nobody, and a ticket's
address holds 128 random bits.
"""

from http import HTTPStatus
from typing import Annotated, cast

from fastapi import Depends, FastAPI, Header, Path, Query, Request, Response
from sqlalchemy import select
from starlette.datastructures import State

from kiosk.office.live.boards import Boards
from kiosk.office.live.streams import EventStream, Said, Streams, digest
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.queue.clerks import seat_of
from kiosk.office.queue.desk_routes import COOKIE, At
from kiosk.office.queue.desk_state import desk_state
from kiosk.office.queue.display import display_state
from kiosk.office.queue.positions import follow, is_over, position_of, ticket_of
from kiosk.office.routes import InOffice, JsonResponse
from kiosk.office.tables import halls


def _streams(request: Request) -> Streams:
    return cast("Streams", request.app.state.streams)


def _boards(request: Request) -> Boards:
    return cast("Boards", request.app.state.boards)


Live = Annotated[Streams, Depends(_streams)]
AllBoards = Annotated[Boards, Depends(_boards)]
LastId = Annotated[str, Header(alias="Last-Event-ID", pattern=r"^[0-9a-f]{0,16}$")]
HallCode = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,32}$")]
FollowToken = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{22}$")]
OnlyCounters = Annotated[str, Query(pattern=r"^[A-Za-z0-9._,-]{0,200}$", description="Codes of the windows it stands at, with commas")]


def display(hall: HallCode, office: InOffice, boards: AllBoards, counters: OnlyCounters = "") -> Response:
    """What a display of the hall shows."""
    _must_exist(office, hall)
    return JsonResponse(display_state(boards.newest(hall), _codes(counters)))


def display_events(
    hall: HallCode, office: InOffice, boards: AllBoards, live: Live, counters: OnlyCounters = "", last: LastId = ""
) -> EventStream:
    """The same, live."""
    _must_exist(office, hall)
    only = _codes(counters)
    return live.open(hall, lambda: Said(display_state(boards.newest(hall), only)), last)


def ticket(token: FollowToken, office: InOffice) -> Response:
    """Where the ticket behind a paper's QR code stands."""
    return JsonResponse(follow(office, token))


def ticket_events(token: FollowToken, office: InOffice, boards: AllBoards, live: Live, last: LastId = "") -> Response:
    """The same, live until the ticket is over; 204, which ends a browser's trying, for who knows that already."""
    ticket, hall = ticket_of(office, token)
    found = _followed(office, boards, hall, ticket)
    if found.over and digest(found.value)[0] == last:
        return Response(status_code=204)
    return live.open(hall, lambda: _followed(office, boards, hall, ticket), last)


def desk_events(office: InOffice, seat: At, request: Request, live: Live, last: LastId = "") -> EventStream:
    """The state of the desk, live until its session ends."""
    token = request.cookies.get(COOKIE, "")
    return live.open(seat.hall, lambda: Said(desk_state(office, seat_of(office, token))), last)


def furnish(state: State) -> None:
    """What the routes find in an office's state beside the office itself."""
    office: Office = state.office
    state.streams, state.boards = Streams(office.live), Boards(office)


def add_routes(app: FastAPI) -> None:
    """Add them."""
    add = app.add_api_route
    for path, state in (("/display/{hall}", display), ("/t/{token}", ticket)):
        add(f"{path}/state", state, response_class=Response, include_in_schema=False)
    for path, events in (("/display/{hall}", display_events), ("/t/{token}", ticket_events), ("/desk/api", desk_events)):
        add(f"{path}/events", events, response_class=Response, include_in_schema=False)


def _followed(office: Office, boards: Boards, hall: str, ticket: str) -> Said:
    found = position_of(office, boards.newest(hall), ticket)
    return Said(found, is_over(found))


def _must_exist(office: Office, hall: str) -> None:
    with office.database.read() as connection:
        found = connection.execute(select(halls.c.code).where(halls.c.code == hall)).first()
    if found is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")


def _codes(counters: str) -> frozenset[str]:
    return frozenset(filter(None, counters.split(",")))
