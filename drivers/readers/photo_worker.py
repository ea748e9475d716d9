"""The child process in which an integrator's photo decoder runs: `python -m drivers.readers.photo_worker MODULE`.

Both directions carry frames of a 4-byte big-endian length and as many bytes. The child says an empty frame once MODULE is loaded;
then it answers each photo with a picture, or with an empty frame where MODULE raised or made none. It ends with its input.
"""

import importlib
import os
import resource
import signal
import sys
from collections.abc import Callable

HEAD = 4  # bytes of a frame's length
PICTURE_MAX = 1 << 20  # bytes; a card's picture of 102 x 126 pixels has 38,862 as a BMP
PHOTO_MAX = 1 << 16
_MEMORY = 2 << 30  # bytes of address space: a decoder that runs wild must not take the terminal's memory
_ORPHAN = 30  # s: nobody waits so long for a picture, so nobody is there any more

Decode = Callable[[bytes], bytes]


def main() -> None:
    """Load the module named on the command line and serve it."""
    requests, answers = _private()
    _confine()
    decode: Decode = importlib.import_module(sys.argv[1]).decode
    _write(answers, b"")
    while (photo := _read(requests)) is not None:
        signal.alarm(_ORPHAN)
        picture = _decoded(decode, photo)
        signal.alarm(0)
        _write(answers, picture)


def _private() -> tuple[int, int]:
    """The pipes, moved to where a library that prints or reads does not find them."""
    requests, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nothing, fd)
    os.close(nothing)
    return requests, answers


def _confine() -> None:
    """No memory image of a crash, which would hold the photo, and no more memory than a decoder needs."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


def _decoded(decode: Decode, photo: bytes) -> bytes:
    try:
        picture = decode(photo)
    except Exception:  # noqa: BLE001 - whatever it is, there is no picture
        return b""
    return bytes(picture) if isinstance(picture, bytes | bytearray) and len(picture) <= PICTURE_MAX else b""


def _read(fd: int) -> bytes | None:
    """The next frame; None at the end of input."""
    head = _exactly(fd, HEAD)
    if head is None or (size := int.from_bytes(head)) > PHOTO_MAX:
        return None
    return _exactly(fd, size)


def _exactly(fd: int, size: int) -> bytes | None:
    data = b""
    while len(data) < size:
        if not (piece := os.read(fd, size - len(data))):
            return None
        data += piece
    return data


def _write(fd: int, data: bytes) -> None:
    left = len(data).to_bytes(HEAD) + data
    while left:
        left = left[os.write(fd, left) :]


if __name__ == "__main__":
    main()
