"""What every driver is given besides its own settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from drivers.counters import Counters
from drivers.trace import Recorder


class DeviceSettings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Settings that every device has: `thresholds` by name of a counter; the status says when one is reached."""

    thresholds: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Under which role a device works, where it counts, and who records its line (None: nobody)."""

    role: str
    counters: Counters = field(default_factory=Counters)
    recorder: Recorder | None = None
