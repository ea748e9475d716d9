"""What a motorised card reader can do, and how what it says becomes a status."""

from collections.abc import Mapping

from drivers.contract import Capabilities, DeviceState, HealthLevel, Level, MediaTo, Part, Status
from drivers.errors import DeviceError, Reason
from drivers.link import Link
from drivers.readers.motor_mechanics import Look, Model, Where
from drivers.readers.motor_media import BIN, BIN_COUNT

FAULTS = frozenset({Reason.CARD_JAMMED, Reason.HARDWARE, Reason.SHUTTER})  # these last until a reset, or until a jammed card is out
_CARDS = {Where.NOWHERE: Part.NOT_PRESENT, Where.GATE: Part.PRESENT, Where.INSIDE: Part.PRESENT, Where.UNKNOWN: Part.UNKNOWN}
_TRANSPORTS = {Reason.CARD_JAMMED: Part.JAMMED, Reason.HARDWARE: Part.INOPERATIVE}


def capabilities(*, stacker: bool) -> Capabilities:
    """What such a reader can do, with or without new cards to give out."""
    return Capabilities(
        commands=("AcceptCard", "MoveCard", "ReadCard"),
        events=("MediaInserted", "MediaDetected", "MediaPresented", "MediaTaken", "MediaRetained"),
        parts=("shutter", "transport", "card", "chip"),
        supplies=("stacker", BIN) if stacker else (BIN,),
        health=tuple(HealthLevel),
        media_to=tuple(MediaTo),
        counters=(
            "cardInsertedCount",
            "cardEjectedCount",
            "cardCapturedCount",
            "cardDispensedCount",
            "goodReadCount",
            "failedReadCount",
            BIN_COUNT,
        ),
    )


def status(model: Model, look: Look, supplies: Mapping[str, Level], chip: Part, fault: DeviceError | None) -> Status:
    """The status without identity."""
    reason = None if fault is None else fault.reason
    parts = {
        "shutter": Part.INOPERATIVE if reason is Reason.SHUTTER else model.shutter,
        "transport": Part.OK if reason is None else _TRANSPORTS.get(reason, Part.OK),
        "card": Part.JAMMED if reason is Reason.CARD_JAMMED else _CARDS[look.where],
        "chip": chip,
    }
    state = DeviceState.ONLINE if fault is None else DeviceState.HARDWARE_ERROR
    return Status(state=state, parts=parts, supplies=supplies, error=fault)


def supplies(model: Model, look: Look, link: Link, high: int) -> dict[str, Level]:
    """Levels of stacker and bin; a bin that is not full is high once `high` cards were retained (0: never)."""
    bin_level = Level.HIGH if look.bin is Level.OK and 0 < high <= link.counted(BIN_COUNT) else look.bin
    return {"stacker": look.stacker, BIN: bin_level} if model.stacker else {BIN: bin_level}
