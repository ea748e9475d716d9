"""Each device at work and in trouble, played at the bench panel: what is done to it, and what the terminal makes of that."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint

from drivers.contract import AcceptCard, Command, Flash, MoveCard, Position, PrintDocument, ReadCard, SetLight, Status
from drivers.printers.ipp_page import check_page
from ui.bench_panel import BenchPanel
from ui.bench_world import plainly
from ui.tour.album import keep
from ui.tour.finger import Finger
from ui.tour.hand import Hand


class Player:
    """Somebody at the bench panel, in front of one device."""

    def __init__(self, hand: Hand, panel: BenchPanel, role: str) -> None:
        self.hand, self.role, self._panel = hand, role, panel
        self._finger = Finger(panel.window)
        hand.until(panel.window.isExposed, "the panel")
        hand.settle()  # the first layout comes with the first frame
        self.touch(f"show:{role}")

    @property
    def seen(self) -> str:
        """How the terminal sees the device, in the words of the panel."""
        status: Status = self.hand.running.terminal.session.roles.statuses[self.role]
        return plainly(status)

    def touch(self, name: str) -> None:
        """Click a button of the panel."""
        self.hand.until(lambda: self._finger.shows(name), f"the button {name}")
        self._panel.window.grabWindow()  # what has just come into sight gets its place when it is drawn
        self._finger.press(self._inside(name))

    def _inside(self, name: str) -> QPoint:
        """A point of the button that the window shows; the middle part is scrolled to it."""
        self._panel.reveal(name)
        return self._finger.place(name)

    def press(self, control: str) -> None:
        """Click one of the device's own controls."""
        self.touch(f"{self.role}:{control}")

    def sees(self, words: str, picture: str = "") -> None:
        """Wait until the terminal sees the device so; picture the panel then."""
        self.hand.until(lambda: words in self.seen, f"{self.role} {words}, only {self.seen}")
        if picture:
            self.picture(picture)

    def picture(self, label: str) -> None:
        """Keep a picture of the panel."""
        self.hand.until(lambda: self._panel.world.seen_now.get(self.role) == self.seen, "the panel up to date")
        self.hand.settle()
        keep(self._panel.window, self.hand.album.next(label, paper=True))

    def until(self, key: str, value: object) -> None:
        """Wait until the device itself is so."""
        self.hand.until(lambda: self.hand.stand.devices[self.role].get().get(key) == value, f"{key} {value}")

    def do(self, kind: Callable[..., Command], **fields: object) -> None:
        """Let the terminal give the device a command."""
        self.hand.running.terminal.do(kind(role=self.role, id=secrets.token_hex(6), **fields))


@dataclass(frozen=True, slots=True)
class Mishap:
    """A control that is pressed, and what the terminal sees then."""

    control: str
    seen: str
    undo: str = ""  # control that puts it right; the same one if empty


@contextmanager
def _player(hand: Hand, role: str) -> Iterator[Player]:
    panel = BenchPanel(hand.stand, lambda: hand.running.terminal.session.roles.statuses)
    try:
        yield Player(hand, panel, role)
    finally:
        panel.close()


def _break(role: str, mishaps: tuple[Mishap, ...], work: Callable[[Player], None] | None, hand: Hand) -> None:
    """Let the device work, do everything to it that can happen, and pull its plug. One that cannot be had here has no journey."""
    if role not in hand.stand.devices:
        return
    with _player(hand, role) as player:
        player.sees("online", "well")
        well = player.seen
        if work is not None:
            work(player)
        for mishap in mishaps:
            player.press(mishap.control)
            player.sees(mishap.seen, mishap.control)
            player.press(mishap.undo or mishap.control)
            player.sees(well)
        player.touch(f"plug:{role}")
        player.sees("unplugged", "unplugged")
        player.touch(f"plug:{role}")
        player.sees("online")


def _prints(player: Player) -> None:
    player.do(PrintDocument, document=check_page(("Tour",)))
    papers = player.hand.stand.devices[player.role].folder / "papers"
    player.hand.until(lambda: any(papers.glob("*.pdf")), "a printed sheet")


def _reads_social_card(player: Player) -> None:
    player.do(ReadCard)
    player.touch(f"card:{player.role}:jia")
    player.sees("card present", "card")
    player.touch(f"card:{player.role}:none")
    player.sees("card notPresent")


def _takes_card(player: Player) -> None:
    player.do(AcceptCard)
    player.touch(f"card:{player.role}:jia")
    player.until("at", "inside")
    player.sees("card present", "inside")
    player.do(MoveCard, to=Position.EXIT)
    player.until("at", "gate")
    player.picture("offered")
    player.press("taken")
    player.sees("card notPresent")


def _gives_card(player: Player) -> None:
    player.do(MoveCard, source=Position.STACKER, to=Position.EXIT)
    player.until("at", "gate")
    player.picture("offered")
    player.press("taken")
    player.sees("card notPresent")


def _lights(player: Player) -> None:
    player.do(SetLight, light="cardReader", flash=Flash.CONTINUOUS)
    player.sees("cardReader on", "light")
    player.do(SetLight, light="cardReader", flash=Flash.OFF)
    player.sees("cardReader off")


_SILENT: Final = Mishap("silent", "powerOff")
_CAMERA: Final = (
    Mishap("covered", "noPicture"),
    Mishap("frozen", "noPicture"),
    Mishap("stall", "powerOff"),
    Mishap("garbage-jpeg", "garbled"),
)
_MOTOR: Final = (Mishap("bad-checksum", "hardwareError"), _SILENT)
_DEVICES: Final[tuple[tuple[str, tuple[Mishap, ...], Callable[[Player], None] | None], ...]] = (
    (
        "receipt_printer",
        (
            Mishap("paper-low", "upper low", "paper-full"),
            Mishap("paper-out", "paperOut", "paper-full"),
            Mishap("cover", "coverOpen"),
            Mishap("hot", "deviceBusy"),
            Mishap("broken", "mechanism inoperative"),
            _SILENT,
        ),
        None,
    ),
    (
        "a4_printer",
        (
            Mishap("media-out", "paperOut", "media-full"),
            Mishap("cover", "coverOpen"),
            Mishap("jam", "paperJammed"),
            Mishap("toner-low", "toner low"),
            Mishap("output", "outputFull"),
        ),
        _prints,
    ),
    ("id_reader", (Mishap("self-test", "module inoperative"), Mishap("licence", "notAuthorised"), _SILENT), None),
    ("social_card_reader", (), _reads_social_card),
    ("card_reader", (*_MOTOR, Mishap("off", "powerOff")), _takes_card),
    (
        "card_dispenser",
        (Mishap("stacker-3", "stacker low", "stacker-20"), Mishap("stacker-0", "stacker empty", "stacker-20"), *_MOTOR),
        _gives_card,
    ),
    ("scanner", (), None),
    ("code_camera", _CAMERA, None),
    ("document_camera", _CAMERA, None),
    (
        "cabinet",
        (
            Mishap("door", "cabinetFrontDoor open"),
            Mishap("tamper", "potentialFraud"),
            Mishap("person", "proximitySensor present"),
            Mishap("maintenance", "operatorSwitch maintenance"),
            Mishap("exception", "notConfigured"),
            _SILENT,
        ),
        _lights,
    ),
    (
        "ups",
        (
            Mishap("mains", "mains noPower"),
            Mishap("low", "battery low"),
            Mishap("replace", "batteryHealth inoperative"),
            Mishap("stale", "powerOff"),
        ),
        None,
    ),
)
ALL: Final[Mapping[str, Callable[[Hand], None]]] = {
    f"device_{role}": partial(_break, role, mishaps, work) for role, mishaps, work in _DEVICES
}
