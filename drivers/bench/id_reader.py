"""Firmware of a second-generation ID-card module (GA/T 467 SAM module) with a reader, as far as a terminal can see it.

State besides the common keys (`drivers.bench.state`):

| key | meaning |
|---|---|
| `card` | key of the person whose card lies on the reader (`drivers.bench.people`), or null |
| `leaves_at` | `select` or `read`: the card is taken away during that command |
| `wrong_check_digit` | the card's number has a wrong last character |
| `module` | SW3 of the module itself: `90` well, `60` self-test failed, `66` not authorised |
| `id_sw3`, `select_sw3`, `read_sw3` | SW3 that the request answers in the place of success, as two hex digits |
| `read_ms` | how long the module talks to the card before it answers a read |
| `presence` | select answers 90 for a card that was read and is still there |
| `fingerprint` | size of the fingerprint block that command 30 10 adds: 0, 512 or 1024; -1: an older module that does not know 30 10 |
| `sizes` | size words that a read says in the place of the right ones, as hexadecimal digits |
| `baud` | speed the module talks at, in bit/s: what comes at another speed it does not understand; command 60 00 to 60 04 sets it |
| `baud_fixed` | the module does not know command 60 |
"""

from collections.abc import Mapping
from functools import reduce
from operator import xor
from typing import Any

from drivers.bench import cards, faults
from drivers.bench.state import State
from drivers.bench.wire import Wire

DEFAULTS: dict[str, Any] = {
    "card": None,
    "leaves_at": "",
    "wrong_check_digit": False,
    "module": "90",
    "id_sw3": "",
    "select_sw3": "",
    "read_sw3": "",
    "read_ms": 0,
    "presence": False,
    "fingerprint": 0,
    "sizes": "",
    "baud": 115200,
    "baud_fixed": False,
}
MODULE_ID = bytes.fromhex("0500010063f3330145e12800d2029649")  # 05.01-20181859-0002679109-1234567890, made up
_PREAMBLE = bytes.fromhex("aaaaaa9669")
_DONE, _FOUND, _BAD_SUM, _BAD_LENGTH, _UNKNOWN, _NO_CARD, _NOT_SELECTED, _NOT_READ = 0x90, 0x9F, 0x10, 0x11, 0x21, 0x80, 0x81, 0x41
_REQUEST_MIN, _REQUEST_MAX = 3, 64  # command, parameter and checksum; more than any request has
_WITH_FINGERPRINT = 0x10
_BAUDS = (115200, 57600, 38400, 19200, 9600)


def run(wire: Wire, state: State) -> None:
    """Answer requests until unplugged."""
    module = Module(state)
    pending = b""
    while True:
        if not pending:
            wire.rest()
        pending += wire.read()
        if module.look()["baud"] != wire.baud:
            pending = b""
        while (start := pending.find(_PREAMBLE)) >= 0 and len(pending) >= start + 7:
            size = int.from_bytes(pending[start + 5 : start + 7])
            body = pending[start + 7 : start + 7 + size]
            if size <= _REQUEST_MAX and len(body) < size:
                break
            pending = pending[start + 7 + min(size, _REQUEST_MAX) :]
            wire.wait(module.delay(body))
            faults.reply(wire, state, frame(*module.answer(body, size)))
            module.settle()
        pending = pending[-2 * _REQUEST_MAX :]


def frame(sw3: int, data: bytes = b"") -> bytes:
    """A reply with SW1 and SW2 zero."""
    counted = (len(data) + 4).to_bytes(2) + bytes([0, 0, sw3]) + data
    return _PREAMBLE + counted + bytes([reduce(xor, counted)])


class Module:
    """What the module remembers between two requests."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._placement = 0  # counts the cards laid on the reader and taken away
        self._found = False
        self._selected = False
        self._done = False  # the card was read and has not left
        self._baud = 0  # speed to talk at after the answer that is under way

    def settle(self) -> None:
        """An answer has left: a new speed holds from now on."""
        if self._baud:
            self._state.set(baud=self._baud)
            self._baud = 0

    def look(self) -> Mapping[str, Any]:
        """See what lies on the reader: a card that left is forgotten."""
        values = self._state.now()
        placement = values["changes"].get("card", 0)
        if placement != self._placement:
            self._placement = placement
            self._found = self._selected = self._done = False
        return values

    def delay(self, body: bytes) -> float:
        """Seconds the module is busy with this request before it answers."""
        return float(self._state.now()["read_ms"]) / 1000 if body[:1] == b"\x30" else 0.0

    def answer(self, body: bytes, size: int) -> tuple[int, bytes]:
        """SW3 and data for a request body (command, parameter, data, checksum) of the announced size."""
        values = self.look()
        if not _REQUEST_MIN <= size <= _REQUEST_MAX:
            return _BAD_LENGTH, b""
        if reduce(xor, size.to_bytes(2) + body) != 0:
            return _BAD_SUM, b""
        own = int(values["module"], 16)
        return self._obey(body[:2], values) if own == _DONE else (own, b"")

    def _obey(self, command: bytes, values: Mapping[str, Any]) -> tuple[int, bytes]:
        match command[0], command[1]:
            case (0x10 | 0x11, 0xFF):
                return _DONE, b""
            case (0x12, 0xFF):
                return (int(values["id_sw3"], 16), b"") if values["id_sw3"] else (_DONE, MODULE_ID)
            case (0x20, 0x01 | 0x02):
                return self._find(values["card"]) if command[1] == 1 else self._select(values)
            case (0x30, 0x01 | 0x10):
                return self._read(values, with_fingerprint=command[1] == _WITH_FINGERPRINT)
            case (0x60, speed):
                return self._tune(speed, values)
            case _:
                return _UNKNOWN, b""

    def _tune(self, speed: int, values: Mapping[str, Any]) -> tuple[int, bytes]:
        if values["baud_fixed"] or speed >= len(_BAUDS):
            return _UNKNOWN, b""
        self._baud = _BAUDS[speed]
        return _DONE, b""

    def _find(self, card: str | None) -> tuple[int, bytes]:
        if card is None or self._done:
            return _NO_CARD, b""
        self._found = True
        return _FOUND, bytes(4)

    def _select(self, values: Mapping[str, Any]) -> tuple[int, bytes]:
        if values["leaves_at"] == "select":
            self._take_away()
            return _NOT_SELECTED, b""
        if not (self._found or (self._done and values["presence"])):
            return _NOT_SELECTED, b""
        if values["select_sw3"]:
            return int(values["select_sw3"], 16), b""
        self._selected = True
        return _DONE, bytes(8)

    def _read(self, values: Mapping[str, Any], *, with_fingerprint: bool) -> tuple[int, bytes]:
        if with_fingerprint and values["fingerprint"] < 0:
            return _UNKNOWN, b""
        if values["leaves_at"] == "read":
            self._take_away()
            return _NOT_READ, b""
        if not self._selected:
            return _NOT_READ, b""
        if values["read_sw3"]:
            return int(values["read_sw3"], 16), b""
        self._done, self._found = True, False
        sizes = [cards.TEXT_SIZE, cards.PHOTO_SIZE] + ([values["fingerprint"]] if with_fingerprint else [])
        words = bytes.fromhex(values["sizes"]) or b"".join(size.to_bytes(2) for size in sizes)
        finger = cards.fingerprint(cards.person(values["card"]), values["fingerprint"] if with_fingerprint else 0)
        return _DONE, words + _content(values) + finger

    def _take_away(self) -> None:
        self._state.set(card=None, leaves_at="")
        self.look()


def _content(values: Mapping[str, Any]) -> bytes:
    one = cards.person(values["card"])
    text = cards.text_block(one)
    if values["wrong_check_digit"]:
        last = text[156:158].decode("utf-16-le")
        text = text[:156] + ("1" if last != "1" else "2").encode("utf-16-le") + text[158:]
    return text + cards.photo(one)
