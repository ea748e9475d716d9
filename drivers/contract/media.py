"""Cards and papers that move: what a device tells of them, and where they can be sent."""

from enum import StrEnum

from drivers.contract.messages import Answer, Command, Event


class Position(StrEnum):
    """Where a card or a paper is."""

    NOT_PRESENT = "notPresent"
    EXIT = "exit"  # at the slot, a person can take it
    TRANSPORT = "transport"  # held inside
    CHIP = "chip"  # held where its contacts or its aerial are reached
    BIN = "bin"  # retained
    STACKER = "stacker"  # among new cards not yet given out
    JAMMED = "jammed"
    UNKNOWN = "unknown"


class MediaInserted(Event, frozen=True, kw_only=True):
    """A card was put into the slot and is held."""


class MediaDetected(Event, frozen=True, kw_only=True):
    """Media were found inside at the start or by a reset, and are now at `position`."""

    position: Position


class MediaPresented(Event, frozen=True, kw_only=True):
    """A card or paper waits at the exit to be taken."""


class MediaTaken(Event, frozen=True, kw_only=True):
    """What waited at the exit was taken."""


class MediaRetained(Event, frozen=True, kw_only=True):
    """A card or paper that was not taken, or not to be given back, is in the bin named by the supply `unit`."""

    unit: str


class AcceptCard(Command, frozen=True, kw_only=True):
    """Open the slot until a card is in, or until cancelled; answered by CardAccepted."""


class CardAccepted(Answer, frozen=True, kw_only=True):
    """A card is in and held."""


class MoveCard(Command, frozen=True, kw_only=True):
    """Move a card to EXIT, CHIP, TRANSPORT or BIN (XFS4IoT CardReader.Move); answered by CardMoved.

    `source` STACKER takes a new card; any other source means the card that is inside.
    """

    to: Position
    source: Position = Position.TRANSPORT


class CardMoved(Answer, frozen=True, kw_only=True):
    """The device says that the card is at `position`."""

    position: Position
