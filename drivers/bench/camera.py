"""A camera on the network: MJPEG over HTTP (multipart/x-mixed-replace), as IP cameras and camera servers send it.

State besides the common keys (`drivers.bench.state`), whose faults are put on each picture:

| key | meaning |
|---|---|
| `scan` | a phone shows `text` or `base64` as a QR code for `show_ms` each time `count` rises |
| `show_ms` | 0: until the next change of `scan` |
| `page` | a sheet with text lies on the desk |
| `width`, `height`, `fps` | pixels; pictures a second |
| `distance`, `rotation`, `tilt` | how large the phone is (share of the height); degrees; 0 to 1, how far its upper end leans back |
| `scratch` | a dark line runs through the code's upper right corner mark |
| `blur`, `motion`, `shake` | out of focus (sigma in pixels); smeared (pixels); moving from picture to picture (pixels) |
| `brightness`, `noise`, `glare` | factor; sigma of 255; share of the picture that a lamp is reflected in |
| `covered` | something lies on the lens |
| `frozen` | the same picture over and over |
| `stall` | no more bytes, while the connection stays |
| `end` | counts up: the stream ends each time |
| `half_jpeg`, `garbage_jpeg` | each picture is cut in the middle, or is noise |
| `declared` | [width, height]: the pictures' headers claim this size |
| `not_found` | the HTTP answer is 404 |

A static scene is drawn once and costs next to nothing; a change takes about 0.1 s to be seen.
"""

import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from drivers.bench import camera_scene, faults
from drivers.bench.network import Listener
from drivers.bench.state import State

DEFAULTS: dict[str, Any] = {
    "scan": {"text": "", "base64": "", "count": 0}, "show_ms": 1500, "page": False,
    "width": 1280, "height": 720, "fps": 30, "distance": 0.9, "rotation": 4, "tilt": 0.05, "scratch": False,
    "blur": 0.0, "motion": 0, "shake": 0, "brightness": 1.0, "noise": 2.0, "glare": 0.0, "covered": False,
    "frozen": False, "stall": False, "end": 0, "half_jpeg": False, "garbage_jpeg": False, "declared": [], "not_found": False,
}  # fmt: skip
_DRAWN = (
    "page", "width", "height", "distance", "rotation", "tilt", "scratch", "blur", "motion", "shake", "brightness", "noise", "glare",
    "covered",
)  # fmt: skip
_LOOK = 0.05  # s between two looks at the state, unless it rings
_REQUEST = 5.0  # s
_HEAD = b"HTTP/1.1 200 OK\r\nCache-Control: no-cache\r\nContent-Type: multipart/x-mixed-replace; boundary=picture\r\n\r\n"
_NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_SIZE_AT = 5  # bytes from the marker of a frame header to its height


def serve(listener: Listener, state: State) -> None:
    """Send pictures to whoever connects, until unplugged."""
    camera = Camera(state)
    while True:
        connection = listener.accept(_LOOK)
        camera.follow()
        if connection is not None:
            threading.Thread(target=camera.serve, args=(connection,), daemon=True).start()


class Camera:
    """The pictures of this moment, and those who get them, each in a thread of its own."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._stage = _Stage(state.initial["scan"]["count"])
        self._frames: tuple[bytes, ...] = ()
        self._values: Mapping[str, Any] = state.initial

    def follow(self) -> None:
        """Draw anew what has changed; ends the process when unplugged."""
        self._values = self._state.now()
        self._frames = self._stage.frames(self._values)

    def serve(self, connection: socket.socket) -> None:
        """One host, until it leaves or the stream is to end."""
        with connection, suppress(OSError):
            connection.settimeout(_REQUEST)
            connection.recv(4096)
            connection.settimeout(None)
            if self._values["not_found"]:
                connection.sendall(_NOT_FOUND)
                return
            self._stream(connection)

    def _stream(self, connection: socket.socket) -> None:
        end, number, due, head = self._values["end"], 0, time.monotonic(), _HEAD
        while self._values["end"] == end:
            number += 1
            due = max(due + 1 / self._values["fps"], time.monotonic() - 1)
            time.sleep(max(0.0, due - time.monotonic()))
            if not self._values["stall"] and not self._values["silent"]:
                connection.sendall(head)
                head = b""
                self._send(connection, _broken(self._frames[0 if self._values["frozen"] else number % len(self._frames)], self._values))

    def _send(self, connection: socket.socket, jpeg: bytes) -> None:
        way = _Connection(connection.sendall)
        connection.sendall(b"--picture\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(jpeg))
        faults.reply(way, self._state, jpeg)
        connection.sendall(b"\r\n")


class _Connection:
    """What faults are put on."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self.write = write

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)


class _Stage:
    """What is before the lens: a phone comes when `scan` counts up, and leaves after a while."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._until = 0.0
        self._key: object = None
        self._frames: tuple[bytes, ...] = ()

    def frames(self, values: Mapping[str, Any]) -> tuple[bytes, ...]:
        shown = self._shown(values)
        key = (*(values[name] for name in _DRAWN), repr(shown))
        if key != self._key:
            self._key, self._frames = key, camera_scene.frames(values, shown)
        return self._frames

    def _shown(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        scan = values["scan"]
        if scan["count"] != self._count:
            self._count = scan["count"]
            self._until = time.monotonic() + values["show_ms"] / 1000 if values["show_ms"] else float("inf")
        return scan if time.monotonic() < self._until else {}


def _broken(jpeg: bytes, values: Mapping[str, Any]) -> bytes:
    if values["garbage_jpeg"]:
        return faults.NOISE * (len(jpeg) // len(faults.NOISE) + 1)
    if values["declared"]:
        at = jpeg.index(b"\xff\xc0") + _SIZE_AT
        width, height = values["declared"]
        jpeg = jpeg[:at] + height.to_bytes(2, "big") + width.to_bytes(2, "big") + jpeg[at + 4 :]
    return jpeg[: len(jpeg) // 2] if values["half_jpeg"] else jpeg
