"""What the routes of every part of the office share: who asks of which office, and how errors are described."""

from typing import Annotated, Any

from fastapi import Depends

from kiosk.office.access import Terminal, the_office, the_terminal
from kiosk.office.office import Office
from kiosk.office.problems import ProblemDocument

InOffice = Annotated[Office, Depends(the_office)]
Asking = Annotated[Terminal, Depends(the_terminal)]
BODY = (400, 401, 413, 422)  # what any request with a body may be answered with

_SAID = {
    400: "The body cannot be read",
    401: "Not somebody who may ask this",
    403: "Not something the asking one may do",
    404: "No such thing, or the secrets do not fit: the two look alike",
    409: "Refused; `code` says why",
    413: "The body is too large",
    422: "A field is missing, unknown or out of its limits",
    429: "Too many wrong answers; Retry-After says for how long",
}


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Descriptions of these answers for the OpenAPI document."""
    return {status: {"model": ProblemDocument, "description": _SAID[status]} for status in statuses}
