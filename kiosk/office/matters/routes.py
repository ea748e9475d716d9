"""Routes of matters for terminals."""

from http import HTTPStatus

from fastapi import FastAPI, Response

from kiosk.backend.messages.matters import Matter
from kiosk.office.matters import filing, finding
from kiosk.office.matters.contract import FileMatterBody, MatterByNumberBody, MatterByTokenBody, MattersOfPersonBody
from kiosk.office.routes import BODY, Asking, InOffice, errors


def file_matter(body: FileMatterBody, office: InOffice, terminal: Asking, response: Response) -> Matter:
    """Ask, report or complain: 201 for a new matter, 200 and the same one for a nonce already used."""
    matter, new = filing.file_matter(office, terminal, body)
    response.status_code = HTTPStatus.CREATED if new else HTTPStatus.OK
    return matter


def matter_by_number(body: MatterByNumberBody, office: InOffice, terminal: Asking) -> Matter:
    """A matter by its number and its six digits."""
    return finding.matter_by_number(office, terminal, body)


def matter_by_token(body: MatterByTokenBody, office: InOffice, _terminal: Asking) -> Matter:
    """A matter by the token on its paper."""
    return finding.matter_by_token(office, body)


def matters_of_person(body: MattersOfPersonBody, office: InOffice, _terminal: Asking) -> tuple[Matter, ...]:
    """The matters of the person whose card lies on the reader, newest first."""
    return finding.matters_of_person(office, body)


def add_routes(app: FastAPI) -> None:
    """Add them."""
    add, post, made = app.add_api_route, ["POST"], HTTPStatus.CREATED
    filed = {200: {"model": Matter, "description": "The matter this nonce already has"}, **errors(*BODY, 404, 409)}
    add("/v1/matters", file_matter, methods=post, operation_id="fileMatter", status_code=made, responses=filed)
    add("/v1/matters/by-number", matter_by_number, methods=post, operation_id="matterByNumber", responses=errors(*BODY, 404, 429))
    add("/v1/matters/by-token", matter_by_token, methods=post, operation_id="matterByToken", responses=errors(*BODY, 404))
    add("/v1/matters/of-person", matters_of_person, methods=post, operation_id="mattersOfPerson", responses=errors(*BODY))
