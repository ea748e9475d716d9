"""What a ticket is taken for: the matter as the catalogue has it, and the pre-review that some matters want first."""

from dataclasses import dataclass
from http import HTTPStatus

from sqlalchemy import Connection

from kiosk.backend.messages import Words
from kiosk.errors import Refusal
from kiosk.office import catalogue
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.reviews import for_ticket


@dataclass(frozen=True, slots=True)
class Matter:
    """The item's name, and the number of the pre-review ("" where there is none)."""

    name: Words | None = None
    review: str = ""


def matter_of(office: Office, connection: Connection, item: str, review: str) -> Matter:
    """What an item's code and a pre-review's token say.

    ProblemError `not_found` for an item that is not in the catalogue, `review_required` where the item wants a pre-review and the
    token is none, and whatever `for_ticket` refuses.
    """
    if not item:
        return Matter()
    guide = catalogue.guide(connection, item)
    if guide is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    if review:
        return Matter(guide.name, for_ticket(connection, office, review, item).number)
    if guide.review:
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.REVIEW_REQUIRED)
    return Matter(guide.name)
