"""Candidates for letters: words of the hall, the engine's, then every character that has them as a reading."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from ui.pinyin.composer import Candidate
from ui.pinyin.engine import Found
from ui.pinyin.phrases import Match, Phrases

_LONG: Final = 3  # characters of a word that is hardly meant otherwise
_LONGEST: Final = 15  # characters of a candidate: more do not stand beside each other on a screen

Search = Callable[[str], Found]


class Lookup:
    """Knows everything that letters may stand for."""

    def __init__(self, search: Search, characters: Mapping[str, str], phrases: Phrases) -> None:
        """`characters` are those of each syllable (`rare.by_syllable`)."""
        self._search, self._characters, self._phrases = search, characters, phrases

    def candidates(self, letters: str) -> tuple[Candidate, ...]:
        """The likeliest first, each text once; none where the letters (a to z and apostrophes) stand for nothing."""
        found = self._search(letters.replace("lve", "lue").replace("nve", "nue"))  # as the engine spells lüe and nüe
        exact, begun = self._phrases.matching(letters)
        engine = [Candidate(text=text, used=end) for text in found.candidates if (end := _end(found, text))]
        sentence, single = self._sentence(letters, begun), self._single(letters, found.bounds)
        ordered = [*_of(exact), *sentence, *engine[:1], *_of(begun), *engine[1:], *single]
        texts: dict[str, Candidate] = {}
        for candidate in ordered:
            if len(candidate.text) <= _LONGEST:
                texts.setdefault(candidate.text, candidate)
        return tuple(texts.values())

    def _sentence(self, letters: str, begun: tuple[Match, ...]) -> Iterator[Candidate]:
        """A long word of the hall, and what follows it."""
        start = next((match for match in begun if match.whole and len(match.text) >= _LONG), None)
        if start and (rest := self.candidates(letters[start.used :])[:1]):
            yield Candidate(text=start.text + rest[0].text, used=start.used + rest[0].used)

    def _single(self, letters: str, bounds: tuple[int, ...]) -> Iterator[Candidate]:
        for end in dict.fromkeys((len(letters), *bounds[1:2])):
            for character in self._characters.get(letters[:end].rstrip("'"), ""):
                yield Candidate(text=character, used=end)


def _end(found: Found, text: str) -> int:
    """The letter before which its last syllable ends."""
    return found.bounds[min(len(text), len(found.bounds) - 1)]


def _of(matches: tuple[Match, ...]) -> list[Candidate]:
    return [Candidate(text=match.text, used=match.used) for match in matches]
