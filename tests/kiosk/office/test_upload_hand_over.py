import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from application_help import Applicant, jpeg, put_item, said
from office_help import KEY, Caller, logged_requests, nonce
from sqlalchemy import select

from kiosk.office.tables import hand_overs, uploads
from kiosk.office.uploads.phone import spoken

WHAT = "营业执照 <副本> & “正本”"


def opens(call, number=1, **more):
    return call("POST", "/v1/hand-overs", {"nonce": nonce(number), "what": WHAT, "language": "zh-CN"} | more)


def path_of(opened):
    return opened.json()["url"].removeprefix("https://office.invalid")


def waits(call, opened, known):
    return call("GET", f"/v1/hand-overs/{opened.json()['id']}", params={"known": known})


def send(call, path, number, picture=None):
    return call("PUT", f"{path}/{nonce(number)}", data=picture or jpeg(seed=number))


@pytest.mark.postgres
def test_pictures_go_from_the_phone_to_the_terminal(call, call_stranger, call_other, office):
    opened = opens(call)
    assert opened.status_code == 201
    assert (opened.json()["expires"], opened.json()["received"], opened.json()["closed"]) == ("2026-11-20T10:10:00+08:00", [], False)
    assert (again := opens(call)).status_code == 200
    assert again.json() == opened.json()
    phone, path = call_stranger, path_of(opened)
    assert [send(phone, path, n).json() for n in (11, 12)] == [{"received": 1}, {"received": 2}]
    assert send(phone, path, 11).json() == {"received": 2}  # the answer had been lost, say
    found = waits(call, opened, 1).json()
    assert len(found["received"]) == 2
    assert set(found["received"][0]) == {"id", "bytes", "sha256"}
    assert said(waits(call_other, opened, 1))[:2] == (404, "not_found")
    assert said(opens(call_other))[:2] == (409, "nonce_reused")
    assert phone("POST", f"{path}/done").json() == phone("POST", f"{path}/done").json() == {"closed": True}
    closed = waits(call, opened, 2).json()
    assert (closed["closed"], len(closed["received"])) == (True, 2)
    assert said(send(phone, path, 13))[:2] == (409, "hand_over_expired")
    assert phone("GET", path).status_code == 410


def test_a_terminal_hands_in_what_a_phone_sent_and_it_is_its_own_then(call, call_stranger, office):
    put_item(office)
    opened = opens(call)
    send(call_stranger, path_of(opened), 11)
    (picture,) = waits(call, opened, 0).json()["received"]
    applicant = Applicant(call)
    assert applicant.submit(materials=applicant.materials(plan={"answer": "have", "uploads": [picture["id"]]})).status_code == 201
    with office.database.read() as connection:
        row = connection.execute(select(uploads).where(uploads.c.id == picture["id"])).one()
    assert (row.material, row.hand_over) == ("plan", None)
    assert send(call_stranger, path_of(opened), 11).status_code == 200  # sent again late: still the same one


def test_twelve_pictures_and_ten_minutes(call, call_stranger, clock, office):
    opened, phone = opens(call), call_stranger
    path = path_of(opened)
    for n in range(12):
        assert send(phone, path, 20 + n, jpeg(64, 64)).status_code == 200
    assert said(send(phone, path, 40))[:2] == (409, "too_many")
    clock.go(minutes=10, seconds=-1)
    assert phone("GET", path).status_code == 200
    clock.go(seconds=1)
    assert phone("GET", path).status_code == 410
    assert said(send(phone, path, 41))[:2] == (409, "hand_over_expired")
    assert waits(call, opened, 12).json()["closed"] is True
    clock.go(days=1)
    opens(call, 2)
    with office.database.read() as connection:
        assert connection.execute(select(hand_overs.c.nonce)).scalars().all() == [nonce(2)]
        assert connection.execute(select(uploads.c.id)).all() == []


def test_strangers_find_nothing(call_stranger, call, office):
    path = path_of(opens(call))
    for wrong in (f"{path[:-1]}x", "/p/x", "/p/" + "A" * 22, f"/p/{'A' * 64}"):
        if wrong != path:
            assert call_stranger("GET", wrong).status_code == 404
            assert said(send(call_stranger, wrong, 1))[:2] == (404, "not_found")
            assert said(call_stranger("POST", f"{wrong}/done"))[:2] == (404, "not_found")
    assert said(call_stranger("GET", f"/p/{'A' * 65}"))[:2] == (422, "invalid")
    for data, status, code in ((b"no picture", 422, "upload_invalid"), (b"x" * 5_000_000, 413, "too_large")):
        assert said(send(call_stranger, path, 9, data))[:2] == (status, code)
    assert said(call_stranger("PUT", f"{path}/short", data=jpeg()))[:2] == (422, "invalid")
    assert said(opens(call_stranger))[:2] == (401, "unauthorised")
    assert said(waits(call_stranger, opens(call), 0))[:2] == (401, "unauthorised")
    assert said(opens(call, 3, what="x" * 201)) == (422, "invalid", ("body.what",))


def test_neither_token_nor_material_is_logged_and_the_database_opens_nothing(call, call_stranger, caplog, office):
    with caplog.at_level("DEBUG"):
        path = path_of(opens(call))
        call_stranger("GET", path)
        send(call_stranger, path, 11)
        call_stranger("POST", f"{path}/done")
        logged_requests(caplog, "GET /p/{token} 200", "PUT /p/{token}/{nonce} 200", "POST /p/{token}/done 200")
    lines = [record.getMessage() for record in caplog.records if not record.name.startswith("urllib3")]
    secret = path.removeprefix("/p/")
    assert not [line for line in lines if secret in line or "营业执照" in line or nonce(11) in line]
    with office.database.read() as connection:
        assert secret not in str(connection.execute(select(hand_overs)).all())


def test_waiting_ends_with_the_picture(running, call, call_stranger, monkeypatch):
    monkeypatch.setattr("kiosk.office.uploads.routes._LONGEST_WAIT", 60.0)
    opened = opens(call)
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(waits, Caller(running[0].url, KEY), opened, known) for known in (0, 1)]
        send(call_stranger, path_of(opened), 11)
        assert len(waiting[0].result(30).json()["received"]) == 1
        call_stranger("POST", f"{path_of(opened)}/done")
        assert waiting[1].result(30).json()["closed"] is True


def test_waiting_ends_after_a_while_and_holds_up_nobody(running, call, call_stranger, monkeypatch):
    """More wait than the office has threads, and it still answers."""
    opened, ended = opens(call), threading.Event()
    monkeypatch.setattr("kiosk.office.uploads.routes._LONGEST_WAIT", 60.0)
    waiting = [Caller(running[0].url, KEY) for _ in range(50)]

    def wait(caller):
        answer = waits(caller, opened, 0)
        ended.set()
        caller.session.close()
        return answer.json()["received"]

    with ThreadPoolExecutor(50) as pool:
        found = [pool.submit(wait, caller) for caller in waiting]
        assert call_stranger("GET", "/v1/health").status_code == 200
        assert not ended.is_set()
        send(call_stranger, path_of(opened), 11)
        assert {len(one.result(60)) for one in found} == {1}
    monkeypatch.setattr("kiosk.office.uploads.routes._LONGEST_WAIT", 0.0)
    assert waits(call, opened, 1).json()["closed"] is False


def test_the_page_says_who_may_do_what(call, call_stranger):
    path = path_of(opens(call))
    page = call_stranger("GET", path)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert (page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "营业执照 &lt;副本&gt; &amp; “正本”" in page.text
    english = call_stranger("GET", path, headers={"Accept-Language": "en-GB,zh;q=0.5"})
    assert '<html lang="en">' in english.text
    assert "Send photos" in english.text
    for name, kind in (("upload.js", "text/javascript"), ("picture.js", "text/javascript"), ("upload.css", "text/css")):
        assert call_stranger("GET", f"/assets/phone_upload/{name}").headers["Content-Type"].startswith(kind)
    assert call_stranger("GET", "/assets/phone_upload/..%2fpage.html").status_code == 404


@pytest.mark.parametrize(
    ("header", "language"),
    [("", "zh-CN"), ("*", "zh-CN"), ("zh-TW,zh;q=0.9,en;q=0.8", "zh-CN"), ("en-US", "en"), ("mn-MN,zh;q=0.4,en;q=0.3", "zh-CN"), ("fr", "en"), ("zh;q=0,en;q=0.1", "en"), ("zh;q=x,,;q=", "en")],
)
def test_the_language_of_the_page(header, language):
    assert spoken(header) == language
