"""Matters and ratings in the desk's JSON API.

Refusals (409, with `code`): wrong_state (somebody else was faster, or the act does not fit), not_yours (a colleague has taken it).
"""

from datetime import date
from typing import Annotated

from fastapi import Depends, FastAPI, Path, Query
from pydantic import Field
from pydantic.dataclasses import dataclass

from kiosk.backend.messages.catalogue import Department
from kiosk.backend.messages.matters import MatterKind
from kiosk.office import catalogue
from kiosk.office.contract import STRICT, Code
from kiosk.office.matters import staff
from kiosk.office.matters.contract import Said
from kiosk.office.matters.views import MatterPage, StaffMatter
from kiosk.office.queue.desk_routes import At, from_the_page, kept_by_nobody
from kiosk.office.ratings.statistics import ServiceRatings, by_service
from kiosk.office.routes import BODY, InOffice, errors

Number = Annotated[str, Path(pattern=r"^[A-Z]{2}-[0-9]{8}-[0-9]{4,9}$")]
After = Annotated[str, Query(pattern=r"^([A-Z]{2}-[0-9]{8}-[0-9]{4,9})?$", description="Number after which to go on")]
Limit = Annotated[int, Query(ge=1, le=100)]
Day = Annotated[date, Query(ge=date(2000, 1, 1), le=date(2199, 12, 31))]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class AssignBody:
    """Which department is to handle it."""

    department: Code


@dataclass(frozen=True, kw_only=True, config=STRICT)
class AnswerBody:
    """What the citizen is told."""

    text: Said = Field(repr=False)


def list_matters(office: InOffice, seat: At, kind: MatterKind | None = None, after: After = "", limit: Limit = 50) -> MatterPage:
    """The hall's matters that are not closed, the most urgent first."""
    return staff.list_open(office, seat, kind, after, limit)


def look_at(office: InOffice, seat: At, number: Number) -> StaffMatter:
    """One of the hall's matters."""
    return staff.look_at(office, seat, number)


def assign(office: InOffice, seat: At, number: Number, body: AssignBody) -> StaffMatter:
    """Give it to a department."""
    return staff.assign(office, seat, number, body.department)


def take(office: InOffice, seat: At, number: Number) -> StaffMatter:
    """Begin to handle it, or take it over."""
    return staff.take(office, seat, number)


def answer(office: InOffice, seat: At, number: Number, body: AnswerBody) -> StaffMatter:
    """Answer it; the answer goes to the phone that was left."""
    return staff.answer(office, seat, number, body.text)


def close(office: InOffice, seat: At, number: Number) -> StaffMatter:
    """Close it once it is answered."""
    return staff.close(office, seat, number)


def rating_figures(office: InOffice, seat: At, since: Day, until: Day) -> tuple[ServiceRatings, ...]:
    """How the hall's services were rated in the time from `since` to `until` inclusive, in figures only."""
    with office.database.read() as connection:
        return by_service(connection, seat.hall, since, until)


def departments(office: InOffice, _seat: At) -> tuple[Department, ...]:
    """The departments to which matters can be given."""
    with office.database.read() as connection:
        head = catalogue.head(connection, "")
    return head.departments if head else ()


def add_routes(app: FastAPI) -> None:
    """Add them."""
    add, of = app.add_api_route, "/desk/api/matters/{number}"
    page, looking = [Depends(from_the_page)], [Depends(kept_by_nobody)]
    said = errors(*BODY, 403, 404, 409)
    add("/desk/api/matters", list_matters, operation_id="listMatters", dependencies=looking, responses=errors(401, 404, 422))
    add(of, look_at, operation_id="getMatter", dependencies=looking, responses=errors(401, 404, 422))
    add("/desk/api/departments", departments, operation_id="listDepartments", responses=errors(401))
    add("/desk/api/ratings", rating_figures, operation_id="ratingFigures", responses=errors(401, 422))
    for name, act in (("assign", assign), ("take", take), ("answer", answer), ("close", close)):
        add(f"{of}/{name}", act, methods=["POST"], operation_id=f"{name}Matter", dependencies=page, responses=said)
