"""What a JPEG says of itself (ITU-T T.81, annex B), read without decoding it: nothing that a camera sends is decoded unseen."""

MOST_PIXELS = 50_000_000  # more than any camera of a terminal has; a decoder would take 3 bytes of memory for each

_SOI, _EOI = b"\xff\xd8", b"\xff\xd9"
_FILL = 0xFF
_ALONE = {0x01, *range(0xD0, 0xD9)}  # markers without a length: TEM, RST0..7, SOI
_FRAME = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # SOF0..15 without DHT, JPG and DAC
_SCAN = 0xDA
_FRAME_HEADER = 9  # bytes from its marker to the end of the width


def size(jpeg: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None for what is not a whole JPEG, or declares no size or one beyond `MOST_PIXELS`.

    Zero bytes after the end are no fault: UVC cameras pad their buffers.
    """
    if not jpeg.startswith(_SOI) or not jpeg.rstrip(b"\0").endswith(_EOI):
        return None
    found = _declared(jpeg)
    return found if found and 0 < found[0] * found[1] <= MOST_PIXELS else None


def _declared(jpeg: bytes) -> tuple[int, int] | None:
    at = len(_SOI)
    while at + 4 <= len(jpeg) and jpeg[at] == _FILL:
        marker = jpeg[at + 1]
        if marker == _FILL:
            at += 1
        elif marker in _ALONE:
            at += 2
        elif marker in _FRAME and at + _FRAME_HEADER <= len(jpeg):
            return int.from_bytes(jpeg[at + 7 : at + 9], "big"), int.from_bytes(jpeg[at + 5 : at + 7], "big")
        elif marker == _SCAN:
            return None
        else:
            at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return None
