import threading
from collections import Counter
from datetime import datetime

import pytest
from office_help import FRIDAY, KEY, Caller, nonce
from sqlalchemy import func, select, update

from kiosk.backend.messages import OpenBand
from kiosk.office.hours import LOCAL
from kiosk.office.tables import counters, number_sequences, tickets


def report(call, ticket, state, attempt):
    return call("PUT", f"/v1/tickets/{ticket}/print", {"ticket": ticket, "state": state, "attempt": attempt})


def test_a_ticket_says_everything_its_paper_needs(call):
    answer = call.ticket(nonce(1))
    ticket = answer.json()
    assert answer.status_code == 201
    assert ticket["number"] == "A001"
    assert ticket["service_name"]["zh-CN"] == "企业开办与变更"
    assert ticket["hall_name"]["en"] == "Lucheng City Service Hall"
    assert ticket["issued"] == "2026-11-20T10:00:00+08:00"
    assert ticket["ahead"] == 0
    assert ticket["wait"] == [0, 3]
    assert "午间" in ticket["hours"]["zh-CN"]
    assert ticket["print_state"] == "pending"
    token = ticket["follow"].removeprefix("https://office.invalid/t/")
    assert len(token) == 22
    assert token != ticket["id"]


@pytest.mark.postgres
def test_the_same_nonce_gets_the_same_ticket_even_when_others_came_between(call, clock):
    first = call.ticket(nonce(1))
    call.ticket(nonce(2))
    clock.go(minutes=9)
    again = call.ticket(nonce(1))
    assert again.status_code == 200
    assert again.json() == first.json()


def test_services_of_one_prefix_share_numbers_and_queue(call):
    call.ticket(nonce(1), "business")
    second = call.ticket(nonce(2), "licence").json()
    assert (second["number"], second["ahead"]) == ("A002", 1)
    assert call.ticket(nonce(3), "social").json()["number"] == "B001"


def test_a_nonce_of_another_service_or_terminal_is_refused(call, call_other):
    call.ticket(nonce(1), "business")
    other_service = call.ticket(nonce(1), "help")
    other_terminal = call_other.ticket(nonce(1), "help")
    assert [(a.status_code, a.json()["code"]) for a in (other_service, other_terminal)] == [(409, "nonce_reused")] * 2


def test_unknown_service(call):
    answer = call.ticket(nonce(1), "nonsense")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("moment", "service", "status"),
    [
        ((2026, 11, 20, 8, 59), "business", 409),
        ((2026, 11, 20, 9, 0), "business", 201),
        ((2026, 11, 20, 12, 30), "business", 201),
        ((2026, 11, 20, 12, 30), "fund", 409),  # no counter of it serves over noon
        ((2026, 11, 20, 16, 59), "fund", 201),
        ((2026, 11, 20, 17, 0), "fund", 409),
        ((2026, 11, 21, 10, 0), "business", 409),  # Saturday
        ((2026, 10, 10, 10, 0), "business", 201),  # Saturday made a working day
        ((2026, 10, 6, 10, 0), "business", 409),  # Tuesday in the national holiday
    ],
)
def test_numbers_are_given_in_the_hours_of_the_service_only(call, clock, moment, service, status):
    clock.now = datetime(*moment, tzinfo=LOCAL)
    answer = call.ticket(nonce(1), service)
    assert answer.status_code == status
    if status == 409:
        assert answer.json()["code"] == "closed"


def test_a_service_with_all_counters_switched_off_still_gives_numbers_without_a_wait(call):
    ticket = call.ticket(nonce(1), "utility").json()
    assert ticket["number"] == "H001"
    assert ticket["wait"] is None


@pytest.mark.postgres
def test_numbers_start_again_at_the_halls_midnight_not_at_that_of_utc(call, clock, office):
    with office.database.write() as connection:  # a counter that is open round the clock
        always = OpenBand(weekdays=(1, 2, 3, 4, 5, 6, 7), opens="00:00", closes="24:00")
        connection.execute(update(counters).where(counters.c.code == "18").values(bands=(always,)))
    clock.now = datetime(2026, 11, 20, 7, 59, 59, tzinfo=LOCAL)  # 23:59:59 of the day before in UTC
    assert call.ticket(nonce(1), "help").json()["number"] == "Z001"
    clock.now = datetime(2026, 11, 20, 23, 59, 59, tzinfo=LOCAL)
    assert call.ticket(nonce(2), "help").json()["number"] == "Z002"
    clock.go(seconds=1)
    ticket = call.ticket(nonce(3), "help").json()
    assert (ticket["number"], ticket["ahead"]) == ("Z001", 0)
    assert call.ticket(nonce(2), "help").json()["number"] == "Z002"


@pytest.mark.postgres
def test_numbers_beyond_999_keep_growing(call, office):
    call.ticket(nonce(1))
    with office.database.write() as connection:
        connection.execute(update(number_sequences).values(last=999))
    assert call.ticket(nonce(2)).json()["number"] == "A1000"


def in_parallel(url, jobs):
    """Run each job with a caller of its own, all starting together."""
    gate, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(index, job):
        caller = Caller(url, KEY)
        gate.wait(20)
        results[index] = job(caller)
        caller.session.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@pytest.mark.postgres
def test_twenty_terminals_at_once_get_no_number_twice_and_skip_none(running):
    jobs = [lambda c, t=t: [c.ticket(nonce(t * 100 + n)).json() for n in range(5)] for t in range(20)]
    got = [ticket for batch in in_parallel(running[0].url, jobs) for ticket in batch]
    assert sorted(t["number"] for t in got) == [f"A{n:03d}" for n in range(1, 101)]
    assert sorted(t["ahead"] for t in got) == list(range(100))


@pytest.mark.postgres
def test_one_nonce_sent_ten_times_at_once_makes_one_ticket(running, office):
    answers = in_parallel(running[0].url, [lambda c: c.ticket(nonce(7))] * 10)
    assert Counter(a.status_code for a in answers) == {201: 1, 200: 9}
    assert len({a.text for a in answers}) == 1
    with office.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(tickets)).scalar_one() == 1


@pytest.mark.parametrize(
    ("reports", "state", "reprints"),
    [
        ([("printed", 1)], "printed", 0),
        ([("failed", 1)], "failed", 0),
        ([("printed", 1), ("printed", 1)], "printed", 0),
        ([("failed", 1), ("reprinted", 2)], "reprinted", 1),
        ([("printed", 1), ("reprinted", 2), ("reprinted", 3), ("reprinted", 2)], "reprinted", 2),
        ([("printed", 1), ("failed", 2)], "printed", 0),  # the first paper exists all the same
        ([("failed", 1), ("failed", 2), ("reprinted", 3), ("failed", 1)], "reprinted", 1),
    ],
)
def test_print_states(call, reports, state, reprints):
    ticket = call.ticket(nonce(1)).json()["id"]
    answers = [report(call, ticket, *one) for one in reports]
    assert [a.status_code for a in answers] == [200] * len(reports)
    assert (answers[-1].json()["print_state"], answers[-1].json()["reprints"]) == (state, reprints)


@pytest.mark.parametrize(
    "reports",
    [
        [("reprinted", 1)],
        [("pending", 1)],
        [("printed", 2)],
        [("reprinted", 2)],
        [("printed", 1), ("failed", 1)],
        [("printed", 1), ("printed", 2)],
        [("printed", 1), ("reprinted", 3)],
        [("failed", 1), ("pending", 2)],
    ],
)
def test_nonsense_print_states_change_nothing(call, reports):
    ticket = call.ticket(nonce(1)).json()["id"]
    for one in reports[:-1]:
        before = report(call, ticket, *one).json()
    answer = report(call, ticket, *reports[-1])
    assert (answer.status_code, answer.json()["code"]) == (409, "print_conflict")
    if reports[:-1]:
        assert report(call, ticket, *reports[0]).json() == before


def test_reports_about_tickets_that_are_not_of_this_hall(call, call_other):
    ticket = call.ticket(nonce(1)).json()["id"]
    assert report(call_other, ticket, "printed", 1).status_code == 404
    assert report(call, "0" * 32, "printed", 1).status_code == 404
    assert call("PUT", f"/v1/tickets/{'0' * 32}/print", {"ticket": ticket, "state": "printed", "attempt": 1}).status_code == 422


@pytest.mark.postgres
def test_the_queue_list_counts_those_ahead_and_estimates(call, clock):
    for n in range(6):
        call.ticket(nonce(n), "project")
    listed = {q["code"]: q for q in call("GET", "/v1/queues").json()}
    assert list(listed)[:2] == ["business", "licence"]
    assert listed["project"] == {
        "code": "project",
        "name": {"zh-CN": "工程建设项目审批", "en": "Construction projects"},
        "about": {"zh-CN": "并联审批四阶段一窗受理", "en": "All four stages at one counter"},
        "prefix": "G",
        "where": {"zh-CN": "三楼G区16号窗口", "en": "Floor 3, area G, counter 16"},
        "ahead": 6,
        "wait": [120, 273],
        "open_counters": 1,
    }
    assert (listed["utility"]["wait"], listed["utility"]["open_counters"]) == (None, 0)
    assert listed["business"]["open_counters"] == 4
    clock.go(hours=2, minutes=10)
    at_noon = {q["code"]: q for q in call("GET", "/v1/queues").json()}
    assert (at_noon["business"]["open_counters"], at_noon["project"]["open_counters"]) == (2, 0)


def test_the_hall_is_that_of_the_terminal_and_knows_whether_it_is_open(call, call_other, clock):
    hall = call("GET", "/v1/hall").json()
    assert hall["code"] == "city"
    assert hall["open_now"] is True
    assert [band["noon"] for band in hall["bands"]] == [False, True, False]
    assert call_other("GET", "/v1/hall").json()["code"] == "baiyang"
    clock.now = FRIDAY.replace(hour=22)
    assert call("GET", "/v1/hall").json()["open_now"] is False
