"""What every driver is given besides its own settings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from msgspec import Meta, Struct

from drivers.counters import Counters
from drivers.line import OpenLine
from drivers.trace import Recorder


class DeviceSettings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Settings that every device has: `thresholds` by name of a counter; the status says when one is reached.

    With `trace` its line is recorded, without anything about a citizen, into the folder where its counters are kept.
    `isolated` puts it into a child process, which is killed and started again when its device has not come back to its line for
    `hang_s` seconds: the longest that a call into a library may take.
    """

    thresholds: Mapping[str, int] = {}
    trace: bool = False
    isolated: bool = False
    hang_s: Annotated[float, Meta(ge=3, le=600)] = 10.0


def unwatched(opening: OpenLine) -> OpenLine:
    """Opens as it is."""
    return opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Under which role a device works, where it counts, who records its line (None: nobody), and who watches over its opening."""

    role: str
    counters: Counters = field(default_factory=Counters)
    recorder: Recorder | None = None
    watch: Callable[[OpenLine], OpenLine] = unwatched
