"""Creator CRT-571 and CRT-591 card dispenser and reader on a serial line: takes cards in, reads, gives back, retains, gives out new ones.

A card is given back with "hold at gate" (32 30), never with "out of gate" (32 39): a held card can still be drawn in and retained,
and on one unit 32 39 was seen to send the card into the bin. Between a look and "to bin" a person may take the card from the gate:
then a new card from the stacker may go into the bin instead, which costs a blank and nothing else.
"""

from typing import Annotated

from msgspec import Meta

from drivers.context import Context
from drivers.contract import Hardware, Part
from drivers.errors import DeviceError
from drivers.link import Link
from drivers.readers import crt571_protocol as crt
from drivers.readers.motor_driver import MotorReader
from drivers.readers.motor_mechanics import Look, Mechanics, MotorSettings, Start, Where
from drivers.readers.motor_protocol import Order
from drivers.runner import Runner
from drivers.transport import serial_line

_STARTS = {Start.TO_GATE: crt.INIT_TO_GATE, Start.TO_BIN: crt.INIT_TO_BIN, Start.STAY: crt.INIT_STAY}


class Settings(MotorSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`address` is what the DIP switches say. Units adapt to the speed of the first order after power-up."""

    baud: int = 9600
    address: Annotated[int, Meta(ge=0, le=15)] = 0


def build(context: Context, settings: Settings) -> Hardware:
    """The dispenser as a device."""
    return Runner(context, MotorReader(Crt571(settings.address), settings), serial_line(settings))


class Crt571:
    """The orders of this family."""

    stacker = True
    shutter = Part.NOT_SUPPORTED

    def __init__(self, address: int) -> None:
        self.framing = crt.framing(address)

    def mind(self) -> None:
        """No wire of its own."""

    def look(self, status: bytes) -> Look:
        """What a status says."""
        return crt.look(status)

    def blocked(self, sensors: bytes) -> bool:
        """Whether a sensor along the path sees a card."""
        return crt.path_blocked(sensors)

    def meaning(self, code: bytes) -> DeviceError:
        """What an error code says."""
        return crt.meaning(code)

    def start(self, how: Start) -> Order:
        """The order to initialise."""
        return _STARTS[how]

    def slot(self, *, opened: bool) -> tuple[Order, ...]:
        """Let cards in, or not."""
        return (crt.SLOT_OPEN if opened else crt.SLOT_CLOSED,)

    def present(self) -> Order:
        """Hold at gate."""
        return crt.HOLD_AT_GATE

    def capture(self, where: Where) -> tuple[Order, ...]:  # noqa: ARG002 - from the gate as from inside
        """To the bin."""
        return (crt.TO_BIN,)

    def to_chip(self) -> Order:
        """To the contacts."""
        return crt.TO_CHIP

    def away_from_chip(self) -> Order:
        """To the aerial, where no contact touches the card."""
        return crt.TO_AERIAL

    def chip(self, *, on: bool) -> Order:
        """Cold reset, or power down."""
        return crt.CHIP_ON if on else crt.CHIP_OFF

    def apdu(self, command: bytes) -> Order:
        """An APDU with the protocol that the chip speaks."""
        return Order(0x51, 0x39, command)

    def identity(self, mechanics: Mechanics, link: Link, kind: bytes) -> dict[str, str]:
        """Model as it calls itself, firmware, serial number; what a unit does not tell is left out."""
        version, serial = mechanics.told(link, crt.VERSION), mechanics.told(link, crt.SERIAL)
        told = {"model": crt.text(kind), "firmware": crt.text(version or b""), "serial": crt.serial(serial or b"")}
        return {"maker": "Creator"} | {name: value for name, value in told.items() if value}

    def findings(self, mechanics: Mechanics, link: Link) -> dict[str, str]:
        """How many cards the device itself has counted into the bin."""
        counted = crt.count(mechanics.told(link, crt.BIN_COUNT) or b"")
        return {} if counted is None else {"bin_counted": str(counted)}

    def emptied(self) -> Order:
        """Its counter starts anew."""
        return crt.BIN_EMPTIED
