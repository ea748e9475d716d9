"""What scanners that take commands have in common: a code in front of them, settings until the next restart, and their mishaps.

State besides the common keys (`drivers.bench.state`):

| key | meaning |
|---|---|
| `scan` | `text` or `base64` is read once each time `count` rises, if the scanner is reading then |
| `settings` | what the scanner is set to; what was there at the factory again after a restart |
| `triggered` | the trigger is pulled by command |
| `beeps`, `lights` | how often it has beeped and lit by command |
| `refused` | names of commands that it answers with NAK: their value is not allowed |
| `unknown` | names of commands that it answers with ENQ: this model does not know them |
| `code_in_answer` | a code that it sends, with its suffix, in the midst of the next answer, after the number of bytes in `cut_at` |
"""

from collections.abc import Callable, Mapping
from typing import Any

from drivers.bench import faults
from drivers.bench.code_scanner import content
from drivers.bench.state import State
from drivers.bench.wire import Wire

ACK, NAK, ENQ = b"\x06", b"\x15", b"\x05"
DEFAULTS: dict[str, Any] = {
    "scan": {"text": "", "base64": "", "count": 0},
    "settings": {},
    "triggered": False,
    "beeps": 0,
    "lights": 0,
    "refused": [],
    "unknown": [],
    "code_in_answer": "",
    "cut_at": 4,
}


class Desk:
    """A scanner's line and what lies before it. `reading` and `suffix` say what its settings mean."""

    def __init__(
        self, wire: Wire, state: State, reading: Callable[[Mapping[str, Any]], bool], suffix: Callable[[Mapping[str, Any]], bytes]
    ) -> None:
        self._wire = wire
        self._state = state
        self._reading = reading
        self._suffix = suffix
        self._seen = state.initial["scan"]["count"]

    def look(self) -> None:
        """Read what is held in front of it, if it is reading."""
        values = self._state.now()
        if values["scan"]["count"] <= self._seen:
            return
        self._seen = values["scan"]["count"]
        if self._reading(values) and not values["silent"]:
            self._wire.write(content(values["scan"]) + self._suffix(values))

    def answer(self, data: bytes) -> None:
        """Send an answer, with the mishaps the state asks for."""
        values = self._state.now()
        if values["code_in_answer"] and not values["silent"]:
            at = values["cut_at"]
            data = data[:at] + str(values["code_in_answer"]).encode() + self._suffix(values) + data[at:]
            self._state.set(code_in_answer="")
        faults.reply(self._wire, self._state, data)

    def put(self, name: str, value: str) -> None:
        """Keep a setting."""
        self._state.set(settings={**self._state.now()["settings"], name: value})

    def status(self, name: str, *, known: bool, allowed: bool) -> bytes:
        """The status character that answers a command."""
        values = self._state.now()
        if not known or name in values["unknown"]:
            return ENQ
        return ACK if allowed and name not in values["refused"] else NAK
