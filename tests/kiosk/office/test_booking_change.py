import pytest
from booking_help import ITEM, JIA, YI, Booker, at, put_bands, put_load, put_matters, said
from sqlalchemy import func, select

from kiosk.backend.messages import OpenBand
from kiosk.office.tables import booking_changes

START, OTHER = at("11-23 09:00"), at("11-24 10:00")


@pytest.fixture
def booker(office, call):
    put_matters(office)
    put_load(office, 30)  # one place a slot
    put_bands(office, (OpenBand(weekdays=(1, 2, 3, 4, 5), opens="09:00", closes="12:00"),), ["5"])
    put_bands(office, (), ["6", "7"])
    return Booker(call)


@pytest.mark.postgres
def test_a_booking_is_moved_with_its_code_and_token(booker, office, clock):
    booking = booker.book(START)
    nonce = booker.nonce()
    moved = booker.change(booking["token"], OTHER, nonce)
    assert moved.status_code == 200
    assert moved.json() == {
        **booking,
        "start": "2026-11-24T10:00:00+08:00",
        "end": "2026-11-24T10:30:00+08:00",
        "cancel_until": "2026-11-24T08:00:00+08:00",
        "check_in_from": "2026-11-24T09:00:00+08:00",
        "check_in_until": "2026-11-24T10:20:00+08:00",
    }
    assert booker.change(booking["token"], OTHER, nonce).json() == moved.json()
    assert said(booker.change(booking["token"], at("11-24 11:00"), nonce)) == (409, "nonce_reused")
    again = booker.change(booking["token"], at("11-25 09:00")).json()
    assert booker.change(booking["token"], OTHER, nonce).json() == again  # the old touch does not move it back
    assert said(booker.hold(START, YI)) == (409, "slot_taken")  # a freed slot is nobody's at first
    clock.go(minutes=15)
    assert booker.hold(START, YI).status_code == 201
    with office.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(booking_changes)).scalar_one() == 2


def test_the_old_slot_is_given_up_only_with_the_new_one(booker):
    booking = booker.book(START)
    booker.book(OTHER, YI)
    assert said(booker.change(booking["token"], OTHER)) == (409, "slot_taken")
    assert said(booker.change(booking["token"], at("11-24 10:10"))) == (409, "not_bookable")
    assert said(booker.change(booking["token"], at("11-20 11:00"))) == (409, "not_bookable")
    assert booker.by_token(booking["token"]).json() == booking
    assert said(booker.hold(START, YI)) == (409, "slot_taken")
    assert booker.change(booking["token"], START).json() == booking  # to where it is: nothing is given up


def test_nobody_moves_onto_a_day_where_they_have_a_booking_or_a_hold(booker):
    booking = booker.book(START)
    booker.book(OTHER)
    assert said(booker.change(booking["token"], at("11-24 09:00"))) == (409, "booked_already")
    assert booker.change(booking["token"], at("11-23 10:00")).status_code == 200  # its own day
    booker.hold(at("11-25 09:00"))
    assert said(booker.change(booking["token"], at("11-25 10:00"))) == (409, "booked_already")


@pytest.mark.postgres
def test_until_two_hours_before(booker, clock):
    first, second = booker.book(START), booker.book(at("11-23 09:30"), YI)
    clock.now = at("11-23 07:00")
    assert booker.change(first["token"], at("11-24 09:00")).json()["start"] == "2026-11-24T09:00:00+08:00"  # the last moment
    clock.now = at("11-23 07:30:01")
    assert said(booker.change(second["token"], at("11-24 09:30"))) == (409, "change_too_late")
    assert said(booker.cancel(second["token"])) == (409, "change_too_late")
    clock.now = at("11-23 10:00")  # missed
    assert said(booker.change(second["token"], at("11-24 09:30"))) == (409, "change_too_late")
    assert said(booker.cancel(second["token"])) == (409, "change_too_late")
    clock.now = at("11-24 07:00")
    assert booker.cancel(first["token"]).json()["state"] == "cancelled"


@pytest.mark.postgres
def test_cancelling_is_once_and_for_all(booker):
    booking = booker.book(START)
    cancelled = booker.cancel(booking["token"])
    assert cancelled.json() == {**booking, "state": "cancelled"}
    assert booker.cancel(booking["token"]).json() == cancelled.json()
    assert said(booker.confirm(booking["id"])) == (409, "booking_cancelled")
    assert said(booker.change(booking["token"], OTHER)) == (409, "booking_cancelled")
    assert said(booker.cancel("A" * 22)) == (404, "not_found")
    assert said(booker.change("A" * 22, OTHER)) == (404, "not_found")


def test_a_hold_may_be_moved_and_given_up_but_not_once_it_ran_out(booker, clock):
    held = booker.hold(START).json()
    moved = booker.change(held["token"], OTHER).json()
    assert (moved["state"], moved["start"], moved["held_until"]) == ("held", "2026-11-24T10:00:00+08:00", held["held_until"])
    assert booker.cancel(held["token"]).json()["state"] == "cancelled"
    late = booker.hold(at("11-25 09:00")).json()
    clock.go(minutes=15)
    assert said(booker.change(late["token"], OTHER)) == (409, "hold_expired")
    assert booker.cancel(late["token"]).json()["state"] == "expired"


def test_found_by_code_or_card(booker, clock):
    first, second = booker.book(OTHER), booker.book(START)
    gone = booker.hold(at("11-25 09:00"), item=ITEM).json()
    cancelled = booker.book(at("11-26 09:00"))
    booker.cancel(cancelled["token"])
    clock.go(minutes=20)
    assert [one["id"] for one in booker.of_person().json()] == [second["id"], first["id"], cancelled["id"]]
    assert gone["id"] not in str(booker.of_person().json())  # a hold that ran out is no booking
    assert booker.of_person({**JIA, "name": "测试 • 甲一"}).json()  # dots and spaces as systems write them
    assert booker.of_person({**JIA, "name": "测试·乙二"}).json() == []
    assert booker.of_person(YI).json() == []
    assert booker.by_code(first["code"], "0016").json() == first
    assert said(booker.by_code(cancelled["code"], "0016")) == (404, "not_found")
    clock.now = at("11-24 11:00")
    assert [one["state"] for one in booker.of_person().json()] == ["cancelled", "missed", "missed"]


@pytest.mark.postgres
def test_guessing_codes_is_braked(booker, call_other, clock):
    booking = booker.book(START, {"number": "99999919920308104X", "name": "测试𠮷"})
    assert booker.by_code(booking["code"], "104x").status_code == 200
    for _ in range(5):
        assert said(booker.by_code(booking["code"], "1040")) == (404, "not_found")
    refused = booker.by_code(booking["code"], "104X")
    assert said(refused) == (429, "rate_limited")
    assert refused.headers["Retry-After"] == "900"
    assert said(Booker(call_other).by_code(booking["code"], "104X")) == (429, "rate_limited")  # from wherever
    clock.go(minutes=15)
    assert booker.by_code(booking["code"], "104X").status_code == 200
    for n in range(20):
        assert said(booker.by_code(f"{n:08d}", "0000")) == (404, "not_found")
    assert said(booker.by_code("12345678", "0000")) == (429, "rate_limited")  # this terminal has asked enough
    assert said(booker.by_code("1234567", "0000")) == (422, "invalid")
    assert said(booker.by_token("A" * 22)) == (404, "not_found")
