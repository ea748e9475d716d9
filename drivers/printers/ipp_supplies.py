"""What a printer says of its paper, its toner and itself: PWG 5100.13 (trays, supplies, firmware), CUPS's marker-… attributes.

Levels are percent or sheets; -1 and -2 mean that the printer does not know, -3 that there is some left (RFC 3805).
"""

from collections.abc import Mapping
from typing import NamedTuple

from drivers.contract import Level
from drivers.printers import ipp_protocol as ipp
from drivers.printers.ipp_protocol import Attributes

OUTPUT_BIN = "outputBin"
PAPER_OUT = frozenset({"media-empty", "media-needed", "input-tray-missing"})
TONER_OUT = frozenset({"toner-empty", "marker-supply-empty", "marker-supply-missing"})
_TONER_LOW = frozenset({"toner-low", "marker-supply-low"})
_SOME = -3
_LOW = 10  # percent, where the printer does not tell a threshold of its own
_LONGEST = 64  # characters of anything that a printer says of itself

Reasons = Mapping[str, str]


class Names(NamedTuple):
    """The supplies of the status, each with what the printer calls it; "" where it has only one of the kind, or all are meant."""

    trays: Mapping[str, str]
    markers: Mapping[str, str]

    @property
    def all(self) -> tuple[str, ...]:
        """The supplies of the status."""
        return (*self.trays, *self.markers, OUTPUT_BIN)


class Marker(NamedTuple):
    """Toner or ink: how much is left, and from where on that is low, in percent."""

    name: str
    level: int
    low: int


def levels(printer: Attributes | None, reasons: Reasons, names: Names) -> dict[str, Level]:
    """Trays, toner and output bin; where the printer itself could not be asked, what it does not say by a reason is unknown."""
    known = printer is not None
    told = printer or {}
    found = {tray: _tray(_tray_level(told, name), reasons, known=known and (not name or _tray_level(told, name) is not None))
             for tray, name in names.trays.items()}  # fmt: skip
    inks = markers(told)
    found |= {marker: _marker([ink for ink in inks if name.lower() in ("", ink.name)], reasons) for marker, name in names.markers.items()}
    return found | {OUTPUT_BIN: _output(reasons, known=known)}


def markers(printer: Attributes) -> list[Marker]:
    """The toners or inks that the printer tells of; what fills up instead of running out is none."""
    names, kinds = ipp.words(printer, "marker-names"), ipp.words(printer, "marker-types")
    amounts, lows = ipp.numbers(printer, "marker-levels"), ipp.numbers(printer, "marker-low-levels")
    if names and len(names) == len(amounts):
        kinds = kinds if len(kinds) == len(names) else ("",) * len(names)
        lows = lows if len(lows) == len(names) else (_LOW,) * len(names)
        found = zip(names, kinds, amounts, lows, strict=True)
        return [Marker(shown(name).lower(), level, low) for name, kind, level, low in found if "waste" not in kind.lower()]
    described = ipp.words(printer, "printer-supply-description")
    supplies = ipp.pairs(printer, "printer-supply")
    if len(described) != len(supplies):
        return []
    consumed = (pair for pair in zip(described, supplies, strict=True) if pair[1].get("class") == "supplythatisconsumed")
    return [Marker(shown(name).lower(), _percent(supply), _LOW) for name, supply in consumed]


def identity(printer: Attributes) -> dict[str, str]:
    """Model, maker, serial and firmware as far as told; the UUID stands in for a serial number."""
    device_id = dict(part.split(":", 1) for part in ipp.word(printer, "printer-device-id").split(";") if ":" in part)
    told = {
        "model": ipp.word(printer, "printer-make-and-model") or device_id.get("MDL", ""),
        "maker": device_id.get("MFG", "") or device_id.get("MANUFACTURER", ""),
        "serial": ipp.word(printer, "printer-serial-number") or device_id.get("SN", "") or ipp.word(printer, "printer-uuid"),
        "firmware": ipp.word(printer, "printer-firmware-string-version"),
    }
    return {name: short for name, text in told.items() if (short := shown(text))}


def shown(text: str) -> str:
    """What a printer said, fit for a log: no control characters, not long."""
    return "".join(letter for letter in text.strip()[:_LONGEST] if letter.isprintable())


def _tray_level(printer: Attributes, name: str) -> int | None:
    """Sheets in the tray of this name; None where that is not known."""
    if not name:
        return None
    found = next((tray for tray in ipp.pairs(printer, "printer-input-tray") if tray.get("name") == name.lower()), {})
    level = _whole(found.get("level", ""))
    return level if level >= 0 or level == _SOME else None


def _tray(sheets: int | None, reasons: Reasons, *, known: bool) -> Level:
    match sheets:
        case 0:
            return Level.OUT
        case None if PAPER_OUT & reasons.keys():
            return Level.OUT
        case _ if "media-jam" in reasons:
            return Level.JAMMED
        case _ if "media-low" in reasons:
            return Level.LOW
        case _:
            return Level.FULL if known else Level.UNKNOWN


def _marker(inks: list[Marker], reasons: Reasons) -> Level:
    """The lowest of them; the reasons say nothing of which one they mean, so they count where there is one."""
    least = min((_ink(ink) for ink in inks), key=_LEVELS.index, default=Level.UNKNOWN)
    alone = len(inks) <= 1 or least is Level.UNKNOWN
    if alone and TONER_OUT & reasons.keys():
        return Level.OUT
    if alone and _TONER_LOW & reasons.keys() and least is not Level.OUT:
        return Level.LOW
    return least


_LEVELS = [Level.OUT, Level.LOW, Level.UNKNOWN, Level.FULL]


def _ink(ink: Marker) -> Level:
    match ink.level:
        case 0:
            return Level.OUT
        case level if level == _SOME or level > ink.low:
            return Level.FULL
        case level if level > 0:
            return Level.LOW
        case _:
            return Level.UNKNOWN


def _output(reasons: Reasons, *, known: bool) -> Level:
    if "output-area-full" in reasons:
        return Level.FULL
    if "output-area-almost-full" in reasons:
        return Level.HIGH
    return Level.OK if known else Level.UNKNOWN


def _percent(supply: Mapping[str, str]) -> int:
    level, most = _whole(supply.get("level", "")), _whole(supply.get("maxcapacity", ""))
    return level * 100 // most if level > 0 and most > 0 else level


def _whole(text: str) -> int:
    """The number; -2, not known, where it is none."""
    try:
        return int(text) if len(text) < _LONGEST else -2
    except ValueError:
        return -2
