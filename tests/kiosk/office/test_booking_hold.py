import pytest
from booking_help import ITEM, JIA, REVIEWED, YI, Booker, at, put_bands, put_load, put_matters, said
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from kiosk.backend.messages import OpenBand
from kiosk.office.bookings import records
from kiosk.office.tables import bookings

START = at("11-23 09:00")


@pytest.fixture
def booker(office, call):
    put_matters(office)
    return Booker(call)


@pytest.fixture
def single(office, booker):
    """One place a slot."""
    put_load(office, 30)
    put_bands(office, (OpenBand(weekdays=(1, 2, 3, 4, 5), opens="09:00", closes="12:00"),), ["5"])
    put_bands(office, (), ["6", "7"])
    return booker


def free(booker, day="2026-11-23"):
    found = next(one for one in booker.days().json() if one["day"] == day)
    return [slot["free"] for slot in found["slots"]]


def test_a_hold_says_all_a_paper_needs_and_becomes_a_booking(booker):
    answer = booker.hold(START)
    held = answer.json()
    assert answer.status_code == 201
    assert len(held.pop("id")) == 32
    assert len(held["code"]) == 8
    assert held.pop("code").isdigit()
    assert len(held.pop("token")) == 22
    assert held == {
        "state": "held",
        "item": ITEM,
        "item_name": {"zh-CN": f"测试事项{ITEM}", "en": f"Test matter {ITEM}"},
        "hall": "city",
        "hall_name": {"zh-CN": "鹿城市政务服务中心", "en": "Lucheng City Service Hall"},
        "where": {"zh-CN": "一楼B区5至7号窗口", "en": "Floor 1, area B, counters 5–7"},
        "start": "2026-11-23T09:00:00+08:00",
        "end": "2026-11-23T09:30:00+08:00",
        "held_until": "2026-11-20T10:15:00+08:00",
        "cancel_until": "2026-11-23T07:00:00+08:00",
        "check_in_from": "2026-11-23T08:00:00+08:00",
        "check_in_until": "2026-11-23T09:20:00+08:00",
        "name": "测试·甲一",
    }
    booked = booker.confirm(answer.json()["id"]).json()
    assert booked == {**answer.json(), "state": "booked", "held_until": None}
    assert booker.confirm(booked["id"]).json() == booked


@pytest.mark.postgres
def test_the_same_touch_is_the_same_hold(booker, clock):
    nonce = booker.nonce()
    first = booker.hold(START, nonce=nonce)
    clock.go(minutes=3)
    again = booker.hold(START, nonce=nonce)
    assert (again.status_code, again.json()) == (200, first.json())
    booker.confirm(first.json()["id"])
    assert booker.hold(START, nonce=nonce).json()["state"] == "booked"
    moved = booker.change(first.json()["token"], at("11-24 09:00")).json()
    assert booker.hold(START, nonce=nonce).json() == moved  # whatever became of it
    for other in [{"person": YI}, {"item": REVIEWED}, {"hall": "baiyang"}, {"start": at("11-24 09:00")}]:
        assert said(booker.hold(**{"start": START, "nonce": nonce, **other})) == (409, "nonce_reused")


@pytest.mark.postgres
def test_a_hold_ends_after_fifteen_minutes_and_its_place_is_nobodys_for_as_long(single, clock):
    held = single.hold(START).json()
    clock.go(minutes=14, seconds=59)
    assert single.by_token(held["token"]).json()["state"] == "held"
    clock.go(seconds=1)
    assert single.by_token(held["token"]).json()["state"] == "expired"
    assert single.by_token(held["token"]).json()["held_until"] is None
    assert said(single.confirm(held["id"])) == (409, "hold_expired")
    assert free(single)[0] == 0
    assert said(single.hold(START, YI)) == (409, "slot_taken")
    clock.go(minutes=14, seconds=59)
    assert said(single.hold(START, YI)) == (409, "slot_taken")
    clock.go(seconds=1)
    assert free(single)[0] == 1
    assert single.hold(START, YI).status_code == 201


def test_a_cancelled_place_is_nobodys_for_a_quarter_of_an_hour(single, clock):
    booking = single.book(START)
    single.cancel(booking["token"])
    clock.go(minutes=14, seconds=59)
    assert said(single.hold(START, YI)) == (409, "slot_taken")
    clock.go(seconds=1)
    assert single.hold(START, YI).status_code == 201


@pytest.mark.postgres
def test_choosing_another_slot_lets_go_of_the_first(single, clock):
    first = single.hold(START).json()
    same = single.hold(START)
    assert (same.status_code, same.json()) == (200, first)  # back and forth on the screen
    second = single.hold(at("11-24 09:30")).json()
    assert single.by_token(first["token"]).json()["state"] == "expired"
    assert said(single.confirm(first["id"])) == (409, "hold_expired")
    assert single.confirm(second["id"]).json()["state"] == "booked"
    assert free(single)[0] == 0
    clock.go(minutes=15)
    assert free(single)[0] == 1


def test_a_refused_hold_keeps_the_one_before(single):
    first = single.hold(START).json()
    single.book(at("11-23 09:30"), YI)
    assert said(single.hold(at("11-23 09:30"))) == (409, "slot_taken")
    assert single.confirm(first["id"]).json()["state"] == "booked"


def test_one_booking_per_person_item_and_day(booker):
    booking = booker.book(START)
    assert said(booker.hold(at("11-23 10:00"))) == (409, "booked_already")
    assert said(booker.hold(START)) == (409, "booked_already")
    assert said(booker.hold(at("11-23 10:00"), hall="baiyang")) == (409, "booked_already")
    assert booker.hold(at("11-24 09:00")).status_code == 201  # another day
    assert booker.hold(at("11-23 10:00"), item=REVIEWED).status_code == 201  # another item
    assert booker.hold(at("11-23 10:00"), YI).status_code == 201
    booker.cancel(booking["token"])
    assert booker.hold(at("11-23 10:00")).status_code == 201


def test_only_the_public_part_is_booked(booker):
    people = [{"number": f"99999919900101{n:03d}X", "name": "测试"} for n in range(5)]
    assert [booker.hold(START, person).status_code for person in people] == [201] * 4 + [409]  # of seven that the windows could take
    assert free(booker)[0] == 0


NO_SLOTS = [
    "2026-11-20T14:00:00+08:00",  # today
    "2026-11-19T09:00:00+08:00",  # gone
    "2026-11-21T09:00:00+08:00",  # Saturday
    "2026-11-30T09:00:00+08:00",  # after the fifth working day
    "2026-11-23T09:10:00+08:00",  # no slot begins
    "2026-11-23T09:00:01+08:00",
    "2026-11-23T08:30:00+08:00",  # closed
    "2026-11-23T17:00:00+08:00",
    "2026-11-23T09:00:00+00:00",  # 17:00 here
    "2000-01-01T00:00:00Z",
    "2200-01-01T00:00:00Z",
]


def test_times_that_are_no_slot(booker):
    for start in NO_SLOTS:
        assert said(booker.hold(start)) == (409, "not_bookable"), start


def test_a_start_with_whatever_offset_is_the_halls_slot(booker):
    """Also from where clocks change with the seasons: what counts is the moment."""
    nonce = booker.nonce()
    for start in [
        "2026-11-23T01:00:00Z",
        "2026-11-22T15:00:00-10:00",
        "2026-11-23T09:00:00.000+08:00",
        "2026-11-23T02:00:00+01:00",
        "2026-11-22T20:00:00-05:00",
    ]:
        assert booker.hold(start, nonce=nonce).json()["start"] == "2026-11-23T09:00:00+08:00", start
    assert free(booker)[0] == 3


def test_starts_that_are_no_moments_are_refused_as_invalid(booker):
    for start in [
        "2026-11-23T09:00:00",
        "2026-11-23",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "1999-12-31T23:59:59Z",
        "",
        "now",
        "2026-02-29T09:00:00+08:00",
    ]:
        assert said(booker.hold(start)) == (422, "invalid"), start


def test_a_second_before_midnight_tomorrow_is_still_a_day_ahead(booker, clock):
    clock.now = at("11-22 23:59:59")
    held = booker.hold(START)
    assert held.status_code == 201
    assert held.json()["held_until"] == "2026-11-23T00:14:59+08:00"
    clock.go(seconds=1)
    assert said(booker.hold(at("11-23 10:00"), YI)) == (409, "not_bookable")  # it is today now
    assert booker.confirm(held.json()["id"]).json()["state"] == "booked"  # what was held is still held


def test_around_the_years_end_and_on_leap_day(booker, clock):
    clock.now = at("2027-12-30 23:59:59")
    assert booker.book(at("2027-12-31 09:00"))["start"] == "2027-12-31T09:00:00+08:00"
    clock.now = at("2027-12-31 10:00")
    assert said(booker.hold(at("2028-01-01 09:00"))) == (409, "not_bookable")  # a Saturday
    assert booker.hold(at("2028-01-07 09:00")).status_code == 201
    clock.now = at("2028-02-28 10:00")
    assert booker.book(at("2028-02-29 09:00"))["check_in_until"] == "2028-02-29T09:20:00+08:00"


def test_who_helps_is_on_record(booker, office):
    booker.hold(START, agent=YI)
    with office.database.read() as connection:
        row = connection.execute(select(bookings.c.name, bookings.c.agent_name, bookings.c.person, bookings.c.agent)).one()
    assert (row.name, row.agent_name) == ("测试·甲一", "测试·乙二")
    assert row.person != row.agent


@pytest.mark.postgres
def test_nothing_in_the_database_opens_a_booking_or_tells_a_number(booker, office):
    booking = booker.hold(START, agent=YI).json()
    with office.database.read() as connection:
        row = str(connection.execute(text("SELECT * FROM bookings")).one())
    assert not any(secret in row for secret in (booking["token"], booking["code"], JIA["number"], YI["number"]))


@pytest.mark.postgres
def test_codes_of_live_bookings_differ(booker, office, monkeypatch):
    drawn = ["11111111", "11111111", "22222222"]
    monkeypatch.setattr(records, "code_of", lambda _office, _booking, draw: drawn[draw] if draw < len(drawn) else f"{draw:08d}")
    first, second = booker.hold(START).json(), booker.hold(START, YI).json()
    assert (first["code"], second["code"]) == ("11111111", "22222222")
    booker.cancel(first["token"])
    with office.database.write() as connection:
        connection.execute(update(bookings).where(bookings.c.id == second["id"]).values(state="missed"))
    assert booker.hold(START, {**JIA, "number": "999999199001010024"}).json()["code"] == "11111111"  # free again


def test_a_terminal_that_is_none_and_a_body_that_is_too_much(booker, call_stranger):
    assert said(Booker(call_stranger).hold(START)) == (401, "unauthorised")
    assert said(booker.hold(START, surprise=1)) == (422, "invalid")
    assert said(booker.hold(START, person={**JIA, "number": "1"})) == (422, "invalid")
    assert said(booker.confirm("0" * 32)) == (404, "not_found")
    assert booker.call("POST", f"/v1/bookings/{'0' * 32}/confirm", {"booking": "1" * 32, "phone": ""}).status_code == 422
    assert said(booker.confirm(booker.hold(START).json()["id"], phone="call me")) == (422, "invalid")


hostile = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=30)
    | st.datetimes().map(str)
    | st.lists(st.integers(), max_size=2)
)


@pytest.mark.postgres
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.fixed_dictionaries({}, optional=dict.fromkeys(("nonce", "item", "hall", "start", "person", "agent"), hostile)),
    known=st.sets(st.sampled_from(["nonce", "item", "hall", "start", "person"])),
)
def test_hostile_bodies_are_refused(booker, body, known):
    good = {"nonce": "n" * 16, "item": ITEM, "hall": "nowhere", "start": START.isoformat(), "person": JIA}
    answer = booker.call("POST", "/v1/bookings", {**body, **{key: good[key] for key in known}})
    assert answer.status_code in {409, 422}
