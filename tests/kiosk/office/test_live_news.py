"""What displays, phones and desks hear at once: server-sent events over one process and over several."""

import socket
import threading
import time

import pytest
from desk_help import Desk, Reader, at_once, events, take
from office_help import Caller, office_on, open_app
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from kiosk.office.live import boards, relay, streams
from kiosk.office.server import serve


@pytest.fixture
def url(running):
    return running[0].url


@pytest.fixture
def desk(url):
    with Desk(url) as signed_in:
        yield signed_in


def phone(ticket):
    return "/t/" + ticket["follow"].rpartition("/")[2]


def read(url, path):
    caller = Caller(url, None)
    answer = caller("GET", path)
    caller.session.close()
    return answer


@pytest.mark.postgres
def test_a_call_is_heard_on_the_display_and_the_phone(call, desk, url):
    ticket = take(call, 1)
    with events(url, "/display/city/events") as display, events(url, f"{phone(ticket)}/events") as holder:
        assert display.next()["calls"] == []
        assert holder.next()["ahead"] == 0
        desk.does("call-next")
        called = display.until(lambda state: state["calls"])
        assert [(one["number"], one["counter"], one["call"]) for one in called["calls"]] == [("A001", "1", 1)]
        assert called["calls"][0]["voice"] == {"zh-CN": "请A001号到1号窗口", "en": "Number A001, please go to counter 1"}
        assert next(one["number"] for one in called["counters"] if one["code"] == "1") == "A001"
        mine = holder.until(lambda state: state["state"] == "called")
        assert mine["counter"]["zh-CN"] == "1号窗口"
        desk.does("start")
        desk.does("finish")
        assert holder.until(lambda state: state["state"] == "finished")
        assert holder.next("end") == {}
        assert holder.next() is None  # over
    assert read(url, "/display/city/state").json()["calls"] == [called["calls"][0] | {"state": "finished"}]
    assert read(url, f"{phone(ticket)}/state").json()["state"] == "finished"


def test_a_reader_who_comes_back_is_told_what_is_new_only(call, desk, url, monkeypatch):
    monkeypatch.setattr(streams, "HEARTBEAT_SECONDS", 0.1)
    take(call, 1)
    with events(url, "/display/city/events") as display:
        first = display.next()
    with events(url, "/display/city/events", last=display.id) as again:
        assert next(line for line in again._lines if line and not line.startswith("retry")) == ": alive"
        desk.does("call-next")
        assert again.next()["calls"]
    with events(url, "/display/city/events", last=display.id) as late:
        assert late.next()["calls"]
    assert first["calls"] == []


def test_a_phone_that_knows_the_end_is_not_kept(call, desk, url):
    ticket = take(call, 1)
    with events(url, f"{phone(ticket)}/events") as holder:
        assert desk.serves() == "A001"
        holder.until(lambda state: state["state"] == "finished")
    session = Caller(url, None).session
    answer = session.get(f"{url}{phone(ticket)}/events", headers={"Last-Event-ID": holder.id}, timeout=20)
    session.close()
    assert (answer.status_code, answer.content) == (204, b"")


def test_the_desk_hears_of_new_tickets_until_it_signs_out(call, desk, url):
    with events(url, "/desk/api/events", desk.session) as news:
        assert news.next()["waiting"] == []
        take(call, 1)
        assert news.until(lambda state: state["waiting"])["queues"][0]["waiting"] == 1
        assert desk("sign-out").status_code == 204
        assert news.next("end") == {}
    assert read(url, "/desk/api/events").status_code == 401


def test_a_display_says_why_nobody_is_called(call, desk, url, clock):
    assert read(url, "/display/city/state").json()["closed"] is None
    desk.does("break", minutes=15, words="午休，马上回来")
    shown = {one["code"]: one for one in read(url, "/display/city/state").json()["counters"]}
    assert (shown["1"]["state"], shown["1"]["message"]["zh-CN"]) == ("break", "午休，马上回来")
    assert (shown["17"]["state"], shown["17"]["message"]) == ("closed", None)
    clock.go(hours=12)
    assert read(url, "/display/baiyang/state").json()["closed"]["en"] == "The hall is closed now"
    some = read(url, "/display/city/state?counters=5,6").json()
    assert [one["code"] for one in some["counters"]] == ["5", "6"]


def test_a_display_of_some_windows_shows_their_calls_only(call, desk, url):
    take(call, 1)
    take(call, 2, "social")
    desk.does("call-next")
    with Desk(url, "1003", "5") as social:
        social.does("call-next")
    assert [one["number"] for one in read(url, "/display/city/state").json()["calls"]] == ["B001", "A001"]
    assert [one["number"] for one in read(url, "/display/city/state?counters=1").json()["calls"]] == ["A001"]


ABSENT = [
    ("/display/nowhere/state", 404),
    ("/display/nowhere/events", 404),
    ("/display/%00/events", 422),
    ("/display/city/state?counters=%3Cscript%3E", 422),
    (f"/t/{'A' * 22}/state", 404),
    (f"/t/{'A' * 22}/events", 404),
    ("/t/short/events", 422),
    ("/desk/api/state", 401),
]


def test_what_there_is_not(url):
    for path, status in ABSENT:
        answer = read(url, path)
        assert answer.status_code == status, path
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_news_names_nobody_and_is_kept_by_nobody(call, url):
    ticket = take(call, 1, priority="disabled")
    for path in ("/display/city/state", f"{phone(ticket)}/state"):
        answer = read(url, path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "disabled" not in answer.text


def test_many_readers_at_once_and_one_that_takes_nothing_hold_nobody_up(call, desk, url):
    """A reader who never reads: its socket fills up, the acts go on."""
    host, port = url.removeprefix("http://").split(":")
    with socket.socket() as dead:
        dead.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        dead.connect((host, int(port)))
        dead.sendall(b"GET /display/city/events HTTP/1.1\r\nHost: x\r\n\r\n")
        done = []

        def one(path):
            with events(url, path) as reader:
                done.append(reader.until(lambda state: len(state["calls"]) == 8))

        threads = [threading.Thread(target=one, args=("/display/city/events",)) for _ in range(5)]
        for thread in threads:
            thread.start()
        for n in range(9):
            take(call, n)
            desk.serves()
        for thread in threads:
            thread.join(20)
    assert len(done) == 5


def test_stopping_the_server_ends_all_streams(database, clock, caplog):
    with office_on(database, clock) as (serving, app):
        url, ends = serving.url, []

        def one(started):
            with events(url, "/display/city/events") as reader:
                reader.next()
                started.set()
                ends.append(reader.next())

        flags = [threading.Event() for _ in range(5)]
        threads = [threading.Thread(target=one, args=(flag,)) for flag in flags]
        for thread in threads:
            thread.start()
        assert all(flag.wait(20) for flag in flags)
        assert app.state.office.live.watched["city"] == 5
    for thread in threads:
        thread.join(20)
    assert ends == [None] * 5
    assert app.state.streams.readers == 0
    assert not [record for record in caplog.records if "graceful" in record.getMessage()]  # at once, not at the limit of its patience


def test_readers_who_have_gone_are_forgotten(url, running):
    app = running[1]
    with events(url, "/display/city/events") as display:
        display.next()
        assert app.state.streams.readers == 1
    deadline = time.monotonic() + 20
    while app.state.streams.readers and time.monotonic() < deadline:
        threading.Event().wait(0.01)
    assert app.state.streams.readers == 0
    assert dict(app.state.office.live.watched) == {"city": 0}


def test_a_stream_ends_while_the_database_cannot_be_had_and_the_next_one_goes_on(call, desk, url, running, monkeypatch):
    def away(_boards, _hall):
        raise OperationalError("SELECT", {}, Exception("gone"))

    with events(url, "/display/city/events") as display:
        display.next()
        with monkeypatch.context() as patched:
            patched.setattr(boards.Boards, "newest", away)
            running[1].state.office.live.heard("city")
            assert display.next() is None
    with events(url, "/display/city/events") as display:
        assert display.next()["calls"] == []


def test_there_are_not_more_readers_than_the_office_can_bear(url, monkeypatch):
    monkeypatch.setattr(streams, "_MOST_READERS", 1)
    with events(url, "/display/city/events") as display:
        display.next()
        answer = read(url, "/display/city/events")
        assert (answer.status_code, answer.json()["code"]) == (503, "busy")


@pytest.mark.postgres
def test_news_go_from_one_process_of_the_office_to_another(call, url, database, clock, monkeypatch):
    """Two servers over one database, as two processes have them."""
    monkeypatch.setattr(streams, "HEARTBEAT_SECONDS", 1000)
    two = serve(open_app(database, clock))
    with events(two.url, "/display/city/events") as display, Desk(url) as desk:
        display.next()
        take(call, 1)
        desk.does("call-next")
        assert display.until(lambda state: state["calls"])["calls"][0]["number"] == "A001"
    two.stop()


def test_news_come_again_after_the_line_to_the_database_was_cut(cluster, clock, monkeypatch):
    monkeypatch.setattr(relay, "_BACK_OFF_SECONDS", 0.05)
    with cluster.database("seeded") as database, office_on(database, clock) as (one, app):
        two, call = serve(open_app(database, clock)), Caller(one.url)
        with events(two.url, "/display/city/events") as display, Desk(one.url) as desk:
            display.next()
            take(call, 1)
            assert display.until(lambda state: state["queues"][0]["waiting"] == 1)
            with app.state.office.database.write() as connection:
                lines = "FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'kiosk-office-live'"
                assert connection.execute(text(f"SELECT count(pg_terminate_backend(pid)) {lines}")).scalar_one() == 2
            desk.does("call-next")  # perhaps told to nobody, but whoever listens again looks again
            assert display.until(lambda state: state["calls"])
            take(call, 2)
            assert display.until(lambda state: state["queues"][0]["waiting"] == 1)
        call.session.close()
        two.stop()


def test_a_reader_who_takes_nothing_does_not_hold_up_the_end(database, clock, monkeypatch, caplog):
    asked = threading.Event()

    def more_than_any_buffer(_value):
        asked.set()
        return "0" * 16, "x" * 20_000_000

    monkeypatch.setattr(streams, "digest", more_than_any_buffer)
    with socket.socket() as dead, office_on(database, clock) as (serving, _):
        host, port = serving.url.removeprefix("http://").split(":")
        dead.connect((host, int(port)))
        dead.sendall(b"GET /display/city/events HTTP/1.1\r\nHost: x\r\n\r\n")
        assert asked.wait(20)
    assert not [record for record in caplog.records if "graceful" in record.getMessage()]


@pytest.mark.postgres
def test_acts_at_once_are_all_heard(call, url):
    with Desk(url) as one, Desk(url, "1002", "2") as two, events(url, "/display/city/events") as display:
        display.next()
        for n in range(4):
            take(call, n)
        for _ in range(2):
            at_once(one.serves, two.serves)
        last = display.until(lambda state: len([c for c in state["calls"] if c["state"] == "finished"]) == 4)
    assert sorted(c["number"] for c in last["calls"]) == ["A001", "A002", "A003", "A004"]
    assert isinstance(display, Reader)
