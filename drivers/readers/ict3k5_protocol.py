"""Frames, states and error codes of Sankyo ICT3K5 motorised card readers.

F2 LEN TEXT CRC: CRC-16/XMODEM over all before it, big-endian, and no end mark; 115200 8E1 with RTS/CTS. Sources: public drivers
for the ICT3K5 in Ruby (smartkiosk/smartware) and Java (package jpos.sankyo), for the ICT3Q8 in Python (dd5xl/Sankyo_Reader), and
the command table of Creator's CRT-591-H001, which takes the same commands, in public C# code.
"""

from binascii import crc_hqx

from drivers.contract import Level
from drivers.errors import Action, DeviceError, Reason
from drivers.readers.motor_mechanics import Look, Where
from drivers.readers.motor_protocol import STX, Framing, Order

# 3 2 4 1 is for compatibility only; then by name: FM 0, chip off at power-down 0, tell the type 1, at DTR low eject 0, capture
# counter off 0 (the bytes of smartware, the names of the H001 table).
_OPTIONS = b"324100100"
INIT_TO_GATE, INIT_TO_BIN, INIT_STAY = (Order(0x30, pm, _OPTIONS) for pm in (0x30, 0x31, 0x33))
EJECT, CAPTURE, RETRIEVE = Order(0x33, 0x30), Order(0x33, 0x31), Order(0x34, 0x30)
SLOT_OPEN, SLOT_CLOSED = Order(0x3A, 0x30), Order(0x3A, 0x31)
LIGHT_OFF, LIGHT_GREEN, LIGHT_RED = Order(0x35, 0x30), Order(0x35, 0x31), Order(0x35, 0x32)
TO_CHIP, RELEASE = Order(0x40, 0x30), Order(0x40, 0x32)
CHIP_ON, CHIP_OFF = Order(0x49, 0x30), Order(0x49, 0x31)
REVISION = Order(0x41, 0x31)

_PLACES = {b"00": Where.NOWHERE, b"01": Where.GATE, b"02": Where.INSIDE}

_MEANINGS = {
    b"00": (Reason.UNSUPPORTED, Action.CONFIGURATION, "unidentified command"),
    b"01": (Reason.UNSUPPORTED, Action.CONFIGURATION, "parameter not correct"),
    b"02": (Reason.SEQUENCE, Action.RESET, "execution impossible"),
    b"03": (Reason.UNSUPPORTED, Action.CONFIGURATION, "not implemented"),
    b"04": (Reason.GARBLED, Action.WAIT, "command data error"),
    b"05": (Reason.SEQUENCE, Action.RESET, "chip contacts not released"),
    b"06": (Reason.NOT_AUTHORISED, Action.CONFIGURATION, "no key for decrypting"),
    b"10": (Reason.CARD_JAMMED, Action.CLEAR, "card jam"),
    b"11": (Reason.SHUTTER, Action.CLEAR, "shutter error"),
    b"12": (Reason.HARDWARE, Action.MAINTENANCE, "sensor error"),
    b"13": (Reason.CARD_REFUSED, Action.WAIT, "card too long"),
    b"14": (Reason.CARD_REFUSED, Action.WAIT, "card too short"),
    b"15": (Reason.HARDWARE, Action.MAINTENANCE, "parameter memory"),
    b"16": (Reason.CARD_MOVED, Action.RESET, "card moved by hand"),
    b"17": (Reason.CARD_JAMMED, Action.CLEAR, "jam while drawn back"),
    b"18": (Reason.CARD_JAMMED, Action.CLEAR, "two cards"),
    b"20": (Reason.CARD_UNREADABLE, Action.WAIT, "stripe: parity"),
    b"21": (Reason.CARD_UNREADABLE, Action.WAIT, "stripe: sentinel"),
    b"23": (Reason.CARD_UNREADABLE, Action.WAIT, "stripe: no data"),
    b"24": (Reason.CARD_UNREADABLE, Action.WAIT, "stripe: none"),
    b"30": (Reason.POWER_FAILURE, Action.WAIT, "power loss"),
    b"31": (Reason.POWER_FAILURE, Action.WAIT, "DTR low"),
    b"39": (Reason.HARDWARE, Action.MAINTENANCE, "fan"),
    b"40": (Reason.CARD_MOVED, Action.RESET, "card pulled out"),
    b"41": (Reason.HARDWARE, Action.MAINTENANCE, "magnet of the chip contacts"),
    b"43": (Reason.HARDWARE, Action.RESET, "chip position not reached"),
    b"50": (Reason.BIN_FULL, Action.CLEAR, "counter of retained cards overflows"),
    b"51": (Reason.HARDWARE, Action.MAINTENANCE, "motor error"),
    b"60": (Reason.CARD_UNREADABLE, Action.WAIT, "abnormal supply of the chip"),
    b"61": (Reason.CARD_UNREADABLE, Action.WAIT, "no good answer to reset"),
    b"62": (Reason.CARD_UNREADABLE, Action.WAIT, "invalid answer to reset"),
    b"63": (Reason.CARD_UNREADABLE, Action.WAIT, "chip does not answer"),
    b"64": (Reason.CARD_UNREADABLE, Action.WAIT, "chip communication error"),
    b"65": (Reason.CARD_UNREADABLE, Action.WAIT, "chip not activated"),
    b"66": (Reason.CARD_REFUSED, Action.WAIT, "chip not supported"),
    b"69": (Reason.CARD_REFUSED, Action.WAIT, "chip not by EMV"),
    b"73": (Reason.HARDWARE, Action.MAINTENANCE, "EEPROM error"),
    b"B0": (Reason.SEQUENCE, Action.RESET, "not initialised"),
}


def look(status: bytes) -> Look:
    """What the two status characters say; this reader has no stacker, and does not sense its bin."""
    return Look(_PLACES.get(status, Where.UNKNOWN), Level.NOT_SUPPORTED, Level.OK)


def meaning(code: bytes) -> DeviceError:
    """What an error code says."""
    reason, action, words = _MEANINGS.get(code, (Reason.HARDWARE, Action.MAINTENANCE, "not in the table"))
    return DeviceError(reason, action, f"error {code.decode('ascii', 'backslashreplace')}: {words}")


def _seal(begun: bytes) -> bytes:
    return crc_hqx(begun, 0).to_bytes(2)


FRAMING = Framing(lead=bytes([STX]), seal=_seal, status_size=2)
