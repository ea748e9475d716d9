"""What is counted of an ESC/POS printer's supplies, because no sensor measures it: paper used, papers in the retract bin."""

import math

from drivers.contract import Level
from drivers.counters import SINCE_REPLENISH
from drivers.link import Link
from drivers.printers.escpos_settings import Settings

ROLL, BIN = "upper", "retractBin"
_LEFT = 0.1  # of the roll or of the bin: below that somebody should come
_MM = 1000


class Stock:
    """Counts into the device's counters; `…SinceReplenish` of the roll is in mm, of the bin in papers."""

    def __init__(self, settings: Settings) -> None:
        self._roll_mm = settings.roll_m * _MM
        self._bin_papers = settings.bin_papers
        self._presents = settings.presents

    def used(self, link: Link, length_mm: float) -> None:
        """Paper has moved; a part of a millimetre counts as a whole one."""
        mm = math.ceil(length_mm)
        link.count("printedMmCount", mm)
        link.count(ROLL + SINCE_REPLENISH, mm)

    def retained(self, link: Link) -> None:
        """A paper went into the bin."""
        link.count(BIN + SINCE_REPLENISH)

    def bin_full(self, link: Link) -> bool:
        """Whether the bin holds what it can, as far as that is known."""
        return 0 < self._bin_papers <= link.counted(BIN + SINCE_REPLENISH)

    def levels(self, link: Link, sensor: Level) -> dict[str, Level]:
        """All supplies: of the roll what the sensors see, and LOW where they see enough but the counted length says otherwise."""
        low = self._roll_mm and link.counted(ROLL + SINCE_REPLENISH) > (1 - _LEFT) * self._roll_mm
        levels = {ROLL: Level.LOW if low and sensor is Level.FULL else sensor}
        return {**levels, BIN: self._bin(link)} if self._presents else levels

    def _bin(self, link: Link) -> Level:
        if not self._bin_papers:
            return Level.NOT_SUPPORTED
        if self.bin_full(link):
            return Level.FULL
        return Level.HIGH if link.counted(BIN + SINCE_REPLENISH) > (1 - _LEFT) * self._bin_papers else Level.OK
