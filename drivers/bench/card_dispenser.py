"""Firmware of a Creator CRT-571/591 card dispenser and reader: written from the CRT-591-M001 specification (Creator, 2013).

State besides the common keys (`drivers.bench.state`), those of the line (`motor_desk`) and those of the mechanics
(`motor_mechanism`):

| key | meaning |
|---|---|
| `stacker` | how many new cards are left: none is empty, up to five is few |
| `fed` | how many cards were ever taken from the stacker |
| `address` | what the DIP switches say |
| `negative` | first letter of a negative answer: `N` as units send it, `E` as the specification prints its code |
| `path` | a card lies between two places: which sensor (1 to 7) sees it, 0 for none |
| `bin_counted` | what the device itself has counted into its bin |
| `identity` | whether version and serial number can be asked |
"""

from functools import reduce
from operator import xor
from typing import Any

from drivers.bench.motor_desk import LINE, Desk
from drivers.bench.motor_mechanism import MECHANISM, NEW, Mechanism, PowerLost, Trouble
from drivers.bench.social_chip import ATR, Chip
from drivers.bench.state import State
from drivers.bench.wire import Wire

DEFAULTS: dict[str, Any] = {
    **LINE,
    **MECHANISM,
    "stacker": 20,
    "fed": 0,
    "address": 0,
    "negative": "N",
    "path": 0,
    "bin_counted": 0,
    "identity": True,
}
KIND, VERSION, SERIAL = b"CRT-571-BENCH", b"C571_B_01", b"B571000000001"
_FEW = 5
_ST0 = {"nowhere": b"0", "gate": b"1", "inside": b"2"}


def run(wire: Wire, state: State) -> None:
    """Obey until unplugged."""
    dispenser = Dispenser(wire, state)
    lead = bytes([0xF2, state.now()["address"]])
    desk = Desk(wire, state, lead, lambda begun: bytes([0x03, reduce(xor, begun + b"\x03")]), dispenser.obey)
    while True:
        if not state.now()["babble"]:
            wire.rest()
        desk.take(wire.read())
        desk.idle()


class Dispenser:
    """What the firmware remembers and does."""

    def __init__(self, wire: Wire, state: State) -> None:
        self._state = state
        self._mechanism = Mechanism(state, wire.wait, moved_code="45")
        self._mechanism.power_up()
        self._contact = False
        self._chip: Chip | None = None

    def obey(self, text: bytes) -> bytes | None:
        """The TEXT of the answer; None when the power went."""
        cm, pm, data = text[1], text[2], text[3:]
        try:
            self._mechanism.look(but_for_initialise=cm == 0x30)  # noqa: PLR2004 - 3.1.1: before any other command
            answer = self._carry_out(cm, pm, data)
        except Trouble as trouble:
            return str(self._state.now()["negative"]).encode() + text[1:3] + trouble.code.encode()
        except PowerLost:
            self._contact, self._chip = False, None
            return None
        return b"P" + text[1:3] + self._status() + answer

    def _carry_out(self, cm: int, pm: int, data: bytes) -> bytes:
        match cm:
            case 0x30:
                return self._initialise(pm)
            case 0x31:
                return self._sensors() if pm == 0x31 else b""  # noqa: PLR2004 - 3.1.2
            case 0x32:
                return self._move(pm)
            case 0x33 if pm in (0x30, 0x31):
                self._state.set(slot=pm == 0x30)  # noqa: PLR2004 - 3.1.4
                return b""
            case 0x51:
                return self._cpu_card(pm, data)
            case _:
                return self._housekeeping(cm, pm)

    def _initialise(self, pm: int) -> bytes:
        if pm not in (0x30, 0x31, 0x33, 0x34, 0x35, 0x37):
            raise Trouble("01")
        self._contact, self._chip = False, None
        self._state.set(slot=False, moved_by_hand=False)
        if self._mechanism.at == "nowhere" or pm in (0x33, 0x37):
            self._mechanism.stir()
        elif pm in (0x30, 0x34):
            self._mechanism.shift("gate")
        else:
            self._to_bin({})
        self._state.set(initialised=True)
        return KIND

    def _move(self, pm: int) -> bytes:
        if pm not in (0x30, 0x31, 0x32, 0x33, 0x39):
            raise Trouble("01")
        if self._chip is not None:
            raise Trouble("05")
        more = self._from_stacker() if self._mechanism.at == "nowhere" else {}
        match pm:
            case 0x33:
                self._to_bin(more)
            case 0x39:
                self._mechanism.shift("gate", **more)
                self._state.set(at="nowhere", card=None)
            case _:
                self._mechanism.shift("gate" if pm == 0x30 else "inside", **more)  # noqa: PLR2004 - 3.1.3
        self._contact = pm == 0x31  # noqa: PLR2004 - 3.1.3
        return b""

    def _from_stacker(self) -> dict[str, Any]:
        values = self._state.now()
        if not values["stacker"]:
            raise Trouble("A0")
        return {"stacker": values["stacker"] - 1, "fed": values["fed"] + 1, "card": NEW}

    def _to_bin(self, more: dict[str, Any]) -> None:
        if self._mechanism.bin_full():
            raise Trouble("A1")
        self._mechanism.shift("bin", **more, bin_counted=self._state.now()["bin_counted"] + 1)

    def _cpu_card(self, pm: int, data: bytes) -> bytes:
        self._mechanism.pulled()
        match pm:
            case 0x30 | 0x38:
                return self._activate(data or b"0")
            case 0x31:
                self._chip = None
                return b""
            case 0x32:
                return b"1" if self._chip else b"0"
            case 0x33 | 0x34 | 0x39:
                return self._exchange(data)
            case _:
                raise Trouble("01")

    def _activate(self, vcc: bytes) -> bytes:
        values = self._state.now()
        if not self._contact or values["chip"] == "none":
            raise Trouble("61")
        if vcc == b"0":  # by EMV, which this card's answer to reset does not follow
            raise Trouble("69")
        self._chip = self._mechanism.chip()
        return b"0" + ATR

    def _exchange(self, command: bytes) -> bytes:
        if self._chip is None:
            raise Trouble("65")
        if self._state.now()["chip"] == "mute":
            self._chip = None
            raise Trouble("63")
        return self._chip.answer(command)

    def _housekeeping(self, cm: int, pm: int) -> bytes:
        values = self._state.now()
        match cm, pm:
            case 0xA2, 0x30 if values["identity"]:
                return bytes([len(SERIAL)]) + SERIAL
            case 0xA4, 0x30 if values["identity"]:
                return VERSION
            case 0xA5, 0x30:
                return f"{values['bin_counted']:03d}".encode()
            case 0xA5, 0x31:
                self._state.set(bin_counted=0)
                return b""
            case _:
                raise Trouble("00")

    def _sensors(self) -> bytes:
        values = self._state.now()
        seen = {"gate": 1, "inside": 2}.get(values["at"], 0)
        return b"".join(b"1" if number in (seen, values["path"]) else b"0" for number in range(1, 8)) + b"000"

    def _status(self) -> bytes:
        values = self._state.now()
        stacker = b"0" if not values["stacker"] else b"1" if values["stacker"] <= _FEW else b"2"
        return _ST0[values["at"]] + stacker + (b"1" if self._mechanism.bin_full() else b"0")
