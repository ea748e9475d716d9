"""The outbox: a message is there if and only if what it tells of happened, and is claimed by one sender at a time."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import Connection, delete, func, select, update

from kiosk.backend.messages import Words
from kiosk.office.tables import sms_outbox

GIVE_UP = timedelta(days=1)
STALE = timedelta(days=7)  # what could not even be tried so long says nothing to anybody any more
LEASE = timedelta(minutes=2)  # longer than any try takes: then another sender may take the message over
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=30)
_OFFICE_LANGUAGE = "zh-CN"


class SmsState(StrEnum):
    """Where a message stands; what is no longer `pending` keeps neither phone nor text."""

    PENDING = "pending"
    SENT = "sent"  # the gateway has acknowledged it
    REFUSED = "refused"  # the gateway will never take it
    GIVEN_UP = "givenUp"  # tried for a day, or stale


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message to be sent; the gateway knows it again by its `id`. `tries` counts the one now begun."""

    id: str
    about: str
    phone: str = field(repr=False)
    text: str = field(repr=False)
    put: datetime
    tries: int


def put(connection: Connection, phone: str, words: Words, about: str, *, at: datetime, language: str = _OFFICE_LANGUAGE) -> str:
    """Send `words` to `phone` once the caller's transaction is committed; the message's id, "" where no phone was left.

    `about` is a short name of the occasion, such as `matter-answered`, for gateway and log: nothing about the citizen. `at` is the
    office's moment, or a later one from which on it is to be sent. The words are taken in `language`, or in Chinese where they are
    not said in it.
    """
    if not phone:
        return ""
    said = words.get(language) or words[_OFFICE_LANGUAGE]
    row = {"id": uuid4().hex, "about": about, "phone": phone, "text": said, "state": SmsState.PENDING}
    connection.execute(sms_outbox.insert().values(**row, put=at, next_try=at, tries=0))
    return str(row["id"])


def withdraw(connection: Connection, message: str) -> None:
    """Take back a message whose time has not come; one that a sender has begun with goes its way."""
    untouched = (sms_outbox.c.id == message, sms_outbox.c.state == SmsState.PENDING, sms_outbox.c.tries == 0)
    connection.execute(delete(sms_outbox).where(*untouched))


def waiting(connection: Connection) -> int:
    """How many messages are not sent yet."""
    return connection.execute(select(func.count()).where(sms_outbox.c.state == SmsState.PENDING)).scalar_one()


def is_due(connection: Connection, now: datetime) -> bool:
    """Whether there is a message to be tried now."""
    query = select(sms_outbox.c.id).where(sms_outbox.c.state == SmsState.PENDING, sms_outbox.c.next_try <= now).limit(1)
    return connection.execute(query).first() is not None


def claim(connection: Connection, now: datetime) -> Message | None:
    """The message that has been due longest, which no other sender gets until the lease is over; None where none is due."""
    query = (
        select(sms_outbox)
        .where(sms_outbox.c.state == SmsState.PENDING, sms_outbox.c.next_try <= now)
        .order_by(sms_outbox.c.next_try, sms_outbox.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    _change(connection, row.id, next_try=now + LEASE, tries=row.tries + 1)
    return Message(id=row.id, about=row.about, phone=row.phone, text=row.text, put=row.put, tries=row.tries + 1)


def give_up_stale(connection: Connection, now: datetime) -> int:
    """Give up, and forget, what is waiting for longer than a week; how many."""
    stale = (sms_outbox.c.state == SmsState.PENDING, sms_outbox.c.put < now - STALE, sms_outbox.c.next_try <= now)
    return connection.execute(update(sms_outbox).where(*stale).values(**_ended(SmsState.GIVEN_UP, now))).rowcount


def finish(connection: Connection, message: str, state: SmsState, now: datetime) -> None:
    """Note how it ended, and forget whom it was for and what it said."""
    _change(connection, message, **_ended(state, now))


def try_later(connection: Connection, message: Message, now: datetime, wait: timedelta | None = None) -> bool:
    """Try it again after `wait`, or after a pause that grows with the tries; False where a day has gone by, and it is given up."""
    pause = min(_FIRST_PAUSE * 2 ** min(message.tries - 1, 10), _LONGEST_PAUSE)
    following = now + max(pause, min(wait or pause, _LONGEST_PAUSE))
    if following > message.put + GIVE_UP:
        finish(connection, message.id, SmsState.GIVEN_UP, now)
        return False
    _change(connection, message.id, next_try=following)
    return True


def _ended(state: SmsState, now: datetime) -> dict[str, object]:
    return {"state": state, "done": now, "phone": "", "text": ""}


def _change(connection: Connection, message: str, **values: object) -> None:
    connection.execute(update(sms_outbox).where(sms_outbox.c.id == message).values(**values))
