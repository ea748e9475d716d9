"""Sankyo ICT3K5 motorised card reader on a serial line, 115200 8E1 with RTS/CTS.

DSR is the reader's own word that it has power: low is powered off, and when it rises the reader is initialised anew. With the
option given at initialisation the reader ejects a card by itself when DTR drops, that is, when the terminal's program ends.
"""

from typing import Literal

from drivers.context import Context
from drivers.contract import Hardware, Part
from drivers.errors import Action, DeviceError, Reason
from drivers.line import Line, Waker
from drivers.link import Link
from drivers.readers import ict3k5_protocol as ict
from drivers.readers.motor_driver import MotorReader
from drivers.readers.motor_mechanics import Look, Mechanics, MotorSettings, Start, Where
from drivers.readers.motor_protocol import Order
from drivers.runner import Runner
from drivers.transport import Port

_STARTS = {Start.TO_GATE: ict.INIT_TO_GATE, Start.TO_BIN: ict.INIT_TO_BIN, Start.STAY: ict.INIT_STAY}


class Settings(MotorSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The line's settings are the reader's; 20 s for a move is what a public driver waits for any answer."""

    parity: Literal["none", "even", "odd"] = "even"
    rts_cts: bool = True
    move_ms: int = 20000


def build(context: Context, settings: Settings) -> Hardware:
    """The reader as a device."""
    model = Ict3k5(settings)
    return Runner(context, MotorReader(model, settings), model.open)


class Ict3k5:
    """The orders of this reader."""

    framing = ict.FRAMING
    stacker = False
    shutter = Part.OK

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._port: Port | None = None

    def open(self, waker: Waker) -> Line:
        """Open the line, and keep it to see its modem lines."""
        self._port = Port(self._settings, waker)
        return self._port

    def mind(self) -> None:
        """Raise `DeviceError` (SILENT) when DSR is low; a line without modem lines says nothing."""
        if self._port is not None and self._port.modem("dsr") is False:
            raise DeviceError(Reason.SILENT, Action.CLEAR, "DSR low: no power")

    def look(self, status: bytes) -> Look:
        """What a status says."""
        return ict.look(status)

    def blocked(self, sensors: bytes) -> bool:  # noqa: ARG002 - the sensors' bits are not published
        """Not known."""
        return False

    def meaning(self, code: bytes) -> DeviceError:
        """What an error code says."""
        return ict.meaning(code)

    def start(self, how: Start) -> Order:
        """The order to initialise."""
        return _STARTS[how]

    def slot(self, *, opened: bool) -> tuple[Order, ...]:
        """Let cards in, or not, and say so with a green or a red light."""
        return (ict.SLOT_OPEN, ict.LIGHT_GREEN) if opened else (ict.SLOT_CLOSED, ict.LIGHT_RED)

    def present(self) -> Order:
        """Eject: the card is held at the gate."""
        return ict.EJECT

    def capture(self, where: Where) -> tuple[Order, ...]:
        """To the bin; from the gate it is first drawn back in."""
        return (ict.RETRIEVE, ict.CAPTURE) if where is Where.GATE else (ict.CAPTURE,)

    def to_chip(self) -> Order:
        """To the contacts."""
        return ict.TO_CHIP

    def away_from_chip(self) -> Order:
        """Release the contacts."""
        return ict.RELEASE

    def chip(self, *, on: bool) -> Order:
        """Activate or deactivate."""
        return ict.CHIP_ON if on else ict.CHIP_OFF

    def apdu(self, command: bytes) -> Order:
        """An APDU with the protocol that the chip speaks."""
        return Order(0x49, 0x39, command)

    def identity(self, mechanics: Mechanics, link: Link, kind: bytes) -> dict[str, str]:
        """Firmware as it tells it; this reader has no published order for its serial number."""
        revision = mechanics.told(link, ict.REVISION) or kind
        firmware = "".join(chr(byte) for byte in revision if " " <= chr(byte) <= "~").strip()
        return {"maker": "Sankyo", "model": "ICT3K5"} | ({"firmware": firmware} if firmware else {})

    def findings(self, mechanics: Mechanics, link: Link) -> dict[str, str]:  # noqa: ARG002 - as `Model` has it
        """Whether its power can be seen."""
        dsr = None if self._port is None else self._port.modem("dsr")
        return {} if dsr is None else {"dsr": "high" if dsr else "low"}

    def emptied(self) -> None:
        """Its counter is switched off at initialisation."""
