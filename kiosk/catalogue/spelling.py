"""Pinyin as people type it: without gaps, only begun, half of it initials, or as one speaks at home.

A line of pinyin is " hu zhao", a space before each syllable, so that what is looked for begins where a syllable does.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

_LONGEST = 40  # letters that are looked at
_SYLLABLE = 6  # letters of the longest
_MOST_WAYS = 6  # to cut letters into syllables


class Spelling:
    """The pinyin of all items, `lines[item]` having a line for each of its names."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = _Lines(lines)
        self._folded = _Lines([fold(line) for line in lines])
        self._whole = frozenset(syllable for line in lines for syllable in line.split())
        self._begun = frozenset(syllable[:end] for syllable in self._whole for end in range(1, len(syllable) + 1))

    def cut(self, letters: str) -> Sequence[str]:
        """The ways to read letters as syllables, the last perhaps only begun, each as a line has it."""
        letters = letters[:_LONGEST]
        ways: list[list[str]] = [[] for _ in letters]
        for start in range(len(letters) - 1, -1, -1):
            rest = letters[start:]
            found = [rest] if rest in self._begun else []
            for end in range(1, min(_SYLLABLE, len(rest) - 1) + 1):
                found += [f"{rest[:end]} {after}" for after in ways[start + end]] if rest[:end] in self._whole else []
            ways[start] = found[:_MOST_WAYS]
        return [f" {way}" for way in ways[0]] if ways else []

    def mixed(self, letters: str, items: Iterable[int]) -> Sequence[int]:
        """Those of the items in which each of the letters goes on a syllable or begins the next."""
        return self._lines.where(_each(letters), items)

    def sounding(self, letters: str, items: Iterable[int]) -> Sequence[int]:
        """The same without the differences that many do not hear."""
        return self._folded.where(_each(fold(letters)), items)


class _Lines:
    """All lines as one text, which is soon looked through."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._text = "\n".join(lines)
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=0))

    def where(self, pattern: re.Pattern[str], items: Iterable[int]) -> Sequence[int]:
        found = {bisect_right(self._starts, match.start()) - 1 for match in pattern.finditer(self._text)}
        return [item for item in items if item in found]


def fold(pinyin: str) -> str:
    """Pinyin without the differences that many do not hear: zh and z, ng and n, l and n."""
    for one, other in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n")):
        pinyin = pinyin.replace(one, other)
    return pinyin


def _each(letters: str) -> re.Pattern[str]:
    return re.compile(" " + "(?:[a-z0-9]* )?".join(letters[:_LONGEST]))
