import hashlib
import http.client
import io
import socket
import struct
import threading
import zlib

import pytest
from application_help import Applicant, jpeg, said
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_help import FRIDAY, KEY, Caller, office_on
from PIL import Image
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from kiosk.office.tables import upload_files, uploads
from kiosk.office.uploads import forgetting
from kiosk.office.uploads.picture import MOST_BYTES, PictureError, made_anew

FUZZ = settings(max_examples=60, deadline=None, derandomize=True)


def photo(orientation=6, **more):
    """As a phone makes it: on its side, with place, maker and a comment."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "SecretMaker"
    exif.get_ifd(0x8825)[2] = (40.0, 39.0, 1.0)
    return jpeg(exif=exif.tobytes(), comment=b"SecretComment", icc_profile=b"SecretProfile" * 20, **more) + b"SecretTail"


def opened(data):
    return Image.open(io.BytesIO(data))


def png(width=100, height=100):
    out = io.BytesIO()
    Image.new("RGB", (width, height)).save(out, "PNG")
    return out.getvalue()


def with_size(data, width, height):
    """The same file that claims another size."""
    at = data.index(b"\xff\xc0")
    return data[: at + 5] + struct.pack(">HH", height, width) + data[at + 9 :]


def test_a_picture_is_made_anew_upright_and_without_secrets():
    sent = photo()
    kept = made_anew(sent)
    assert b"Secret" in sent
    assert b"Secret" not in kept
    assert dict(opened(kept).getexif()) == {}
    assert (opened(sent).size, opened(kept).size) == ((320, 240), (240, 320))
    turned = opened(sent).transpose(Image.Transpose.ROTATE_270).convert("L")
    assert all(abs(a - b) < 12 for a, b in zip(turned.tobytes(), opened(kept).convert("L").tobytes(), strict=True))


@pytest.mark.parametrize(("more", "mode"), [({"progressive": True}, "RGB"), ({"mode": "L"}, "L"), ({"mode": "CMYK"}, "RGB"), ({"subsampling": 0, "quality": 100}, "RGB")])
def test_every_kind_of_jpeg_is_taken_at_its_quality(more, mode):
    sent = jpeg(**more)
    kept = made_anew(sent)
    assert opened(kept).mode == mode
    assert len(kept) < 2 * len(sent)
    assert len(made_anew(kept)) < 1.05 * len(kept)


NOT_TAKEN = {
    "nothing": b"",
    "text": b"hello",
    "png": png(),
    "cut": jpeg()[: len(jpeg()) // 2],
    "head only": jpeg()[:200],
    "small": jpeg(63, 300),
    "bomb": with_size(jpeg(), 65_000, 65_000),
    "too many pixels": with_size(jpeg(), 6000, 4400),
    "scans": jpeg()[:-2] + b"\xff\xda" * 65 + b"\xff\xd9",
    "page with a picture in it": b"<html>" + jpeg(),
}


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_what_is_no_picture(name):
    with pytest.raises(PictureError):
        made_anew(NOT_TAKEN[name])


@FUZZ
@given(data=st.data())
def test_a_damaged_picture_is_a_picture_or_refused(data):
    good = bytearray(photo())
    for _ in range(data.draw(st.integers(1, 8))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(good[: data.draw(st.integers(len(good) // 2, len(good)))])
    try:
        kept = made_anew(cut)
    except PictureError:
        return
    assert opened(kept).format == "JPEG"
    assert b"Secret" not in kept


@FUZZ
@given(st.binary(max_size=200), st.sampled_from([b"", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"]))
def test_bytes_whatever_are_no_picture(data, head):
    with pytest.raises(PictureError):
        made_anew(head + data)


@pytest.fixture
def applicant(call):
    return Applicant(call)


@pytest.mark.postgres
def test_a_picture_is_kept_once_and_is_the_terminals(applicant, call_other, office):
    nonce = applicant.nonce()
    first, again = applicant.upload(photo(), nonce), applicant.upload(photo(), nonce)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    with office.database.read() as connection:
        (row,) = connection.execute(select(uploads.c.id, upload_files.c.jpeg).join(upload_files)).all()
    assert first.json() == {"id": row.id, "bytes": len(row.jpeg), "sha256": hashlib.sha256(row.jpeg).hexdigest()}
    assert b"Secret" not in bytes(row.jpeg)
    assert said(applicant.upload(jpeg(), nonce))[:2] == (409, "nonce_reused")
    assert said(Applicant(call_other).upload(photo(), nonce))[:2] == (409, "nonce_reused")


def test_what_is_refused_is_not_kept(applicant, call_stranger, office):
    for name, data in NOT_TAKEN.items():
        assert said(applicant.upload(data)) == (422, "upload_invalid", ()), name
    assert said(applicant.upload(b"\xff" * (MOST_BYTES + 1)))[:2] == (413, "too_large")
    assert said(applicant.upload(b"\xff" * MOST_BYTES))[:2] == (422, "upload_invalid")
    assert said(applicant.upload(jpeg(), "short"))[:2] == (422, "invalid")
    assert said(Applicant(call_stranger).upload(jpeg()))[:2] == (401, "unauthorised")
    assert said(applicant.call("POST", "/v1/uploads/a-nonce-long-enough", data=jpeg()))[:2] == (405, "method_not_allowed")
    with office.database.read() as connection:
        assert connection.execute(select(uploads)).all() == []


@pytest.mark.postgres
def test_what_nobody_took_within_a_day_is_forgotten(applicant, office, clock):
    old = applicant.picture()
    clock.go(hours=24)
    young = applicant.picture()
    clock.go(seconds=1)
    newest = applicant.picture()
    with office.database.read() as connection:
        assert set(connection.execute(select(uploads.c.id)).scalars()) == {young, newest} != {old, young, newest}
        assert set(connection.execute(select(upload_files.c.upload)).scalars()) == {young, newest}


def test_what_nobody_took_is_forgotten_without_anybody_asking_and_a_failure_stops_nothing(database, clock, monkeypatch):
    forget, forgotten, fails = forgetting._forget, threading.Event(), [True, False, True]

    def watched(office):
        if fails and fails.pop():
            raise OperationalError("", None, Exception())
        forget(office)
        with office.database.read() as connection:
            if connection.execute(select(uploads.c.id)).first() is None and clock.now > FRIDAY:
                forgotten.set()

    monkeypatch.setattr(forgetting, "_PAUSE_SECONDS", 0.02)
    monkeypatch.setattr(forgetting, "_forget", watched)
    with office_on(database, clock) as (serving, _):
        caller = Caller(serving.url)
        assert Applicant(caller).upload().status_code == 201
        caller.session.close()
        assert not forgotten.is_set()
        clock.go(hours=25)
        assert forgotten.wait(30)
    assert fails == []


@pytest.mark.postgres
def test_the_same_picture_sent_at_once_is_kept_once(running, office):
    gate, answers = threading.Barrier(4), []

    def send():
        line = http.client.HTTPConnection(*running[0].url.removeprefix("http://").split(":"))
        gate.wait(30)
        line.request("PUT", "/v1/uploads/the-very-same-picture", photo(), {"Authorization": f"Bearer {KEY}"})
        answers.append((answer := line.getresponse()).status)
        answer.read()
        line.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == [200, 200, 200, 201]
    with office.database.read() as connection:
        assert len(connection.execute(select(uploads.c.id)).all()) == 1


def sends(running, path, said_length, body, key=KEY, *, hangs_up=True):
    """What a sender hears that stops in the middle."""
    host, port = running[0].url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 10) as line:
        line.sendall(f"PUT {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nContent-Length: {said_length}\r\n\r\n".encode() + body)
        if hangs_up:
            line.shutdown(socket.SHUT_WR)
        line.settimeout(20)
        try:
            return line.recv(100)
        except ConnectionResetError:
            return b""


def test_half_a_picture_is_none(running, applicant, office):
    whole = jpeg()
    assert b"200" not in sends(running, "/v1/uploads/half-of-a-picture-1", len(whole), whole[:-10])
    assert b"401" in sends(running, "/v1/uploads/half-of-a-picture-2", 4_000_000, b"ab", key="wrong", hangs_up=False)  # unread
    assert applicant.upload().status_code == 201
    with office.database.read() as connection:
        assert len(connection.execute(select(uploads.c.id)).all()) == 1


def test_a_slow_sender_is_let_go(running, monkeypatch):
    monkeypatch.setattr("kiosk.office.uploads.receive._LONGEST_SECONDS", 0.05)
    assert b"408" in sends(running, "/v1/uploads/a-very-slow-picture", 9, b"ab", hangs_up=False)


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300) | st.binary(max_size=300).map(zlib.compress) | st.binary(max_size=40).map(lambda more: jpeg() + more))
def test_no_upload_whatever_makes_the_office_fail(applicant, body):
    assert applicant.upload(body).status_code in {201, 422}
