"""At the terminal: types Chinese by pinyin on the screen's keyboard, with a finger. Prints times in ms as JSON."""

import itertools
import json
import sys
import time
from collections.abc import Iterator
from types import SimpleNamespace

from finger import Finger
from PySide6.QtQuick import QQuickItem

from kiosk.screens import Enter, Pad, View
from ui import samples
from ui.app import Look, ScreenSize, application, build
from ui.aside.parent import Aside
from ui.pinyin.source import MODULE, Source
from ui.preview import SIZES
from ui.shell import Shell

ROUNDS = 6
TYPED = ("shenfenzheng", "budongchandengji", "neimenggubaotoushi", "woyaoqukanyixia", "yi", "sfz", "zhonghuarenmingongheguo", "lvse")


def window() -> SimpleNamespace:
    """The screen that takes a text, as Finger wants it."""
    shell = Shell(lambda _: None, samples.sentences())
    screen = Enter(title="", hint="", pad=Pad.TEXT, least=0, most=400, lines=4)
    shell.show(View(number=1, place=1, screen=screen, frame=samples.frame("enter-digits")))
    engine = build(shell, ScreenSize(*SIZES["portrait"]), Look())
    return SimpleNamespace(shell=shell, window=engine.rootObjects()[0], engine=engine)


def everything(item: QQuickItem) -> Iterator[QQuickItem]:
    yield item
    for child in item.childItems():
        yield from everything(child)


class Typist(Finger):
    """A finger on keys."""

    def find(self) -> None:
        """Look once for what shows the letters and the first candidate: looking takes time."""
        items = list(everything(self.running.window.contentItem()))
        self.letters = next(item for item in items if item.property("composing") is not None)
        self.first = next(item for item in items if item.objectName() == "candidate:0")

    def strike(self, letter: str, composing: str) -> tuple[float, float]:
        """Touch a key: ms until it looks pressed, and from letting go to the first frame with the candidates."""
        item = self._item(f"key:{letter}")
        assert item is not None
        place = item.mapToScene(item.boundingRect().center()).toPoint()
        down, pressed = self.frame_after(lambda: self._press(place), lambda: item.property("pressed") is True, f"{letter} pressed")
        self.rest(0.03)
        up, shown = self.frame_after(lambda: self._release(place), lambda: self.shows(composing), f"candidates of {composing}")
        self.rest(0.03)
        return (pressed - down) * 1000, (shown - up) * 1000

    def shows(self, composing: str) -> bool:
        return self.letters.property("composing") == composing and self.first.isVisible()

    def tap(self, name: str) -> None:
        item = self._item(name)
        assert item is not None
        place = item.mapToScene(item.boundingRect().center()).toPoint()
        self._press(place)
        self._release(place)
        self.rest(0.03)


def on_screen() -> dict[str, list[float]]:
    typist = Typist(window())
    typist.rest(1.0)
    typist.find()
    taken: dict[str, list[float]] = {"pressed": [], "shown": []}
    for word, _ in itertools.product(TYPED, range(ROUNDS)):
        for end in range(1, len(word) + 1):
            pressed, shown = typist.strike(word[end - 1], word[:end])
            taken["pressed"].append(pressed)
            taken["shown"].append(shown)
        typist.tap("candidate:0")
        typist.tap("key:clear")
    typist.running.window.close()
    return taken


def by_itself() -> dict[str, list[float]]:
    """The engine alone: from its start to the first answer, and each further one."""
    taken: dict[str, list[float]] = {"start": [], "query": []}
    for _ in range(ROUNDS):
        began = time.perf_counter()
        source = Source(Aside(MODULE, list[tuple[str, int]]))
        source.candidates("ni")
        taken["start"].append((time.perf_counter() - began) * 1000)
        for word in TYPED:
            for end in range(1, len(word) + 1):
                began = time.perf_counter()
                source.candidates(word[:end])
                taken["query"].append((time.perf_counter() - began) * 1000)
        source.close()
    return taken


def main() -> None:
    app = application(["kiosk"])
    taken = on_screen() | by_itself()
    app.processEvents()
    sys.stdout.write(json.dumps(taken))


main()
