"""The document of a decided case, as counted copies."""

from http import HTTPStatus
from typing import Any

from sqlalchemy import Row, select

from kiosk.backend.messages.documents import Fact, OfficialDocument, PrintResult
from kiosk.errors import Refusal
from kiosk.office.cases import row_of_applicant
from kiosk.office.database import steadfast
from kiosk.office.documents import Content, DocumentKind, issue_copy
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.tables import case_results


@steadfast
def print_result(office: Office, request: PrintResult) -> OfficialDocument:
    """The next copy, or the same for a nonce already used.

    ProblemError `not_found`, `not_the_applicant`, `no_result_yet`, and those of `issue_copy`.
    """
    with office.database.write() as connection:
        case = row_of_applicant(connection, request.token, request.person)
        result = connection.execute(select(case_results).where(case_results.c.case == case.number)).one_or_none()
        if result is None:
            raise ProblemError(HTTPStatus.CONFLICT, Refusal.NO_RESULT_YET)
        content = _content(result, case.applicant)
        return issue_copy(connection, office, DocumentKind.RESULT, case.number, request.nonce, request.purpose, content)


def _content(row: Row[Any], holder: str) -> Content:
    return Content(
        title=row.title,
        number=row.number,
        issuer=row.issuer,
        issued=row.issued,
        expires=row.expires,
        facts=tuple(Fact(label=fact["label"], value=fact["value"]) for fact in row.facts),
        text=tuple(row.text),
        holder=holder,
    )
