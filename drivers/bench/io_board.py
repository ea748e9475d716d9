"""Firmware of an I/O board: a Modbus RTU slave with relays, contacts and holding registers.

Written from the Modbus Application Protocol V1.1b3 and Modbus over Serial Line V1.02. State besides the common keys
(`drivers.bench.state`):

| key | meaning |
|---|---|
| `unit` | its address |
| `inputs` | what the discrete inputs read, true or false |
| `coils`, `registers` | the outputs as they are; written here by the board as the host sets them |
| `stuck` | coils that the board says it has set, and that do not move |
| `exception` | answers every request with this exception code (0: none) |
| `busy` | so many of the next requests are answered with "device busy" |
| `bounce_ms` | an input that changes flickers for so long |
| `identity` | maker, model and firmware, or null: the board does not know that function |
| `restart` | each time it changes, the board starts anew: all its outputs are off |
| `other` | frame of another slave, as hex, that is on the line just before each answer |
"""

import time
from typing import Any

from drivers.bench import faults
from drivers.bench.state import State
from drivers.bench.wire import Wire

DEFAULTS: dict[str, Any] = {
    "unit": 1,
    "inputs": [True] * 8,
    "coils": [False] * 8,
    "registers": [0] * 8,
    "stuck": [],
    "exception": 0,
    "busy": 0,
    "bounce_ms": 0,
    "identity": ["Beispiel GmbH", "IO-8", "1.2"],
    "restart": 0,
    "other": "",
}
_READ_COILS, _READ_INPUTS, _READ_REGISTERS, _WRITE_COIL, _WRITE_REGISTER, _MEI = 1, 2, 3, 5, 6, 0x2B
_SIZES = {_READ_COILS: 8, _READ_INPUTS: 8, _READ_REGISTERS: 8, _WRITE_COIL: 8, _WRITE_REGISTER: 8, _MEI: 7}
_BAD_FUNCTION, _BAD_ADDRESS, _BAD_VALUE, _BUSY = 1, 2, 3, 6
_ON, _OFF = 0xFF00, 0x0000
_MOST = {_READ_COILS: 2000, _READ_INPUTS: 2000, _READ_REGISTERS: 125}
_FLICKER = 0.004  # s


class Refused(Exception):  # noqa: N818 - the code it carries is the answer
    """The request is answered with an exception code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def run(wire: Wire, state: State) -> None:
    """Answer requests until unplugged."""
    board = Board(state)
    pending = b""
    while True:
        if not pending:
            wire.rest()
        fresh = wire.read()
        board.look()
        pending = pending + fresh if fresh else b""  # silence ends a frame, whole or not
        if len(pending) < 2 or len(pending) < _SIZES.get(pending[1], 8):  # noqa: PLR2004 - address and function
            continue
        if answer := board.answer(pending):
            wire.write(bytes.fromhex(state.now()["other"]))
            faults.reply(wire, state, answer)
        pending = b""


def crc(data: bytes) -> bytes:
    """CRC of a frame, low byte first (Serial Line, 6.2.2)."""
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ 0xA001 if value & 1 else value >> 1
    return value.to_bytes(2, "little")


class Board:
    """What the board remembers between two requests."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._restart = state.initial["restart"]
        self._inputs: list[bool] = list(state.initial["inputs"])
        self._changed: dict[int, float] = {}
        state.set(coils=[False] * len(state.initial["coils"]), registers=[0] * len(state.initial["registers"]))

    def look(self) -> None:
        """See whether it was restarted, and which inputs have changed."""
        values = self._state.now()
        if values["restart"] != self._restart:
            self._restart = values["restart"]
            self._state.set(coils=[False] * len(values["coils"]), registers=[0] * len(values["registers"]))
        for number, (before, now) in enumerate(zip(self._inputs, values["inputs"], strict=True)):
            if before != now:
                self._changed[number] = time.monotonic()
        self._inputs = list(values["inputs"])

    def answer(self, frame: bytes) -> bytes:
        """The answer to a frame; empty where a slave must keep silent: damaged, or for another address."""
        values = self._state.now()
        if crc(frame[:-2]) != frame[-2:] or frame[0] != values["unit"]:
            return b""
        function = frame[1]
        try:
            self._refuse_if_asked(values)
            body = bytes([function]) + self._obey(function, frame[2:-2])
        except Refused as refused:
            body = bytes([function | 0x80, refused.code])
        answer = frame[:1] + body
        return answer + crc(answer)

    def _refuse_if_asked(self, values: Any) -> None:  # noqa: ANN401 - JSON values
        if values["exception"]:
            raise Refused(values["exception"])
        if values["busy"]:
            self._state.set(busy=values["busy"] - 1)
            raise Refused(_BUSY)

    def _obey(self, function: int, data: bytes) -> bytes:
        if function == _MEI:
            return self._identify(data)
        if function not in _SIZES:
            raise Refused(_BAD_FUNCTION)
        address, value = int.from_bytes(data[:2]), int.from_bytes(data[2:4])
        if function in _MOST:
            return self._read(function, address, value)
        if function == _WRITE_COIL and value not in {_ON, _OFF}:
            raise Refused(_BAD_VALUE)
        self._write("coils" if function == _WRITE_COIL else "registers", address, value)
        return data

    def _read(self, function: int, address: int, count: int) -> bytes:
        if not 1 <= count <= _MOST[function]:
            raise Refused(_BAD_VALUE)
        values = self._state.now()
        table = {_READ_COILS: values["coils"], _READ_INPUTS: self._levels(), _READ_REGISTERS: values["registers"]}[function]
        if address + count > len(table):
            raise Refused(_BAD_ADDRESS)
        wanted = table[address : address + count]
        if function == _READ_REGISTERS:
            packed = b"".join(value.to_bytes(2) for value in wanted)
        else:
            packed = sum(bool(bit) << place for place, bit in enumerate(wanted)).to_bytes((count + 7) // 8, "little")
        return bytes([len(packed)]) + packed

    def _levels(self) -> list[bool]:
        """The inputs as they read at this moment, bouncing where they have just changed."""
        now, bounce = time.monotonic(), self._state.now()["bounce_ms"] / 1000
        return [
            level ^ (now - self._changed.get(number, -1e9) < bounce and int(now / _FLICKER) % 2 == 1)
            for number, level in enumerate(self._inputs)
        ]

    def _write(self, name: str, address: int, value: int) -> None:
        values = self._state.now()
        table = list(values[name])
        if address >= len(table):
            raise Refused(_BAD_ADDRESS)
        if name == "registers":
            table[address] = value
        elif address not in values["stuck"]:
            table[address] = value == _ON
        if table != values[name]:
            self._state.set(**{name: table})

    def _identify(self, data: bytes) -> bytes:
        identity = self._state.now()["identity"]
        if identity is None:
            raise Refused(_BAD_FUNCTION)
        if data[:2] != b"\x0e\x01":
            raise Refused(_BAD_VALUE)
        objects = b"".join(bytes([number, len(text)]) + text.encode("ascii") for number, text in enumerate(identity))
        return data[:2] + bytes([0x01, 0x00, 0x00, len(identity)]) + objects
