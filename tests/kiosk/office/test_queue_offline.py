"""Numbers that terminals keep for the time without an office, and what they gave from them."""

from datetime import timedelta

import pytest
from desk_help import Desk, at_once, take
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_help import Caller, nonce
from sqlalchemy import select, update

from kiosk.office.access import enrol
from kiosk.office.tables import number_sequences, ticket_prints, tickets


def ranges(call):
    answer = call("POST", "/v1/number-ranges", {})
    assert answer.status_code == 200, answer.text
    return {one["service"]: one for one in answer.json()}


def report(call, n, number, clock, service="business", **more):
    body = {"nonce": nonce(n), "service": service, "language": "zh-CN", "day": "2026-11-20", "number": number, "printed": "printed"}
    return call("POST", "/v1/tickets/offline", {**body, "issued": clock.now.isoformat(), **more})


def code(answer):
    return answer.status_code, answer.json()["code"]


@pytest.fixture
def second(running, office):
    enrol(office.database, "t3", "city", "key-of-a-second-terminal-of-the-city")
    caller = Caller(running[0].url, "key-of-a-second-terminal-of-the-city")
    yield caller
    caller.session.close()


def test_a_terminal_keeps_a_block_of_every_queue(call):
    kept = ranges(call)
    assert (kept["business"]["first"], kept["business"]["last"], kept["business"]["prefix"]) == (801, 820, "A")
    assert (kept["licence"]["first"], kept["licence"]["last"]) == (821, 840)  # the same prefix
    assert kept["social"]["first"] == 801
    assert kept["business"]["day"] == "2026-11-20"
    assert kept["business"]["hall_name"]["en"] == "Lucheng City Service Hall"
    assert ranges(call) == kept


@pytest.mark.postgres
def test_terminals_never_share_a_number(call, second):
    kept = at_once(*[lambda: ranges(call), lambda: ranges(second)] * 3)
    assert kept[0] == kept[2] == kept[4]
    assert kept[1] == kept[3] == kept[5]
    taken = [(one["prefix"], n) for each in kept[:2] for one in each.values() for n in range(one["first"], one["last"] + 1)]
    assert len(taken) == len(set(taken)) == 20 * (len(kept[0]) + len(kept[1]))


def test_when_the_kept_numbers_are_used_up_the_last_block_is_short_and_then_there_are_none(call, second, office):
    ranges(call)
    with office.database.write() as connection:
        connection.execute(update(number_sequences).values(reserved=990))
    kept = ranges(second)
    assert (kept["business"]["first"], kept["business"]["last"]) == (991, 999)
    assert "licence" not in kept
    with office.database.write() as connection:
        connection.execute(update(number_sequences).values(reserved=999))
    enrol(office.database, "t4", "city", "key-of-a-third-terminal-of-the-city")
    third = Caller(call.url, "key-of-a-third-terminal-of-the-city")
    assert code(third("POST", "/v1/number-ranges", {})) == (409, "numbers_used_up")
    third.session.close()


def test_another_day_has_other_ranges(call, clock):
    first = ranges(call)["business"]
    clock.go(days=3)
    then = ranges(call)["business"]
    assert then == first | {"day": "2026-11-23", "follows": then["follows"]}
    assert len({*then["follows"], *first["follows"]}) == 2 * len(first["follows"]) == 40


def test_ordinary_numbers_leave_the_kept_ones_out(call, office):
    take(call, 1)
    with office.database.write() as connection:
        connection.execute(update(number_sequences).values(last=799))
    assert [take(call, n)["number"] for n in (2, 3)] == ["A800", "A1000"]


@pytest.mark.postgres
def test_a_ticket_of_the_time_without_an_office_takes_its_place(call, clock):
    ranges(call)
    start = clock.now
    clock.go(minutes=10)
    take(call, 1)
    clock.go(minutes=10)
    answer = report(call, 2, 805, clock, issued=(start + timedelta(minutes=5)).isoformat())
    assert answer.status_code == 201
    ticket = answer.json()
    assert (ticket["number"], ticket["ahead"], ticket["issued"]) == ("A805", 0, "2026-11-20T10:05:00+08:00")
    assert (ticket["print_state"], ticket["offline"]) == ("printed", False)
    assert take(call, 3)["ahead"] == 2
    again = report(call, 2, 805, clock, issued=(start + timedelta(minutes=5)).isoformat())
    assert (again.status_code, again.json()) == (200, ticket)


@pytest.mark.postgres
def test_ten_reports_of_one_ticket_at_once_make_one(call, clock, office):
    ranges(call)
    answers = at_once(*[lambda: report(call, 1, 801, clock)] * 10)
    assert sorted(answer.status_code for answer in answers) == [200] * 9 + [201]
    with office.database.read() as connection:
        assert len(connection.execute(select(tickets)).all()) == 1


def test_a_terminals_clock_may_be_wrong(call, clock):
    start = clock.now
    ranges(call)
    clock.go(minutes=30)
    for n, (minutes, place) in enumerate([(9 * 60, "10:30"), (-9 * 60, "10:00"), (20, "10:20")]):
        answer = report(call, n, 801 + n, clock, issued=(start + timedelta(minutes=minutes)).isoformat())
        assert answer.json()["issued"] == f"2026-11-20T{place}:00+08:00"


def test_numbers_that_the_terminal_does_not_keep(call, second, clock):
    assert code(report(call, 1, 801, clock)) == (409, "not_reserved")
    ranges(call)
    ranges(second)
    for number in (800, 821, 841, 1):
        assert code(report(call, 1, number, clock)) == (409, "not_reserved")
    assert code(report(call, 1, 801, clock, day="2026-11-21")) == (409, "not_reserved")
    assert code(report(call, 1, 801, clock, service="nonsense")) == (404, "not_found")
    assert code(report(second, 1, 801, clock)) == (409, "not_reserved")


@pytest.mark.postgres
def test_one_number_is_one_ticket(call, clock):
    ranges(call)
    assert report(call, 1, 801, clock).status_code == 201
    assert code(report(call, 2, 801, clock)) == (409, "number_taken")
    assert code(report(call, 1, 802, clock)) == (409, "nonce_reused")
    taken = take(call, 3)
    assert code(report(call, 3, 803, clock)) == (409, "nonce_reused")
    assert taken["number"] == "A001"


@pytest.mark.postgres
def test_a_ticket_of_yesterday_is_refused_but_kept(call, clock, office):
    ranges(call)
    issued = clock.now.isoformat()
    clock.go(days=1)
    for _ in range(2):
        assert code(report(call, 1, 801, clock, issued=issued)) == (409, "expired")
    with office.database.read() as connection:
        row = connection.execute(select(tickets)).one()
    assert (row.state, row.seq, str(row.day)) == ("expired", 801, "2026-11-20")
    assert call("GET", "/v1/queues").json()[0]["ahead"] == 0


def test_what_became_of_its_paper(call, clock, office):
    ranges(call)
    for n, (printed, attempts) in enumerate([("pending", []), ("failed", ["failed"]), ("reprinted", ["failed", "reprinted"])]):
        ticket = report(call, n, 801 + n, clock, printed=printed).json()
        assert (ticket["print_state"], ticket["reprints"]) == (printed, int(printed == "reprinted"))
        with office.database.read() as connection:
            query = select(ticket_prints.c.state).where(ticket_prints.c.ticket == ticket["id"]).order_by(ticket_prints.c.attempt)
            assert connection.execute(query).scalars().all() == attempts


hostile = st.fixed_dictionaries(
    {},
    optional={
        "nonce": st.just(nonce(5)) | st.text(max_size=70),
        "service": st.just("business") | st.text(max_size=5),
        "language": st.just("en") | st.text(max_size=5),
        "day": st.just("2026-11-20") | st.dates().map(str) | st.integers(),
        "number": st.integers(-5, 20_000) | st.floats() | st.booleans(),
        "issued": st.datetimes().map(lambda one: f"{one.isoformat()}Z") | st.integers(-(10**15), 10**15) | st.text(max_size=30),
        "printed": st.sampled_from(["printed", "eaten", None]),
    },
)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=hostile)
def test_no_report_whatever_makes_the_office_fail(call, body):
    for path in ("/v1/tickets/offline", "/v1/number-ranges", "/v1/tickets/position"):
        assert call("POST", path, body).status_code in {200, 201, 404, 409, 422}


def test_who_claimed_a_right_without_the_office_is_called_before_who_came_with_them(call, running, clock):
    first = ranges(call)["business"]["first"]
    assert report(call, 1, first, clock).status_code == 201
    assert report(call, 2, first + 1, clock, priority="disabled").json()["priority"] == "disabled"
    assert report(call, 3, first + 2, clock, priority="green").status_code == 422  # only the office gives that one
    with Desk(running[0].url) as desk:
        assert desk.serves() == f"A{first + 1}"
