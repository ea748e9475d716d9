from datetime import datetime, timedelta, timezone

import pytest
from booking_help import ITEM, JIA, YI, Booker, at, guide, put_bands, put_guides, put_holiday, put_load, put_matters, said
from sqlalchemy import insert

from kiosk.backend.messages import OpenBand
from kiosk.backend.messages.catalogue import Place
from kiosk.office.tables import booking_quotas

WEEK = (1, 2, 3, 4, 5)
FULL, NOBODY, HOLIDAY, WEEKEND = "当天已约满", "当天没有窗口办这个事项", "法定节假日，不办公", "周末，不办公"


@pytest.fixture
def booker(office, call):
    put_matters(office)
    return Booker(call)


def reasons(answer):
    """By day: the reason, or how many slots."""
    return {day["day"][5:]: day["why"]["zh-CN"] if day["why"] else len(day["slots"]) for day in answer.json()}


def test_every_day_of_the_horizon_with_slots_or_a_reason(booker, office):
    put_holiday(office, at("11-25").date())
    assert reasons(booker.days()) == {
        "11-21": WEEKEND,
        "11-22": WEEKEND,
        "11-23": 16,
        "11-24": 16,
        "11-25": HOLIDAY,
        "11-26": 16,
        "11-27": 16,
        "11-28": WEEKEND,
        "11-29": WEEKEND,
        "11-30": 16,
    }
    first = booker.days().json()[2]["slots"][0]
    assert first == {"start": "2026-11-23T09:00:00+08:00", "end": "2026-11-23T09:30:00+08:00", "free": 4}
    assert all(set(day["why"]) == {"zh-CN", "en"} for day in booker.days().json() if day["why"])


def test_national_day_with_a_saturday_that_is_worked(booker, clock):
    clock.now = at("09-30 16:00")
    assert reasons(booker.days()) == {
        **{f"10-0{n}": HOLIDAY for n in range(1, 8)},
        "10-08": 16,
        "10-09": 16,
        "10-10": 16,
        "10-11": WEEKEND,
        "10-12": 16,
        "10-13": 16,
    }


ENDS = [
    ("2028-02-28 10:00", ["02-29", "03-01", "03-02", "03-03", "03-04", "03-05", "03-06"]),  # a leap year
    ("2027-02-26 10:00", ["02-27", "02-28", "03-01", "03-02", "03-03", "03-04", "03-05"]),
    ("2027-12-30 23:59:59", ["12-31", "01-01", "01-02", "01-03", "01-04", "01-05", "01-06"]),
    ("2027-12-31 00:00:00", ["01-01", "01-02", "01-03", "01-04", "01-05", "01-06", "01-07"]),
]


def test_month_and_year_ends(booker, clock):
    for now, days in ENDS:
        clock.now = at(now)
        assert list(reasons(booker.days())) == days, now


def test_a_hall_open_on_saturdays_can_be_booked_then_but_not_on_a_holiday(booker, office):
    band = OpenBand(weekdays=(6,), opens="10:00", closes="11:00")
    put_bands(office, (band, OpenBand(weekdays=WEEK, opens="09:00", closes="12:00")), ["5"])
    put_bands(office, (), ["6", "7"])
    put_holiday(office, at("11-28").date())
    seen = reasons(booker.days())
    assert (seen["11-21"], seen["11-22"], seen["11-23"]) == (2, WEEKEND, 6)
    put_holiday(office, at("11-21").date())
    assert reasons(booker.days())["11-21"] == HOLIDAY


def test_a_day_without_a_window_says_so(booker, office):
    put_bands(office, (OpenBand(weekdays=(1, 2, 3, 4), opens="09:00", closes="10:00"),), ["5", "6", "7"])
    assert reasons(booker.days())["11-27"] == NOBODY


@pytest.mark.postgres
def test_a_full_day_says_so_and_a_full_slot_is_shown_with_nothing_free(booker, office):
    put_load(office, 60)
    put_bands(office, (OpenBand(weekdays=WEEK, opens="09:00", closes="11:00"),), ["5"])
    put_bands(office, (), ["6", "7"])
    booker.book(at("11-23 09:00"))
    assert [slot["free"] for slot in booker.days().json()[2]["slots"]] == [0, 1]
    booker.book(at("11-23 10:00"), YI)
    assert reasons(booker.days())["11-23"] == FULL
    assert reasons(booker.days())["11-24"] == 2


def test_a_holiday_put_in_later_hides_the_day_and_keeps_its_bookings(booker, office):
    booking = booker.book(at("11-24 09:00"))
    put_holiday(office, at("11-24").date())
    assert reasons(booker.days())["11-24"] == HOLIDAY
    assert booker.by_token(booking["token"]).json()["state"] == "booked"


def test_the_hall_may_have_its_own_slots_and_quota(booker, office):
    with office.database.write() as connection:
        connection.execute(insert(booking_quotas).values(hall="city", service="social", slot_minutes=60, public_percent=100))
    day = booker.days().json()[2]
    assert [slot["free"] for slot in day["slots"]][:2] == [15, 15]  # two windows' hours at eight minutes
    assert day["slots"][0]["end"] == "2026-11-23T10:00:00+08:00"


def test_what_cannot_be_booked(booker, office):
    put_guides(
        office,
        guide("not-booked", bookable=False),
        guide("elsewhere", places=(Place(hall="lujiao", window={"zh-CN": "窗口", "en": "W"}, queue="social"),)),
        guide("no-queue", places=(Place(hall="city", window={"zh-CN": "窗口", "en": "W"}, queue=""),)),
        guide("lost-queue", places=(Place(hall="city", window={"zh-CN": "窗口", "en": "W"}, queue="gone"),)),
    )
    for item, hall in [
        ("not-booked", "city"),
        ("elsewhere", "city"),
        ("no-queue", "city"),
        ("lost-queue", "city"),
        ("nothing", "city"),
        (ITEM, "nowhere"),
    ]:
        assert said(booker.days(item, hall)) == (409, "not_bookable")
        assert said(booker.hold(at("11-23 09:00"), item=item, hall=hall)) == (409, "not_bookable")
    assert booker.days("elsewhere", "lujiao").status_code == 200  # 同城通办: from any hall for any hall
    assert booker.days("", "city").status_code == 422
    assert booker.call("GET", "/v1/booking-days", params={"item": ITEM}).status_code == 422


def test_another_hall_can_be_booked_from_here(booker):
    booking = booker.book(at("11-23 09:00"), JIA, hall="baiyang")
    assert (booking["hall"], booking["hall_name"]["en"]) == ("baiyang", "Baiyang County Service Hall")


def test_a_server_whose_own_clock_changes_to_summer_time_moves_no_slot_and_no_hold(booker, clock):
    clock.now = datetime(2027, 3, 28, 1, 59, tzinfo=timezone(timedelta(hours=1)))
    days = booker.days().json()
    held = booker.hold(at("2027-03-30 09:00")).json()
    assert held["held_until"] == "2027-03-28T09:14:00+08:00"
    clock.now = datetime(2027, 3, 28, 3, 1, tzinfo=timezone(timedelta(hours=2)))  # two minutes later
    after = booker.days().json()
    assert [[slot["start"] for slot in day["slots"]] for day in after] == [[slot["start"] for slot in day["slots"]] for day in days]
    assert booker.confirm(held["id"]).json()["start"] == held["start"] == "2027-03-30T09:00:00+08:00"
