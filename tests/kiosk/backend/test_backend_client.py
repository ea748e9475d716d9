import gzip
import json
import socket
import threading

import pytest
from hostile import Hostile, hang, reply, say, trickle
from office_help import FRIDAY, KEY, nonce

from kiosk.backend.abort import Abort
from kiosk.backend.access import OfficeAccess
from kiosk.backend.client import OfficeClient
from kiosk.backend.messages import (
    Case,
    CaseByNumber,
    CaseByToken,
    CasesOfPerson,
    CaseState,
    GetHall,
    Hall,
    ListQueues,
    PrintState,
    Queue,
    ReportPrint,
    TakeTicket,
    Ticket,
)
from kiosk.errors import BackendError, BackendReason

TAKE = TakeTicket(nonce=nonce(1), service="business", language="zh-CN")
BY_NUMBER = CaseByNumber(number="990000000001", phone_tail="0016")


def client(url, key=KEY, **limits):
    return OfficeClient(OfficeAccess(url=url, key=key, **{"connect": 10.0, "read": 10.0, "total": 20.0} | limits))


HALL = GetHall()


def refusal(client, request=HALL, abort=None):
    with pytest.raises(BackendError) as caught:
        client.ask(request, abort)
    assert caught.value.__cause__ is None
    return caught.value


class TestWithTheRealOffice:
    def test_every_request_gets_its_own_kind_of_reply(self, running):
        ask = client(running[0].url).ask
        hall, queues, ticket = ask(GetHall()), ask(ListQueues()), ask(TAKE)
        assert isinstance(hall, Hall)
        assert hall.bands[1].noon is True
        assert all(isinstance(queue, Queue) for queue in queues)
        assert isinstance(ticket, Ticket)
        assert (ticket.number, ticket.issued, ticket.wait) == ("A001", FRIDAY, (0, 3))
        assert ask(TAKE) == ticket
        printed = ask(ReportPrint(ticket=ticket.id, state=PrintState.PRINTED, attempt=1))
        assert printed.print_state is PrintState.PRINTED
        summaries = ask(CasesOfPerson(number="999999198506120021", name="测试·乙二"))
        assert len(summaries) == 40
        case = ask(BY_NUMBER)
        assert isinstance(case, Case)
        assert case.state is CaseState.OVERDUE
        assert ask(CaseByToken(token=case.token)) == case
        client(running[0].url + "/").healthy()

    def test_refusals(self, running, clock):
        good, stranger = client(running[0].url), client(running[0].url, "wrong")
        assert refusal(stranger).reason is BackendReason.UNAUTHORISED
        assert refusal(good, CaseByToken(token="A" * 22)).reason is BackendReason.NOT_FOUND
        assert refusal(good, CaseByToken(token="short")).reason is BackendReason.REFUSED
        good.ask(TAKE)
        conflict = ReportPrint(ticket=good.ask(TAKE).id, state=PrintState.PENDING, attempt=1)
        assert refusal(good, conflict).reason is BackendReason.REFUSED
        clock.now = FRIDAY.replace(hour=20)
        assert refusal(good, TakeTicket(nonce=nonce(2), service="business", language="en")).reason is BackendReason.CLOSED
        for _ in range(5):
            refusal(good, CaseByNumber(number="990000000001", phone_tail="9999"))
        limited = refusal(good, BY_NUMBER)
        assert (limited.reason, limited.retry_after) == (BackendReason.RATE_LIMITED, 900)

    def test_the_repr_and_the_errors_hold_no_secret(self, running):
        assert KEY not in repr(OfficeAccess(url="x", key=KEY))
        assert "990000000001" not in str(refusal(client(running[0].url), CaseByNumber(number="990000000001", phone_tail="9999")))


HALL_JSON = json.dumps(
    {"code": "city", "name": {}, "address": {}, "phone": "", "bands": [], "hours": {}, "notices": [], "open_now": True, "privacy": {}}
).encode()
BROKEN = {
    "html": reply(b"<html><body>Login</body></html>", b"200 OK", b"Content-Type: text/html"),
    "nothing": reply(b""),
    "another type": reply(b"[]"),
    "missing fields": reply(b'{"code": "city"}'),
    "wrong type": reply(b'{"code": 1}'),
    "not UTF-8": reply(b'{"code": "\xff"}'),
    "cut off by its length": reply(b'{"code": "city", "name'),
    "500": reply(b'{"code": "internal"}', b"500 Internal Server Error"),
    "503 html": reply(b"<html>", b"503 Service Unavailable"),
    "302": reply(b"", b"302 Found", b"Location: /v1/hall"),
    "304": b"HTTP/1.1 304 Not Modified\r\n\r\n",
    "999": reply(b"", b"999 Strange"),
    "not HTTP": b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "endless header": b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
    "many headers": b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 500 + b"\r\n",
    "two lengths": reply(b"[]", b"200 OK", b"Content-Length: 1"),
    "longer than said": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}",
    "bad chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}",
    "unfinished chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}",
    "huge": reply(b" " * (2 * 1024 * 1024)),
    "huge without length": b"HTTP/1.1 200 OK\r\n\r\n" + b" " * (2 * 1024 * 1024),
    "gzip bomb": reply(gzip.compress(b" " * 50_000_000), b"200 OK", b"Content-Encoding: gzip"),
    "gzip bomb in a bomb": reply(gzip.compress(gzip.compress(b" " * 50_000_000)), b"200 OK", b"Content-Encoding: gzip"),
    "gzip cut short": reply(gzip.compress(HALL_JSON)[:-9], b"200 OK", b"Content-Encoding: gzip"),
    "gzip with more": reply(gzip.compress(HALL_JSON) + b"more", b"200 OK", b"Content-Encoding: gzip"),
    "gzip of a wrong sum": reply(gzip.compress(HALL_JSON)[:-8] + bytes(8), b"200 OK", b"Content-Encoding: gzip"),
    "no gzip": reply(HALL_JSON, b"200 OK", b"Content-Encoding: gzip"),
    "another coding": reply(HALL_JSON, b"200 OK", b"Content-Encoding: br"),
    "deep": reply(b"[" * 100_000),
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN.keys())
def test_nonsense_is_broken_and_nothing_else(answer):
    with Hostile(say(answer)) as office:
        error = refusal(client(office.url))
        assert error.reason is BackendReason.BROKEN
        assert len(office.seen) <= 3
        assert all(request.startswith(b"GET /v1/hall HTTP/1.1") for request in office.seen)


@pytest.mark.parametrize("size", [0, 100, 1_000_000])
def test_a_packed_reply_is_unpacked(size):
    body = HALL_JSON + b" " * size
    with Hostile(say(reply(gzip.compress(body), b"200 OK", b"Content-Encoding: gzip"))) as office:
        assert client(office.url).ask(HALL).code == "city"


@pytest.mark.parametrize("answer", [BROKEN["html"], BROKEN["nothing"], reply(b'{"status": "bad"}'), reply(b"[1]"), BROKEN["500"]])
def test_health_is_a_reply_of_the_office_not_of_any_web_server(answer):
    with Hostile(say(answer)) as office, pytest.raises(BackendError) as caught:
        client(office.url).healthy()
    assert caught.value.reason is BackendReason.BROKEN


@pytest.mark.parametrize(
    ("status", "headers", "body", "reason", "retry_after"),
    [
        (b"401 Unauthorized", (), b"", BackendReason.UNAUTHORISED, None),
        (b"403 Forbidden", (), b"<html>", BackendReason.UNAUTHORISED, None),
        (b"404 Not Found", (), b"", BackendReason.NOT_FOUND, None),
        (b"409 Conflict", (), b'{"code":"closed"}', BackendReason.CLOSED, None),
        (b"409 Conflict", (), b'{"code":"other"}', BackendReason.REFUSED, None),
        (b"409 Conflict", (), b"\xff[", BackendReason.REFUSED, None),
        (b"409 Conflict", (), b"[" * 5000, BackendReason.REFUSED, None),
        (b"418 Teapot", (), b"", BackendReason.REFUSED, None),
        (b"429 Too Many", (b"Retry-After: 17",), b"", BackendReason.RATE_LIMITED, 17),
        (b"429 Too Many", (b"Retry-After: Fri, 20 Nov 2026 02:00:00 GMT",), b"", BackendReason.RATE_LIMITED, None),
        (b"429 Too Many", (b"Retry-After: 99999",), b"", BackendReason.RATE_LIMITED, 86400),
        (b"429 Too Many", (b"Retry-After: 99999999999999999",), b"", BackendReason.RATE_LIMITED, None),
        (b"429 Too Many", (b"Retry-After: \xb2",), b"", BackendReason.RATE_LIMITED, None),
        (b"429 Too Many", (b"Retry-After: -5",), b"", BackendReason.RATE_LIMITED, None),
    ],
)
def test_refusals_are_told_apart_and_not_repeated(status, headers, body, reason, retry_after):
    with Hostile(say(reply(body, status, *headers))) as office:
        error = refusal(client(office.url), TAKE)
        assert (error.reason, error.retry_after) == (reason, retry_after)
        assert len(office.seen) == 1


def test_a_closed_port_is_unreachable_at_once():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert refusal(client(f"http://127.0.0.1:{port}"), BY_NUMBER).reason is BackendReason.UNREACHABLE


@pytest.mark.parametrize("url", ["http://no-such-host.invalid", "http://127.0.0.1:1"])
def test_no_such_office(url):
    assert refusal(client(url)).reason is BackendReason.UNREACHABLE


@pytest.mark.parametrize("url", ["", "nonsense", "ftp://x", "http://", "http://[::1"])
def test_a_url_that_is_none_is_broken(url):
    assert refusal(client(url)).reason is BackendReason.BROKEN


def test_connections_that_end_without_a_word_are_unreachable():
    with Hostile(lambda *_: None) as office:
        assert refusal(client(office.url)).reason is BackendReason.UNREACHABLE
        assert len(office.seen) == 3


def test_a_server_that_hangs_times_out_by_the_read_limit():
    with Hostile(hang) as office:
        error = refusal(client(office.url, read=0.2, total=5.0), BY_NUMBER)
        assert error.reason is BackendReason.TIMEOUT
        assert error.unknown_outcome
        assert len(office.seen) == 1


HEAD = b"HTTP/1.1 200 OK\r\n"
TRICKLES = {
    "status line": (b"HTTP/1.1 200 OK", b"K"),
    "headers": (HEAD + b"X: ", b"a"),
    "body": (HEAD + b"Content-Length: 100000\r\n\r\n", b" "),
    "body without length": (HEAD + b"\r\n[]", b" "),
    "chunks": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
}


@pytest.mark.parametrize(("head", "byte"), TRICKLES.values(), ids=TRICKLES.keys())
def test_a_server_that_trickles_cannot_outlast_the_total_limit(head, byte):
    with Hostile(trickle(head, byte)) as office:
        assert refusal(client(office.url, total=0.6), ListQueues()).reason is BackendReason.TIMEOUT


@pytest.mark.parametrize("request_", [GetHall(), ListQueues(), TAKE, CaseByToken(token="A" * 22)])
def test_what_may_be_repeated_is_repeated(request_):
    first = threading.Event()

    def act(connection, _request, _over):
        if first.is_set():
            connection.sendall(reply(b"", b"404 Not Found"))
        first.set()

    with Hostile(act) as office:
        assert refusal(client(office.url), request_).reason is BackendReason.NOT_FOUND
        assert len(office.seen) == 2
        assert office.seen[0].split(b"\r\n\r\n")[0] == office.seen[1].split(b"\r\n\r\n")[0]


def test_a_guess_is_never_sent_twice():
    with Hostile(lambda *_: None) as office:
        refusal(client(office.url), BY_NUMBER)
        assert len(office.seen) == 1


def test_what_is_sent_is_plain_and_personal_facts_are_in_the_body_only():
    with Hostile(say(reply(b"", b"404 Not Found"))) as office:
        refusal(client(office.url), BY_NUMBER)
        head, body = office.seen[0].split(b"\r\n\r\n")
    assert json.loads(body) == {"number": "990000000001", "phone_tail": "0016"}
    assert b"990000000001" not in head
    assert b"Accept-Encoding: gzip\r\n" in head
    assert b"Connection: close" in head
    assert f"Authorization: Bearer {KEY}".encode() in head


def test_the_environment_changes_nothing(monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login evil password evil\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with Hostile(say(reply(b"", b"404 Not Found"))) as office:
        assert refusal(client(office.url)).reason is BackendReason.NOT_FOUND
        assert f"Bearer {KEY}".encode() in office.seen[0]


def test_https_needs_a_certificate_one_trusts(tmp_path):
    with Hostile(hang) as office:
        url = office.url.replace("http:", "https:")
        error = refusal(client(url, read=0.3, total=0.8))
        assert error.reason in {BackendReason.UNREACHABLE, BackendReason.TIMEOUT}
        assert refusal(client(url, ca=str(tmp_path / "missing.pem"))).reason is BackendReason.BROKEN


def test_an_abort_ends_a_hanging_request_and_all_that_follow():
    with Hostile(hang) as office:
        asking, abort, errors = client(office.url, read=30.0, total=30.0), Abort(), []
        thread = threading.Thread(target=lambda: errors.append(refusal(asking, GetHall(), abort)))
        thread.start()
        office.wait_for(1)
        abort.abort()
        thread.join(10)
        assert not thread.is_alive()
        assert errors[0].unknown_outcome
        assert refusal(asking, GetHall(), abort).unknown_outcome
