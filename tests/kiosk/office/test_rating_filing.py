from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from booking_help import Booker, at, put_matters, words
from desk_help import at_once
from matter_help import JIA, REASONS, filed, go_days, handled, listed, opened, put_catalogue, source
from office_help import KEY, Caller
from sqlalchemy import func, inspect, select, text

from kiosk.backend.messages.forms import Choice
from kiosk.office.catalogue.publishing import publish
from kiosk.office.ratings.statistics import by_service
from kiosk.office.tables import ratings

VISIT = "visit-nonce-00000001"
DECIDED, MOVING = "990000000009", "990000000002"


@pytest.fixture(autouse=True)
def _catalogue(office):
    put_catalogue(office)


@pytest.fixture
def version(call):
    return call("GET", "/v1/catalogue").json()["rating"]["version"]


def rate(call, n, served="visit", subject=VISIT, level=5, version=0, **more):
    body = {
        "nonce": f"rating-nonce-{n:08d}",
        "served": served,
        "service": "look_up",
        "subject": subject,
        "level": level,
        "version": version,
    }
    return call("POST", "/v1/ratings", {**body, **more})


def code(answer):
    return answer.status_code, answer.json().get("code")


@pytest.mark.postgres
def test_a_rating_is_kept_once(call, version):
    first = rate(call, 1, version=version, reasons=["slow-5"], remark="测试：很好")
    assert first.status_code == 201
    assert first.json() == {"number": "PJ-20261120-0001", "follow_up": None}
    again = rate(call, 1, version=version, reasons=["slow-5"], remark="测试：很好")
    assert (again.status_code, again.json()) == (200, first.json())
    assert code(rate(call, 1, level=4)) == (409, "nonce_reused")
    assert code(rate(call, 2, level=4)) == (409, "rated_already")
    assert rate(call, 3, subject="visit-nonce-00000002").json()["number"] == "PJ-20261120-0002"


def test_tickets_bookings_cases_and_matters_can_be_rated_once_each(call, call_other, office):
    put_matters(office)
    ticket = call.ticket("ticket-nonce-000001").json()["id"]
    booking = Booker(call).book(at("11-23 09:00"))
    case = call.by_number(DECIDED, "0061").json()["token"]
    matter = filed(call, 1)["token"]
    subjects = {"ticket": ticket, "booking": booking["token"], "case": case, "matter": matter}
    assert code(rate(call_other, 0, "ticket", ticket)) == (409, "not_rateable")  # not of this hall
    for n, (served, subject) in enumerate(subjects.items()):
        assert rate(call, 10 + n, served, subject).status_code == 201, served
        assert code(rate(call, 20 + n, served, subject)) == (409, "rated_already")
        for other in set(subjects) - {served}:
            assert code(rate(call, 30, other, subject)) == (409, "not_rateable")
    with office.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(ratings)).scalar_one() == 4


def test_what_is_not_there_or_not_finished_cannot_be_rated(call):
    moving = call.by_number(MOVING, "0016").json()["token"]
    for served, subject in (("case", moving), ("ticket", "0" * 32), ("matter", "A" * 22), ("booking", "A" * 22), ("visit", "short")):
        assert code(rate(call, 1, served, subject)) == (409, "not_rateable"), served


def test_a_matter_says_whether_it_can_still_be_rated(call, desk):
    matter = filed(call, 1)
    handled(desk, matter["number"])
    assert opened(call, matter)["can_rate"] is True
    assert rate(call, 1, "matter", matter["token"]).status_code == 201
    assert opened(call, matter)["can_rate"] is False


def test_reasons_are_those_of_the_level_in_this_version_or_the_one_before(call, office, version):
    def publish_reasons(name):
        changed = {**REASONS, 3: (Choice(code=name, name=words("其他", "Other")),)}
        with office.database.write() as connection:
            publish(connection, replace(source(), rating=replace(source().rating, reasons=changed)), office.now())

    assert code(rate(call, 1, level=3, version=version, reasons=["slow-4"])) == (422, "invalid")
    assert code(rate(call, 1, level=3, version=version, reasons=["kind", "kind"])) == (422, "invalid")
    assert rate(call, 1, level=3, version=version, reasons=["slow-3", "kind"]).status_code == 201
    publish_reasons("other")
    assert call("GET", "/v1/catalogue").json()["rating"]["version"] == version + 1
    assert rate(call, 2, subject="visit-nonce-00000002", level=3, version=version, reasons=["slow-3"]).status_code == 201
    assert rate(call, 3, subject="visit-nonce-00000003", level=3, version=version + 1, reasons=["other"]).status_code == 201
    publish_reasons("another")
    for wrong in (0, version, version + 3):
        answer = rate(call, 4, subject="visit-nonce-00000004", level=3, version=wrong, reasons=["slow-3"])
        assert code(answer) == (409, "stale_catalogue")
        assert (
            rate(call, 50 + wrong, subject=f"visit-nonce-0000005{wrong}", level=3, version=wrong).status_code == 201
        )  # none, so none is stale


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": 0},
        {"level": 6},
        {"level": "5"},
        {"version": -1},
        {"version": 2**31},
        {"remark": "名" * 501},
        {"remark": "\x00"},
        {"reasons": ["x"] * 21},
        {"served": "all"},
        {"subject": ""},
    ],
)
def test_out_of_limits(call, wrong):
    assert code(rate(call, 1, **wrong)) == (422, "invalid")


@pytest.mark.postgres
def test_a_bad_one_is_followed_up_within_fifteen_working_days(call, desk, version, clock):
    bad = rate(call, 1, level=1, version=version, reasons=["slow-1"], remark="测试：等了三小时").json()
    assert bad == {"number": "PJ-20261120-0001", "follow_up": "2026-12-11"}
    assert rate(call, 2, subject="visit-nonce-00000002", level=2).json()["follow_up"] == "2026-12-11"
    assert rate(call, 3, subject="visit-nonce-00000003", level=3).json()["follow_up"] is None
    tasks = listed(desk, kind="complaint")["matters"]
    assert [(one["follow_up"], one["due"], one["name"], one["phone"], one["filed"]) for one in tasks] == [
        (True, "2026-12-11", None, "", "2026-11-20T00:00:00+08:00")
    ] * 2
    assert tasks[0]["text"] == "评价编号：PJ-20261120-0001\n服务：look_up\n评价：非常不满意\n原因：等得久\n意见：测试：等了三小时"
    go_days(clock, 4, desk)
    assert handled(desk, tasks[0]["number"])["state"] == "answered"
    assert desk.does(f"matters/{tasks[0]['number']}/close")["name"] is None


def test_nobody_opens_the_task_by_its_number(call, desk, office):
    rate(call, 1, level=1)
    number = listed(desk)["matters"][0]["number"]
    from kiosk.office.matters.records import code_of  # noqa: PLC0415

    answer = call("POST", "/v1/matters/by-number", {"number": number, "code": code_of(office, number)})
    assert answer.status_code == 404


def test_nothing_tells_who_rated_what_or_when(call, office):
    ticket = call.ticket("ticket-nonce-000001").json()
    case = call.by_number(DECIDED, "0061").json()
    rate(call, 1, "ticket", ticket["id"], level=1)
    rate(call, 2, "case", case["token"], level=1)
    with office.database.read() as connection:
        rows = "".join(repr(connection.execute(text(f'SELECT * FROM "{name}"')).all()) for name in ("ratings", "matters", "matter_stages"))
        columns = {one["name"] for one in inspect(connection).get_columns("ratings")}
    for secret in (ticket["id"], case["token"], case["number"], case["applicant_number"], JIA["number"], "'t1'", "10:00", "02:00"):
        assert secret not in rows
    assert columns.isdisjoint({"terminal", "person", "at", "counter", "clerk"})


def test_figures_by_service_and_level(call, desk, office, clock):
    for n, level in enumerate((5, 5, 4, 2, 1)):
        rate(call, n, subject=f"visit-nonce-0000000{n}", level=level)
    rate(call, 9, subject="visit-nonce-00000009", level=3, service="ticket")
    clock.go(days=1)
    rate(call, 10, subject="visit-nonce-00000010", level=1, service="ticket")
    with office.database.read() as connection:
        look_up, ticket = by_service(connection, "city", date(2026, 11, 20), date(2026, 11, 20))
        assert by_service(connection, "baiyang", date(2026, 1, 1), date(2026, 12, 31)) == ()
    assert (look_up.service, look_up.levels, look_up.total) == ("look_up", {1: 1, 2: 1, 3: 0, 4: 1, 5: 2}, 5)
    assert (look_up.average, look_up.satisfied) == (3.4, 0.6)
    assert (ticket.service, ticket.total, ticket.average, ticket.satisfied) == ("ticket", 1, 3.0, 1.0)
    go_days(clock, 0, desk)
    figures = desk.session.get(f"{desk.url}/ratings", params={"since": "2026-11-20", "until": "2026-11-21"})
    assert [(one["service"], one["total"]) for one in figures.json()] == [("look_up", 5), ("ticket", 2)]


@pytest.mark.postgres
def test_one_service_rated_ten_times_at_once_is_rated_once(running, office):
    def job(n):
        def run():
            caller = Caller(running[0].url, KEY)
            status = rate(caller, n, level=1).status_code
            caller.session.close()
            return status

        return run

    assert Counter(at_once(*map(job, range(10)))) == {201: 1, 409: 9}
    with office.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(ratings)).scalar_one() == 1
