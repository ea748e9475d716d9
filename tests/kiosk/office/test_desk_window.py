"""Signing in, sitting down at a window, opening and closing it."""

import json

import pytest
from desk_help import FROM_PAGE, PINS, Desk, at_once, position, take
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_help import logged_requests
from sqlalchemy import select, text, update

from kiosk.office.queue import hall_acts
from kiosk.office.tables import clerks, counters, desk_sessions, staff_log

ACTS = {
    "call-next": {"services": ["business"]},
    "recall": None,
    "start": None,
    "finish": None,
    "missed": None,
    "requeue": {"ticket": "A001"},
    "transfer": {"ticket": "A001", "service": "social"},
    "park": {"ticket": "A001", "reason": "x"},
    "unpark": {"ticket": "A001"},
    "green": {"ticket": "A001", "reason": "x"},
    "open": None,
    "close": None,
    "break": {"minutes": 10},
    "sign-out": None,
}


@pytest.fixture
def url(running):
    return running[0].url


@pytest.fixture
def desk(url):
    with Desk(url) as signed_in:
        yield signed_in


@pytest.fixture
def stranger(url):
    desk = Desk(url)
    yield desk
    desk.session.close()


def code(answer):
    return answer.status_code, answer.json()["code"]


def log(office):
    with office.database.read() as connection:
        query = select(staff_log.c.counter, staff_log.c.clerk, staff_log.c.change, staff_log.c.open_counters).order_by(staff_log.c.id)
        return [tuple(row) for row in connection.execute(query)]


def test_the_cookie_is_for_the_page_alone_and_the_token_is_not_kept(desk, office):
    cookie = next(iter(desk.session.cookies))
    assert (cookie.name, cookie.path, cookie.secure) == ("desk", "/desk", False)
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "strict"
    with office.database.read() as connection:
        kept = repr(connection.execute(select(desk_sessions)).all()) + repr(connection.execute(select(clerks)).all())
    assert cookie.value not in kept
    assert not any(pin in kept for pin in PINS.values())


def test_nothing_is_done_without_a_session(stranger):
    assert code(stranger.session.get(f"{stranger.url}/state", timeout=20)) == (401, "unauthorised")
    for act, body in ACTS.items():
        assert code(stranger(act, **(body or {}))) == (401, "unauthorised"), act


def test_no_other_page_can_act_with_the_clerks_cookie(desk, url, call):
    take(call, 1)
    host = url.removeprefix("http://")
    foreign = [
        {"X-Requested-With": None},
        {"X-Requested-With": "XMLHttpRequest"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": f"http://{host}.evil.example"},
    ]
    for headers in foreign:
        for act, body in {**ACTS, "sign-in": desk.who}.items():
            answer = desk.session.post(f"{desk.url}/{act}", json=body, headers=headers, timeout=20)
            assert code(answer) == (403, "forbidden"), (act, headers)
    for origin in (url, "https://office.invalid"):  # its own, and the one the public reaches it by
        assert desk.session.post(f"{desk.url}/open", headers={"Origin": origin}, timeout=20).status_code == 200
    assert desk.state()["waiting"][0]["number"] == "A001"


@pytest.mark.postgres
def test_five_wrong_pins_lock_a_clerk_even_with_the_right_one(stranger, clock):
    for n in range(5):
        assert code(stranger("sign-in", **stranger.who | {"pin": f"00000{n}"})) == (401, "wrong_pin")
    answer = stranger("sign-in", **stranger.who)
    assert code(answer) == (429, "rate_limited")
    assert answer.headers["Retry-After"] == "900"
    assert stranger("sign-in", **stranger.who | {"clerk": "1002", "pin": PINS["1002"], "counter": "2"}).status_code == 200
    clock.go(minutes=15)
    assert stranger("sign-in", **stranger.who).status_code == 200


@pytest.mark.postgres
def test_guessing_at_once_is_counted_like_guessing_in_turn(url):
    desks = [Desk(url) for _ in range(9)]
    answers = at_once(*[lambda d=desk, n=n: d("sign-in", **d.who | {"pin": f"11111{n}"}) for n, desk in enumerate(desks)])
    assert sorted(answer.status_code for answer in answers) == [401] * 5 + [429] * 4
    for desk in desks:
        desk.session.close()


def test_unknown_clerks_halls_and_dismissed_ones_look_like_a_wrong_pin(stranger, office):
    with office.database.write() as connection:
        connection.execute(update(clerks).where(clerks.c.code == "1002").values(active=False))
    for change in ({"clerk": "9999"}, {"hall": "nowhere"}, {"hall": "baiyang"}, {"clerk": "1002", "pin": PINS["1002"]}):
        assert code(stranger("sign-in", **stranger.who | change)) == (401, "wrong_pin")
    assert code(stranger("sign-in", **stranger.who | {"counter": "99"})) == (404, "not_found")


def test_a_session_ends_after_a_working_day_with_the_clerk_or_by_signing_out(desk, office, clock, url):
    clock.go(hours=9, minutes=59)
    assert desk.state()["clerk_name"] == "窗口·甲一"
    clock.go(minutes=1)
    assert code(desk("open")) == (401, "unauthorised")
    with Desk(url) as again:
        assert again("sign-out").status_code == 204
        assert len(again.session.cookies) == 0
    with Desk(url) as dismissed:
        with office.database.write() as connection:
            connection.execute(update(clerks).where(clerks.c.code == "1001").values(active=False))
        assert code(dismissed("open")) == (401, "unauthorised")


def test_a_cookie_kept_after_signing_out_opens_nothing(desk):
    kept = desk.session.cookies["desk"]
    assert desk("sign-out").status_code == 204
    assert code(desk.session.post(f"{desk.url}/open", cookies={"desk": kept}, timeout=20)) == (401, "unauthorised")


@pytest.mark.postgres
def test_who_takes_a_window_has_it_alone_with_what_is_in_hand(call, desk, url):
    take(call, 1)
    desk.serves(finish=False)
    with Desk(url, "1002", "1") as next_clerk:
        assert next_clerk.state()["current"]["ticket"]["number"] == "A001"
        assert code(desk("finish")) == (401, "unauthorised")
        next_clerk.does("finish")


@pytest.mark.postgres
def test_a_clerk_sits_at_one_window_and_nobody_walks_up_to_the_old_one(call, desk, url, office):
    ticket = take(call, 1)
    desk.does("call-next")
    with Desk(url, "1001", "2") as moved:
        assert position(call, ticket)["state"] == "waiting"
        assert moved.does("call-next")["current"]["ticket"]["number"] == "A001"
    assert log(office) == [("1", "1001", "close", 16)]
    for _ in range(5):
        both = [Desk(url, "1001", "3"), Desk(url, "1001", "4")]
        at_once(*[lambda d=one: d("sign-in", **d.who) for one in both])  # the one overtaken may learn it at once
        assert sorted(one.session.get(f"{one.url}/state", timeout=20).status_code for one in both) == [200, 401]
        with office.database.read() as connection:
            assert len(connection.execute(select(counters).where(counters.c.clerk == "1001")).all()) == 1
        for one in both:
            one.session.close()


def test_a_window_that_is_closed_or_on_a_break_calls_nobody(call, desk, office, clock):
    take(call, 1)
    assert desk.does("close")["window"] == "closed"
    assert desk.refused("call-next") == "window_closed"
    assert desk.does("open")["window"] == "open"
    state = desk.does("break", minutes=30, words="午休")
    assert (state["window"], state["break_until"], state["break_words"]) == ("break", "2026-11-20T10:30:00+08:00", "午休")
    assert desk.refused("call-next") == "window_closed"
    clock.go(minutes=30)
    assert desk.state()["window"] == "open"
    desk.does("open")
    desk.does("close")
    desk.does("close")
    assert log(office) == [("1", "1001", "close", 16), ("1", "1001", "open", 17), ("1", "1001", "break", 16), ("1", "1001", "close", 16)]


def test_closing_leaves_what_is_in_hand(call, desk):
    take(call, 1)
    desk.serves(finish=False)
    assert desk.does("close")["current"]["ticket"]["number"] == "A001"
    assert desk.does("finish")["current"] is None


def test_open_windows_are_those_of_the_moment(call, desk, url, clock):
    def counted():
        queues = {one["code"]: one for one in call("GET", "/v1/queues").json()}
        return queues["business"]["open_counters"], queues["business"]["wait"]

    assert counted()[0] == 4
    desk.does("break", minutes=10)
    assert counted()[0] == 3
    clock.go(minutes=10)
    assert counted()[0] == 4
    desk.does("close")
    assert counted()[0] == 3
    desk.does("open")
    clock.go(hours=2)  # noon: windows 2 and 4 by timetable, window 1 because its clerk stays
    assert counted()[0] == 3
    clock.go(hours=5)  # after hours somebody still sits there
    assert counted() == (1, [0, 12])
    desk("sign-out")
    assert counted() == (0, None)


def test_acts_on_a_whole_hall(call, desk, office):
    ticket = take(call, 1)
    desk.does("call-next")
    hall_acts.finish_all(office, "city")
    assert position(call, ticket)["state"] == "finished"
    assert desk.state()["current"] is None
    hall_acts.switch_counters(office, "city", on=False)
    assert desk.state()["window"] == "closed"
    assert len(log(office)) == 17
    hall_acts.switch_counters(office, "city", on=True)
    assert log(office)[-1][2:] == ("open", 18)


BAD = [
    ("sign-in", {"pin": "12"}),
    ("sign-in", {"pin": "1234567890123"}),
    ("sign-in", {"pin": "abcdef"}),
    ("call-next", {"services": "business"}),
    ("call-next", {"services": ["x" * 65]}),
    ("call-next", {"other": 1}),
    ("requeue", {}),
    ("requeue", {"ticket": "1; DROP TABLE tickets"}),
    ("transfer", {"ticket": "A001", "service": "../x"}),
    ("park", {"ticket": "A001", "reason": ""}),
    ("park", {"ticket": "A001", "reason": "   "}),
    ("park", {"ticket": "A001", "reason": "a\nb"}),
    ("green", {"ticket": "A001", "reason": "x" * 121}),
    ("break", {"minutes": 0}),
    ("break", {"minutes": 241}),
    ("break", {"minutes": "10"}),
    ("break", {"minutes": 10, "words": "x" * 41}),
]


def test_what_is_out_of_limits_is_refused_and_not_repeated(desk):
    for act, body in BAD:
        answer = desk.session.post(f"{desk.url}/{act}", json=desk.who | body if act == "sign-in" else body, timeout=20)
        assert code(answer) == (422, "invalid"), (act, body)
        assert not any(value in answer.text for value in body.values() if isinstance(value, str) and len(value) > 3)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=[])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
named = st.dictionaries(
    st.sampled_from(["ticket", "service", "services", "counter", "comes_back", "reason", "minutes", "words", "pin", "clerk", "hall"]),
    anything | st.sampled_from(["A001", "0" * 32, "social", "1", "city", 10, True, "急", ["business"]]),
    max_size=5,
)


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=anything | named)
def test_no_json_whatever_makes_a_desk_fail(desk, body):
    headers = {"Content-Type": "application/json", **FROM_PAGE}
    for act in set(ACTS) - {"sign-out"}:
        answer = desk.session.post(f"{desk.url}/{act}", data=json.dumps(body), headers=headers, timeout=20)
        assert answer.status_code in {200, 404, 409, 422}, (act, answer.text)
    assert desk.session.post(f"{desk.url}/sign-in", data=json.dumps(body), headers=headers, timeout=20).status_code in {401, 422, 429}


def test_reasons_and_pins_stay_out_of_the_logs(desk, call, caplog):
    take(call, 1)
    with caplog.at_level("DEBUG"):
        desk.does("green", ticket="A001", reason="某人的事")
        desk("sign-in", **desk.who)
        logged_requests(caplog, "POST /desk/api/green 200", "POST /desk/api/sign-in 200")
    written = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("urllib3"))
    assert not any(secret in written for secret in ("某人的事", desk.who["pin"], desk.session.cookies["desk"]))


def test_a_window_shows_nobodys_name(call, desk, office):
    take(call, 1)
    desk.does("call-next")
    with office.database.read() as connection:
        names = connection.execute(text("SELECT DISTINCT applicant FROM cases")).scalars().all()
    shown = json.dumps(desk.state(), ensure_ascii=False)
    assert not any(name in shown for name in names)
