"""Search over all items: what fits best first, and what is nearest where nothing fits. Pure, and quick enough for every key."""

from collections.abc import Iterable, Mapping, Sequence
from math import log1p
from typing import TYPE_CHECKING

from kiosk.catalogue.found import EVERYTHING, Found, Narrowing
from kiosk.catalogue.items import Item
from kiosk.catalogue.matching import levels
from kiosk.catalogue.query import PLAIN, Everyday, Term, parse
from kiosk.catalogue.readings import machines_of, sounds_of, texts_of

if TYPE_CHECKING:
    from kiosk.backend.messages.catalogue import CatalogueHead

_MOST_PIECES = 8  # of a query, in a search for what is near
_NEAR = 0.15  # how much of what was typed an item must have at least


class Search:
    """Search over some items, in the order in which they are shown when nothing is asked."""

    def __init__(self, items: Sequence[Item], head: "CatalogueHead", words: Everyday, sounds: Mapping[str, str]) -> None:
        self._items, self._words, self._sounds = items, words, sounds
        self._places = {item.code: place for place, item in enumerate(items)}
        self._themes = {theme.code: [self._places[code] for code in theme.items if code in self._places] for theme in head.themes}
        self._texts = texts_of(items, head, sounds)
        self._by_rank = _ranked(items, head)
        self._rank = {place: rank for rank, place in enumerate(self._by_rank)}

    def item(self, code: str) -> Item | None:
        """The item of this code."""
        place = self._places.get(code)
        return None if place is None else self._items[place]

    def find(self, text: str, narrowing: Narrowing, most: int) -> Found:
        """The items that fit best, best first; with nothing typed, all of the narrowing. `most` >= 0."""
        rest = self._within(narrowing)
        if not text.strip():
            return self._found(rest, most)
        terms = parse(text, self._words)
        if fitting := self._fitting(terms, rest):
            return self._found(fitting, most)
        return self._found(self._sounding(terms, rest) or self._near(terms, rest), most, near=True)

    def _found(self, places: Sequence[int], most: int, *, near: bool = False) -> Found:
        return Found(items=tuple(self._items[place] for place in places[:most]), total=len(places), near=near)

    def _within(self, narrowing: Narrowing) -> Sequence[int]:
        """In the order of the theme where there is one."""
        places: Sequence[int] = self._themes.get(narrowing.theme, ()) if narrowing.theme else range(len(self._items))
        if narrowing.department:
            places = [place for place in places if self._items[place].department == narrowing.department]
        if narrowing.tag is not None:
            places = [place for place in places if narrowing.tag in self._items[place].lists]
        return places

    def _fitting(self, terms: Sequence[Term], rest: Sequence[int]) -> Sequence[int]:
        """All terms fit. Among equals those come first that themes name, then the shorter name: without further conditions."""
        sums = dict.fromkeys(rest, 0) if terms else {}
        for term in terms:
            sums = {place: sums[place] + level for place, level in levels(term, sums, self._texts).items()}
        known = len(self._by_rank)
        keys = sorted(level * known + self._rank[place] for place, level in sums.items())
        return [self._by_rank[key % known] for key in keys]

    def _sounding(self, terms: Sequence[Term], rest: Sequence[int]) -> Sequence[int]:
        """A wrong character of the right sound, or pinyin as one speaks at home."""
        for term in terms:
            syllables = term.whole if term.latin else "".join(self._sounds.get(one, "?") for one in term.whole)
            if len(term.whole) < 2 or "?" in syllables:  # noqa: PLR2004 - one sound alone is like a hundred others
                return ()
            rest = self._texts.spelling.sounding(syllables, rest)
        return rest if terms else ()

    def _near(self, terms: Sequence[Term], rest: Sequence[int]) -> Sequence[int]:
        """Items that have some of what was typed; what is rare counts more, and too little is not near."""
        weights, most = dict[int, float](), 0.0
        everything = self._texts.everything
        for names in _pieces(terms):
            hits = {place for name in names for place in rest if name in everything[place]}
            weight = log1p(len(rest) / (len(hits) or 1))
            most += weight
            for place in hits:
                weights[place] = weights.get(place, 0) + weight
        enough = max(max(weights.values(), default=0) / 2, most * _NEAR)
        return sorted((place for place, weight in weights.items() if weight > enough), key=lambda place: (-weights[place], place))


class Index:
    """A catalogue made ready for search. Without a query the items that themes name come first, then all by code.

    `words` is how people speak. Making one of 4,000 items takes some 0.1 s.
    """

    def __init__(self, items: Iterable[Item], head: "CatalogueHead", words: Everyday = PLAIN) -> None:
        themed = {code for theme in head.themes for code in theme.items}
        self._ordered = sorted(items, key=lambda item: (item.code not in themed, item.code))
        sounds = sounds_of(self._ordered)
        self._search = Search(self._ordered, head, words, sounds)
        self._machines = Search(machines_of(head, sounds), head, words, sounds)

    def find(self, text: str, narrowing: Narrowing = EVERYTHING, most: int = 30) -> Found:
        """See `Search.find`."""
        return self._search.find(text, narrowing, most)

    def machines(self, text: str, most: int = 30) -> tuple[str, ...]:
        """The machines nearby that do what was typed, by their codes."""
        found = self._machines.find(text, EVERYTHING, most)
        return () if found.near or not text.strip() else tuple(item.code for item in found.items)

    def item(self, code: str) -> Item | None:
        """The item of this code."""
        return self._search.item(code)

    def of_queue(self, queue: str) -> Item | None:
        """An item for which one takes a ticket of this queue here, and whose place is on the map."""
        return next((item for item in self._ordered if item.queue == queue and item.area), None)


def _ranked(items: Sequence[Item], head: "CatalogueHead") -> Sequence[int]:
    """What themes name first, then the shorter names, then what has more names of its own: it is asked for more."""
    themed = {code for theme in head.themes for code in theme.items}
    keys = ((item.code not in themed, len(item.name.get("zh-CN", "")), -len(item.synonyms), place) for place, item in enumerate(items))
    return [place for *_, place in sorted(keys)]


def _pieces(terms: Sequence[Term]) -> Sequence[tuple[str, ...]]:
    """Chinese words one knows, by any of their names, and of others each two characters that stand together."""
    parts = [part for term in terms if not term.latin for part in term.parts or ((term.whole,),)]
    known = [tuple(name for name in part if len(name) > 1) for part in parts if len(part) > 1]
    pairs = [(part[0][at : at + 2],) for part in parts if len(part) == 1 for at in range(len(part[0]) - 1)]
    return tuple(dict.fromkeys(filter(None, (*known, *pairs))))[:_MOST_PIECES]
