import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import asynccontextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_help import KEY, SECRET, Caller, Clock, logged_requests, nonce

from kiosk.backend import messages
from kiosk.office import contract
from kiosk.office.access import enrol
from kiosk.office.api import OfficeApi, create_app
from kiosk.office.server import serve

PATHS = [
    ("GET", "/v1/hall"),
    ("GET", "/v1/queues"),
    ("POST", "/v1/tickets"),
    ("PUT", f"/v1/tickets/{'0' * 32}/print"),
    ("POST", "/v1/cases/of-person"),
    ("POST", "/v1/cases/by-number"),
    ("POST", "/v1/cases/by-token"),
]
POSTS = [path for path in PATHS if path[0] != "GET"]
FUZZ = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])


def problem(answer):
    assert answer.headers["Content-Type"] == "application/problem+json"
    document = answer.json()
    assert document["status"] == answer.status_code
    assert {"type", "title", "status", "code"} <= set(document) <= {"type", "title", "status", "code", "fields"}
    return answer.status_code, document["code"]


def test_health_is_open(call_stranger):
    answer = call_stranger("GET", "/v1/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_only_enrolled_terminals_are_answered(call):
    for key in (None, "", "Bearer", "Bearer wrong", f"Basic {KEY}", f"Bearer {KEY[:-1]}", f"Bearer {KEY}x"):
        for method, path in PATHS:
            answer = call(method, path, headers={"Authorization": key})  # None leaves the header out
            assert problem(answer) == (401, "unauthorised")
            assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_new_key_replaces_the_old(call, office):
    enrol(office.database, "t1", "city", "another-key-of-the-same-terminal-3")
    assert call("GET", "/v1/hall").status_code == 401
    with pytest.raises(ValueError, match="32"):
        enrol(office.database, "t1", "city", "short")


OUT_OF_LIMITS = [
    ("/v1/tickets", {}, ["body.language", "body.nonce", "body.service"]),
    ("/v1/tickets", {"nonce": "short", "service": "business", "language": "zh-CN"}, ["body.nonce"]),
    ("/v1/tickets", {"nonce": nonce(1), "service": "x" * 65, "language": "中文"}, ["body.language", "body.service"]),
    ("/v1/tickets", {"nonce": nonce(1), "service": "business", "language": "en", "extra": 1}, None),
    ("/v1/cases/by-number", {"number": "990000000001", "phone_tail": "12345"}, ["body.phone_tail"]),
    ("/v1/cases/by-number", {"number": "990000000001", "phone_tail": 1234}, ["body.phone_tail"]),
    ("/v1/cases/by-number", {"number": "990000000001\n", "phone_tail": "1234"}, ["body.number"]),
    ("/v1/cases/of-person", {"number": "999999199001010016", "name": "a\x00b"}, ["body.name"]),
    ("/v1/cases/of-person", {"number": "999999199001010016", "name": "名" * 61}, ["body.name"]),
    ("/v1/cases/by-token", {"token": "../../../etc/passwd"}, ["body.token"]),
    ("/v1/cases/by-token", ["token"], ["body"]),
]


def test_what_is_out_of_limits_is_named_but_not_repeated(call):
    for path, body, fields in OUT_OF_LIMITS:
        answer = call("POST", path, body)
        assert problem(answer) == (422, "invalid")
        assert answer.json().get("fields") == fields
        assert "999999199001010016" not in answer.text


def test_bodies_that_are_none(call):
    url = call.url + "/v1/cases/by-token"
    post = call.session.post
    headers = {"Content-Type": "application/json"}
    assert problem(post(url, data=b"{", headers=headers)) == (422, "invalid")
    assert problem(post(url, data=b"\xff\xfe", headers=headers))[0] in {400, 422}
    assert problem(post(url, data=b"[" * 9000, headers=headers))[0] in {400, 422}
    assert problem(post(url, data=b'{"token": "' + b"A" * 20_000 + b'"}', headers=headers)) == (413, "too_large")
    assert problem(post(url, data=iter([b"A" * 9000] * 3), headers=headers)) == (413, "too_large")


def test_a_body_cut_off_is_not_acted_on(call):
    body = json.dumps({"nonce": nonce(1), "service": "business", "language": "en"}).encode()
    host, port = call.url.removeprefix("http://").split(":")
    head = f"POST /v1/tickets HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {KEY}\r\nContent-Type: application/json\r\n"
    with socket.create_connection((host, int(port))) as raw:
        raw.sendall(f"{head}Content-Length: {len(body) + 1}\r\n\r\n".encode() + body)
        raw.shutdown(socket.SHUT_WR)
        assert raw.recv(100) == b""
    assert call.ticket(nonce(1)).status_code == 201


def test_unknown_paths_and_methods_are_problems_too(call):
    assert problem(call("GET", "/v1/nothing")) == (404, "not_found")
    assert problem(call("DELETE", "/v1/hall")) == (405, "method_not_allowed")
    assert call("GET", "/docs").status_code == 404


@pytest.mark.parametrize("body", [getattr(contract, n) for n in dir(contract) if n.endswith("Body")])
def test_limited_requests_are_the_shared_ones(body):
    shared = getattr(messages, body.__name__.removesuffix("Body"))
    assert issubclass(body, shared)
    assert set(body.__dataclass_fields__) == set(shared.__dataclass_fields__)
    hidden = {name for name, one in shared.__dataclass_fields__.items() if not one.repr}
    made = {n: v for n, v in {"token": "A" * 22, "number": "99990000", "name": "某某甲", "phone_tail": "4321"}.items() if n in hidden}
    if hidden:
        assert not any(value in repr(body(**made)) for value in made.values())


def test_logs_hold_neither_people_nor_secrets(call, call_stranger, caplog):
    with caplog.at_level(logging.DEBUG):
        call.of_person("999999199001010016", "测试·甲一")
        opened = call.by_number("990000000001", "0016").json()
        call.by_number("990000000001", "9876")
        call("POST", "/v1/cases/by-token", {"token": opened["token"]})
        call("GET", "/v1/hall?name=测试·甲一&number=999999199001010016")
        call("GET", "/v1/cases/999999199001010016")
        call_stranger("GET", "/v1/hall")
        call.ticket(nonce(1))
        ours = logged_requests(caplog, "POST /v1/tickets 201")
    written = "\n".join(record.getMessage() for record in caplog.records)
    assert re.search(r"POST /v1/cases/of-person 200 \d+ ms\n", caplog.text)
    assert ours[0] == "POST /v1/cases/of-person 200"
    assert ours[4:] == ["GET /v1/hall 200", "GET - 404", "GET /v1/hall 401", "POST /v1/tickets 201"]
    product = "\n".join(r.getMessage() for r in caplog.records if not r.name.startswith("urllib3"))
    for secret in ("999999199001010016", "测试", "0016", "9876", opened["token"], KEY, SECRET.decode(), nonce(1)):
        assert secret not in product, written


@pytest.mark.errors_logged
def test_an_unforeseen_error_is_a_bare_500_and_its_message_stays_inside(call, office, caplog, monkeypatch):
    def broken(_office, request):
        raise RuntimeError(f"{request.name} typed {request.number}")

    monkeypatch.setattr("kiosk.office.cases.cases_of_person", broken)
    with caplog.at_level(logging.DEBUG):
        answer = call.of_person("999999199001010016", "测试·甲一")
    assert problem(answer) == (500, "internal")
    written = "".join(f"{r.getMessage()}{r.exc_text}" for r in caplog.records)
    assert "RuntimeError" in written
    assert "in broken" in written
    assert "999999199001010016" not in answer.text + written
    assert "测试" not in answer.text + written


def test_short_secrets_and_taken_ports_are_refused(tmp_path, running):
    with pytest.raises(ValueError, match="16"):
        create_app(f"sqlite:///{tmp_path / 'x.db'}", Clock(), secret=b"short")
    with pytest.raises(OSError, match="in use"):
        serve(running[1], port=int(running[0].url.rsplit(":", 1)[1]))


def test_an_application_that_does_not_start():
    @asynccontextmanager
    async def broken(_app):
        raise RuntimeError("no")
        yield

    with pytest.raises(OSError, match="did not start"):
        serve(OfficeApi(lifespan=broken))


SERVE = """
import logging, sys
from office_help import Clock, open_app
from kiosk.office.server import serve_forever
logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(message)s")
serve_forever(open_app(sys.argv[1], Clock()), port=0)
"""


def test_serving_as_a_process_ends_with_a_signal(tmp_path):
    paths = {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", SERVE, str(tmp_path / "office.db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | paths) as process:
        url = next(line for line in process.stdout if "listens" in line).split()[-1]
        caller = Caller(url)
        assert caller("GET", "/v1/health").json() == {"status": "ok"}
        caller.session.close()
        process.send_signal(signal.SIGTERM)
        process.stdout.read()
        assert process.wait(20) in {0, -signal.SIGTERM}


@pytest.mark.errors_logged
def test_a_clock_without_offset_is_a_mistake(call, clock):
    clock.now = clock.now.replace(tzinfo=None)
    assert call("GET", "/v1/hall").status_code == 500


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=[])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
named = st.dictionaries(
    st.sampled_from(["nonce", "service", "language", "ticket", "state", "attempt", "number", "name", "phone_tail", "token"]),
    anything | st.sampled_from([nonce(1), "business", "zh-CN", "0" * 32, "printed", 1, "999999199001010016", "A" * 22, "0016"]),
    max_size=6,
)


@FUZZ
@given(body=anything | named)
def test_no_json_whatever_makes_the_office_fail(call, body):
    data = json.dumps(body).encode()
    for method, path in POSTS:
        answer = call.session.request(method, call.url + path, data=data, headers={"Content-Type": "application/json"})
        assert answer.status_code < 500, (path, body)
        if answer.status_code >= 400:
            problem(answer)


@FUZZ
@given(data=st.binary(max_size=300), kind=st.sampled_from(["application/json", "text/plain", "application/xml", "x", ""]))
def test_no_bytes_whatever_make_the_office_fail(call, data, kind):
    for method, path in POSTS:
        assert call.session.request(method, call.url + path, data=data, headers={"Content-Type": kind}).status_code < 500
