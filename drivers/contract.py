"""The whole vocabulary of hardware: what a device is, what it reports, what it can be asked.

Device and supply states are those of XFS4IoT (CEN/XFS4IoT, Common and Printer interfaces). A device owns its thread and
its port; `do` only puts a command into its inbox, so nobody who calls a device ever waits for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar, Protocol

from drivers.errors import DeviceError


class DeviceState(StrEnum):
    """The ten device states of XFS4IoT."""

    ONLINE = "online"
    OFFLINE = "offline"  # switched off by an operator
    POWER_OFF = "powerOff"  # off, unplugged or silent
    NO_DEVICE = "noDevice"  # not meant to be there
    HARDWARE_ERROR = "hardwareError"
    USER_ERROR = "userError"  # a person prevents operation: cover open, paper out
    DEVICE_BUSY = "deviceBusy"
    FRAUD_ATTEMPT = "fraudAttempt"
    POTENTIAL_FRAUD = "potentialFraud"
    STARTING = "starting"


class Part(StrEnum):
    """State of a part of a device; UNKNOWN is what a part has that was not asked or did not answer."""

    UNKNOWN = "unknown"
    NOT_SUPPORTED = "notSupported"
    OK = "ok"
    OPEN = "open"
    CLOSED = "closed"
    JAMMED = "jammed"
    INOPERATIVE = "inoperative"


class Level(StrEnum):
    """Level of a supply (XFS4IoT Printer `paper`)."""

    UNKNOWN = "unknown"
    NOT_SUPPORTED = "notSupported"
    FULL = "full"
    LOW = "low"
    OUT = "out"
    JAMMED = "jammed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How a device is. `parts` and `supplies` are by name (`cover`, `cutter`; `upper`), `identity` is model, serial, firmware."""

    state: DeviceState
    parts: Mapping[str, Part] = field(default_factory=dict)
    supplies: Mapping[str, Level] = field(default_factory=dict)
    identity: Mapping[str, str] = field(default_factory=dict)
    error: DeviceError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact that happened; `role` says which device of the terminal (`receipt_printer`, `id_reader`, `office`) it comes from."""

    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChanged(Event):
    """The status is another than before; `changed` names the fields, parts and supplies that differ."""

    status: Status
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeScanned(Event):
    """A whole code was read and is text within the configured limits."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRejected(Event):
    """Something was read that cannot be one of our codes: `reason` is `tooLong`, `notText` or `incomplete`."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Event):
    """What became of the command with this `id`; `final` is False while the command goes on."""

    final: ClassVar[bool] = True
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed(Answer):
    """The command ended without doing what it should."""

    error: DeviceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Answer):
    """The command was carried out and has nothing more to tell (Reset)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed(Answer):
    """The printer itself said, after the last byte of the job, that the paper is printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFound(Answer):
    """A card is on the reader and being read: it must stay where it is."""

    final: ClassVar[bool] = False


class CardKind(StrEnum):
    """The layouts of the 256-byte text block (GA/T 490)."""

    RESIDENT = "resident"
    HMT_PERMIT = "hmtPermit"  # residence permit for Hong Kong, Macau and Taiwan residents
    FOREIGN_2017 = "foreign2017"
    FOREIGN_2023 = "foreign2023"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class IdCard:
    """What an identity card says; its repr shows the kind only, so that no log can leak the person.

    `sex` is the GB/T 2261.1 code, `ethnicity` the GB 3304 code or "". `valid_to` None means 长期 (no end).
    `photo` is the undecoded WLT block.
    """

    kind: CardKind
    name: str
    latin_name: str = ""
    sex: str
    ethnicity: str = ""
    born: date
    address: str = ""
    number: str
    issuer: str = ""
    valid_from: date
    valid_to: date | None
    photo: bytes = b""

    def __repr__(self) -> str:
        return f"IdCard({self.kind})"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRead(Answer):
    """A card was read whole and its number's check digit is right."""

    card: IdCard


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRemoved(Event):
    """The card read last has left the reader. Only readers that can sense it report this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A wish to the device of `role`; every answer to it echoes `id`, which is unique over restarts."""

    role: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCard(Command):
    """Wait for a card and read it, until read, failed or cancelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel(Command):
    """Give up the command `of`; that one answers Failed with reason `canceled`, Cancel itself never answers. Unknown ids are ignored."""

    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reset(Command):
    """Bring the device back to its start state; answered by Done or Failed."""


class Align(StrEnum):
    """Where a line of a paper stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, wrapped by the printer's driver; `size` 1..8 multiplies the base font in both directions."""

    text: str
    size: int = 1
    align: Align = Align.LEFT
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A label at the left edge and its value at the right edge, on one line where both fit."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A dashed line over the whole width."""


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code of `data`, centred, error correction M; `module` is the width of a module in dots (1..16)."""

    data: str
    module: int = 6


@dataclass(frozen=True, slots=True)
class Feed:
    """Blank lines."""

    lines: int = 1


Block = Line | Pair | Rule | Qr | Feed


@dataclass(frozen=True, slots=True, repr=False)
class Paper:
    """What one piece of paper says, from top to bottom; the driver cuts after it. Its repr does not show the words."""

    blocks: tuple[Block, ...]

    def __repr__(self) -> str:
        return f"Paper({len(self.blocks)} blocks)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Print(Command):
    """Print one paper; answered by Printed or Failed. A job cut short by paper end starts again from the top after refill."""

    paper: Paper


Emit = Callable[[Event], None]


class Device(Protocol):
    """Hardware, and the line to the office alike."""

    def start(self, emit: Emit) -> None:
        """Begin to work; `emit` is called from the device's own thread."""

    def do(self, command: Command) -> None:
        """Put the command into the inbox and return at once."""

    def stop(self) -> None:
        """End the thread and close the port; returns when both are done."""
