"""Walks through booking, and what the office says in them."""

from datetime import UTC, date, datetime, timedelta

from made_catalogue import w
from walking import CARD, NOON, full, words

from kiosk.backend.messages.bookings import (
    Booking,
    BookingDay,
    BookingState,
    Slot,
)

TOKEN = "B" * 22
DAY = date(2026, 3, 5)


def at(hour, minute=0, day=5):
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def slot(hour, free=2):
    return Slot(start=at(hour), end=at(hour, 30), free=free)


DAYS = (
    BookingDay(day=DAY, slots=(slot(9), slot(10, 0), slot(14))),
    BookingDay(day=date(2026, 3, 6), slots=(), why=w("清明节放假")),
    BookingDay(day=date(2026, 3, 9), slots=(slot(9, 0),)),
)


def booking(state=BookingState.BOOKED, **changes):
    return Booking(**{
        "id": "b1", "state": state, "item": "food", "item_name": words("食品经营许可"), "hall": "city", "hall_name": words("鹿城市政务服务中心"),
        "where": words("一楼 A 区"), "start": at(9), "end": at(9, 30), "held_until": NOON + timedelta(minutes=15), "cancel_until": at(7),
        "check_in_from": at(8), "check_in_until": at(9, 20), "code": "12345678", "token": TOKEN, "name": CARD.name,
    } | changes)  # fmt: skip


def choosing(walk=None):
    return (walk or full()).service("book").choose("item").choose("food").choose("city").reply(DAYS)


def holding():
    return choosing().choose("2026-03-05").choose("09:00", nonce="hold-1").card()


def held():
    return holding().reply(booking(BookingState.HELD))


def booked():
    return held().touch("skip").touch("submit").reply(booking())
