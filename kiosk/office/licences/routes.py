"""Routes of the licence store."""

from fastapi import FastAPI

from kiosk.backend.messages.documents import OfficialDocument
from kiosk.backend.messages.reviews import Licence
from kiosk.office.licences import store
from kiosk.office.licences.contract import LicencesOfPersonBody, PrintLicenceBody
from kiosk.office.routes import BODY, Asking, InOffice, errors


def licences_of_person(body: LicencesOfPersonBody, office: InOffice, _terminal: Asking) -> tuple[Licence, ...]:
    """The licences of the person whose card lies on the reader."""
    return store.licences_of_person(office, body)


def print_licence(body: PrintLicenceBody, office: InOffice, _terminal: Asking) -> OfficialDocument:
    """A counted copy of a licence; the same nonce is the same copy."""
    return store.print_licence(office, body)


def add_routes(app: FastAPI) -> None:
    """Add them."""
    add = app.add_api_route
    add("/v1/licences/of-person", licences_of_person, methods=["POST"], operation_id="licencesOfPerson", responses=errors(*BODY))
    add("/v1/licences/print", print_licence, methods=["POST"], operation_id="printLicence", responses=errors(*BODY, 404, 409))
