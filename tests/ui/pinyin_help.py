"""The engine's process, and a field that is typed into."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent

from ui.aside.parent import Aside
from ui.pinyin.keyboard import Composer
from ui.pinyin.source import MODULE, Source


def texts(source, letters):
    return [candidate.text for candidate in source.candidates(letters)]


def process_of(source):
    """Its folder in /proc."""
    return Path(f"/proc/{source._helper._process._child.pid}")


def new_source():
    return Source(Aside(MODULE, list[tuple[str, int]]))


class Field:
    """A field with a composer that types into it."""

    def __init__(self):
        self.text = ""
        self.composer = Composer()
        self.composer.picked.connect(self.add)
        self.composer.unpicked.connect(self.cut)
        assert self.composer.open()

    def add(self, characters):
        self.text += characters

    def cut(self, many):
        self.text = self.text[:-many]

    @property
    def letters(self):
        return self.composer.property("letters")

    @property
    def candidates(self):
        return self.composer.property("candidates")

    def type(self, letters):
        for letter in letters:
            self.composer.type(letter)

    def pick(self, text):
        self.composer.pick(self.candidates.index(text))

    def back(self):
        self.composer.back(self.text)

    def close(self):
        self.composer.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
