"""Streams of cameras that have gone mad: no crash, no endless memory, only whole pictures."""

import resource
import socket
import threading
from contextlib import closing, suppress
from random import Random

import pytest
from camera_views import jpegs

from drivers.cameras.settings import CameraSettings
from drivers.cameras.source import Source
from drivers.errors import DeviceError, Reason


def hostile_stream(seed):
    """An answer of a camera that has gone mad: parts with lengths that lie, with noise for pictures, cut anywhere."""
    random = Random(seed)
    scene = jpegs(width=320, height=240, count=1)[0]
    parts = [b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=b\r\n\r\n"]
    for _ in range(30):
        body = random.choice([scene, scene[: random.randrange(len(scene))], random.randbytes(random.randrange(3000)), b"\xff\xd8" + random.randbytes(400) + b"\xff\xd9"])
        length = random.choice([len(body), len(body) // 2, 2**31, -1, 0])
        parts.append(random.choice([b"--b\r\n", b"\r\n--b\r\n", b"-"]) + b"Content-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % length + body)
    whole = b"".join(parts)
    return whole[: random.randrange(len(whole) // 2, len(whole))]


def look(port, seen):
    """Read the stream to its end; the sizes of its pictures into `seen`."""
    with closing(Source(CameraSettings(source=f"http://127.0.0.1:{port}/", stall_ms=300, open_ms=2000))) as opened:
        while len(seen) < 200:
            picture = opened.read()
            if picture is not None:
                seen.append((picture.width, picture.height))


@pytest.mark.parametrize("seed", range(12))
def test_any_stream_gives_whole_pictures_or_a_device_error(seed):
    def answer(listener, stream):
        connection, _ = listener.accept()
        with connection:
            connection.recv(4096)
            with suppress(OSError):
                connection.sendall(stream)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=answer, args=(listener, hostile_stream(seed)))
        server.start()
        seen = []
        with pytest.raises(DeviceError):  # at the latest when the stream ends
            look(listener.getsockname()[1], seen)
        server.join(10)
    assert len(seen) <= 30
    assert all(max(size) < 3000 for size in seen)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB


def test_a_camera_that_falls_silent_in_the_midst_of_a_picture_is_silent():
    scene = jpegs(width=320, height=240, count=1)[0]
    part = b"--b\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(scene)
    over = threading.Event()

    def answer(listener):
        connection, _ = listener.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=b\r\n\r\n" + (part + scene + b"\r\n") * 3 + part + scene[:999])
            over.wait(20)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=answer, args=(listener,))
        server.start()
        seen = []
        with pytest.raises(DeviceError) as raised:
            look(listener.getsockname()[1], seen)
        over.set()
        server.join(10)
    assert raised.value.reason is Reason.SILENT
    assert 2 <= len(seen) <= 3
