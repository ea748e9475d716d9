"""A photo decoder that does what the first word of the photo says; runs in the decoder's own process."""

import io
import os
import sys
import time
from pathlib import Path

from PIL import Image


def picture(width=102, height=126, form="PNG", colour=(10, 20, 30)):
    made = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(made, form)
    return made.getvalue()


def flood():
    for fd in range(3, 30):
        try:
            while True:
                os.write(fd, bytes(65536))
        except OSError:
            continue
    return picture()


def surroundings():
    """A picture if this process has been given nothing that it should not have."""
    fds = list(Path("/proc/self/fd").iterdir())
    own = len(fds) <= 3 + 2 + 1  # standard ones, the two pipes, and the one that lists
    clean = own and set(os.environ) <= {"PATH", "LANG", "PYTHONPATH", "LC_CTYPE"} and Path.cwd() == Path("/")
    return picture() if clean else b""


def fail():
    raise RuntimeError("SECRET")


ORDERS = {
    b"red": lambda: picture(colour=(255, 0, 0)),
    b"bmp": lambda: picture(form="BMP"),
    b"jpeg": lambda: picture(form="JPEG"),
    b"gif": lambda: picture(form="GIF"),
    b"hang": lambda: time.sleep(600),
    b"abort": os.abort,
    b"leave": lambda: sys.exit(3),
    b"raise": fail,
    b"flood": flood,
    b"huge": lambda: bytes(2 << 20),
    b"wide": lambda: picture(width=5000),
    b"tiny": lambda: picture(width=2),
    b"cut": lambda: picture()[:60],
    b"text": lambda: "text",
    b"none": lambda: None,
    b"empty": lambda: b"",
    b"surroundings": surroundings,
}


def decode(wlt):
    sys.stdout.write("a library that prints")
    sys.stderr.write("and complains")
    sys.stdout.flush()
    return ORDERS.get(wlt.split(b" ")[0], picture)()
