"""Firmware of a Newland scanner with the unified command set, as its user guides describe it (NLS-HR42 p. 15-16, FM430 p. 38 and 45).

The state is that of `drivers.bench.scanner_desk`; settings are SCNMOD (0 level, 2 sense, 3 continuous), TSUENA (suffix on), TSUSET
(its bytes in hexadecimal). The guides do not show an answer to a QRY command; the bench says the bare value.
"""

import re
from collections.abc import Mapping
from typing import Any

from drivers.bench import scanner_desk
from drivers.bench.scanner_desk import ACK, Desk
from drivers.bench.state import State
from drivers.bench.wire import Wire

DEFAULTS: dict[str, Any] = scanner_desk.DEFAULTS
_FACTORY = {"SCNMOD": "0", "TSUENA": "0", "TSUSET": "0D0A"}
_ALLOWED = {"SCNMOD": "[0234]", "TSUENA": "[01]", "TSUSET": "([0-9A-F]{2}){1,7}"}
_ACTS = {"SCNTRG": "[01]", "BEEPON": "[0-9]{1,5}F[0-9]{1,5}T", "LEDONS": "[0-3]C[0-9]{2,7}D"}
_ABOUT = {"QRYPDN": "NLS-FM430L-20", "QRYFWV": "V1.00.014.3", "QRYPSN": "FM430TEST0001"}
_COMMAND = re.compile(rb"~\x010000([@#])([^\x03]{1,200});\x03")
_LONGEST = 256


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
        while command := _COMMAND.search(pending):
            pending = pending[command.end() :]
            desk.answer(b"\x02\x010000" + command[1] + scanner.obey(command[2].decode("ascii", "replace")) + b";\x03")
        pending = pending[-_LONGEST:]


class Scanner:
    """What the firmware does with commands."""

    def __init__(self, desk: Desk, state: State) -> None:
        self._desk = desk
        self._state = state

    def obey(self, commands: str) -> bytes:
        """Carry out `TAGSUBdata[,SUBdata][;…]`; the answer, without what is around it."""
        groups = []
        for group in commands.split(";"):
            tag, first, *more = group[:3], *group[3:].split(",")
            answers = [tag.encode() + self._one(tag, first), *(self._one(tag, part) for part in more)]
            groups.append(b",".join(answers))
        return b";".join(groups)

    def _one(self, tag: str, part: str) -> bytes:
        name, data = tag + part[:3], part[3:]
        values = self._state.now()["settings"]
        if data == "*":
            status = self._desk.status(name, known=name in values, allowed=True)
            return (part[:3] + values[name] if status == ACK else part).encode() + status
        allowed = {**_ALLOWED, **_ACTS, **dict.fromkeys(_ABOUT, "")}
        status = self._desk.status(name, known=name in allowed, allowed=bool(re.fullmatch(allowed.get(name, ""), data)))
        if status == ACK:
            self._do(name, data)
        return (part + _ABOUT.get(name, "") if status == ACK else part).encode() + status

    def _do(self, name: str, data: str) -> None:
        values = self._state.now()
        match name:
            case "SCNTRG":
                self._state.set(triggered=data == "1")
            case "BEEPON":
                self._state.set(beeps=values["beeps"] + 1)
            case "LEDONS":
                self._state.set(lights=values["lights"] + 1)
            case _ if name in _ALLOWED:
                self._desk.put(name, data)


def _reading(values: Mapping[str, Any]) -> bool:
    return bool(values["settings"]["SCNMOD"] != "0" or values["triggered"])


def _suffix(values: Mapping[str, Any]) -> bytes:
    settings = values["settings"]
    return bytes.fromhex(settings["TSUSET"]) if settings["TSUENA"] == "1" else b""
