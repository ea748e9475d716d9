"""Firmware of a Sankyo ICT3K5 motorised card reader: written from the command tables in public code.

`readers.ict3k5_protocol` names that code.
State besides the common keys (`drivers.bench.state`), those of the line (`motor_desk`, `serial_server`) and those of the
mechanics (`motor_mechanism`):

| key | meaning |
|---|---|
| `light` | `off`, `green`, `red` or `orange` |
| `options` | what the host has set at initialisation |

It understands nothing unless the line is 115200 8E1, as a real one hears only noise then. While `dsr` is false it has no power;
when it rises it must be initialised again.
"""

from typing import Any

from drivers.bench import serial_server
from drivers.bench.motor_desk import LINE, Desk
from drivers.bench.motor_mechanism import MECHANISM, Mechanism, PowerLost, Trouble
from drivers.bench.network import Listener
from drivers.bench.serial_server import SERIAL, Host
from drivers.bench.social_chip import ATR, Chip
from drivers.bench.state import State

DEFAULTS: dict[str, Any] = {**LINE, **MECHANISM, **SERIAL, "light": "off", "options": ""}
KIND, REVISION = b"ICT3K5-BENCH", b"6240-01B"
_PLACES = {"nowhere": b"00", "gate": b"01", "inside": b"02"}
_LIGHTS = {0x30: "off", 0x31: "green", 0x32: "red", 0x33: "orange"}
_LINE = {"baudrate": 115200, "bytesize": 8, "parity": "E", "stopbits": 1}


def serve(listener: Listener, state: State) -> None:
    """Obey until unplugged."""
    state.set(initialised=False, slot=False)
    serial_server.serve(listener, state, lambda host: _live(host, state))


def _live(host: Host, state: State) -> None:
    reader = Reader(host, state)
    desk = Desk(host, state, b"\xf2", _crc, reader.obey)
    powered = True
    while True:
        data = host.read()
        if not state.now()["dsr"]:
            powered = False
        elif not powered:
            powered = True
            desk.forget()
            reader.power_up()
        elif state.now()["line"].items() >= _LINE.items():
            desk.take(data)
            desk.idle()
        elif data:
            host.write(b"\x00" * len(data))


def _crc(begun: bytes) -> bytes:
    """CRC-16 with the polynomial 1021 and no initial value, bit by bit."""
    value = 0
    for byte in begun:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1) ^ 0x1021 if value & 0x8000 else value << 1
    return (value & 0xFFFF).to_bytes(2)


class Reader:
    """What the firmware remembers and does."""

    def __init__(self, host: Host, state: State) -> None:
        self._state = state
        self._mechanism = Mechanism(state, host.wait, moved_code="16")
        self._contact = False
        self._chip: Chip | None = None

    def power_up(self) -> None:
        """Power has come back."""
        self._contact, self._chip = False, None
        self._mechanism.power_up()

    def obey(self, text: bytes) -> bytes | None:
        """The TEXT of the answer; None when the power went."""
        cm, pm, data = text[1], text[2], text[3:]
        try:
            self._mechanism.look(but_for_initialise=cm == 0x30)  # noqa: PLR2004 - initialise
            answer = self._carry_out(cm, pm, data)
        except Trouble as trouble:
            return b"N" + text[1:3] + trouble.code.encode()
        except PowerLost:
            self._contact, self._chip = False, None
            return None
        return b"P" + text[1:3] + _PLACES[self._mechanism.at] + answer

    def _carry_out(self, cm: int, pm: int, data: bytes) -> bytes:
        match cm, pm:
            case 0x30, 0x30 | 0x31 | 0x32 | 0x33:
                return self._initialise(pm, data)
            case 0x31, 0x31:
                return b"\x58" if self._mechanism.at == "gate" else b"\x40"
            case 0x41, 0x31:
                return REVISION
            case 0x49, _:
                return self._chip_order(pm, data)
            case _:
                self._do(cm, pm)
                return b""

    def _do(self, cm: int, pm: int) -> None:
        match cm, pm:
            case 0x31, 0x30:
                return
            case 0x33 | 0x34 | 0x40, _:
                self._move(cm, pm)
            case 0x35, 0x30 | 0x31 | 0x32 | 0x33:
                self._state.set(light=_LIGHTS[pm])
            case 0x3A, 0x30 | 0x31:
                self._state.set(slot=pm == 0x30)  # noqa: PLR2004 - enable
            case _:
                raise Trouble("00")

    def _initialise(self, pm: int, options: bytes) -> bytes:
        if len(options) < 8:  # noqa: PLR2004 - the four that mean nothing, and FM PD TY DS at least
            raise Trouble("04")
        self._contact, self._chip = False, None
        self._state.set(slot=False, moved_by_hand=False, options=options.decode("ascii", "replace"))
        if self._mechanism.at == "nowhere" or pm in (0x32, 0x33):
            self._mechanism.stir()
        else:
            self._mechanism.shift("gate" if pm == 0x30 else "bin")  # noqa: PLR2004 - eject or capture
        self._state.set(initialised=True)
        return KIND if options[6:7] == b"1" else b""

    def _move(self, cm: int, pm: int) -> None:
        at = self._mechanism.at
        if self._chip is not None:
            raise Trouble("05")
        match cm, pm, at:
            case 0x33, 0x30, "inside":
                self._mechanism.shift("gate")
            case 0x33, 0x31, "inside":
                if self._mechanism.bin_full():
                    raise Trouble("50")
                self._mechanism.shift("bin")
            case (0x34, 0x30, "gate") | (0x40, 0x30 | 0x32, "inside"):
                self._mechanism.shift("inside")
            case _:
                raise Trouble("02")
        self._contact = (cm, pm) == (0x40, 0x30)

    def _chip_order(self, pm: int, data: bytes) -> bytes:
        self._mechanism.pulled()
        match pm:
            case 0x30:
                return self._activate()
            case 0x31:
                self._chip = None
                return b""
            case 0x32:
                return b"1" if self._chip else b"0"
            case 0x33 | 0x34 | 0x39:
                return self._exchange(data)
            case _:
                raise Trouble("01")

    def _activate(self) -> bytes:
        values = self._state.now()
        if not self._contact or values["chip"] == "none":
            raise Trouble("61")
        self._chip = self._mechanism.chip()
        return b"0" + ATR

    def _exchange(self, command: bytes) -> bytes:
        if self._chip is None:
            raise Trouble("65")
        if self._state.now()["chip"] == "mute":
            self._chip = None
            raise Trouble("63")
        return self._chip.answer(command)
