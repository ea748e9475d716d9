"""Many terminals at the same moment: whatever only one can have, one gets, and everybody else is told so."""

import threading
from collections import Counter
from dataclasses import asdict

import pytest
from booking_help import GOOD, ITEM, JIA, REVIEWED, YI, at, put_bands, put_load, put_matters
from office_help import nonce
from sqlalchemy import func, select

from kiosk.backend.messages import OpenBand, Person
from kiosk.backend.messages.bookings import CancelBooking, ChangeBooking, CheckIn, ConfirmBooking, HoldSlot
from kiosk.backend.messages.reviews import SubmitReview
from kiosk.office.access import Terminal
from kiosk.office.bookings.arranging import arrange_booking
from kiosk.office.bookings.arriving import check_in
from kiosk.office.bookings.changing import cancel_booking, change_booking
from kiosk.office.bookings.contract import ArrangeBookingBody
from kiosk.office.bookings.holding import confirm_booking, hold_slot
from kiosk.office.contract import PersonBody
from kiosk.office.problems import ProblemError
from kiosk.office.queue.clerks import Seat
from kiosk.office.reviews.reviewing import submit_review
from kiosk.office.tables import bookings, tickets

pytestmark = pytest.mark.postgres
TERMINAL = Terminal("t1", "city")
START, OTHER = at("11-23 09:00"), at("11-24 09:00")
CROWD = 24


@pytest.fixture
def single(office):
    """One place a slot."""
    put_matters(office)
    put_load(office, 30)
    put_bands(office, (OpenBand(weekdays=(1, 2, 3, 4, 5), opens="09:00", closes="12:00"),), ["5"])
    put_bands(office, (), ["6", "7"])
    return office


def at_once(*acts):
    """What came of each, all begun at the same moment: its value or the code of its refusal."""
    gate, came = threading.Barrier(len(acts)), [None] * len(acts)

    def run(n, act):
        gate.wait(20)
        try:
            came[n] = act()
        except ProblemError as error:
            came[n] = str(error.code)

    threads = [threading.Thread(target=run, args=(n, act)) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return came


def somebody(n):
    return Person(number=f"9999991990010{n:04d}X", name=f"测试{n}")


def wish(n, person, start=START, item=ITEM):
    return HoldSlot(nonce=nonce(n), item=item, hall="city", start=start, person=person)


def held(office, n, person, start=START, item=ITEM):
    return hold_slot(office, TERMINAL, wish(n, person, start, item))[0]


def booked(office, n, person, start=START, item=ITEM):
    return confirm_booking(office, ConfirmBooking(booking=held(office, n, person, start, item).id))


def count(office, state):
    with office.database.read() as connection:
        return connection.execute(select(func.count()).select_from(bookings).where(bookings.c.state == state)).scalar_one()


def test_the_last_slot_is_one_terminals(single):
    came = at_once(*(lambda n=n: hold_slot(single, TERMINAL, wish(n, somebody(n)))[1] for n in range(CROWD)))
    assert Counter(came) == {True: 1, "slot_taken": CROWD - 1}
    assert count(single, "held") == 1


def test_no_slot_takes_more_than_its_places_whoever_holds_and_moves(office):
    put_matters(office)  # four places to book of seven
    moved = [booked(office, 100 + n, somebody(100 + n), OTHER.replace(hour=10 + n)) for n in range(6)]
    holds = [lambda n=n: hold_slot(office, TERMINAL, wish(n, somebody(n)))[1] for n in range(12)]
    moves = [
        lambda n=n: change_booking(office, ChangeBooking(nonce=nonce(200 + n), token=moved[n].token, start=START)).id for n in range(6)
    ]
    came = at_once(*holds, *moves)
    assert came.count("slot_taken") == 14
    with office.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(bookings).where(bookings.c.start == START)).scalar_one() == 4


def test_public_and_reserved_places_are_taken_side_by_side_and_neither_by_the_other(office):
    put_matters(office)  # four places to book and three for staff
    seats = [Seat(hall="city", clerk=f"10{n:02d}", name="测试", counter="5", allowed=(), session="s") for n in range(10)]

    def arrange(n):
        person = PersonBody(**asdict(somebody(300 + n // 2)))
        body = ArrangeBookingBody(nonce=nonce(300 + n // 2), item=ITEM, start=START, person=person, language="en")
        return arrange_booking(office, seats[n // 2], body)[1]

    holds = [lambda n=n: hold_slot(office, TERMINAL, wish(n, somebody(n)))[1] for n in range(10)]
    came = at_once(*holds, *(lambda n=n: arrange(n) for n in range(20)))  # each click twice
    assert Counter(came[:10]) == {True: 4, "slot_taken": 6}
    assert Counter(came[10:]) == {True: 3, False: 3, "slot_taken": 14}
    assert (count(office, "held"), count(office, "booked")) == (4, 3)


def test_one_touch_repeated_while_it_runs_is_one_hold(single):
    came = at_once(*(lambda: hold_slot(single, TERMINAL, wish(1, somebody(1))) for _ in range(8)))
    assert len({booking.id for booking, _ in came}) == 1
    assert Counter(new for _, new in came) == {True: 1, False: 7}


def test_a_person_at_two_terminals_gets_one_booking_a_day(office):
    put_matters(office)
    person = Person(**JIA)
    holds = [held(office, n, person, START.replace(hour=9 + n)) for n in range(2)]  # the second lets go of the first
    assert at_once(*(lambda one=one: str(confirm_booking(office, ConfirmBooking(booking=one.id)).state) for one in holds)) == [
        "hold_expired",
        "booked",
    ]
    came = at_once(*(lambda n=n: hold_slot(office, TERMINAL, wish(10 + n, person, OTHER.replace(hour=9 + n)))[1] for n in range(6)))
    assert came == [True] * 6  # each lets go of the one before
    assert count(office, "held") == 1
    assert count(office, "booked") == 1


def test_a_booking_checked_in_at_several_terminals_is_one_ticket(single, clock):
    booking = booked(single, 1, Person(**YI))
    clock.now = at("11-23 08:30")
    came = at_once(*(lambda n=n: check_in(single, Terminal("t1", "city"), CheckIn(token=booking.token, language="en")) for n in range(8)))
    assert {(ticket.id, ticket.number) for ticket, _ in came} == {(came[0][0].id, "B001")}
    assert sum(new for _, new in came) == 1
    with single.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(tickets)).scalar_one() == 1


def test_cancelled_and_moved_at_once_it_is_one_or_the_other(single):
    booking = booked(single, 1, Person(**JIA))
    cancel = lambda: str(cancel_booking(single, CancelBooking(token=booking.token)).state)  # noqa: E731 - an act like the others
    move = lambda: str(change_booking(single, ChangeBooking(nonce=nonce(5), token=booking.token, start=OTHER)).state)  # noqa: E731
    came = at_once(cancel, move, cancel)
    assert came[0] == came[2] == "cancelled"  # a moved booking can be cancelled, a cancelled one not moved
    assert came[1] in {"booked", "booking_cancelled"}
    assert count(single, "cancelled") == 1


def test_pre_reviews_at_once_have_numbers_without_gaps(single):
    def submit(n):
        request = SubmitReview(nonce=nonce(n // 2), item=REVIEWED, item_version=1, person=somebody(n // 2), answers=GOOD)
        return submit_review(single, TERMINAL, request)[0].number

    came = at_once(*(lambda n=n: submit(n) for n in range(16)))  # each touch twice
    assert sorted(set(came)) == [f"YS-20261120-{n:04d}" for n in range(1, 9)]
    assert came[::2] == came[1::2]
