"""A receipt printer's end of a serial line, apart from the bench: takes bytes as slowly as the line carries them, and times jobs.

`pty_printer.py BAUD` prints the path of its port, then for each job (from ESC @ ESC R to its cut) its bytes and the seconds from
the start of its first to the end of its last byte, as JSON. It ends with its standard input. It answers what the driver asks.
"""

import json
import os
import re
import select
import sys
import time
import tty

BITS = 10
SLICE = 0.002  # s
LONGEST = 10  # bytes of the longest command below
COMMANDS = re.compile(rb"\x10\x04[\x01-\x04]|\x1dI.|\x1d\(H\x06\x0000(....)|\x1dVB\x00", re.DOTALL)
BEGIN = b"\x1b@\x1bR\x00"
WELL = b"\x12"


class Line:
    """The master side of the pty; `data` is all that was received since the last job."""

    def __init__(self, baud: int) -> None:
        self.master, slave = os.openpty()
        tty.setraw(slave)
        self.port = os.ttyname(slave)
        self.data = bytearray()
        self._byte = BITS / baud
        self._most = max(1, round(SLICE / self._byte))
        self._pieces: list[tuple[int, float]] = []  # offset in `data`, and when its first bit came
        self._free = 0.0

    def receive(self) -> None:
        """The next bytes, no sooner than their last bit would be there; a line that was never idle is not late."""
        flows = self._ready(0)
        while not flows and not self._ready(1):
            pass
        start = self._free if flows else time.monotonic()
        piece = os.read(self.master, self._most)
        self._pieces.append((len(self.data), start))
        self.data += piece
        self._free = start + len(piece) * self._byte
        time.sleep(max(0.0, self._free - time.monotonic()))

    def time(self, offset: int) -> float:
        """When the byte at this offset began."""
        at, start = max(piece for piece in self._pieces if piece[0] <= offset)
        return start + (offset - at) * self._byte

    def forget(self, end: int) -> None:
        """What stands before this offset is over; the piece in which it lies may have more."""
        del self.data[:end]
        at, start = self._pieces[-1]
        self._pieces = [(at - end, start)]

    def _ready(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.master, sys.stdin], [], [], seconds)
        if sys.stdin in ready:
            raise SystemExit(0)
        return bool(ready)


def answer(command: re.Match[bytes]) -> bytes:
    match command[0][:2]:
        case b"\x10\x04":
            return WELL
        case b"\x1dI":
            return b"\x5fCHINA GB2312\x00" if command[0][2:] == b"E" else b"\x5fPTY\x00"
        case b"\x1d(":
            return b"\x37\x22" + command[1] + b"\x00"
        case _:
            return b""


def job(line: Line, end: int) -> None:
    begin = line.data.rfind(BEGIN, 0, end)
    seconds = line.time(end - 1) - line.time(begin) + line._byte
    sys.stdout.write(json.dumps({"bytes": end - begin, "seconds": seconds}) + "\n")
    sys.stdout.flush()


def main() -> None:
    line, looked = Line(int(sys.argv[1])), 0
    sys.stdout.write(line.port + "\n")
    sys.stdout.flush()
    while True:
        line.receive()
        while command := COMMANDS.search(bytes(line.data[looked:])):
            looked += command.end()
            os.write(line.master, answer(command))
            if command[0].startswith(b"\x1dV"):
                job(line, looked)
                line.forget(looked)
                looked = 0
        looked = max(looked, len(line.data) - LONGEST)


main()
