"""Firmware of a serial code scanner: sends what it reads and answers nothing.

State besides the common keys (`drivers.bench.state`):

| key | meaning |
|---|---|
| `scan` | `text` or `base64` is sent once each time `count` rises |
| `suffix` | what the scanner adds to each code |
"""

import base64
from collections.abc import Mapping
from typing import Any

from drivers.bench import faults
from drivers.bench.state import State
from drivers.bench.wire import Wire

DEFAULTS: dict[str, Any] = {"scan": {"text": "", "base64": "", "count": 0}, "suffix": "\r"}


def run(wire: Wire, state: State) -> None:
    """Scan until unplugged."""
    sent = state.initial["scan"]["count"]
    while True:
        wire.rest()
        wire.read()
        values = state.now()
        if values["scan"]["count"] > sent:
            sent = values["scan"]["count"]
            faults.reply(wire, state, content(values["scan"]) + values["suffix"].encode())


def content(scan: Mapping[str, Any]) -> bytes:
    """The bytes of the code that is held in front of a scanner."""
    return base64.b64decode(scan["base64"]) if scan.get("base64") else str(scan.get("text", "")).encode()
