"""A visitor's hand and eyes: touches named buttons, lays cards on the reader, waits for screens, keeps pictures of all it sees."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint

from drivers.bench.escpos_sheet import Sheet, from_json
from drivers.bench.paper_picture import picture
from kiosk.screens import Screen
from ui.running import Running
from ui.stand import Stand
from ui.tour.album import Album, keep
from ui.tour.finger import Finger
from ui.waiting import wait

PATIENCE = 60.0  # s; generous, because a loaded machine is slow and not wrong
LOOK = 10  # ms from one look to the next
SETTLED = 300  # ms in which page turns and presses are over (motion is at most 250 ms)


class MissedError(AssertionError):
    """What should have been seen was not."""


class Hand:
    """One visitor at one terminal on a stand."""

    def __init__(self, running: Running, stand: Stand, album: Album, *, language: str, care: bool) -> None:
        self.running, self.stand, self.album = running, stand, album
        self.language, self.care = language, care
        self._finger = Finger(running.window)
        self._papers_seen = set(self._papers())

    # -- looking -------------------------------------------------------------------------------------------------------------

    @property
    def screen(self) -> Screen:
        """What the terminal shows."""
        view = self.running.shell.view
        assert view is not None  # noqa: S101 - a terminal shows something from its start
        return view.screen

    @property
    def shown(self) -> str:
        """Its class name."""
        return type(self.screen).__name__

    @property
    def countdown(self) -> int:
        """Seconds until the session ends, 0 while there is time."""
        view = self.running.shell.view
        return view.frame.countdown if view is not None else 0

    def until(self, seen: Callable[[], bool], what: str) -> None:
        """Wait until it is so; raises MissedError."""
        end = time.monotonic() + PATIENCE
        while not seen():
            if time.monotonic() > end:
                raise MissedError(f"never saw {what}; the screen is {self.screen!r}")
            wait(LOOK)

    def settle(self, ms: int = SETTLED) -> None:
        """Let motion come to rest."""
        wait(ms)

    def sees(self, name: str, seen: Callable[[], bool] = lambda: True, *, picture: str = "") -> None:
        """Wait for a screen of this class of which `seen` is true, and picture it."""
        self.until(lambda: self.shown == name and seen(), f"{name} {picture}")
        self.picture(picture or name.lower())

    def picture(self, label: str) -> None:
        """Keep a picture of the screen."""
        self.settle()
        keep(self.running.window, self.album.next(label))

    # -- touching ------------------------------------------------------------------------------------------------------------

    def shows(self, name: str) -> bool:
        """Whether there is something of this name to be touched."""
        return self._finger.shows(name)

    def touch(self, name: str) -> None:
        """Touch the middle of the button of this name, turning pages where it is on another one."""
        self._turn_to(name)
        self._press(self._place(name))

    def _turn_to(self, name: str) -> None:
        self.until(lambda: self.shows(name) or self.shows("page:next"), f"something to touch named {name}")
        while not self.shows(name) and self.shows("page:next"):
            self._press(self._place("page:next"))
            self.settle()

    def touch_twice(self, name: str) -> None:
        """Two touches so quick that no screen comes in between."""
        self._turn_to(name)
        place = self._place(name)
        self._press(place)
        self._press(place)

    def _place(self, name: str) -> QPoint:
        if not self._finger.item(name):
            raise MissedError(f"there is nothing named {name} to touch; the screen is {self.screen!r}")
        return self._finger.place(name)

    def _press(self, place: QPoint) -> None:
        self._finger.press(place)

    def types(self, text: str) -> None:
        """Type on the pad and confirm."""
        for character in text:
            self.touch(f"key:{character}")
        self.settle()
        self.touch("answer:enter")

    def signs(self) -> None:
        """Write something into the field for the signature."""
        self._finger.draws("signature")
        self.settle()

    def arrives(self) -> None:
        """Come to the machine, choose language and care mode, stand before home."""
        self.sees("Attract", picture="attract")
        self.touch("answer:start")
        self.until(lambda: self.shown == "Home", "Home")
        view = self.running.shell.view
        if view is not None and self.language != view.frame.language:
            self.touch(f"answer:frame-language:{self.language}")
            self.until(lambda: self._frame_is(language=self.language), "the other language")
        if self.care:
            self.touch("answer:frame-care")
            self.until(lambda: self._frame_is(care=True), "care mode")
        self.until(lambda: self.shows("answer:choose:service:ticket"), "services on offer")
        self.picture("home")

    def _frame_is(self, **wanted: object) -> bool:
        view = self.running.shell.view
        return view is not None and all(getattr(view.frame, name) == value for name, value in wanted.items())

    def service(self, name: str) -> None:
        """Arrive and choose a service."""
        self.arrives()
        self.touch(f"answer:choose:service:{name}")

    def ready(self) -> None:
        """Wait until devices, office and catalogue are well: what a visitor does on a machine that still starts is no journey."""
        self.until(self._all_well, "all devices, the office and the catalogue well")

    def leaves(self) -> None:
        """Put everything right that this journey did to the machine, and let the next visitor find nobody."""
        self.stand.put_right()
        self.stand.open_office()
        self.stand.all_counters(on=True)
        self.until(lambda: self._out() or self.shown == "Attract", "the way out")
        self.ready()

    def _out(self) -> bool:
        if self.shows("answer:frame-end"):
            self._press(self._place("answer:frame-end"))
        return False

    def _all_well(self) -> bool:
        roles = self.running.terminal.session.roles
        return all(map(roles.usable, roles.statuses))

    # -- the world around the machine ------------------------------------------------------------------------------------------

    def lays_card(self, person: str | None) -> None:
        """Put a person's card on the reader, or take away what lies there."""
        self.stand.devices["id_reader"].set(card=person)

    def holds_code(self, text: str) -> None:
        """Hold a code to the scanner."""
        self.stand.devices["scanner"].scan(text)

    def printer(self, **state: object) -> None:
        """Do something to the printer: `paper="out"`, `cover="open"`."""
        self.stand.devices["receipt_printer"].set(**state)

    def _papers(self) -> list[Path]:
        """Papers that are off the roll, cut or spoiled; one that still hangs in the printer does not count."""
        folder = self.stand.devices["receipt_printer"].folder / "papers"
        return [path for path in sorted(folder.glob("[0-9]*.json")) if _is_off(from_json(path.read_bytes()))]

    def takes_paper(self, label: str) -> Sheet:
        """Wait for the next paper from the slot and picture it."""
        self.until(lambda: bool(set(self._papers()) - self._papers_seen), f"paper {label}")
        paper = min(set(self._papers()) - self._papers_seen)
        self._papers_seen.add(paper)
        sheet = from_json(paper.read_bytes())
        picture(sheet).save(self.album.next(label, paper=True))
        return sheet

    def no_more_paper(self) -> None:
        """Raise MissedError if another paper came out than those taken."""
        more = set(self._papers()) - self._papers_seen
        if more:
            said = [from_json(path.read_bytes()).text for path in sorted(more)]
            raise MissedError(f"papers nobody expected: {said}")


def _is_off(sheet: Sheet) -> bool:
    return sheet.cut or bool(sheet.spoiled)
