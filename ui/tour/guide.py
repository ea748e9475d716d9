"""Drives journeys one after the other at one terminal on a stand."""

import contextlib
import fnmatch
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kiosk.settings import Settings
from kiosk.texts import Sentences
from ui.tour.album import Album, Journeyed, empty, write

if TYPE_CHECKING:
    from ui.tour.hand import Hand


@dataclass(frozen=True, slots=True, kw_only=True)
class TourLook:
    """How the terminal looks on this tour."""

    orientation: str = "portrait"
    language: str = "zh-CN"
    care: bool = False


class _Complaints(logging.Handler):
    """Collects errors and whatever Qt complains of: a journey that ends well but with a complaint has not gone well.

    Warnings of devices are no complaints: a printer out of paper has to be logged.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno < logging.ERROR and record.name != "qt":
            return
        self.heard.append(f"{record.name}: {record.getMessage()}")


def drive(settings: Settings, sentences: Sentences, out: Path, look: TourLook, names: Iterable[str]) -> tuple[Journeyed, ...]:
    """Drive the journeys whose name fits one of `names` (`case_*`), or all; KeyError says which there is not."""
    empty(out)
    with tempfile.TemporaryDirectory(prefix="kiosk-tour-") as scratch:
        _choose_platform(Path(scratch))
        from ui.tour.journeys import ALL  # noqa: PLC0415 - Qt reads the platform when it is loaded

        patterns = tuple(names) or ("*",)
        unknown = [pattern for pattern in patterns if not fnmatch.filter(ALL, pattern)]
        if unknown:
            raise KeyError(f"there is no journey {', '.join(unknown)}; there are {', '.join(ALL)}")
        wanted = [name for name in ALL if any(fnmatch.fnmatch(name, pattern) for pattern in patterns)]
        walks = [(Album(out, name), ALL[name]) for name in wanted]
        journeys = _at_a_terminal(Path(scratch), _turned(settings, look), sentences, look, walks)
    write(out, journeys)
    return journeys


def _at_a_terminal(
    scratch: Path, settings: Settings, sentences: Sentences, look: TourLook, journeys: list[tuple[Album, "Callable[[Hand], None]"]]
) -> tuple[Journeyed, ...]:
    from ui.app import application  # noqa: PLC0415
    from ui.running import Running  # noqa: PLC0415
    from ui.stand import Clock, Stand, working_morning  # noqa: PLC0415
    from ui.tour.hand import Hand  # noqa: PLC0415

    app = application(["kiosk"])
    clock = Clock(working_morning(datetime.now(UTC)))
    with Stand(scratch, settings, clock) as stand:
        running = Running(stand.settings, sentences, clock)
        try:
            hands = ((Hand(running, stand, album, language=look.language, care=look.care), walk) for album, walk in journeys)
            return tuple(_journey(hand, walk) for hand, walk in hands)
        finally:
            running.close()
            app.processEvents()


def _journey(hand: "Hand", walk: "Callable[[Hand], None]") -> Journeyed:
    from ui.tour.hand import MissedError  # noqa: PLC0415

    began, error = time.monotonic(), ""
    complaints = _Complaints()
    logging.getLogger().addHandler(complaints)
    try:
        hand.ready()
        walk(hand)
        hand.no_more_paper()
        hand.leaves()
    except Exception as caught:  # noqa: BLE001 - whatever stops one journey is reported, and the others go on
        error = str(caught) if isinstance(caught, MissedError) else f"{type(caught).__name__}: {caught}"
        hand.picture("missed")
        with contextlib.suppress(MissedError):  # who does not find the way out leaves it to the next journey to say so
            hand.leaves()
    finally:
        logging.getLogger().removeHandler(complaints)
    error = error or "; ".join(complaints.heard)
    return Journeyed(name=hand.album.name, seconds=round(time.monotonic() - began, 2), album=hand.album, error=error)


def _choose_platform(scratch: Path) -> None:
    from ui.preview import offscreen_desk  # noqa: PLC0415

    os.environ["QT_QPA_PLATFORM"] = offscreen_desk(scratch)


def _turned(settings: Settings, look: TourLook) -> Settings:
    """The same screen, mounted the other way round where the look asks for it."""
    screen = settings.terminal.screen
    if (screen.width_px > screen.height_px) == (look.orientation == "landscape"):
        return settings
    turned = msgspec.structs.replace(
        screen, width_px=screen.height_px, height_px=screen.width_px, width_mm=screen.height_mm, height_mm=screen.width_mm
    )
    return msgspec.structs.replace(settings, terminal=msgspec.structs.replace(settings.terminal, screen=turned))
