"""Promised materials in the desk's JSON API: what was promised about a number, and that one of them was brought."""

from typing import Annotated

from fastapi import Depends, FastAPI, Path
from pydantic import AfterValidator
from pydantic.dataclasses import dataclass

from kiosk.office.contract import STRICT, Code
from kiosk.office.paper_numbers import as_printed
from kiosk.office.queue import promised
from kiosk.office.queue.desk_routes import At, from_the_page
from kiosk.office.queue.promised import PromisedMaterials
from kiosk.office.routes import BODY, InOffice, errors

Number = Annotated[str, Path(max_length=32, description="Number of a pre-review or a case, as it was typed"), AfterValidator(as_printed)]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class BroughtBody:
    """Which of the promised materials was brought."""

    material: Code


def promised_materials(office: InOffice, _seat: At, number: Number) -> PromisedMaterials:
    """What was promised about a pre-review or a case, and what of it has come in."""
    return promised.promised(office, number)


def take_in(office: InOffice, seat: At, number: Number, body: BroughtBody) -> PromisedMaterials:
    """A promised material was brought to this window; said again, it changes nothing."""
    return promised.take_in(office, seat, number, body.material)


def add_routes(app: FastAPI) -> None:
    """Add them."""
    of = "/desk/api/promises/{number}"
    app.add_api_route(of, promised_materials, operation_id="promisedMaterials", responses=errors(401, 404, 422))
    said, page = errors(*BODY, 403, 404), [Depends(from_the_page)]
    app.add_api_route(f"{of}/brought", take_in, methods=["POST"], operation_id="takeInPromised", dependencies=page, responses=said)
