"""Takes the citizen out of a recording of an ID-card reader's line, so that the recording still replays to a card.

Commands and results stay. In the place of a card's text stands a made-up one of the same kind (area code 999999 belongs to no
place), in the place of its photo, its fingerprint and its serial numbers stand zeros; the checksum is put right. What is no whole
frame becomes zeros. The number of bytes stays the same.
"""

from drivers.contract import CardKind
from drivers.errors import DeviceError, Reason
from drivers.readers import id_card_text
from drivers.readers import sdt_id_protocol as sdt
from drivers.readers.sdt_id_protocol import Cutter, Piece, Request
from drivers.trace import Direction

_SW = 3  # bytes of SW1 SW2 SW3
_NUMBER = 122  # where the number stands in every kind of text block
_RESIDENT = (
    (0, "测试·录像"),
    (30, "1"),
    (32, "01"),
    (36, "19900101"),
    (52, "测试省测试市样例区示范街道"),
    (_NUMBER, "999999199001010016"),
    (158, "测试市样例公安局"),
    (188, "20200101"),
    (204, "20400101"),
)
_TEXTS = {
    CardKind.RESIDENT: _RESIDENT,
    CardKind.HMT_PERMIT: (*_RESIDENT, (32, "  "), (220, "H99999999"), (238, "01"), (248, "J")),
    CardKind.FOREIGN_2017: (
        (0, "TEST, RECORDED"),
        (120, "1"),
        (_NUMBER, "XXA999990010101"),
        (152, "XXA"),
        (158, "测试录像"),
        (188, "20200101"),
        (204, "20300101"),
        (220, "19900101"),
        (236, "01"),
        (240, "9999"),
        (248, "I"),
    ),
    CardKind.FOREIGN_2023: (*_RESIDENT, (32, "00"), (52, "TEST, RECORDED             "), (158, " " * 15), (242, "XXA"), (248, "Y")),
}


class SdtRedactor:
    """A `drivers.trace.Redactor`; bytes are held back until their frame is whole."""

    def __init__(self) -> None:
        self._said = {"out": Cutter(sdt.REQUEST_MIN), "in": Cutter(sdt.REPLY_MIN)}
        self._asked = b""

    def feed(self, direction: Direction, data: bytes) -> bytes:
        """What may be kept of what has just passed."""
        return b"".join(self._kept(direction, piece) for piece in self._said[direction].cut(data))

    def _kept(self, direction: Direction, piece: Piece) -> bytes:
        if not piece.whole:
            return bytes(len(piece.raw))
        if direction == "out":
            self._asked = piece.body[:2]
            return piece.raw if len(piece.body) == len(self._asked) else sdt.framed(self._asked + bytes(len(piece.body) - 2))
        result, data = piece.body[:_SW], piece.body[_SW:]
        if not data or (self._asked == Request.MODULE_ID.value and len(data) == sdt.ID_SIZE):
            return piece.raw
        return sdt.framed(result + _made_up(data))


def _made_up(data: bytes) -> bytes:
    """As many bytes: a made-up card where a card stood, zeros in any other place."""
    try:
        text, photo, fingerprint = sdt.blocks(data)
    except DeviceError:
        return bytes(len(data))
    blank = len(photo) + len(fingerprint)
    return data[: len(data) - len(text) - blank] + _text(text) + bytes(blank)


def _text(original: bytes) -> bytes:
    """A made-up text that is read as the original was: a card, one with a wrong number, or nothing that could be read."""
    kind = id_card_text.kind(original)
    if kind is None:
        return bytes(len(original))
    made = bytearray(" ".encode("utf-16-le") * (id_card_text.SIZE // 2))
    for offset, field in _TEXTS[kind]:
        raw = field.encode("utf-16-le")
        made[offset : offset + len(raw)] = raw
    try:
        id_card_text.parse(original, b"")
    except DeviceError as error:
        if error.reason is not Reason.CARD_INVALID:
            return bytes(len(original))
        made[_NUMBER : _NUMBER + 2] = "?".encode("utf-16-le")
    return bytes(made)
