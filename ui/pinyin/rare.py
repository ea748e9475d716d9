"""Readings of characters, from pypinyin's table: all of the standard table, then the rest of what a screen can draw."""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

Readings = Mapping[str, tuple[str, ...]]
"""Syllables of a character, without tones; `v` is ü, which after n and l is also written `u`."""

_STANDARD: Final = Path(__file__).parents[2] / "assets" / "keyboard" / "standard_characters.txt"
_U_DIAERESIS: Final = "u\u0308"


def standard_characters() -> str:
    """The 8,105 characters of 通用规范汉字表, in the table's order: common ones first."""
    lines = _STANDARD.read_text(encoding="utf-8").splitlines()
    return "".join(line for line in lines if not line.startswith("#"))


def readings() -> Readings:
    """Every character that can be typed, common ones first; FileNotFoundError when pypinyin is not installed."""
    table = _table()
    return {character: _syllables(table.get(character, "")) for character in _in_order(table)}


def by_syllable(readings: Readings) -> Mapping[str, str]:
    """The characters of each syllable, in the order of `readings`."""
    found: dict[str, list[str]] = {}
    for character, syllables in readings.items():
        for syllable in syllables:
            found.setdefault(syllable, []).append(character)
    return {syllable: "".join(characters) for syllable, characters in found.items()}


def _table() -> Mapping[str, str]:
    """Readings with tones and commas, from pypinyin's file: importing the package takes ten times as long."""
    spec = find_spec("pypinyin")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("package pypinyin is not installed")
    file = Path(spec.submodule_search_locations[0]) / "pinyin_dict.json"
    return {chr(int(code)): syllables for code, syllables in json.loads(file.read_text(encoding="utf-8")).items()}


def _in_order(others: Iterable[str]) -> Iterable[str]:
    yield from standard_characters()
    # The two blocks that the font has whole.
    yield from (character for character in others if "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf")


@cache
def _syllables(toned: str) -> tuple[str, ...]:
    letters = unicodedata.normalize("NFD", toned).replace(_U_DIAERESIS, "v")
    syllables = "".join(letter for letter in letters if letter.isascii()).split(",")
    return tuple(dict.fromkeys(way for syllable in syllables if syllable for way in (syllable, syllable.replace("v", "u"))))
