"""What every device understands and tells: the roots of all events and commands, status, reset, health checks, supplies."""

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from msgspec import Struct

from drivers.contract.state import Status
from drivers.errors import DeviceError


class Event(Struct, frozen=True, kw_only=True, tag=True):
    """A fact that happened; `role` says which device of the terminal (`receipt_printer`, `id_reader`, `office`) it comes from.

    The fields named in `personal` say something about a citizen: a repr, a log and a trace leave them out.
    """

    personal: ClassVar[frozenset[str]] = frozenset()

    role: str

    def __repr__(self) -> str:
        shown = [f"{name}={getattr(self, name)!r}" for name in self.__struct_fields__ if name not in self.personal]
        return f"{type(self).__name__}({', '.join(shown)})"


class StatusChanged(Event, frozen=True, kw_only=True):
    """The status is another than before; `changed` names the fields, parts and supplies that differ."""

    status: Status
    changed: tuple[str, ...]


class Answer(Event, frozen=True, kw_only=True):
    """What became of the command with this `id`; `final` is False while the command goes on."""

    final: ClassVar[bool] = True

    id: str


class Failed(Answer, frozen=True, kw_only=True):
    """The command ended without doing what it should."""

    error: DeviceError


class Done(Answer, frozen=True, kw_only=True):
    """The command was carried out and has nothing more to tell."""


class Command(Struct, frozen=True, kw_only=True, tag=True):
    """A wish to the device of `role`; every answer to it echoes `id`, which is unique over restarts."""

    personal: ClassVar[frozenset[str]] = frozenset()

    role: str
    id: str


class Cancel(Command, frozen=True, kw_only=True):
    """Give up the command `of`; that one answers Failed with reason `canceled`, Cancel itself never answers. Unknown ids are ignored."""

    of: str


class MediaTo(StrEnum):
    """Where a reset sends a card or paper that it finds inside (XFS4IoT CardReader.Reset `to`)."""

    AUTO = "auto"  # what the device thinks best
    EXIT = "exit"  # back to the person
    RETAIN = "retain"  # into the bin
    CURRENT_POSITION = "currentPosition"  # nothing moves


class Reset(Command, frozen=True, kw_only=True):
    """Bring the device back to its start state; answered by Done or Failed.

    Resets wear mechanics out: a device refuses them (`resetLimit`) when they come too often. Media found inside are told as
    MediaDetected. A device that cannot move media anywhere knows AUTO and CURRENT_POSITION.
    """

    to: MediaTo = MediaTo.AUTO


class HealthLevel(StrEnum):
    """How thorough a check is (UnifiedPOS CheckHealth)."""

    INTERNAL = "internal"  # silent, changes nothing
    EXTERNAL = "external"  # may move, light or print
    INTERACTIVE = "interactive"  # asks a person


class CheckHealth(Command, frozen=True, kw_only=True):
    """Check the device; answered by HealthChecked, or by Failed when the check could not be made.

    With `in_service`, that is while citizens may come, a level that is not harmless is refused.
    """

    level: HealthLevel
    in_service: bool = False


class HealthChecked(Answer, frozen=True, kw_only=True):
    """The check came to its end. `findings` are what was measured or seen, by name; `error` says why it did not pass."""

    level: HealthLevel
    findings: Mapping[str, str] = {}
    error: DeviceError | None = None

    @property
    def passed(self) -> bool:
        """Whether the device is well as far as this level can tell."""
        return self.error is None


class PersonAsked(Answer, frozen=True, kw_only=True):
    """An interactive check needs a person: `key` is the text of what to do; with `choices`, a PersonAnswered is waited for."""

    final: ClassVar[bool] = False

    key: str
    choices: tuple[str, ...] = ()


class PersonAnswered(Command, frozen=True, kw_only=True):
    """What the person chose when the check `of` asked; never answered itself, ignored when nothing was asked."""

    of: str
    choice: str


class SupplyReplenish(Command, frozen=True, kw_only=True):
    """Somebody has refilled or emptied `supply` (XFS4IoT Printer.SupplyReplenish): what was counted since the last time starts anew.

    Answered by Done, or by Failed where the device has no such supply.
    """

    supply: str
