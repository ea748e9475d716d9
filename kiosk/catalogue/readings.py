"""Items as the texts that search compares."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kiosk.catalogue.items import Item
from kiosk.catalogue.matching import Texts
from kiosk.catalogue.query import normal
from kiosk.catalogue.spelling import Spelling

if TYPE_CHECKING:
    from kiosk.backend.messages.base import Words
    from kiosk.backend.messages.catalogue import CatalogueHead

CHINESE = "zh-CN"
_WORD = re.compile("[a-z0-9]+")


def sounds_of(items: Iterable[Item]) -> Mapping[str, str]:
    """How each character is read, most often, in the names whose syllables can be told apart."""
    heard: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        name, syllables = [one for one in _chinese(item.name) if one.isalnum()], item.pinyin.split()
        if len(name) == len(syllables):
            for one, syllable in zip(name, syllables, strict=True):
                heard[one][syllable] += 1
    return {one: readings.most_common(1)[0][0] for one, readings in heard.items()}


def machines_of(head: "CatalogueHead", sounds: Mapping[str, str]) -> tuple[Item, ...]:
    """The machines nearby as if each were an item, what it does being its other names."""
    return tuple(
        Item(
            code=one.code,
            name=one.name,
            department="",
            pinyin=_read(_chinese(one.name), sounds),
            initials="",
            synonyms=tuple(said for words in one.does for said in words.values()),
            visits=0,
            instant=False,
        )
        for one in head.neighbours
    )


def texts_of(items: Sequence[Item], head: "CatalogueHead", sounds: Mapping[str, str]) -> Texts:
    """The texts of all items, in their order."""
    around = _around(items, head)
    names, synonyms = [_chinese(item.name) for item in items], [[normal(one) for one in item.synonyms] for item in items]
    framed = ["\n".join(("", *some, "")) for some in synonyms]
    said = ["\n".join(map(_chinese, some)) for some in around]
    spoken = [(item.pinyin, *(_read(one, sounds) for one in some)) for item, some in zip(items, synonyms, strict=True)]
    pinyin = ["\n".join(map(_syllables, lines)) for lines in spoken]
    return Texts(
        names=names,
        synonyms=framed,
        everything=["\n".join(three) for three in zip(names, framed, said, strict=True)],
        latin=["".join(_spaced(normal(words)) for language, words in item.name.items() if language != CHINESE) for item in items],
        latin_other=[_other(item, some) for item, some in zip(items, synonyms, strict=True)],
        latin_around=["\n".join(_spaced(normal(words.get("en", ""))) for words in some) for some in around],
        initials=[normal(item.initials) for item in items],
        pinyin=pinyin,
        spelling=Spelling(pinyin),
    )


def _around(items: Iterable[Item], head: "CatalogueHead") -> "list[list[Words]]":
    """Department and themes of each item."""
    departments = {one.code: one.name for one in head.departments}
    themes: defaultdict[str, list[Words]] = defaultdict(list)
    for theme in head.themes:
        for code in theme.items:
            themes[code].append(theme.name)
    return [[departments.get(item.department, {}), *themes[item.code]] for item in items]


def _chinese(words: "Words") -> str:
    return normal(words.get(CHINESE, ""))


def _read(text: str, sounds: Mapping[str, str]) -> str:
    return " ".join(sounds.get(one, "") for one in text)


def _syllables(pinyin: str) -> str:
    """A space before each syllable."""
    return "".join(f" {syllable}" for syllable in normal(pinyin).split())


def _spaced(text: str) -> str:
    """Its words in Latin letters, a space before each."""
    return "".join(f" {word}" for word in _WORD.findall(text))


def _other(item: Item, synonyms: Iterable[str]) -> str:
    """Latin letters in Chinese names, and the code with and without its signs."""
    code = item.code.lower()
    return "\n".join(map(_spaced, (_chinese(item.name), *synonyms, code, code.replace("-", ""))))
