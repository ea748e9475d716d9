"""Firmware of a Honeywell scanner with serial menu commands, as its user guides describe it (Voyager 1250g p. 9-1 to 9-3).

The state is that of `drivers.bench.scanner_desk`, and besides:

| key | meaning |
|---|---|
| `about` | `engine`: REVINF is answered in one piece, the command in front (N4313); `scanner`: lines first, the command last (1602g) |

Settings are TRGMOD (0 manual, 3 presentation) and SUFBK2 (the suffix of all codes in hexadecimal, or nothing).
"""

import re
from collections.abc import Mapping
from typing import Any

from drivers.bench import scanner_desk
from drivers.bench.scanner_desk import ACK, Desk
from drivers.bench.state import State
from drivers.bench.wire import Wire

DEFAULTS: dict[str, Any] = {**scanner_desk.DEFAULTS, "about": "engine"}
_FACTORY = {"TRGMOD": "0", "SUFBK2": "0D0A"}
_ALL_CODES = "99"  # the code ID that means every symbology
_ABOUT = (
    "Product Name: Laser Engine-N4300",
    "Boot Revision: CA000064BCC",
    "Software Part Number: CA000064BCC",
    "Software Revision: 15448|/tags/CA000064BCC",
    "Serial Number: 2006TEST0A",
    "Supported IF: Standard",
    "PCB Assembly ID: 0",
)
_MENU = re.compile(rb"\x16M\r([^.!\x16]{1,80})([.!])")
_ACT = re.compile(rb"\x16([TU\x07])\r")
_LONGEST = 128


def run(wire: Wire, state: State) -> None:
    """Scan and obey until unplugged."""
    state.set(settings=_FACTORY, triggered=False)
    desk = Desk(wire, state, _reading, _suffix)
    scanner = Scanner(desk, state)
    pending = b""
    while True:
        if not pending:
            wire.rest()
        pending += wire.read()
        desk.look()
        while found := min((m for m in (_MENU.search(pending), _ACT.search(pending)) if m), key=lambda m: m.start(), default=None):
            pending = pending[found.end() :]
            if found.re is _ACT:
                scanner.act(found[1])
            else:
                desk.answer(scanner.obey(found[1].decode("ascii", "replace").upper()) + found[2])
        pending = pending[-_LONGEST:]


class Scanner:
    """What the firmware does with commands."""

    def __init__(self, desk: Desk, state: State) -> None:
        self._desk = desk
        self._state = state

    def act(self, what: bytes) -> None:
        """Trigger on, trigger off, beep."""
        if what == b"\x07":
            self._state.set(beeps=self._state.now()["beeps"] + 1)
        else:
            self._state.set(triggered=what == b"T")

    def obey(self, command: str) -> bytes:
        """Carry out one menu command; the answer, without the mark that ends it."""
        name, data = command[:6], command[6:]
        settings = self._state.now()["settings"]
        if data == "?":
            status = self._desk.status(name, known=name in settings, allowed=True)
            return (name + settings[name] if status == ACK else command).encode() + status
        allowed = {"TRGMOD": "[0-9]", "SUFBK2": _ALL_CODES + "([0-9A-F]{2})+", "SUFCA2": "", "REVINF": ""}
        status = self._desk.status(name, known=name in allowed, allowed=bool(re.fullmatch(allowed.get(name, ""), data)))
        if status == ACK:
            self._put(name, data)
        return (self._about() if name == "REVINF" and status == ACK else command.encode()) + status

    def _put(self, name: str, data: str) -> None:
        match name:
            case "TRGMOD":
                self._desk.put(name, data)
            case "SUFBK2":
                self._desk.put(name, self._state.now()["settings"][name] + data.removeprefix(_ALL_CODES))
            case "SUFCA2":
                self._desk.put("SUFBK2", "")

    def _about(self) -> bytes:
        lines = "\r\n".join(_ABOUT)
        return ("REVINF" + lines if self._state.now()["about"] == "engine" else lines + "\r\nREVINF").encode()


def _reading(values: Mapping[str, Any]) -> bool:
    return bool(values["settings"]["TRGMOD"] != "0" or values["triggered"])


def _suffix(values: Mapping[str, Any]) -> bytes:
    return bytes.fromhex(values["settings"]["SUFBK2"])
