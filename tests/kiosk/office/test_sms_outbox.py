import json
import logging
import threading
import time
from datetime import timedelta

import pytest
from hostile import Hostile, hang, reply, say, trickle
from sqlalchemy import delete, select

from kiosk.office import sms
from kiosk.office.sms import gateway as gateway_module
from kiosk.office.sms import outbox
from kiosk.office.tables import sms_outbox

PHONE, WORDS = "19900000001", {"zh-CN": "测试：您的号快到了", "en": "Test: nearly your turn"}
KEY = "key-of-the-gateway-in-tests"
OK = reply(b'{"ok": true}')


@pytest.fixture(autouse=True)
def logged(caplog):
    """Neither phones nor words nor keys are ever logged."""
    with caplog.at_level(logging.DEBUG):
        yield caplog
    said = "".join(f"{one.getMessage()}{one.exc_text}" for one in caplog.records)
    for secret in (PHONE, "测试", KEY):
        assert secret not in said


class Sending:
    """A sender that looks often."""

    def __init__(self, office, url):
        self.office = office
        self.sender = sms.Sender(office, sms.Gateway(url, KEY) if url else None, poll=0.01)

    def __enter__(self):
        self.sender.start()
        return self

    def __exit__(self, *_):
        self.sender.stop()

    def wait(self, good):
        """The rows, once they are as wanted."""
        end = time.monotonic() + 20
        while not good(rows := self.rows()):
            assert time.monotonic() < end, rows
            threading.Event().wait(0.01)
        return rows

    def rows(self):
        with self.office.database.read() as connection:
            return connection.execute(select(sms_outbox).order_by(sms_outbox.c.put, sms_outbox.c.id)).all()


def put(office, phone=PHONE, about="ticket-near", **more):
    with office.database.write() as connection:
        sms.put(connection, phone, WORDS, about, at=office.now(), **more)


def states(rows):
    return [row.state for row in rows]


def keys(peer):
    """Idempotency keys in the order they came."""
    return [
        line.split(b": ")[1].decode() for seen in peer.seen for line in seen.split(b"\r\n") if line.lower().startswith(b"idempotency-key")
    ]


def in_turn(*acts):
    """An act that does one thing for the first connection, another for the second; the last for all others."""
    turns = list(acts)

    def act(connection, request, over):
        (turns.pop(0) if len(turns) > 1 else turns[0])(connection, request, over)

    return act


def close(_connection, _request, _over):
    """The answer is lost."""


@pytest.mark.postgres
def test_what_is_put_is_sent_once_and_then_forgotten(office):
    with Hostile(say(OK)) as peer, Sending(office, f"{peer.url}/sms?city=1") as sending:
        put(office)
        put(office, language="en")
        put(office, language="mn")
        rows = sending.wait(lambda rows: states(rows) == ["sent"] * 3)
        assert {(row.phone, row.text, row.tries) for row in rows} == {("", "", 1)}
    assert len(peer.seen) == 3
    head, _, body = peer.seen[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /sms?city=1 HTTP/1.1\r\n")
    assert f"Authorization: Bearer {KEY}".encode() in head
    assert json.loads(body)["phone"] == PHONE
    assert sorted(json.loads(seen.partition(b"\r\n\r\n")[2])["text"] for seen in peer.seen) == sorted(
        [WORDS["en"], WORDS["zh-CN"], WORDS["zh-CN"]]
    )
    assert sorted(keys(peer)) == sorted(row.id for row in rows)


def test_a_transaction_that_fails_sends_nothing(office):
    def failing():
        with office.database.write() as connection:
            sms.put(connection, PHONE, WORDS, "x", at=office.now())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    put(office, phone="")
    with office.database.read() as connection:
        assert outbox.waiting(connection) == 0


def test_a_lost_answer_is_asked_for_again_under_the_same_key_after_a_growing_pause(office, clock):
    with Hostile(in_turn(close, close, close, say(OK))) as peer, Sending(office, peer.url) as sending:
        put(office)
        pauses = []
        for tries in (1, 2, 3):
            (row,) = sending.wait(lambda rows, tries=tries: rows[0].tries == tries and rows[0].next_try < office.now() + outbox.LEASE)
            pauses.append((row.next_try - office.now()).total_seconds())
            clock.go(seconds=pauses[-1])
        (row,) = sending.wait(lambda rows: states(rows) == ["sent"])
    assert pauses == [5, 10, 20]
    assert len(peer.seen) == 4
    assert set(keys(peer)) == {row.id}


@pytest.mark.parametrize(
    "answer",
    [
        reply(b"", b"500 No"),
        reply(b"", b"302 Found", b"Location: http://127.0.0.1:1/"),
        b"garbage\r\n\r\n",
        b"HTTP/1.1 99999 x\r\n\r\n",
        reply(b"", b"401 No"),
        b"",
    ],
)
def test_what_settles_nothing_is_tried_again(office, clock, answer):
    with Hostile(in_turn(say(answer), say(OK))) as peer, Sending(office, peer.url) as sending:
        put(office)
        sending.wait(lambda rows: rows[0].tries == 1 and rows[0].next_try < office.now() + outbox.LEASE)
        clock.go(seconds=5)
        sending.wait(lambda rows: states(rows) == ["sent"])
    assert len(peer.seen) == 2


def test_the_gateways_own_wish_to_wait_is_heeded_within_reason(office):
    for asked, seconds in ((b"60", 60), (b"999999", 1800), (b"1", 5), (b"soon", 5)):
        with Hostile(say(reply(b"", b"429 Slow", b"Retry-After: " + asked))) as peer, Sending(office, peer.url) as sending:
            put(office)
            (row,) = sending.wait(lambda rows: rows[0].tries == 1 and rows[0].next_try != office.now() + outbox.LEASE)
            assert row.next_try - office.now() == timedelta(seconds=seconds)
        with office.database.write() as connection:
            connection.execute(delete(sms_outbox))


def test_what_the_gateway_will_never_take_is_not_sent_again(office):
    with Hostile(say(reply(b"", b"422 No such phone"))) as peer, Sending(office, peer.url) as sending:
        put(office)
        (row,) = sending.wait(lambda rows: states(rows) == ["refused"])
    assert (row.phone, row.text) == ("", "")
    assert len(peer.seen) == 1


def test_given_up_after_a_day(office, clock):
    with Hostile(close) as peer, Sending(office, peer.url) as sending:
        put(office)
        sending.wait(lambda rows: rows[0].tries == 1 and rows[0].next_try < office.now() + outbox.LEASE)
        clock.go(hours=24)
        (row,) = sending.wait(lambda rows: rows[0].state == "givenUp")
    assert (row.state, row.phone, row.text) == ("givenUp", "", "")
    assert len(peer.seen) == 2


def test_acknowledged_but_not_noted_is_noted_later_and_not_sent_again(office, monkeypatch):
    real, fails = outbox.finish, threading.Event()

    def failing(*args):
        if not fails.is_set():
            fails.set()
            raise outbox_down()
        return real(*args)

    monkeypatch.setattr(outbox, "finish", failing)
    with Hostile(say(OK)) as peer, Sending(office, peer.url) as sending:
        put(office)
        sending.wait(lambda rows: states(rows) == ["sent"])
        assert fails.is_set()
    assert len(peer.seen) == 1


def outbox_down():
    from sqlalchemy.exc import OperationalError  # noqa: PLC0415

    return OperationalError("UPDATE", {}, Exception("gone"))


def test_a_gateway_that_trickles_does_not_hold_the_sender(office, monkeypatch, clock):
    monkeypatch.setattr(gateway_module, "_TOTAL_SECONDS", 0.3)
    with Hostile(in_turn(trickle(b"H", b"T"), say(OK))) as peer, Sending(office, peer.url) as sending:
        put(office)
        sending.wait(lambda rows: rows[0].tries == 1 and rows[0].next_try < office.now() + outbox.LEASE)
        clock.go(seconds=5)
        sending.wait(lambda rows: states(rows) == ["sent"])
        assert len(set(keys(peer))) == 1


def test_stopping_does_not_wait_for_a_gateway_that_hangs_and_the_message_goes_out_later(office, clock):
    with Hostile(in_turn(hang, say(OK))) as peer:
        with Sending(office, peer.url):
            put(office)
            peer.wait_for(1)
        clock.now += outbox.LEASE
        with Sending(office, peer.url) as sending:
            (row,) = sending.wait(lambda rows: states(rows) == ["sent"])
        assert set(keys(peer)) == {row.id}


def test_a_gateway_that_is_not_there(office):
    with Hostile(say(OK)) as peer:
        url = peer.url
    with Sending(office, url) as sending:
        put(office)
        sending.wait(lambda rows: rows[0].tries == 1 and rows[0].next_try < office.now() + outbox.LEASE)


@pytest.mark.postgres
def test_two_senders_share_the_outbox(office):
    with Hostile(say(OK)) as peer:
        for _ in range(30):
            put(office)
        with Sending(office, peer.url) as one, Sending(office, peer.url):
            one.wait(lambda rows: states(rows) == ["sent"] * 30)
        assert len(peer.seen) == len(set(keys(peer))) == 30


def test_without_a_gateway_messages_stay_and_that_is_said_once(office, running, logged):
    put(office)
    sender = sms.Sender(office, None)
    logged.clear()
    sender.start()
    sender.stop()
    assert [one.getMessage() for one in logged.records if one.name == "kiosk.office.sms"] == [
        "no SMS gateway is configured: messages stay in the outbox"
    ]
    with office.database.read() as connection:
        assert outbox.waiting(connection) == 1


@pytest.mark.parametrize("gateway", [True, False])
def test_what_waited_for_more_than_a_week_is_forgotten_and_not_sent(office, clock, gateway):
    put(office)
    clock.go(days=7, seconds=1)
    put(office)
    with Hostile(say(OK)) as peer, Sending(office, peer.url if gateway else None) as sending:
        old, new = sending.wait(lambda rows: rows[0].state == "givenUp" and (not gateway or rows[1].state == "sent"))
    assert (old.phone, old.text, old.tries) == ("", "", 0)
    assert len(peer.seen) == (1 if gateway else 0)
    assert new.state == ("sent" if gateway else "pending")


@pytest.mark.parametrize(
    ("url", "key"), [("ftp://x/", KEY), ("http://", KEY), ("https://user:secret@x/", KEY), ("http://x/", ""), ("http://x/", "a\nb")]
)
def test_addresses_and_keys_that_are_none(url, key):
    with pytest.raises(ValueError, match="SMS gateway's"):
        sms.Gateway(url, key)
