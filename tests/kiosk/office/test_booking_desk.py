"""What staff book for somebody, from the places that nobody can book by themselves."""

import pytest
from alembic import command
from alembic.config import Config
from booking_help import ITEM, JIA, REVIEWED, WINDOW, YI, Booker, at, guide, put_bands, put_guides, put_load, put_matters, said
from desk_help import Desk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from kiosk.backend.messages import OpenBand
from kiosk.backend.messages.catalogue import Place
from kiosk.office.database import MIGRATIONS, open_database
from kiosk.office.tables import booking_changes, bookings, sms_outbox

START = at("11-23 09:00")
PHONE = "19900000001"
HER = {"number": "99999919920308104X", "name": "测试𠮷"}


@pytest.fixture
def booker(office, call):
    put_matters(office)
    return Booker(call)


@pytest.fixture
def desk(running):
    with Desk(running[0].url) as signed_in:
        yield signed_in


def arrange(desk, start=START, person=JIA, nonce="desk-nonce-0000001", **more):
    body = {"nonce": nonce, "item": ITEM, "start": start.isoformat(), "person": person, "language": "zh-CN", **more}
    return desk("bookings", **body)


def somebody(n):
    return {"number": f"99999919900101{n:03d}X", "name": "测试"}


def free(days):
    """Of the first slot that can be booked."""
    return next(day for day in days.json() if day["day"] == "2026-11-23")["slots"][0]["free"]


def reserved(desk, item=ITEM):
    return desk.session.get(f"{desk.url}/booking-days", params={"item": item}, timeout=20)


def row(office):
    with office.database.read() as connection:
        return connection.execute(select(bookings)).one()


@pytest.mark.postgres
def test_staff_give_the_places_kept_for_them_and_leave_the_public_ones(booker, desk, office, clock):
    assert (free(reserved(desk)), free(booker.days())) == (3, 4)  # of seven that the windows can take
    made = arrange(desk, phone=PHONE)
    booking = made.json()
    assert (made.status_code, booking["state"], booking["hall"], booking["held_until"]) == (201, "booked", "city", None)
    assert (free(reserved(desk)), free(booker.days())) == (2, 4)
    again = arrange(desk, phone=PHONE)
    assert (again.status_code, again.json()) == (200, booking)
    assert (row(office).clerk, row(office).terminal, row(office).reserved) == ("1001", None, True)
    with office.database.read() as connection:
        assert connection.execute(select(sms_outbox.c.about)).scalars().all() == ["booking-booked", "booking-reminder"]
    assert [arrange(desk, START, somebody(n), f"desk-nonce-100000{n}").status_code for n in range(3)] == [201, 201, 409]
    assert [booker.hold(START, somebody(10 + n)).status_code for n in range(5)] == [201] * 4 + [409]
    assert booker.by_code(booking["code"], "0016").json() == booker.of_person().json()[0] == booking
    clock.now = at("11-23 08:30")
    assert booker.check_in(booking["token"]).json()["priority"] == "booked"


def test_items_are_found_by_all_words_of_their_names_or_initials_where_they_are_booked(booker, desk, office, running):
    put_guides(office, guide("t-closed", bookable=False), guide("t-help", places=(Place(hall="baiyang", window=WINDOW, queue="help"),)))

    def found(words, at=desk):
        answer = at.session.get(f"{at.url}/booking-items", params={"words": words}, timeout=20)
        assert answer.status_code == (200 if words else 422), answer.text
        return [one["code"] for one in answer.json()] if words else []

    assert found("测试事项 T-") == found("TEST matter") == [REVIEWED, ITEM]
    assert found("ceshi 事项t-p") == [ITEM]
    assert found("测试 没有这个") == found("") == []
    assert len(found("a")) == 20
    with Desk(running[0].url, clerk="3001", hall="baiyang") as elsewhere:
        assert found("测试事项t-", elsewhere) == ["t-help", REVIEWED, ITEM]


@pytest.mark.postgres
def test_who_moves_it_takes_a_public_place_and_leaves_the_reserved_one(booker, desk, office):
    booking = arrange(desk).json()
    assert booker.change(booking["token"], START).json() == booking  # to where it is: nothing is given up
    assert (free(reserved(desk)), row(office).reserved) == (2, True)
    assert booker.change(booking["token"], at("11-24 09:00")).status_code == 200
    assert (row(office).reserved, row(office).clerk) == (False, "1001")
    assert (free(reserved(desk)), free(booker.days())) == (3, 4)
    with office.database.read() as connection:
        assert connection.execute(select(booking_changes.c.was)).scalars().all() == [None, None]


@pytest.mark.postgres
def test_a_reserved_place_that_was_given_up_is_nobodys_for_a_quarter_of_an_hour(booker, desk, clock):
    booker.cancel(arrange(desk).json()["token"])
    assert (free(reserved(desk)), free(booker.days())) == (2, 4)
    clock.go(minutes=15)
    assert free(reserved(desk)) == 3


def test_the_rules_are_those_of_everybody(booker, desk, office, clock):
    held = booker.hold(START).json()
    arrange(desk)
    assert booker.by_token(held["token"]).json()["state"] == "expired"  # one lets go of the other
    assert said(arrange(desk, at("11-23 10:00"), nonce="desk-nonce-0000002")) == (409, "booked_already")
    assert said(booker.hold(at("11-23 10:00"))) == (409, "booked_already")
    for start in ("11-20 14:00", "11-21 09:00", "11-30 09:00", "11-23 09:10"):
        assert said(arrange(desk, at(start), YI, "desk-nonce-0000003")) == (409, "not_bookable"), start
    assert said(arrange(desk, START, YI, "desk-nonce-0000003", item="nothing")) == (409, "not_bookable")
    assert said(reserved(desk, "nothing")) == (409, "not_bookable")
    for other in ({"person": YI}, {"item": REVIEWED}, {"start": at("11-24 09:00").isoformat()}):
        assert said(desk("bookings", **{**body(), **other})) == (409, "nonce_reused"), other
    for day in ("24", "25"):
        booker.book(at(f"11-{day} 09:00"))
    clock.now = at("11-25 10:00")
    assert said(arrange(desk, at("11-27 09:00"), nonce="desk-nonce-0000004")) == (401, "unauthorised")  # a session lasts a day
    with Desk(desk.url.removesuffix("/desk/api")) as later:
        assert said(arrange(later, at("11-27 09:00"), nonce="desk-nonce-0000004")) == (409, "no_show_limit")


def body():
    return {"nonce": "desk-nonce-0000001", "item": ITEM, "start": START.isoformat(), "person": JIA, "language": "zh-CN"}


def test_where_all_places_are_public_there_is_none_to_give(booker, desk, office):
    put_load(office, 30)
    put_bands(office, (OpenBand(weekdays=(1, 2, 3, 4, 5), opens="09:00", closes="12:00"),), ["5"])
    put_bands(office, (), ["6", "7"])
    day = next(one for one in reserved(desk).json() if one["day"] == "2026-11-23")
    assert (day["slots"], day["why"]["zh-CN"]) == ([], "当天已约满")
    assert said(arrange(desk)) == (409, "slot_taken")


def test_only_a_clerk_at_a_desk_may(booker, desk, call, running):
    assert said(arrange(Desk(running[0].url))) == (401, "unauthorised")
    assert said(call("POST", "/desk/api/bookings", body())) == (403, "forbidden")  # a terminal's key opens no desk
    assert call("GET", "/desk/api/booking-days", params={"item": ITEM}).status_code == 401
    del desk.session.headers["X-Requested-With"]
    assert said(arrange(desk)) == (403, "forbidden")
    with Desk(running[0].url, clerk="3001", hall="baiyang") as elsewhere:
        assert arrange(elsewhere, person=HER).json()["hall"] == "baiyang"


@pytest.mark.postgres
def test_bookings_from_before_stay_as_they_were(database):
    opened, config = open_database(database), Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with opened.write() as connection:
        before = connection.execute(text("SELECT id, state FROM bookings ORDER BY id")).all()
        config.attributes["connection"] = connection
        command.downgrade(config, "0008")
        command.upgrade(config, "head")
        rows = connection.execute(select(bookings).order_by(bookings.c.id)).all()
        assert [(one.id, one.state) for one in rows] == before != []
        assert {(one.language, one.reserved, one.clerk) for one in rows} == {("zh-CN", False, None)}
    opened.close()


hostile = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30) | st.lists(st.integers(), max_size=2)
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bad=st.dictionaries(st.sampled_from(["nonce", "item", "start", "person", "phone", "language", "hall"]), hostile, min_size=1))
def test_hostile_bodies_are_refused_and_book_nothing(booker, desk, office, bad):
    answer = desk("bookings", **{**body(), "item": "no-such-item", **bad})
    assert answer.status_code in {409, 422}
    with office.database.read() as connection:
        assert connection.execute(select(bookings.c.id)).all() == []
