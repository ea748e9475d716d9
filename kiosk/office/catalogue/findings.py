"""What the publishing check has to say, and the checks that every part of a catalogue shares."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kiosk.backend.messages import Words

LONGEST_TEXT = 4000  # characters; terminals refuse more
_VERSIONS = 1_000_000_000
_CODE = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to know about `where`. With a `fault` the catalogue must not be published."""

    where: str
    what: str
    fault: bool = True

    def __str__(self) -> str:
        return f"{'fault' if self.fault else 'note '}  {self.where}: {self.what}"


def bad_codes(where: str, codes: Iterable[str]) -> Iterator[Finding]:
    """Codes that are used twice, or cannot be asked for over HTTP."""
    for code, count in Counter(codes).items():
        if not _CODE.fullmatch(code):
            yield Finding(where, f"{code!r} is no code: 1 to 64 letters, digits, dots, dashes, underscores")
        if count > 1:
            yield Finding(where, f"code {code} is used {count} times")


def bad_version(where: str, version: int) -> Iterator[Finding]:
    """Versions are counted up from 1; 0 leaves it to publishing."""
    if not 0 <= version < _VERSIONS:
        yield Finding(where, f"version {version} cannot be counted on from")


def bad_words(where: str, texts: Iterable[Words]) -> Iterator[Finding]:
    """Texts without Chinese or longer than a terminal takes; those without English are noted once."""
    untranslated = 0
    for words in texts:
        chinese, english = words.get("zh-CN", ""), words.get("en", "")
        if not chinese.strip():
            yield Finding(where, f"a text has no Chinese: {dict(words)}")
        if max(map(len, words.values()), default=0) > LONGEST_TEXT:
            yield Finding(where, f"a text is longer than {LONGEST_TEXT} characters")
        if not english.strip():
            untranslated += 1
    if untranslated:
        yield Finding(where, f"{untranslated} texts have no English", fault=False)
