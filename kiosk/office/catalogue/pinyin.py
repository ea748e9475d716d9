"""Readings of Chinese names, for search by pinyin and by initials."""

import re
from functools import lru_cache

from pypinyin import lazy_pinyin

# Words in which the library's phrases give a character another reading than people do.
_OURS = {
    "圈养": "juan yang",
    "圈舍": "juan she",
    "差旅": "chai lv",
    "支行": "zhi hang",
    "测度": "ce du",
    "给排水": "ji pai shui",
    "行名": "hang ming",
    "调档": "diao dang",
    "还建": "huan jian",
    "还林": "huan lin",
    "还款": "huan kuan",
    "重核": "chong he",
    "重签": "chong qian",
    "重置": "chong zhi",
    "重评": "chong ping",
    "长治": "chang zhi",
}
_SPLIT = re.compile(f"({'|'.join(_OURS)})")
_SYLLABLE = re.compile(r"[0-9a-z]+")


@lru_cache(maxsize=1000)
def reading(name: str) -> str:
    """The name's syllables joined by spaces, lower case and without tones (ü is v); digits and Latin words stay, signs go."""
    syllables: list[str] = []
    for part in _SPLIT.split(name):
        syllables += [_OURS[part]] if part in _OURS else lazy_pinyin(part)
    return " ".join(_SYLLABLE.findall(" ".join(syllables).lower()))


def initials(pinyin: str) -> str:
    """First letters of the syllables of a reading."""
    return "".join(syllable[0] for syllable in pinyin.split())
