"""What the holder's phone is told: at once when something was done, and the afternoon before the time."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, update

from kiosk.backend.messages import Words
from kiosk.office import sms
from kiosk.office.bookings.records import code_of
from kiosk.office.bookings.rules import CHANGE_UNTIL, reminder_time
from kiosk.office.hours import local
from kiosk.office.office import Office
from kiosk.office.tables import bookings


def note_booked(connection: Connection, office: Office, row: Row[Any]) -> None:
    """It is booked: say so, and remind in time."""
    until = local(row.start) - CHANGE_UNTIL
    zh, en = _what(row, "zh-CN"), _what(row, "en")
    words = {
        "zh-CN": f"您已预约{zh}，{_zh_way(office, row)}来不了请在{_zh(until)}前取消。",
        "en": f"Booked: {en}. {_en_way(office, row)} If you cannot come, please cancel by {_en(until)}.",
    }
    _tell(connection, row, words, "booking-booked", office.now())
    _remind(connection, office, row)


def note_moved(connection: Connection, office: Office, row: Row[Any]) -> None:
    """It has another time."""
    words = {
        "zh-CN": f"您的预约已改为{_what(row, 'zh-CN')}，{_zh_way(office, row)}",
        "en": f"Your booking has changed: {_what(row, 'en')}. {_en_way(office, row)}",
    }
    _tell(connection, row, words, "booking-moved", office.now())
    take_back_reminder(connection, row)
    _remind(connection, office, row)


def note_cancelled(connection: Connection, office: Office, row: Row[Any]) -> None:
    """It was given up."""
    words = {"zh-CN": f"您已取消预约：{_what(row, 'zh-CN')}。", "en": f"Your booking is cancelled: {_what(row, 'en')}."}
    _tell(connection, row, words, "booking-cancelled", office.now())
    take_back_reminder(connection, row)


def take_back_reminder(connection: Connection, row: Row[Any]) -> None:
    """There is nothing to be reminded of any more."""
    if row.reminder:
        sms.withdraw(connection, row.reminder)


def _remind(connection: Connection, office: Office, row: Row[Any]) -> None:
    at = reminder_time(local(row.start))
    words = {
        "zh-CN": f"提醒：您预约了{_what(row, 'zh-CN')}，{_zh_way(office, row)}",
        "en": f"Reminder of your booking: {_what(row, 'en')}. {_en_way(office, row)}",
    }
    reminder = _tell(connection, row, words, "booking-reminder", at) if at > office.now() else ""
    connection.execute(update(bookings).where(bookings.c.id == row.id).values(reminder=reminder or None))


def _tell(connection: Connection, row: Row[Any], words: Words, about: str, at: datetime) -> str:
    return sms.put(connection, row.phone or "", words, about, at=at, language=row.language)


def _what(row: Row[Any], language: str) -> str:
    def said(words: Words) -> str:
        return words.get(language) or words["zh-CN"]

    if language == "zh-CN":
        return f"{_zh(local(row.start))}在{said(row.hall_name)}办理“{said(row.item_name)}”"
    return f"{_en(local(row.start))}, {said(row.hall_name)}, “{said(row.item_name)}”"


def _zh_way(office: Office, row: Row[Any]) -> str:
    since = local(row.check_in_from)
    return f"请当天{since:%H:%M}起凭身份证、预约二维码或预约编号{code_of(office, row.id, row.draw)}在大厅自助机签到取号。"


def _en_way(office: Office, row: Row[Any]) -> str:
    since = local(row.check_in_from)
    return f"From {since:%H:%M}, check in at the hall with ID card, QR code or booking number {code_of(office, row.id, row.draw)}."


def _zh(moment: datetime) -> str:
    return f"{moment.month}月{moment.day}日{moment:%H:%M}"


def _en(moment: datetime) -> str:
    return f"{moment.day} {moment:%B}, {moment:%H:%M}"
