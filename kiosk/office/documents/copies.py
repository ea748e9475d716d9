"""The counter of copies: each print is the next copy of its document, and the same touch is always the same copy."""

from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Row, func, select

from kiosk.backend.messages import Words
from kiosk.backend.messages.documents import OfficialDocument
from kiosk.errors import Refusal
from kiosk.masks import mask_name
from kiosk.office.documents import codes
from kiosk.office.documents.content import Content, DocumentKind
from kiosk.office.hours import LOCAL
from kiosk.office.locks import lock
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.tables import document_copies
from kiosk.office.tokens import fingerprint

COPIES_A_DAY = 5  # of one document
COPY_LASTS = timedelta(days=30)


def issue_copy(
    connection: Connection, office: Office, kind: DocumentKind, subject: str, nonce: str, purpose: str, content: Content
) -> OfficialDocument:
    """The document `content` of `subject` (what its keeper calls it, 64 characters at most) as the next copy for `purpose`.

    Runs inside the caller's write transaction. The same `nonce` is the same copy. `purpose` is the whole watermark (仅供办理入学使用)
    in the citizen's language; "" is one for services of the city. ProblemError `print_limit` when the document was printed often
    enough today, `nonce_reused` for a nonce of another document or purpose.
    """
    lock(connection, f"copy:{kind}:{subject}", f"copy:{nonce}")
    found = connection.execute(select(document_copies).where(document_copies.c.nonce == nonce)).one_or_none()
    if found is None:
        found = _next_copy(connection, office, kind, subject, nonce, purpose, content)
    elif (found.kind, found.subject, found.purpose) != (kind, subject, purpose_words(purpose)):
        raise ProblemError(HTTPStatus.CONFLICT, "nonce_reused")
    return _document(office, found, content)


def purpose_words(purpose: str) -> Words:
    """The watermark of a copy: the citizen's own words in whatever language they have, or what city services need."""
    if not purpose:
        return {"zh-CN": "仅供办理政务服务使用", "en": "For public services only"}
    return {"zh-CN": purpose, "en": purpose}


def _next_copy(
    connection: Connection, office: Office, kind: DocumentKind, subject: str, nonce: str, purpose: str, content: Content
) -> Row[Any]:
    ours = (document_copies.c.kind == kind, document_copies.c.subject == subject)
    today = office.today()
    so_far = connection.execute(select(func.count()).where(*ours, document_copies.c.day == today)).scalar_one()
    if so_far >= COPIES_A_DAY:
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.PRINT_LIMIT)
    last = connection.execute(select(func.max(document_copies.c.copy)).where(*ours)).scalar_one() or 0
    insert = document_copies.insert().values(
        nonce=nonce,
        kind=kind,
        subject=subject,
        copy=last + 1,
        day=today,
        printed=office.now(),
        valid_until=_valid_until(today, content.expires),
        purpose=purpose_words(purpose),
        code_hash=fingerprint(codes.verify_code(office, nonce)),
        title=dict(content.title),
        issuer=dict(content.issuer),
        issued=content.issued,
        holder=mask_name(content.holder),
    )
    connection.execute(insert)
    return connection.execute(select(document_copies).where(document_copies.c.nonce == nonce)).one()


def _valid_until(today: date, expires: date | None) -> date:
    end = today + COPY_LASTS
    return min(end, expires) if expires else end


def _document(office: Office, row: Row[Any], content: Content) -> OfficialDocument:
    code = codes.verify_code(office, row.nonce)
    return OfficialDocument(
        title=content.title,
        number=content.number,
        issuer=content.issuer,
        issued=content.issued,
        expires=content.expires,
        facts=content.facts,
        text=content.text,
        copy=row.copy,
        purpose=row.purpose,
        valid_until=row.valid_until,
        verify_code=codes.grouped(code),
        verify_url=f"{office.public_url}/verify/{code}",
        printed=row.printed.astimezone(LOCAL),
    )
