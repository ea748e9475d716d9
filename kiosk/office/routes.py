"""What the routes of every part of the office share: who asks of which office, and how errors are described."""

from typing import Annotated, Any

import msgspec
from fastapi import Depends
from fastapi.responses import Response

from kiosk.office.access import Terminal, the_office, the_terminal
from kiosk.office.office import Office
from kiosk.office.openapi import problem

InOffice = Annotated[Office, Depends(the_office)]
Asking = Annotated[Terminal, Depends(the_terminal)]
BODY = (400, 401, 413, 422)  # what any request with a body may be answered with

_SAID = {
    400: "The body cannot be read",
    401: "Not somebody who may ask this",
    403: "Not something the asking one may do",
    404: "No such thing, or the secrets do not fit: the two look alike",
    408: "The body took too long",
    409: "Refused; `code` says why",
    413: "The body is too large",
    422: "A field is missing, unknown or out of its limits",
    429: "Too many wrong answers; Retry-After says for how long",
}


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Descriptions of these answers for the OpenAPI document."""
    return {status: problem(_SAID[status]) for status in statuses}


class JsonResponse(Response):
    """A value as JSON that nobody keeps, for routes that are no part of the terminals' contract."""

    media_type = "application/json"

    def __init__(self, content: object) -> None:
        super().__init__(content, headers={"Cache-Control": "no-store"})

    def render(self, content: object) -> bytes:
        """Encode it."""
        return msgspec.json.encode(content)
