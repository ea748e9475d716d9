"""The line of a motorised card reader, seen from its firmware: takes frames, acknowledges them, answers, repeats what was damaged.

Written from the CRT-591-M001 specification 1.4 (the same by public code for Sankyo readers). State besides the common keys; each
names by two hex digits the command (CM) at whose next arrival it happens, once:

| key | meaning |
|---|---|
| `lose_ack` | the acknowledgement is lost on the line |
| `lose_reply` | the command is carried out, and the answer is lost on the line |
| `nak` | the command arrived damaged |
| `stale` | the answer to the command before arrives once more, just before this one's |

| key | meaning |
|---|---|
| `lying_head` | hex bytes in front of each answer, such as a head that announces more than comes |
| `babble` | the device sends noise without end |
"""

from collections.abc import Callable
from typing import Any

from drivers.bench import faults
from drivers.bench.state import State

LINE: dict[str, Any] = {"lose_ack": "", "lose_reply": "", "nak": "", "stale": "", "lying_head": "", "babble": False}
_ACK, _NAK, _EOT = b"\x06", b"\x15", b"\x04"
_TEXT_MAX = 1024
_NOISE = bytes.fromhex("f2f200f2000403504e5031061500f20000")


Obey = Callable[[bytes], bytes | None]  # from TEXT to TEXT; None: the device went dead over it
Seal = Callable[[bytes], bytes]


class Desk:
    """Takes the bytes of the host and answers."""

    def __init__(self, way: faults.Way, state: State, lead: bytes, seal: Seal, obey: Obey) -> None:
        self._way = way
        self._state = state
        self._lead = lead
        self._seal = seal
        self._obey = obey
        self._pending = b""
        self._last = b""

    def take(self, data: bytes) -> None:
        """Bytes from the host, any number of them."""
        self._pending += data
        while self._pending and self._step():
            pass

    def idle(self) -> None:
        """What the device does without being asked."""
        if self._state.now()["babble"]:
            self._way.write(_NOISE * 3)

    def forget(self) -> None:
        """The power was off."""
        self._pending = self._last = b""

    def _step(self) -> bool:
        """Deal with what stands first; whether there was enough of it."""
        head = len(self._lead) + 2
        if self._pending.startswith(_NAK):
            self._pending = self._pending[1:]
            if self._last:
                faults.reply(self._way, self._state, self._last)
            return True
        if self._pending.startswith(_EOT):
            self._way.write(_EOT)
        if not self._lead.startswith(self._pending[: len(self._lead)]):
            self._pending = self._pending[1:]
            return True
        size = int.from_bytes(self._pending[head - 2 : head])
        if len(self._pending) < head or (size <= _TEXT_MAX and len(self._pending) < head + size + 2):
            return False
        frame, self._pending = self._pending[: head + size + 2], self._pending[head + size + 2 :]
        self._hear(frame, frame[head:-2])
        return True

    def _hear(self, frame: bytes, text: bytes) -> None:
        values = self._state.now()
        if values["silent"] and values["faulty"] != 0:
            faults.reply(self._way, self._state, b"")
            return
        if self._seal(frame[:-2]) != frame[-2:] or len(text) < 3 or self._once("nak", text):  # noqa: PLR2004 - C, CM, PM
            self._way.write(_NAK)
            return
        if not self._once("lose_ack", text):
            self._way.write(_ACK)
        before = self._last
        answer = self._obey(text)
        self._last = b"" if answer is None else self._framed(answer)
        if not self._last or self._once("lose_reply", text):
            return
        stale = before if self._once("stale", text) else b""
        self._way.write(stale + bytes.fromhex(values["lying_head"]))
        faults.reply(self._way, self._state, self._last)

    def _framed(self, text: bytes) -> bytes:
        begun = self._lead + len(text).to_bytes(2) + text
        return begun + self._seal(begun)

    def _once(self, key: str, text: bytes) -> bool:
        """Whether the fault `key` is to happen to this command; then it will not happen again."""
        wanted = self._state.now()[key]
        if not wanted or bytes.fromhex(wanted) != text[1:2]:
            return False
        self._state.set(**{key: ""})
        return True
