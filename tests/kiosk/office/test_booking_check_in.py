import pytest
from booking_help import GOOD, JIA, MATERIALS, REVIEWED, YI, Booker, at, guide, put_bands, put_guides, put_holiday, put_matters, said
from office_help import nonce
from sqlalchemy import select

from kiosk.backend.messages import OpenBand
from kiosk.office.access import Terminal
from kiosk.office.bookings import arriving
from kiosk.office.bookings.arriving import check_in
from kiosk.office.bookings.contract import CheckInBody
from kiosk.office.tables import bookings, number_sequences, tickets

START = at("11-23 09:00")


@pytest.fixture
def booker(office, call):
    put_matters(office)
    return Booker(call)


@pytest.mark.postgres
def test_a_booking_becomes_one_ticket_with_priority(booker, office, clock, call):
    booking = booker.book(START)
    clock.now = at("11-23 08:00")  # before the hall opens
    given = booker.check_in(booking["token"])
    ticket = given.json()
    assert given.status_code == 201
    assert (ticket["number"], ticket["priority"], ticket["item"]["en"]) == ("B001", "booked", "Test matter t-pension")
    assert booker.by_token(booking["token"]).json()["state"] == "arrived"
    clock.now = at("11-23 11:00")  # whenever it is asked again
    again = booker.check_in(booking["token"])
    assert (again.status_code, again.json()) == (200, ticket)
    assert call.ticket(nonce(1), "social").json()["number"] == "B002"
    assert booker.by_code(booking["code"], "0016").json()["state"] == "arrived"
    with office.database.read() as connection:
        assert connection.execute(select(tickets.c.booked_for).where(tickets.c.id == ticket["id"])).scalar_one() == START
    clock.now = at("11-24 08:30")
    assert said(booker.check_in(booking["token"])) == (409, "check_in_late")  # yesterday's number calls nobody


@pytest.mark.postgres
@pytest.mark.parametrize("state", ["missed", "finished", "left", "expired"])
def test_a_number_that_calls_nobody_any_more_is_not_given_again(booker, office, clock, state):
    booking = booker.book(START)
    clock.now = at("11-23 08:50")
    ticket = booker.check_in(booking["token"]).json()
    for live in ("called", "serving", "parked"):
        put_state(office, ticket, live)
        assert booker.check_in(booking["token"]).json()["number"] == ticket["number"]
    put_state(office, ticket, state)
    assert said(booker.check_in(booking["token"])) == (409, "check_in_late")


def put_state(office, ticket, state):
    with office.database.write() as connection:
        connection.execute(tickets.update().where(tickets.c.id == ticket["id"]).values(state=state))


def test_when_and_where(booker, call_other, clock):
    booking, other = booker.book(START), booker.book(START, YI, hall="baiyang")
    away = Booker(call_other)
    assert said(away.check_in(booking["token"])) == (409, "wrong_hall")  # said even when it is early
    clock.now = at("11-23 07:59:59")
    assert said(booker.check_in(booking["token"])) == (409, "check_in_early")
    clock.now = at("11-23 09:20:01")
    assert said(booker.check_in(booking["token"])) == (409, "check_in_late")
    assert booker.by_token(booking["token"]).json()["state"] == "missed"
    clock.now = at("11-23 09:20")
    assert booker.check_in(booking["token"]).status_code == 201
    assert said(away.check_in(booking["token"])) == (409, "wrong_hall")
    assert away.check_in(other["token"]).json()["service"] == "help"


def test_what_is_no_booking_gives_no_ticket(booker, clock):
    cancelled, held = booker.book(START), booker.hold(START, YI).json()
    booker.cancel(cancelled["token"])
    clock.now = at("11-23 08:30")
    assert said(booker.check_in(cancelled["token"])) == (409, "booking_cancelled")
    assert said(booker.check_in(held["token"])) == (409, "hold_expired")
    assert said(booker.check_in("A" * 22)) == (404, "not_found")


def test_a_slot_after_midnight_is_checked_in_after_midnight(booker, office, clock):
    put_bands(office, (OpenBand(weekdays=(1, 2, 3, 4, 5), opens="00:00", closes="24:00"),), ["5"])
    booking, last = booker.book(at("11-23 00:30")), booker.book(at("11-23 23:30"), YI)
    clock.now = at("11-22 23:59:59")
    assert said(booker.check_in(booking["token"])) == (409, "check_in_early")
    clock.go(seconds=1)
    assert booker.check_in(booking["token"]).json()["issued"] == "2026-11-23T00:00:00+08:00"
    assert last["end"] == "2026-11-24T00:00:00+08:00"
    clock.now = at("11-23 23:50")
    assert booker.check_in(last["token"]).json()["number"] == "B002"


class PowerCutError(Exception):
    pass


@pytest.mark.postgres
def test_a_failure_between_booking_and_ticket_loses_neither(booker, office, clock, monkeypatch):
    booking = booker.book(START)
    clock.now = at("11-23 08:30")
    terminal, request = Terminal("t1", "city"), CheckInBody(token=booking["token"], language="en")
    real = arriving.issue

    def cut(*args):  # after the ticket, before the booking knows of it
        real(*args)
        raise PowerCutError

    monkeypatch.setattr(arriving, "issue", cut)
    with pytest.raises(PowerCutError):
        check_in(office, terminal, request)
    monkeypatch.undo()
    with office.database.read() as connection:
        assert connection.execute(select(tickets.c.id)).all() == []
        assert connection.execute(select(number_sequences.c.last)).all() == []
        assert connection.execute(select(bookings.c.state)).scalar_one() == "booked"
    assert check_in(office, terminal, request)[0].number == "B001"


@pytest.mark.postgres
def test_an_item_that_wants_a_pre_review_gets_its_ticket_with_one(booker, call, clock):
    booking = booker.book(START, item=REVIEWED)
    clock.now = at("11-23 08:30")
    assert said(booker.check_in(booking["token"])) == (409, "review_required")
    assert said(booker.check_in(booking["token"], review="A" * 22)) == (409, "review_required")
    body = {"item": REVIEWED, "item_version": 1, "person": JIA}
    failed = call("POST", "/v1/reviews", {"nonce": nonce(1), "answers": {}, **body}).json()
    assert said(booker.check_in(booking["token"], review=failed["token"])) == (409, "review_required")
    assert said(booker.check_in(booking["token"])) == (409, "review_required")
    other = call("POST", "/v1/reviews", {"nonce": nonce(2), "answers": GOOD, **body, "person": YI}).json()
    assert said(booker.check_in(booking["token"])) == (409, "review_required")  # somebody else's
    passed = call("POST", "/v1/reviews", {"nonce": nonce(3), "answers": GOOD, **body}).json()
    assert booker.check_in(booking["token"]).json()["review"] == passed["number"]  # found by the person, nothing to show
    assert other["passed"]
    later = booker.book(at("11-24 09:00"), YI, item=REVIEWED)
    clock.now = at("11-24 08:30")
    assert booker.check_in(later["token"], review=other["token"]).json()["review"] == other["number"]


def test_no_shows_bar_for_a_week_and_a_holiday_put_in_later_is_nobodys_fault(booker, office, clock):
    for day in ("23", "24", "25"):
        booker.book(at(f"11-{day} 09:00"))
    booked = booker.book(at("11-26 09:00"))
    clock.now = at("11-25 09:20")
    assert booker.hold(at("11-27 10:00"), item=REVIEWED).status_code == 201  # the third may still come
    clock.go(seconds=1)
    assert said(booker.hold(at("11-27 10:00"))) == (409, "no_show_limit")
    assert booker.hold(at("11-27 10:00"), YI).status_code == 201
    put_holiday(office, at("11-24").date())
    assert booker.hold(at("11-27 10:00")).status_code == 201
    put_holiday(office, at("11-24").date(), works=True)
    assert booker.cancel(booked["token"]).json()["state"] == "cancelled"  # what is booked may still be given up
    clock.now = at("12-02 08:59:59")
    assert said(booker.hold(at("12-04 09:00"))) == (409, "no_show_limit")
    clock.go(seconds=1)
    assert booker.hold(at("12-04 09:00")).status_code == 201


def test_an_item_dropped_from_the_catalogue_keeps_its_bookings(booker, office, clock):
    booking = booker.book(START)
    put_guides(office, guide("t-pension", 2, bookable=False, materials=MATERIALS))
    assert said(booker.change(booking["token"], at("11-24 09:00"))) == (409, "not_bookable")
    clock.now = at("11-23 08:30")
    assert booker.check_in(booking["token"]).status_code == 201
