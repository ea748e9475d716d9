"""How well a word fits an item: levels from 0, the item's very name, to AROUND, only its department or theme."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kiosk.catalogue.query import Term
from kiosk.catalogue.spelling import Spelling

EXACT, PREFIX, NAME, SYNONYM, INITIALS, PINYIN, MIXED, AROUND = 0, 1, 2, 3, 4, 6, 8, 9
IN_PARTS = 12  # added where only the parts of what was typed are found
_SYLLABLE = 6  # letters of the longest

Levels = dict[int, int]  # of the places of items


@dataclass(frozen=True, slots=True)
class Texts:
    """What is compared, one entry an item, all as `query.normal` makes it.

    `synonyms` stand between line ends, `everything` is names, synonyms, department and themes. `latin` has a space before each
    word of the name in Latin letters, `latin_other` of synonyms and code, `latin_around` of department and themes. `pinyin` is a
    line for the name and one for each synonym.
    """

    names: Sequence[str]
    synonyms: Sequence[str]
    everything: Sequence[str]
    latin: Sequence[str]
    latin_other: Sequence[str]
    latin_around: Sequence[str]
    initials: Sequence[str]
    pinyin: Sequence[str]
    spelling: Spelling


def levels(term: Term, items: Iterable[int], texts: Texts) -> Levels:
    """The items of `items` that the term fits, and how well each."""
    places = list(items)
    if not term.latin:
        whole = _han(term.whole, places, texts)
        return {**_in_parts(term, places, texts), **whole} if term.apart else whole
    if len(term.parts) > 1:  # words, unless they are syllables with gaps between
        spelled = _spelled(term.whole, places, texts) if max(len(part[0]) for part in term.parts) <= _SYLLABLE else {}
        return spelled or _in_parts(term, places, texts)
    other = _in_parts(term, places, texts) if term.apart else {}
    found = {**other, **_spelled(term.whole, places, texts), **_worded(term.whole, places, texts)}
    return found or _mixed(term.whole, places, texts)


def _in_parts(term: Term, places: list[int], texts: Texts) -> Levels:
    sums = dict.fromkeys(places, IN_PARTS)
    for part in term.parts:
        left, best = list(sums), Levels()
        for further, name in enumerate(part):  # the first of its other names means it most
            for item, level in (_worded if term.latin else _han)(name, left, texts).items():
                best.setdefault(item, level + 2 * further)
        if term.latin and not best:
            best = _spelled(part[0], left, texts) or _mixed(part[0], left, texts)
        sums = {item: sums[item] + level for item, level in best.items()}
    return sums


def _han(word: str, places: list[int], texts: Texts) -> Levels:
    everything = texts.everything
    return {item: _han_level(word, item, texts) for item in places if word in everything[item]}


def _han_level(word: str, item: int, texts: Texts) -> int:
    name = texts.names[item]
    if word in name:
        return EXACT if name == word else PREFIX if name.startswith(word) else NAME
    if word in texts.synonyms[item]:
        return PREFIX if f"\n{word}\n" in texts.synonyms[item] else SYNONYM
    return AROUND


def _worded(word: str, places: list[int], texts: Texts) -> Levels:
    """By words in Latin letters; a single letter only where it begins the name."""
    begun, latin, other, around = " " + word, texts.latin, texts.latin_other, texts.latin_around
    if len(word) == 1:
        return {item: PREFIX for item in places if latin[item].startswith(begun)}
    found = {item: AROUND for item in places if begun in around[item]}
    found |= {item: SYNONYM for item in places if begun in other[item]}
    return found | {item: _latin_level(begun, latin[item]) for item in places if begun in latin[item]}


def _latin_level(begun: str, name: str) -> int:
    if name.startswith(begun):
        return EXACT if name == begun else PREFIX
    return NAME


def _spelled(letters: str, places: list[int], texts: Texts) -> Levels:
    """By pinyin and its initials; a single letter only where it begins the name."""
    initials, pinyin = texts.initials, texts.pinyin
    if len(letters) == 1:
        return {item: INITIALS for item in places if initials[item].startswith(letters)}
    found: Levels = {}
    for syllables in texts.spelling.cut(letters):
        found |= {item: _pinyin_level(syllables, pinyin[item]) for item in places if syllables in pinyin[item]}
    return found | {item: _initials_level(letters, initials[item]) for item in places if letters in initials[item]}


def _pinyin_level(syllables: str, pinyin: str) -> int:
    if not pinyin.startswith(syllables):
        return PINYIN + 1
    return EXACT if pinyin.split("\n", 1)[0] == syllables else PINYIN


def _initials_level(letters: str, initials: str) -> int:
    return EXACT if letters == initials else INITIALS if initials.startswith(letters) else INITIALS + 1


def _mixed(letters: str, places: list[int], texts: Texts) -> Levels:
    """Some syllables whole, some only begun."""
    return dict.fromkeys(texts.spelling.mixed(letters, places), MIXED)
