"""How a result comes to its owner: said by the owner until it is on its way."""

from http import HTTPStatus

from sqlalchemy import update

from kiosk.backend.messages import Case, CaseState, SetDelivery
from kiosk.errors import Refusal
from kiosk.office.applications.filled import delivery_faults, plain_delivery
from kiosk.office.cases import case_of, row_of_applicant, row_of_token
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.results.words import ready
from kiosk.office.tables import cases
from kiosk.office.tokens import fingerprint


def set_delivery(office: Office, request: SetDelivery) -> Case:
    """The case with the way its result is to come. ProblemError `not_found`, `not_the_applicant`, `form_invalid`, `delivery_closed`."""
    if faults := tuple(delivery_faults(request.delivery)):
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, Refusal.FORM_INVALID, fields=faults)
    open_one = (cases.c.token_hash == fingerprint(request.token), cases.c.sent.is_(None), cases.c.state != CaseState.WITHDRAWN)
    with office.database.write() as connection:
        row = row_of_applicant(connection, request.token, request.person, hold=True)
        delivery = plain_delivery(request.delivery)
        said = ready(delivery) if row.state == CaseState.APPROVED else row.next_step
        change = update(cases).where(*open_one).values(delivery=delivery, next_step=dict(said))
        if connection.execute(change).rowcount != 1:
            raise ProblemError(HTTPStatus.CONFLICT, Refusal.DELIVERY_CLOSED)
        return case_of(office, connection, row_of_token(connection, request.token))
