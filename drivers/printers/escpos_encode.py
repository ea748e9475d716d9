"""A paper becomes ESC/POS bytes. Pure.

From python-escpos come the constant commands only. Its printer classes are right about QR, cut and sizes as well (the tests
compare), but importing them takes a third of a second, reads 35 printer profiles, sets up the root logger, leaves a directory in
the temporary folder each time, and unpickles from a folder that an environment variable names. Chinese text is ours: it sends
GB18030 without FS & and prints "?" for Chinese punctuation.

Sources: download4.epson.biz ESC/POS reference; SPRT SP manual p. 45 (FS &, FS .); HPRT TP80K p. 26 (GS ! holds for Chinese
characters too) and p. 53 (GS v 0 follows ESC a).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from escpos.constants import GS, HW_INIT, TXT_SIZE, TXT_STYLE

from drivers.contract import Align, Block, Feed, Line, Pair, Paper, Qr, Rule
from drivers.errors import Action, DeviceError, Reason
from drivers.printers.escpos_layout import Rom, clean, width, wrap
from drivers.printers.escpos_raster import CELL_HEIGHT, CELL_WIDTH, draw, raster_command

DOTS_PER_MM = 8  # 203 dpi
MAX_LENGTH_MM = 2_000
MAX_QR_BYTES = 1_000  # version 26: on 58 mm paper its modules are 3 dots, the least that telephones read well
_LINE_DOTS = 34  # 1/6 inch, the default line spacing
_GAP_DOTS = 8  # below a drawn line, so that it keeps the distance of printed ones
_QUIET_MODULES = 4  # ISO/IEC 18004
_CUT_DOTS = 160  # from the print head to the cutter
_CHINESE, _SINGLE = b"\x1c&", b"\x1c."
_USA = b"\x1bR\x00"  # with the Chinese set "$" is printed as a yuan sign
# Data bytes that fit versions 1 to 26 at error correction M (ISO/IEC 18004 table 7).
_QR_CAPACITY = (
    *(14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331),
    *(362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911, 997, 1059),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the printer can print on: `columns` of 12 dots (48 on 80 mm paper, 32 on 58 mm), its ROM, how it cuts.

    `after_cut` is the command that follows the cut: to hand the paper out.
    """

    columns: int = 48
    rom: Rom = field(default_factory=Rom)
    full_cut: bool = False
    after_cut: bytes = b""


@dataclass(frozen=True, slots=True, repr=False)
class Job:
    """A paper in bytes; between two `parts` stands a command boundary. `length_mm` is an estimate of the paper used."""

    parts: tuple[bytes, ...]
    length_mm: float


def encode(paper: Paper, page: Page) -> Job:
    """The whole paper from ESC @ to the cut.

    Raises DeviceError `unsupportedCommand` for what cannot be on a paper: a QR code with control characters or over
    MAX_QR_BYTES, or more than MAX_LENGTH_MM.
    """
    writer = _Writer(page)
    for block in paper.blocks:
        writer.block(block)
        if writer.dots > MAX_LENGTH_MM * DOTS_PER_MM:
            raise _refused(f"paper over {MAX_LENGTH_MM} mm")
    return writer.finish()


class _Writer:
    """Collects the parts and remembers the modes the printer is in, so that only changes are sent."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._parts = [bytes(HW_INIT) + _USA]
        # What ESC @ sets.
        self._modes = {"align": bytes(TXT_STYLE["align"]["left"]), "size": bytes(TXT_SIZE) + b"\0", "bold": bytes(TXT_STYLE["bold"][False])}
        self.dots = 0

    def block(self, block: Block) -> None:
        match block:
            case Line(text=text, size=size, align=align, bold=bold):
                self._lines(text, min(max(size, 1), 8), align, bold=bold)
            case Pair(label=label, value=value):
                self._pair(" ".join(clean(label).split("\n")), " ".join(clean(value).split("\n")))
            case Rule():
                self._rule()
            case Qr(data=data, module=module):
                self._qr(data.encode(errors="surrogatepass"), module)
            case Feed(lines=lines) if lines > 0:
                self._feed(min(lines, 255))
            case Feed():
                pass

    def finish(self) -> Job:
        cut = b"V\x41\x00" if self._page.full_cut else b"V\x42\x00"  # feeds to the cutter by itself
        return Job((*self._parts, bytes(GS) + cut + self._page.after_cut), (self.dots + _CUT_DOTS) / DOTS_PER_MM)

    def _lines(self, text: str, size: int, align: Align, *, bold: bool) -> None:
        for line in wrap(clean(text), self._page.columns // size):
            self._line(line, size, align, bold=bold)

    def _line(self, line: str, size: int, align: Align, *, bold: bool) -> None:
        modes = self._mode("align", bytes(TXT_STYLE["align"][align.value])) if line else b""
        if not self._page.rom.has(line):
            self._parts.append(modes + raster_command(draw(line, size, bold=bold)) + b"\x1bJ" + bytes([_GAP_DOTS]))
            self.dots += CELL_HEIGHT * size + _GAP_DOTS
            return
        modes += self._mode("size", bytes(TXT_SIZE) + bytes([(size - 1) * 0x11])) if line else b""
        modes += self._mode("bold", bytes(TXT_STYLE["bold"][bold])) if line else b""
        self._parts.append(modes + b"".join(_text(line, self._page.rom)) + b"\n")
        self.dots += max(_LINE_DOTS, CELL_HEIGHT * size)

    def _pair(self, label: str, value: str) -> None:
        gap = self._page.columns - width(label) - width(value)
        if gap > 0:
            self._lines(label + " " * gap + value, 1, Align.LEFT, bold=False)
        else:
            self._lines(label, 1, Align.LEFT, bold=False)
            self._lines(value, 1, Align.RIGHT, bold=False)

    def _rule(self) -> None:
        """Dashes of double width: half the bytes."""
        modes = self._mode("align", bytes(TXT_STYLE["align"]["left"])) + self._mode("size", bytes(TXT_SIZE) + b"\x10")
        modes += self._mode("bold", bytes(TXT_STYLE["bold"][False]))
        self._parts.append(modes + b"-" * (self._page.columns // 2) + b"\n")
        self.dots += _LINE_DOTS

    def _qr(self, data: bytes, module: int) -> None:
        if not data:
            return
        modules = _qr_modules(data)
        module = max(1, min(module, 16, self._page.columns * CELL_WIDTH // modules))
        quiet = b"\x1bJ" + bytes([_QUIET_MODULES * module])
        setup = _gs_k(65, b"2\x00") + _gs_k(67, bytes([module])) + _gs_k(69, b"1")
        symbol = setup + _gs_k(80, b"0" + data) + _gs_k(81, b"0")
        self._parts.append(self._mode("align", bytes(TXT_STYLE["align"]["center"])) + quiet + symbol + quiet)
        self.dots += (modules + 2 * _QUIET_MODULES) * module

    def _feed(self, lines: int) -> None:
        self._parts.append(b"\x1bd" + bytes([lines]))
        self.dots += lines * _LINE_DOTS

    def _mode(self, name: str, command: bytes) -> bytes:
        if self._modes[name] == command:
            return b""
        self._modes[name] = command
        return command


def _text(line: str, rom: Rom) -> Iterator[bytes]:
    """Runs of Chinese between FS & and FS ., ASCII as it is. Single bytes above 7E are never sent."""
    for ascii_run, chars in groupby(line, str.isascii):
        codes = b"".join(rom.code(char) or b"" for char in chars)
        yield codes if ascii_run else _CHINESE + codes + _SINGLE


def _gs_k(function: int, data: bytes) -> bytes:
    """GS ( k for a QR code (cn 49): length low and high, cn, function, data."""
    return bytes(GS) + b"(k" + (len(data) + 2).to_bytes(2, "little") + b"1" + bytes([function]) + data


def _qr_modules(data: bytes) -> int:
    """Modules along one side of the symbol, at most: digits and capitals can take less."""
    if len(data) > MAX_QR_BYTES:
        raise _refused(f"QR code of {len(data)} bytes")
    if any(byte < ord(" ") or byte == 0x7F for byte in data):  # noqa: PLR2004 - DEL
        raise _refused("control character in a QR code")
    version = next(number for number, capacity in enumerate(_QR_CAPACITY, 1) if len(data) <= capacity)
    return 17 + 4 * version


def _refused(detail: str) -> DeviceError:
    return DeviceError(Reason.UNSUPPORTED, Action.CONFIGURATION, detail)
