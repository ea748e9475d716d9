"""Composing Chinese: letters on their way to characters. Pure; what letters may stand for comes from outside."""

from dataclasses import dataclass
from typing import Final

MOST: Final = 36  # letters: nine to twelve syllables
SEPARATOR: Final = "'"

_SPELT: Final = frozenset("abcdefghijklmnopqrstuvwxyz" + SEPARATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Characters to choose, and for how many of the letters they stand: at least one."""

    text: str
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """Characters that were picked, and all letters there were before."""

    text: str
    letters: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """Letters not yet turned into characters, and the picks since the last letter, which can be taken back."""

    letters: str = ""
    picked: tuple[Picked, ...] = ()

    @property
    def full(self) -> bool:
        """Whether it takes no more letters."""
        return len(self.letters) >= MOST

    def type(self, letter: str) -> "Composition":
        """With one more letter or separator; the same for anything else, a separator that separates nothing, and when full."""
        letter = letter.lower().replace("ü", "v")
        needless = letter == SEPARATOR and (not self.letters or self.letters.endswith(SEPARATOR))
        if letter not in _SPELT or needless or self.full:
            return self
        return Composition(letters=self.letters + letter)

    def pick(self, candidate: Candidate) -> "Composition":
        """What is left when these characters have been taken for the letters they stand for."""
        rest = self.letters[candidate.used :].lstrip(SEPARATOR)
        if not rest:
            return Composition()
        return Composition(letters=rest, picked=(*self.picked, Picked(text=candidate.text, letters=self.letters)))

    def back(self, before: str) -> tuple["Composition", int]:
        """One step back: the last pick, where it still ends the text `before`, or a letter; and how many characters that takes there."""
        if self.picked and before.endswith(self.picked[-1].text):
            *earlier, last = self.picked
            return Composition(letters=last.letters, picked=tuple(earlier)), len(last.text)
        return Composition(letters=self.letters[:-1]), 0
