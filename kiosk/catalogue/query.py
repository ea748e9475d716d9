"""What a citizen typed, taken apart: runs of Chinese and of Latin letters, and what else each part may be called."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

LONGEST = 60  # characters of a query that count
_MOST_TERMS = 6
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_HAN}]+|[a-z0-9]+(?: +[a-z0-9]+)*|[^\W_a-z0-9{_HAN}]+")
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_UNSPOKEN = re.compile("[\u0300-\u036f\ud800-\udfff\ufe00-\ufe0f]")  # accents, halves of characters, variation selectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Everyday:
    """How people speak: `stop` words say nothing of the matter, `words` have official ones that mean the same."""

    stop: frozenset[str] = frozenset()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    longest: int = 0  # characters of the longest of them

    def __contains__(self, word: str) -> bool:
        return word in self.stop or word in self.words

    def names(self, word: str) -> tuple[str, ...]:
        """The word and what it is officially called."""
        return (word, *self.words.get(word, ()))


PLAIN = Everyday()


def everyday(path: Path) -> Everyday:
    """Read the words from a TOML file with `stop` and a table `words`; OSError or tomllib.TOMLDecodeError when it cannot be had."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    stop, words = frozenset(raw["stop"]), {word: tuple(names) for word, names in raw["words"].items()}
    return Everyday(stop=stop, words=words, longest=max(map(len, (*stop, *words)), default=0))


@dataclass(frozen=True, slots=True)
class Term:
    """One run of a query: `whole` as typed, without gaps; `parts` that all belong to it, each by any of its names."""

    whole: str
    parts: tuple[tuple[str, ...], ...]
    latin: bool

    @property
    def apart(self) -> bool:
        """Whether the parts may find what the whole does not."""
        return bool(self.parts) and self.parts != ((self.whole,),)


def normal(text: str) -> str:
    """The text as it is compared: full-width and compatibility forms as plain ones, small letters, no accents, ü as v."""
    return _UNSPOKEN.sub("", unicodedata.normalize("NFKD", text.casefold().replace("ü", "v").translate(_APOSTROPHES)))


def parse(text: str, words: Everyday = PLAIN) -> tuple[Term, ...]:
    """The terms of a query, the first few of a long one; none where it holds no letter."""
    runs = _RUN.findall(normal(text[:LONGEST])[:LONGEST])
    return tuple(_term(run, words) for run in runs[:_MOST_TERMS])


def _term(run: str, words: Everyday) -> Term:
    if run[0].isascii():
        return Term(run.replace(" ", ""), _latin_parts(run.split(), words), latin=True)
    return Term(run, _han_parts(run, words), latin=False)


def _latin_parts(tokens: list[str], words: Everyday) -> tuple[tuple[str, ...], ...]:
    """The longest first, for it tells most."""
    telling = [token for token in tokens if token not in words.stop]
    return tuple(words.names(token) for token in sorted(telling, key=len, reverse=True))


def _han_parts(run: str, words: Everyday) -> tuple[tuple[str, ...], ...]:
    """Cut at the longest known words; what is between them is a part as well."""
    parts: list[tuple[str, ...]] = []
    at = between = 0
    while at < len(run):
        known = _known_at(run, at, words, least=1 if at in {between, len(run) - 1} else 2)
        if known:
            parts += [(run[between:at],)] if at > between else []
            parts += [words.names(known)] if known not in words.stop else []
            between = at = at + len(known)
        else:
            at += 1
    return (*parts, (run[between:],)) if between < len(run) else tuple(parts)


def _known_at(run: str, at: int, words: Everyday, *, least: int) -> str:
    """The longest known word that stands there, "" for none. One character in the middle of an unknown word is none."""
    lengths = range(min(words.longest, len(run) - at), least - 1, -1)
    return next((run[at : at + length] for length in lengths if run[at : at + length] in words), "")
