"""Materials that were promised (容缺) and are brought to a window, at whichever hall the matter was taken up."""

from dataclasses import dataclass
from http import HTTPStatus

from kiosk.office.applications.following import came_in, held_case
from kiosk.office.database import steadfast
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.queue.clerks import Seat
from kiosk.office.queue.desk import at_desk
from kiosk.office.reviews import promises
from kiosk.office.reviews.promises import Promised


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedMaterials:
    """What was promised about the pre-review or case with this number; it names nobody."""

    number: str
    promises: tuple[Promised, ...]


def promised(office: Office, number: str) -> PromisedMaterials:
    """The promises about this number; ProblemError `not_found` where there are none."""
    with office.database.read() as connection:
        made = promises.made_about(connection, number)
    if not made:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    return PromisedMaterials(number=number, promises=made)


@steadfast
def take_in(office: Office, seat: Seat, number: str, material: str) -> PromisedMaterials:
    """Note that a promised material was brought; again, it changes nothing. ProblemError `not_found` for one nobody promised."""
    with at_desk(office, seat) as desk:
        case = held_case(desk.connection, number)
        kept = promises.keep(desk.connection, number, material, office.today(), f"{seat.hall}/{seat.clerk}")
        made = promises.made_about(desk.connection, number)
        brought = next((one for one in made if one.material == material), None)
        if brought is None:
            raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
        if kept and case is not None:
            came_in(desk.connection, case, brought, tuple(one for one in made if one.kept is None))
        return PromisedMaterials(number=number, promises=made)
