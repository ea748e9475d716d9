"""What an ESC/POS printer makes of the bytes in its buffer: one command at a time, rows of a paper as the result.

Written from the command references (Epson ESC/POS reference; SPRT SP manual for FS & and FS .), not from the driver.
"""

from dataclasses import dataclass, field

from drivers.bench.escpos_sheet import FeedRow, QrRow, RasterRow, Sheet, Span, TextRow

LINE_DOTS = 34  # 1/6 inch at 203 dpi, the default line spacing
CELL = 12  # dots of a column at size 1
TALL = 24
CUT_DOTS = 160  # from the print head to the cutter
MISSING = "\ufffd"  # a code the ROM has no picture for: it leaves a blank
_ALIGN = {0: "left", 1: "center", 2: "right", 48: "left", 49: "center", 50: "right"}
# Bytes after the two of the command itself, where their number is fixed.
_FIXED = {
    **{b"\x1b" + bytes([name]): 1 for name in b" !-=EGJMRSTVadert{"},
    **{b"\x1b" + bytes([name]): 0 for name in b"@2FL"},
    **{b"\x1b" + name: 2 for name in (b"$", b"\\", b"c")} | {b"\x1bp": 3},
    **{b"\x1c" + bytes([name]): 1 for name in b"!-WC"} | {b"\x1c&": 0, b"\x1c.": 0, b"\x1cS": 2},
    **{b"\x1d" + bytes([name]): 1 for name in b"!BIHabfhrw/"} | {b"\x1dL": 2, b"\x1dW": 2, b"\x1dP": 2},
    b"\x10\x04": 1,
    b"\x10\x05": 1,
}
# Bytes that tell the length, where it is not fixed.
_TELLING = {b"\x1dV": 3, b"\x1de": 3, b"\x1d(": 5, b"\x1c(": 5, b"\x1dv": 8, b"\x10\x14": 3}


@dataclass(frozen=True, slots=True)
class Step:
    """One command carried out: its bytes, how far the paper moved, and what the printer has to do besides."""

    taken: bytes
    name: str
    moved: int = 0  # dots
    cut: bool = False
    query: bytes = b""  # GS I, GS r, GS a, GS e and GS ( H are for the device to answer


@dataclass(slots=True)
class Interpreter:
    """The state between two commands. `charset` is that of the ROM: "GB2312" or "GB18030"."""

    columns: int = 48
    charset: str = "GB2312"
    sheet: Sheet = field(init=False)
    unknown: list[bytes] = field(init=False, default_factory=list)
    overflows: int = field(init=False, default=0)
    _spans: list[Span] = field(init=False, default_factory=list)
    _used: int = field(init=False, default=0)
    _chinese: bool = field(init=False, default=False)
    _size: tuple[int, int] = field(init=False, default=(1, 1))
    _bold: bool = field(init=False, default=False)
    _align: str = field(init=False, default="left")
    _qr: dict[int, bytes] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.sheet = Sheet(columns=self.columns)

    def new_sheet(self) -> None:
        """The paper before is cut off or torn off."""
        self.sheet = Sheet(columns=self.columns)

    def reset(self) -> None:
        """ESC @: the line begun is lost, modes are those of power-on; the receive buffer and the paper stay."""
        self._spans, self._used, self._chinese = [], 0, False
        self._size, self._bold, self._align, self._qr = (1, 1), False, "left", {}

    def step(self, buffer: bytes) -> Step | None:
        """Carry out the command at the head of the buffer; None while it is not complete."""
        if not buffer:
            return None
        first = buffer[0]
        if first in b"\x1b\x1c\x1d\x10":
            return self._command(buffer)
        if first >= ord(" "):
            return self._character(buffer)
        taken = buffer[:1]
        match first:
            case 0x0A:
                return Step(taken, "LF", self._line_feed())
            case 0x00 | 0x0D:
                return Step(taken, "nothing")
            case _:
                return self._unknown(taken)

    def _command(self, buffer: bytes) -> Step | None:
        size = _length(buffer)
        if size is None or len(buffer) < size:
            return None
        taken = buffer[:size]
        if size == 1 or (step := self._obey(taken, taken[:2], taken[2:])) is None:
            return self._unknown(taken)
        return step

    def _obey(self, taken: bytes, command: bytes, values: bytes) -> Step | None:
        match command:
            case b"\x10\x04" | b"\x10\x05":
                return Step(taken, "real time")  # was carried out on arrival
            case b"\x1dI" | b"\x1dr" | b"\x1da" | b"\x1de":
                return Step(taken, _name(command), query=taken)
            case b"\x1d(" if values[:1] == b"H":
                return Step(taken, "GS ( H", query=taken)
            case b"\x1dV":
                return Step(taken, "GS V", self._end_line() + (CUT_DOTS if values[0] in b"AB" else 0), cut=True)
        if self._mode(command, values):
            return Step(taken, _name(command))
        moved = self._move(command, values)
        return None if moved is None else Step(taken, "GS ( k" if command == b"\x1d(" else _name(command), moved)

    def _mode(self, command: bytes, values: bytes) -> bool:
        match command:
            case b"\x1b@":
                self.reset()
            case b"\x1ba" if values[0] in _ALIGN:
                self._align = self._align if self._spans else _ALIGN[values[0]]
            case b"\x1bE":
                self._bold = bool(values[0] & 1)
            case b"\x1c&" | b"\x1c.":
                self._chinese = command == b"\x1c&"
            case b"\x1d!":
                self._size = (values[0] >> 4) + 1, (values[0] & 7) + 1
            case _:
                return command == b"\x1bR" and values == b"\x00"
        return True

    def _move(self, command: bytes, values: bytes) -> int | None:
        match command:
            case b"\x1bd":
                return self._end_line() + self._feed(LINE_DOTS * values[0])
            case b"\x1bJ":
                return self._end_line() + self._feed(values[0])
            case b"\x1dv":
                return self._end_line() + self._raster(values)
            case b"\x1d(" if values[:1] == b"k":
                return self._code(values[3:])
            case _:
                return None

    def _end_line(self) -> int:
        return self._line_feed() if self._spans else 0

    def _unknown(self, taken: bytes) -> Step:
        self.unknown.append(taken)
        return Step(taken, "unknown")

    def _character(self, buffer: bytes) -> Step | None:
        size = self._code_size(buffer)
        if len(buffer) < size:
            return None
        taken = buffer[:size]
        if size == 1:
            text, columns = (taken.decode("cp437"), 1) if taken != b"\x7f" else (MISSING, 1)
        else:
            text, columns = self._glyph(taken), 2
        return Step(taken, "text", self._put(text, columns * CELL * self._size[0]))

    def _code_size(self, buffer: bytes) -> int:
        lead = 0xA1 if self.charset == "GB2312" else 0x81
        if not self._chinese or not lead <= buffer[0] <= 0xFE:  # noqa: PLR2004 - the last lead byte of GB codes
            return 1
        return 4 if self.charset == "GB18030" and buffer[1:2].isdigit() else 2

    def _glyph(self, code: bytes) -> str:
        try:
            code.decode(self.charset)
            text = code.decode("gb18030")  # Python's gb2312 has two marks of row 1 under other names
        except UnicodeDecodeError:
            return MISSING
        return text if len(text) == 1 and not 0xE000 <= ord(text) <= 0xF8FF else MISSING  # noqa: PLR2004 - user-defined cells are empty

    def _put(self, text: str, dots: int) -> int:
        moved = 0
        if self._used + dots > self.columns * CELL:
            self.overflows += 1
            moved = self._line_feed()
        span = Span(text=text, width=self._size[0], height=self._size[1], bold=self._bold)
        if self._spans and self._spans[-1].like(span):
            span = Span(text=self._spans.pop().text + text, width=span.width, height=span.height, bold=span.bold)
        self._spans.append(span)
        self._used += dots
        return moved

    def _line_feed(self) -> int:
        height = max([span.height * TALL for span in self._spans], default=0)
        dots = max(LINE_DOTS, height)
        self.sheet.rows.append(TextRow(spans=self._spans, align=self._align, dots=dots))
        self._spans, self._used = [], 0
        return dots

    def _feed(self, dots: int) -> int:
        if dots:
            self.sheet.rows.append(FeedRow(dots=dots))
        return dots

    def _raster(self, values: bytes) -> int:
        across, down = int.from_bytes(values[2:4], "little"), int.from_bytes(values[4:6], "little")
        self.sheet.rows.append(RasterRow(columns=across, rows=down, data=values[6:], align=self._align))
        self.overflows += across * 8 > self.columns * CELL
        return down

    def _code(self, values: bytes) -> int:
        """GS ( k cn fn …: a QR code is set up by functions 65, 67 and 69, stored by 80 and printed by 81."""
        if values[:1] != b"1":
            self.unknown.append(values)
            return 0
        if values[1] != 81:  # noqa: PLR2004 - the function's number
            self._qr[values[1]] = values[2:]
            return 0
        data, module = self._qr.get(80, b"0")[1:], self._qr.get(67, b"\x03")[0]
        level = {48: "L", 49: "M", 50: "Q", 51: "H"}.get(self._qr.get(69, b"0")[0], "L")
        row = QrRow(data=data, module=module, level=level, align=self._align)
        if row.dots > self.columns * CELL:
            self.overflows += 1
            return 0  # a symbol that does not fit is not printed
        self.sheet.rows.append(row)
        return row.dots


def _name(command: bytes) -> str:
    return {0x10: "DLE ", 0x1B: "ESC ", 0x1C: "FS ", 0x1D: "GS "}[command[0]] + chr(command[1])


def _length(buffer: bytes) -> int | None:
    """Bytes of the command at the head; None while that cannot be told."""
    head = buffer[:2]
    if len(buffer) < _TELLING.get(head, 2):
        return None
    match head:
        case b"\x1dV":
            size = 4 if buffer[2] in b"AB" else 3
        case b"\x1de":
            size = {3: 4, 32: 5}.get(buffer[2], 3)  # how far to present, and how long
        case b"\x1d(" | b"\x1c(":
            size = 5 + int.from_bytes(buffer[3:5], "little")
        case b"\x1dv":
            size = 8 + int.from_bytes(buffer[4:6], "little") * int.from_bytes(buffer[6:8], "little")
        case b"\x10\x14":
            size = 10 if buffer[2] == 8 else 5  # noqa: PLR2004 - DLE DC4 function 8 has seven parameters
        case _:
            size = 2 + _FIXED.get(head, -1 if head[0] == 0x10 else 0)  # noqa: PLR2004 - a lone DLE
    return size
