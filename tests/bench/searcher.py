"""At the terminal: searches a city's 4,000 items with a finger on the screen's keyboard. Prints times in ms as JSON."""

import gc
import itertools
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

from finger import Finger
from PySide6.QtQuick import QQuickItem

sys.path.insert(0, str(Path(__file__).parents[1] / "kiosk"))

from city_catalogue import a_head, many_guides

from drivers.contract import Event
from kiosk import assembly
from kiosk.catalogue.catalogue import Catalogue
from kiosk.flow import Answered, CatalogueChanged, Tick
from kiosk.idle import Times
from kiosk.lobby import Offer
from kiosk.place import Place
from kiosk.services import Flows
from kiosk.session import Session
from ui.app import Look, ScreenSize, application, build
from ui.preview import SIZES
from ui.shell import Shell

ROUNDS = 6
TYPED = ("shipin", "xuke", "weixian", "zhuxiao", "spjy", "nongyaojingying", "jianzhu")
MOTION = 0.25  # s, a little more than pages take to turn


class Terminal:
    """Shell, session and window, with a catalogue and no device."""

    def __init__(self) -> None:
        sentences = assembly.sentences()
        self.core: list[float] = []
        self.shell = Shell(self.handle, sentences)
        place = Place(
            flows=Flows(), offers=(Offer(name="guides", entrance="look", quick=True, needs=()),), roles=frozenset(), sentences=sentences,
            languages=sentences.languages, hall="鹿城市政务服务中心", human="12345", times=Times(), boot="b",
        )  # fmt: skip
        self.session = Session(place, lambda *_: None, self.shell.show)
        self.session.begin()
        self.session.handle(Tick(now=0.0, time=datetime.now(UTC)))
        guides = many_guides()
        self.items = len(guides)
        catalogue = Catalogue(a_head(), guides)
        catalogue.find("xu")
        self.session.handle(CatalogueChanged(catalogue=catalogue))
        self.engine = build(self.shell, ScreenSize(*SIZES["portrait"]), Look())
        self.window = self.engine.rootObjects()[0]

    def handle(self, event: Event) -> None:
        began = time.perf_counter()
        self.session.handle(event)
        self.core.append((time.perf_counter() - began) * 1000)
        self.window.update()  # a frame even where nothing else was found than before

    def answer(self, action: str, value: str = "") -> None:
        assert self.shell.view is not None
        self.session.handle(Answered(view=self.shell.view.number, action=action, value=value, nonce="0" * 32))


class Searcher(Finger):
    """A finger that types and looks at what is found."""

    def look(self) -> None:
        """Find once what shows the results: looking takes time."""
        waiting: list[QQuickItem] = [self.running.window.contentItem()]
        while waiting:
            item = waiting.pop()
            if item.metaObject().className().startswith("KkResults"):
                self.results = item
                item.restlessChanged.connect(self.running.window.update)  # a frame even where nothing moves
            waiting += item.childItems()

    def strike(self, name: str, typed: str) -> float:
        """Touch a key: ms from letting go to the first frame that shows what `typed` finds, at rest."""
        item = self._item(name)
        assert item is not None, name
        place = item.mapToScene(item.boundingRect().center()).toPoint()
        self._press(place)
        self.rest(0.03)
        up, shown = self.frame_after(lambda: self._release(place), lambda: self._at_rest(typed), f"what {typed!r} finds")
        self.rest(0.03)
        return (shown - up) * 1000

    def _at_rest(self, typed: str) -> bool:
        return self.running.shell.content.get("typed") == typed and not self.results.property("restless")


def typing(finger: Searcher) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {"letters": [], "deletes": []}
    for word, _ in itertools.product(TYPED, range(ROUNDS)):
        for end in range(1, len(word) + 1):
            taken["letters"].append(finger.strike(f"key:{word[end - 1]}", word[:end]))
        for end in range(len(word) - 1, -1, -1):
            taken["deletes"].append(finger.strike("key:backspace", word[:end]))
    return taken


def opening(terminal: Terminal, finger: Searcher) -> list[float]:
    taken = []
    for _ in range(ROUNDS * 3):
        result = next(option["value"] for option in terminal.shell.content["results"] if option["value"].startswith("item:"))
        taken.append(finger.touch(f"answer:choose:{result}", "Page")[1])
        finger.rest(MOTION)
        finger.touch("answer:frame-back", "Search")
        finger.rest(MOTION)
    return taken


def plain(terminal: Terminal) -> list[float]:
    """The same view over and over: what its values cost before QML sees them."""
    taken = []
    view = terminal.shell.view
    assert view is not None
    for _ in range(200):
        began = time.perf_counter()
        terminal.shell.show(view)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def main() -> None:
    app = application(["kiosk"])
    terminal = Terminal()
    finger = Searcher(SimpleNamespace(shell=terminal.shell, window=terminal.window))
    finger.rest(0.5)
    terminal.answer("start")
    terminal.answer("choose", "service:guides")
    finger.rest(1.0)
    finger.look()
    gc.freeze()
    typing_first = typing(finger)
    del typing_first
    terminal.core.clear()
    taken = typing(finger)
    core = list(terminal.core)
    for end in range(1, len(TYPED[0]) + 1):
        finger.strike(f"key:{TYPED[0][end - 1]}", TYPED[0][:end])
    taken |= {"core": core, "plain": plain(terminal), "opened": opening(terminal, finger)}
    terminal.window.close()
    app.processEvents()
    sys.stdout.write(json.dumps(taken | {"items": terminal.items}))


main()
