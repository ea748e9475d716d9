"""Words that people type in a service hall, which the engine does not know or puts behind others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ui.pinyin.rare import Readings

_FOLDER: Final = Path(__file__).parents[2] / "assets" / "keyboard" / "phrases"
_INITIALS: Final = 3  # letters that are enough for the initials of a whole word
_FEW: Final = 4  # suggestions of words that are not typed to their end


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A word that begins like the letters: it stands for `used` of them, `whole` when it is typed to its end."""

    text: str
    used: int
    whole: bool


def words() -> tuple[str, ...]:
    """The words of all files, one a line; lines with `#` are remarks."""
    files = sorted(_FOLDER.glob("*.txt"))
    lines = (line.strip() for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


class Phrases:
    """The words, by how they are read."""

    def __init__(self, words: Iterable[str], readings: Readings) -> None:
        self._readings = readings
        self._by_letter: dict[str, list[str]] = {}
        for word in words:
            for letter in {syllable[0] for syllable in readings.get(word[0], ())}:
                self._by_letter.setdefault(letter, []).append(word)

    def matching(self, letters: str) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
        """Words that are exactly the letters or their initials, and words that begin with them or with which they begin, longest first."""
        words = self._by_letter.get(letters[:1], ())
        matches = [match for word in words if (match := self._match(word, letters))]
        exact = tuple(match for match in matches if match.whole and match.used == len(letters))
        begun = [match for match in matches if match not in exact]
        return exact, tuple(sorted(begun, key=lambda match: -match.used)[:_FEW])

    def _match(self, word: str, letters: str) -> Match | None:
        if len(letters) >= _INITIALS and self._are_initials(word, letters):
            return Match(text=word, used=len(letters), whole=True)
        best = max(self._ways(word, letters, 0), default=None)
        return best and Match(text=word, used=best[1], whole=best[0])

    def _ways(self, word: str, letters: str, at: int, place: int = 0) -> Iterator[tuple[bool, int]]:
        """Ways to read the letters from `at` as the word from `place`: whether to its end, and up to which letter."""
        at += letters.startswith("'", at)
        if place == len(word):
            yield True, at
            return
        for syllable in self._readings.get(word[place], ()):
            if letters.startswith(syllable, at):
                yield from self._ways(word, letters, at + len(syllable), place + 1)
            elif place and at < len(letters) and syllable.startswith(letters[at:]):
                yield False, len(letters)

    def _are_initials(self, word: str, letters: str) -> bool:
        return len(word) == len(letters) and all(self._initial(*pair) for pair in zip(word, letters, strict=True))

    def _initial(self, character: str, letter: str) -> bool:
        return any(syllable.startswith(letter) for syllable in self._readings.get(character, ()))
