"""What the seed data is written in: pairs of Chinese and English, TOML files of a folder, English names made of Chinese ones."""

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kiosk.backend.messages import Words
from kiosk.backend.messages.forms import Choice
from kiosk.office.catalogue.pinyin import reading

CATALOGUE = Path(__file__).parent / "seed_data" / "catalogue"
_KINDS = {"街道": "Subdistrict", "镇": "Town", "乡": "Township", "社区": "Community", "村": "Village"}
_VOWELS = frozenset("aeo")  # before them a syllable begins with an apostrophe


def both(chinese: str, english: str) -> Words:
    """A text in the city's two languages."""
    return {"zh-CN": chinese, "en": english}


def words(pair: Sequence[str]) -> Words:
    """A text of a pair."""
    chinese, english = pair
    return both(chinese, english)


def lines(pairs: Iterable[Sequence[str]]) -> tuple[Words, ...]:
    """Texts of pairs."""
    return tuple(words(pair) for pair in pairs)


def choices(rows: Iterable[Sequence[str]]) -> tuple[Choice, ...]:
    """Choices of rows of code, Chinese, English."""
    return tuple(Choice(code=code, name=both(chinese, english)) for code, chinese, english in rows)


def toml(path: Path) -> dict[str, Any]:
    """A TOML file's content."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def place_name(chinese: str) -> Words:
    """The name of a township or village with English made of its reading: 清泉街道, Qingquan Subdistrict."""
    ending = next(ending for ending in _KINDS if chinese.endswith(ending))
    return both(chinese, f"{_romanised(chinese.removesuffix(ending))} {_KINDS[ending]}")


def place_code(chinese: str) -> str:
    """Its reading in one word."""
    return reading(chinese).replace(" ", "")


def _romanised(stem: str) -> str:
    syllables = reading(stem).replace("v", "ü").split()
    joined = syllables[0] + "".join(f"'{one}" if one[0] in _VOWELS else one for one in syllables[1:])
    return joined.capitalize()
