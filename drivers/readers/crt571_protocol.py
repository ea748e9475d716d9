"""Frames, states and error codes of the Creator CRT-571 and CRT-591 card dispensers and readers.

F2 ADDR LEN TEXT 03 BCC, where BCC is the XOR of all before it; 8N1, half duplex, sixteen addresses by DIP switch. Sources: the
CRT-591-M001 communication protocol (Creator, 2013) as transcribed in public documentation, with what its authors saw on a unit;
public drivers for the CRT-571 in Go (syntech-pro/crt571) and Python, and for the CRT-591 in C#. All agree on the frame.
"""

from functools import reduce
from operator import xor

from drivers.contract import Level
from drivers.errors import Action, DeviceError, Reason
from drivers.readers.motor_mechanics import Look, Where
from drivers.readers.motor_protocol import STX, Framing, Order

_ETX = 0x03
INIT_TO_GATE, INIT_TO_BIN, INIT_STAY = Order(0x30, 0x30), Order(0x30, 0x31), Order(0x30, 0x33)
# Every move takes a new card from the stacker when none is inside (public C# driver; specification 3.1.3 for PM 31).
HOLD_AT_GATE, TO_CHIP, TO_AERIAL, TO_BIN = Order(0x32, 0x30), Order(0x32, 0x31), Order(0x32, 0x32), Order(0x32, 0x33)
SLOT_OPEN, SLOT_CLOSED = Order(0x33, 0x30), Order(0x33, 0x31)
# Vcc 33H: 5 V by ISO/IEC 7816-3. The default, EMV, refuses with error 69 cards whose answer to reset is not a bank card's.
CHIP_ON, CHIP_OFF = Order(0x51, 0x30, b"\x33"), Order(0x51, 0x31)
SERIAL, VERSION, BIN_COUNT, BIN_EMPTIED = Order(0xA2, 0x30), Order(0xA4, 0x30), Order(0xA5, 0x30), Order(0xA5, 0x31, b"000")

_PLACES = {b"0": Where.NOWHERE, b"1": Where.GATE, b"2": Where.INSIDE}
_STACKERS = {b"0": Level.EMPTY, b"1": Level.LOW, b"2": Level.OK}
_BINS = {b"0": Level.OK, b"1": Level.FULL}
_PATH = 7  # S1 to S7 look at the path; what follows them differs from model to model

_MEANINGS = {
    b"00": (Reason.UNSUPPORTED, Action.CONFIGURATION, "undefined command"),
    b"01": (Reason.UNSUPPORTED, Action.CONFIGURATION, "parameter error"),
    b"02": (Reason.SEQUENCE, Action.RESET, "command sequence error"),
    b"03": (Reason.UNSUPPORTED, Action.CONFIGURATION, "not supported by this hardware"),
    b"04": (Reason.GARBLED, Action.WAIT, "command data error"),
    b"05": (Reason.SEQUENCE, Action.RESET, "chip contacts not released"),
    b"10": (Reason.CARD_JAMMED, Action.CLEAR, "card jam"),
    b"12": (Reason.HARDWARE, Action.MAINTENANCE, "sensor error"),
    b"13": (Reason.CARD_REFUSED, Action.WAIT, "card too long"),
    b"14": (Reason.CARD_REFUSED, Action.WAIT, "card too short"),
    b"16": (Reason.CARD_MOVED, Action.RESET, "card moved by hand"),
    b"40": (Reason.CARD_JAMMED, Action.CLEAR, "card cannot be drawn into the bin"),
    b"41": (Reason.HARDWARE, Action.MAINTENANCE, "magnet of the chip contacts"),
    b"42": (Reason.HARDWARE, Action.RESET, "chip position not reached"),  # one public driver has 42 for what the others call 43
    b"43": (Reason.HARDWARE, Action.RESET, "chip position not reached"),
    b"45": (Reason.CARD_MOVED, Action.RESET, "card moved by hand"),
    b"50": (Reason.BIN_FULL, Action.CLEAR, "counter of retained cards overflows"),
    b"51": (Reason.HARDWARE, Action.MAINTENANCE, "motor error"),
    b"60": (Reason.CARD_UNREADABLE, Action.WAIT, "short circuit of the chip's supply"),
    b"61": (Reason.CARD_UNREADABLE, Action.WAIT, "chip cannot be activated"),
    b"62": (Reason.CARD_REFUSED, Action.WAIT, "not supported by the chip"),
    b"63": (Reason.CARD_UNREADABLE, Action.WAIT, "chip does not answer"),
    b"64": (Reason.CARD_UNREADABLE, Action.WAIT, "chip breaks its protocol"),
    b"65": (Reason.CARD_UNREADABLE, Action.WAIT, "chip not activated"),
    b"66": (Reason.CARD_REFUSED, Action.WAIT, "not supported by this chip"),
    b"67": (Reason.CARD_UNREADABLE, Action.WAIT, "chip transmission error"),
    b"68": (Reason.CARD_UNREADABLE, Action.WAIT, "chip transmission timed out"),
    b"69": (Reason.CARD_REFUSED, Action.WAIT, "chip not by EMV"),
    b"A0": (Reason.STACKER_EMPTY, Action.CLEAR, "stacker empty"),
    b"A1": (Reason.BIN_FULL, Action.CLEAR, "bin full"),
    b"B0": (Reason.SEQUENCE, Action.RESET, "not initialised"),
}


def framing(address: int) -> Framing:
    """The frames of the unit with this address (0 to 15)."""
    return Framing(lead=bytes([STX, address]), seal=_seal, status_size=3)


def look(status: bytes) -> Look:
    """What st0, st1 and st2 say; a value that is in no table is unknown, for models differ."""
    return Look(
        _PLACES.get(status[0:1], Where.UNKNOWN),
        _STACKERS.get(status[1:2], Level.UNKNOWN),
        _BINS.get(status[2:3], Level.UNKNOWN),
    )


def path_blocked(sensors: bytes) -> bool:
    """Whether one of the sensors along the path sees a card; `sensors` is the data of status request 31H."""
    return b"1" in sensors[:_PATH]


def meaning(code: bytes) -> DeviceError:
    """What an error code says."""
    reason, action, words = _MEANINGS.get(code, (Reason.HARDWARE, Action.MAINTENANCE, "not in the table"))
    return DeviceError(reason, action, f"error {code.decode('ascii', 'backslashreplace')}: {words}")


def text(data: bytes) -> str:
    """Version or type as printable ASCII."""
    return "".join(chr(byte) for byte in data if " " <= chr(byte) <= "~").strip()


def serial(data: bytes) -> str:
    """The serial number: a length and as many characters (specification 3.6.7)."""
    return text(data[1 : 1 + data[0]]) if data else ""


def count(data: bytes) -> int | None:
    """A counter of three digits; None when it is none."""
    return int(data) if len(data) == 3 and data.isdigit() else None  # noqa: PLR2004 - "000" to "999"


def _seal(begun: bytes) -> bytes:
    return bytes([_ETX, reduce(xor, begun, _ETX)])
