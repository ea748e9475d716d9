"""What a device is to the rest of the program."""

from collections.abc import Callable, Mapping
from typing import Protocol

from msgspec import Struct

from drivers.contract.messages import Command, Event, HealthLevel, MediaTo
from drivers.contract.state import Status

Emit = Callable[[Event], None]


class Device(Protocol):
    """Hardware, and the line to the office alike."""

    def start(self, emit: Emit) -> None:
        """Begin to work; `emit` is called from the device's own thread."""

    def do(self, command: Command) -> None:
        """Put the command into the inbox and return at once."""

    def stop(self) -> None:
        """End the thread and close the port; returns when both are done."""


class Capabilities(Struct, frozen=True, kw_only=True):
    """What a kind of device can do.

    `commands` are names of command classes besides Cancel, Reset, CheckHealth and SupplyReplenish; `events` those of the events
    it tells by itself besides StatusChanged. `parts` and `supplies` are the names its status has. Health levels in `harmless`
    may be checked while citizens use the terminal. `media_to` is where a reset can send media.
    """

    commands: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    supplies: tuple[str, ...] = ()
    health: tuple[HealthLevel, ...] = (HealthLevel.INTERNAL,)
    harmless: tuple[HealthLevel, ...] = (HealthLevel.INTERNAL,)
    media_to: tuple[MediaTo, ...] = (MediaTo.AUTO, MediaTo.CURRENT_POSITION)
    counters: tuple[str, ...] = ()


class Hardware(Device, Protocol):
    """A device of the device layer: what can be asked at any time and from any thread, also while a command runs."""

    @property
    def status(self) -> Status:
        """How it is."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""

    @property
    def counters(self) -> Mapping[str, int]:
        """What it has done so far, by UnifiedPOS-like names (`paperCutCount`); kept over restarts and by serial number."""
