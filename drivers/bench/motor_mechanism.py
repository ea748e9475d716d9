"""The mechanics of a motorised card reader, as far as a terminal can notice them.

| key | meaning |
|---|---|
| `hand` | key of the person whose card somebody holds at the slot, or null: it is drawn in as soon as the slot is open |
| `length` | `normal`, `long` or `short`: how long the card in the hand is |
| `at` | where the card is: `nowhere`, `gate` or `inside`; who takes it from the gate sets `at` and `card` |
| `card` | whose card that is, `new` for one from the stacker, or null |
| `bin` | whose cards were retained |
| `bin_room` | how many the bin holds |
| `jam` | whatever moves a card jams |
| `moved_by_hand` | somebody pulled at the card: the next order says so |
| `chip` | `ok`, `mute` (activated, then no answer) or `none` |
| `motor_ms` | how long a move or an initialisation takes |
| `power_loss` | where the card lies when the power is gone in the middle of the next move (`nowhere`: where it came from) |
| `next_error` | error code that the next move answers |
| `initialised` | whether the host has initialised the device since it has power |
| `slot` | whether cards are let in |

The chip of the card has `generation`, `by_tag`, `t0`, `fetch`, `unknown_card`, `locked`, `records`, `answers` as in `social_card`.
"""

from collections.abc import Callable
from typing import Any

from drivers.bench.social_chip import Chip
from drivers.bench.state import State

MECHANISM: dict[str, Any] = {
    "generation": 2,
    "by_tag": True,
    "t0": True,
    "fetch": False,
    "unknown_card": False,
    "locked": [],
    "records": {},
    "answers": {},
    "hand": None,
    "length": "normal",
    "at": "nowhere",
    "card": None,
    "bin": [],
    "bin_room": 50,
    "jam": False,
    "moved_by_hand": False,
    "chip": "ok",
    "motor_ms": 20,
    "power_loss": "",
    "next_error": "",
    "initialised": False,
    "slot": False,
}
NEW = "new"


class Trouble(Exception):  # noqa: N818 - what the device answers, not an error of the bench
    """The device answers with this code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PowerLost(Exception):  # noqa: N818 - it happens to the device
    """The device went off before it could answer."""


class Mechanism:
    """One throat with a card in it or none."""

    def __init__(self, state: State, wait: Callable[[float], None], moved_code: str) -> None:
        self._state = state
        self._wait = wait
        self._moved_code = moved_code
        self._refused = ""

    @property
    def at(self) -> str:
        """Where the card is."""
        return str(self._state.now()["at"])

    def power_up(self) -> None:
        """Power has come."""
        self._refused = ""
        self._state.set(initialised=False, slot=False)

    def look(self, *, but_for_initialise: bool) -> None:
        """Draw in a card that is held to an open slot. Raises `Trouble` when it was not one of the right length, or B0."""
        values = self._state.now()
        if not (values["initialised"] or but_for_initialise):
            raise Trouble("B0")
        if values["slot"] and values["hand"] is not None and values["at"] == "nowhere":
            self._refused = {"long": "13", "short": "14"}.get(values["length"], "")
            if self._refused:
                self._state.set(hand=None, length="normal")
            else:
                self._state.set(hand=None, at="inside", card=values["hand"])
        if self._refused:
            code, self._refused = self._refused, ""
            raise Trouble(code)

    def stir(self) -> None:
        """Turn the motor without moving a card."""
        self._wait(self._state.now()["motor_ms"] / 1000)

    def shift(self, to: str, **more: Any) -> None:  # noqa: ANN401 - JSON values
        """Move a card to `gate`, `inside` or `bin`; `more` changes with it, such as the stacker's count. Raises `Trouble`, `PowerLost`."""
        self._mishaps()
        self.stir()
        values = self._state.now()
        if lies := values["power_loss"]:
            moved = {} if lies == "nowhere" else {"at": lies, **more}
            self._state.set(power_loss="", **moved)
            self.power_up()
            raise PowerLost
        if to == "bin":
            kept = {**values, **more}["card"]
            self._state.set(**{**more, "at": "nowhere", "card": None, "bin": [*values["bin"], kept]})
        else:
            self._state.set(**more, at=to)

    def chip(self) -> Chip:
        """The chip of the card that is inside, just reset; one out of the stacker has no application yet."""
        values = self._state.now()
        new = {"card": "jia", "unknown_card": True} if values["card"] == NEW else {}
        return Chip({**values, **new})

    def bin_full(self) -> bool:
        """Whether no more cards go into the bin."""
        values = self._state.now()
        return len(values["bin"]) >= int(values["bin_room"])

    def pulled(self) -> None:
        """Raises `Trouble` when somebody has pulled at the card."""
        if self._state.now()["moved_by_hand"]:
            self._state.set(moved_by_hand=False)
            raise Trouble(self._moved_code)

    def _mishaps(self) -> None:
        values = self._state.now()
        if code := values["next_error"]:
            self._state.set(next_error="")
            raise Trouble(code)
        self.pulled()
        if values["jam"]:
            self.stir()
            raise Trouble("10")
