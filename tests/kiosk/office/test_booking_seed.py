from datetime import timedelta

import pytest
from booking_help import Booker, said
from sqlalchemy import delete, func, select

from kiosk.office.seed import seed
from kiosk.office.tables import bookings, licences


@pytest.fixture
def people(call):
    return {
        one: {"number": number, "name": name}
        for one, number, name in [
            ("jia", "999999199001010016", "测试·甲一"),
            ("yi", "999999198506120021", "测试·乙二"),
            ("permit", "999999197511300073", "测试·港一"),
        ]
    }


def test_the_made_up_people_have_bookings_and_licences(call, people, office, clock):
    booker = Booker(call)
    mine = booker.of_person(people["jia"]).json()
    assert [one["start"] for one in mine] == ["2026-11-20T10:30:00+08:00", "2026-11-24T10:00:00+08:00"]
    assert booker.check_in(mine[0]["token"]).json()["priority"] == "booked"
    assert said(booker.check_in(booker.of_person(people["yi"]).json()[0]["token"])) == (409, "review_required")
    assert said(booker.hold("2026-11-24T10:00:00+08:00", people["permit"], item="social-enrol")) == (409, "no_show_limit")
    found = call("POST", "/v1/licences/of-person", {"person": people["jia"]}).json()
    assert {one["kind"] for one in found if one["valid"]} >= {"id-card", "household-register", "social-card"}
    assert [one["kind"] for one in found if not one["valid"]] == ["driving-licence"]


def test_seeding_again_on_another_day_brings_them_up_to_date(call, people, office, clock):
    booker = Booker(call)
    seed(office, generated=0)
    before = [one["start"] for one in booker.of_person(people["jia"]).json()]
    assert before == ["2026-11-20T10:30:00+08:00", "2026-11-24T10:00:00+08:00"]
    clock.go(days=1, hours=8)  # a Saturday evening
    seed(office, generated=0)
    assert [one["start"] for one in booker.of_person(people["jia"]).json()] == ["2026-11-23T09:00:00+08:00", "2026-11-24T10:00:00+08:00"]
    with office.database.write() as connection:
        count = connection.execute(select(func.count()).select_from(licences)).scalar_one()
        connection.execute(delete(bookings))
    clock.now += timedelta(days=400)
    seed(office, generated=0)
    with office.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(licences)).scalar_one() == count
