"""Applications in the desk's JSON API.

Refusal (409, with `code`): wrong_state (somebody else was faster, or the act does not fit).
"""

from typing import Annotated, Any

from fastapi import Depends, FastAPI, Path, Query, Response
from pydantic import Field
from pydantic.dataclasses import dataclass

from kiosk.office.contract import STRICT
from kiosk.office.matters.contract import Said
from kiosk.office.queue.desk_routes import At, from_the_page, kept_by_nobody
from kiosk.office.results import staff
from kiosk.office.results.staff_views import CasePage, StaffCase
from kiosk.office.routes import BODY, InOffice, errors

Number = Annotated[str, Path(pattern=r"^[0-9]{8,16}$")]
Picture = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
After = Annotated[str, Query(pattern=r"^([0-9]{8,16})?$", description="Number after which to go on")]
Granted = Annotated[bool, Query(description="Those granted whose results are to be handed out or posted")]
Limit = Annotated[int, Query(ge=1, le=100)]
Missing = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$")]
Urge = Annotated[str, Field(pattern=r"^CB-[0-9]{8}-[0-9]{4,9}$", description="Number of a reminder")]
Waybill = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{0,32}$", description="Number of the parcel; empty where it was handed out")]
_JPEG: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/jpeg": {"schema": {"contentMediaType": "image/jpeg"}}}, "description": "The picture"}
}


@dataclass(frozen=True, kw_only=True, config=STRICT)
class MissingBody:
    """All that is missing, each in its own words."""

    missing: Annotated[tuple[Missing, ...], Field(min_length=1, max_length=20)]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class DecideBody:
    """What is decided, and the words of the decision."""

    granted: bool
    text: Said


@dataclass(frozen=True, kw_only=True, config=STRICT)
class AnswerUrgeBody:
    """Which reminder is answered, and how."""

    urge: Urge
    text: Said


@dataclass(frozen=True, kw_only=True, config=STRICT)
class SentBody:
    """How the result left."""

    waybill: Waybill = Field(default="", repr=False)


def list_cases(office: InOffice, seat: At, *, granted: Granted = False, after: After = "", limit: Limit = 50) -> CasePage:
    """The hall's undecided applications, or those granted whose results are still here; those due first before others."""
    return staff.list_waiting(office, seat, after, limit, granted=granted)


def look_at(office: InOffice, seat: At, number: Number) -> StaffCase:
    """One of the hall's applications with all that was given."""
    return staff.look_at(office, seat, number)


def show_picture(office: InOffice, seat: At, number: Number, upload: Picture) -> Response:
    """A picture of a material."""
    return Response(staff.picture(office, seat, number, upload), media_type="image/jpeg", headers={"Cache-Control": "no-store"})


def ask_for(office: InOffice, seat: At, number: Number, body: MissingBody) -> StaffCase:
    """Ask for all that is missing; the clock stands still, and the applicant's phone is told."""
    return staff.ask_for(office, seat, number, body.missing)


def came_in(office: InOffice, seat: At, number: Number) -> StaffCase:
    """What was missing has come."""
    return staff.came_in(office, seat, number)


def decide(office: InOffice, seat: At, number: Number, body: DecideBody) -> StaffCase:
    """Grant or refuse it."""
    return staff.decide(office, seat, number, granted=body.granted, text=body.text)


def answer_urge(office: InOffice, seat: At, number: Number, body: AnswerUrgeBody) -> StaffCase:
    """Answer a reminder of it; the applicant's phone is told."""
    return staff.answer_urge(office, seat, number, body.urge, body.text)


def send(office: InOffice, seat: At, number: Number, body: SentBody) -> StaffCase:
    """The result was handed out or posted."""
    return staff.send(office, seat, number, body.waybill)


def add_routes(app: FastAPI) -> None:
    """Add them."""
    add, page, looking, of = app.add_api_route, [Depends(from_the_page)], [Depends(kept_by_nobody)], "/desk/api/cases/{number}"
    said, known = errors(*BODY, 403, 404, 409), errors(401, 404, 422)
    add("/desk/api/cases", list_cases, operation_id="listCases", dependencies=looking, responses=known)
    add(of, look_at, operation_id="getCase", dependencies=looking, responses=known)
    add(f"{of}/pictures/{{upload}}", show_picture, operation_id="casePicture", response_class=Response, responses={**_JPEG, **known})
    acts = (("missing", "askForMissing", ask_for), ("came-in", "missingCameIn", came_in), ("decide", "decideCase", decide))
    for path, name, act in (*acts, ("answer-urge", "answerUrge", answer_urge), ("sent", "resultSent", send)):
        add(f"{of}/{path}", act, methods=["POST"], operation_id=name, dependencies=page, responses=said)
