"""Pictures in the database: kept once a nonce, forgotten after a day unless an application took them."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, func, select

from kiosk.backend.messages.applications import Upload
from kiosk.errors import Refusal
from kiosk.office.locks import lock
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.tables import hand_overs, upload_files, uploads
from kiosk.office.uploads.picture import PictureError, made_anew

KEPT = timedelta(hours=24)

Admit = Callable[[Connection], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Whose picture it is: a terminal's, through one of its hand-overs where a phone sent it."""

    terminal: str
    hand_over: str | None = None


def keep(office: Office, sender: Sender, nonce: str, sent: bytes, admit: Admit | None = None) -> tuple[Upload, bool]:
    """The picture under this nonce, and whether it came in just now.

    `admit` may refuse a new one, with a ProblemError, inside the transaction that keeps it. ProblemError `upload_invalid` for what
    is no picture, `nonce_reused` for a nonce of another sender or picture.
    """
    digest = hashlib.sha256(sent).hexdigest()
    with office.database.read() as connection:
        known = _of_nonce(connection, sender, nonce, digest)
    if known:
        return known, False
    try:
        jpeg = made_anew(sent)
    except PictureError:
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, Refusal.UPLOAD_INVALID) from None
    with office.database.write() as connection:
        lock(connection, f"upload:{nonce}", f"hand-over:{sender.hand_over}")
        known = _of_nonce(connection, sender, nonce, digest)
        if known:
            return known, False
        if admit:
            admit(connection)
        forget_old(office, connection)
        return _put(office, connection, sender, nonce, digest, jpeg), True


def forget_old(office: Office, connection: Connection) -> None:
    """Delete the pictures nobody took within a day, and hand-overs without any left."""
    before = office.now() - KEPT
    connection.execute(delete(uploads).where(uploads.c.case.is_(None), uploads.c.kept < before))
    left = select(uploads.c.hand_over).where(uploads.c.hand_over == hand_overs.c.id).exists()
    connection.execute(delete(hand_overs).where(hand_overs.c.opened < before, ~left))


def of_hand_over(connection: Connection, hand_over: str) -> tuple[Upload, ...]:
    """The pictures of a hand-over in the order they came in."""
    query = select(uploads.c.id, uploads.c.bytes, uploads.c.sha256).where(uploads.c.hand_over == hand_over).order_by(uploads.c.position)
    return tuple(_as_upload(row) for row in connection.execute(query))


def _of_nonce(connection: Connection, sender: Sender, nonce: str, digest: str) -> Upload | None:
    row = connection.execute(select(uploads).where(uploads.c.nonce == nonce)).one_or_none()
    if row is None:
        return None
    of_same = row.terminal == sender.terminal and (row.case is not None or row.hand_over == sender.hand_over)
    if not of_same or row.sent_sha256 != digest:
        raise ProblemError(HTTPStatus.CONFLICT, "nonce_reused")
    return _as_upload(row)


def _as_upload(row: Row[*tuple[Any, ...]]) -> Upload:
    return Upload(id=row.id, bytes=row.bytes, sha256=row.sha256)


def _put(office: Office, connection: Connection, sender: Sender, nonce: str, digest: str, jpeg: bytes) -> Upload:
    count = select(func.count()).select_from(uploads).where(uploads.c.hand_over == sender.hand_over)
    kept = Upload(id=uuid4().hex, bytes=len(jpeg), sha256=hashlib.sha256(jpeg).hexdigest())
    insert = uploads.insert().values(
        id=kept.id,
        nonce=nonce,
        terminal=sender.terminal,
        hand_over=sender.hand_over,
        position=connection.execute(count).scalar_one(),
        sent_sha256=digest,
        sha256=kept.sha256,
        bytes=kept.bytes,
        kept=office.now(),
    )
    connection.execute(insert)
    connection.execute(upload_files.insert().values(upload=kept.id, jpeg=jpeg))
    return kept
