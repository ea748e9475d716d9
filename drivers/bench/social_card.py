"""A PC/SC reader for social security cards: the real `pcscd` with the virtual reader of vsmartcard (`vpcd`), and the card in it.

The card's side of vpcd's socket: a length of 2 bytes and as many bytes; one byte is a control (0 off, 1 on, 2 reset, 4 tell the ATR),
more are an APDU. No connection is no card. The daemon runs in a corner of its own (`drivers.bench.own_network`), because vpcd listens
on all addresses and pcscd has one place for its socket; hosts reach it at `DIR/pcscd.comm`. Unplugged, the daemon ends.

| key | meaning |
|---|---|
| `card` | whose card is in the reader, by key of `drivers.bench.people`, or null |
| `generation` | 1, 2 or 3: which records the card has, in which order |
| `by_tag` | whether records can be asked for by tag, or only by number |
| `t0` | the card's way to tell lengths with T=0: 61xx after select, 6Cxx for another length than the record's |
| `fetch` | records are told as 61xx and fetched with GET RESPONSE |
| `unknown_card` | another kind of card: no such application |
| `chip` | `ok`, `mute` (no whole answer to reset), `dead` (answers no APDU) |
| `locked` | tags that need a PIN |
| `records` | hexadecimal values instead of the card's own, by tag as two hexadecimal digits |
| `answers` | hexadecimal answers given instead of the card's, by the hexadecimal APDU |
| `late_ms`, `garbage`, `half_frame`, `bad_checksum` | as for all devices, on the answers to APDUs |
| `leaves_after` | the card is pulled after so many APDUs (0: it stays) |
| `silent` | the daemon is stopped like a program in the debugger: it is there and says nothing |
"""

import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from drivers.bench import own_network
from drivers.bench.faults import NOISE
from drivers.bench.social_chip import ATR, MUTE_ATR, Chip
from drivers.bench.state import State

DEFAULTS: dict[str, Any] = {
    "card": None,
    "generation": 2,
    "by_tag": True,
    "t0": False,
    "fetch": False,
    "unknown_card": False,
    "chip": "ok",
    "locked": [],
    "records": {},
    "answers": {},
    "leaves_after": 0,
}
READER = "Virtual PCD 00 00"  # the name that pcscd gives the first slot
DAEMON_SOCKET = "pcscd.comm"

_PORT = 35963  # vpcd's own
_RUN = Path("/run/pcscd")  # where Debian's pcscd keeps its socket
_CONFIG = f"""FRIENDLYNAME "Virtual PCD"
DEVICENAME /dev/null:{_PORT}
LIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so
CHANNELID {_PORT}
"""
_START = 8.0  # s for the daemon
_SLICE = 0.01  # s between two looks at the state
_POWER_ON, _RESET, _TELL_ATR = 1, 2, 4


def attend(folder: Path, parent: int | None, state: State, ready: Callable[[], None]) -> None:
    """Run the daemon, and put the card in and pull it as the state says, until unplugged."""
    daemon = _daemon(folder)
    try:
        ready()
        reader = Reader(state)
        stopped = False
        while parent is None or parent not in select.select([parent], [], [], 0)[0]:
            values = state.now()
            if values["silent"] != stopped:
                stopped = values["silent"]
                daemon.send_signal(signal.SIGSTOP if stopped else signal.SIGCONT)
            reader.follow(values)
            if daemon.poll() is not None:
                sys.exit("pcscd has ended")
    finally:
        daemon.kill()
        daemon.wait()


def _daemon(folder: Path) -> subprocess.Popen[bytes]:
    """A pcscd that ends with this process, and takes cards."""
    run, config = folder / "run", folder / "reader.conf.d"
    for new in (run, config):
        new.mkdir(exist_ok=True)
    (config / "vpcd").write_text(_CONFIG, encoding="ascii")
    socket_file = folder / DAEMON_SOCKET
    if not socket_file.is_symlink():
        socket_file.symlink_to(Path("run") / DAEMON_SOCKET)
    for old in run.iterdir():
        old.unlink()
    own_network.enter(run, _RUN)
    command = ["setpriv", "--pdeathsig", "KILL", "pcscd", "--foreground", "--config", str(config), "--critical"]
    daemon = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our command
    deadline = time.monotonic() + _START
    while not (run / DAEMON_SOCKET).exists() or (card := _inserted()) is None:
        if daemon.poll() is not None or time.monotonic() > deadline:
            daemon.kill()
            sys.exit("pcscd does not start: are pcscd and vsmartcard-vpcd installed?")
        time.sleep(_SLICE)
    card.close()
    return daemon


def _inserted() -> socket.socket | None:
    """The card's line to the reader; None while the reader takes none."""
    try:
        line = socket.create_connection(("127.0.0.1", _PORT), timeout=1)
    except OSError:
        return None
    line.settimeout(None)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


class Reader:
    """The slot: a card in it, or none."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._line: socket.socket | None = None
        self._inside: tuple[str, int] | None = None
        self._chip: Chip | None = None
        self._apdus = 0

    def follow(self, values: Mapping[str, Any]) -> None:
        """Put the card in or pull it as the state says, and answer what is asked, for a moment."""
        wanted = None if values["card"] is None else (values["card"], values["changes"].get("card", 0))
        if self._inside is not None and wanted != self._inside:
            self._pull()
        if self._inside is None and wanted is not None and (line := _inserted()) is not None:
            self._line, self._inside, self._chip, self._apdus = line, wanted, None, 0
        if self._line is None:
            time.sleep(_SLICE)
        elif select.select([self._line], [], [], _SLICE)[0]:
            try:
                self._serve(self._line, values)
            except OSError:  # the reader is gone, or wants the card no more
                self._pull()

    def _pull(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line = self._inside = None

    def _serve(self, line: socket.socket, values: Mapping[str, Any]) -> None:
        message = _exactly(line, int.from_bytes(_exactly(line, 2)))
        match list(message):
            case [control] if control == _TELL_ATR:
                _send(line, MUTE_ATR if values["chip"] == "mute" else ATR)
            case [control]:
                if control in {_POWER_ON, _RESET}:
                    self._chip = Chip(values)
            case _:
                self._apdu(line, message, values)

    def _apdu(self, line: socket.socket, command: bytes, values: Mapping[str, Any]) -> None:
        self._apdus += 1
        if values["leaves_after"] and self._apdus > values["leaves_after"]:
            self._state.set(card=None)
            self._pull()
            return
        if values["chip"] == "dead":
            return
        chip = self._chip = self._chip or Chip(values)
        time.sleep(values["late_ms"] / 1000)
        _send(line, _spoiled(chip.answer(command), values))


def _spoiled(answer: bytes, values: Mapping[str, Any]) -> bytes:
    if values["bad_checksum"]:
        answer = answer[:-1] + bytes([answer[-1] ^ 0x55])
    if values["half_frame"]:
        answer = answer[: values["half_frame"]]
    return {"before": NOISE + answer, "instead": NOISE}.get(values["garbage"], answer)


def _send(line: socket.socket, data: bytes) -> None:
    line.sendall(len(data).to_bytes(2) + data)


def _exactly(line: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        # vpcd sends length and data apart and waits for the first to be acknowledged: without this, 40 ms each time.
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        if not (piece := line.recv(size - len(data))):
            raise ConnectionError
        data += piece
    return data
