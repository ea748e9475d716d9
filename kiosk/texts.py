"""All sentences for screen, paper and speech, by key and language.

A language is a folder `assets/i18n/<tag>/` of TOML files: `key = "sentence with {name}"`, or where the number matters a table of
CLDR plural categories (`one`, `other`) chosen by the argument `n`. Texts from the office come as words in all its languages.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

SOURCE_LANGUAGE = "zh-CN"

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence by its key; arguments may be labels themselves. Made by `text`."""

    key: str
    args: tuple[tuple[str, "Label | int"], ...] = ()


Label = Text | Words | str
"""What a screen or paper says: a sentence of ours, words from the office, or plain data such as a number."""

Say = Callable[[Label], str]


def text(key: str, **args: Label | int) -> Text:
    """The sentence `key` with its arguments."""
    return Text(key, tuple(args.items()))


def on_date(day: date) -> Text:
    """A day close by as one says it in a sentence: 11月24日, 24 November."""
    return text("date-day", month=text(f"month-{day.month}"), day=day.day)


def full_date(day: date) -> Text:
    """A day with its year, as one says it and signs for it: 2026年11月24日, 24 November 2026."""
    return text("date-full", date=on_date(day), year=day.year)


def _plural(language: str, n: object) -> str:
    return "one" if n == 1 and not language.startswith("zh") else "other"


Sentence = str | Mapping[str, str]


class Sentences:
    """All sentences of all languages; a language is read when it is first spoken."""

    def __init__(self, languages: Mapping[str, Callable[[], Mapping[str, Sentence]]]) -> None:
        self._readers = languages
        self._read: dict[str, Mapping[str, Sentence]] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        """BCP 47 tags, source language first."""
        return tuple(sorted(self._readers, key=lambda tag: (tag != SOURCE_LANGUAGE, tag)))

    def of(self, language: str) -> Mapping[str, Sentence]:
        """Every sentence of `language` by its key."""
        if language not in self._read:
            self._read[language] = self._readers[language]()
        return self._read[language]

    def keys(self, language: str) -> frozenset[str]:
        """Keys that `language` translates."""
        return frozenset(self.of(language))

    def say(self, language: str, label: Label) -> str:
        """The label in `language`. Words the office lacks in it come in the source language; KeyError for an unknown key."""
        match label:
            case str():
                return label
            case Text(key=key, args=args):
                values = {name: value if isinstance(value, int) else self.say(language, value) for name, value in args}
                sentence = self.of(language)[key]
                if not isinstance(sentence, str):
                    sentence = sentence[_plural(language, values["n"])]
                return sentence.format(**values)
            case _:
                return label.get(language) or label.get(SOURCE_LANGUAGE) or next(iter(label.values()), "")


def load(folder: Path) -> Sentences:
    """The languages of `folder`. OSError, tomllib.TOMLDecodeError, and ValueError for a key that two files have, come when one is read."""
    return Sentences({path.name: partial(_language, path) for path in sorted(folder.iterdir()) if path.is_dir()})


def _language(folder: Path) -> Mapping[str, Sentence]:
    sentences: dict[str, Sentence] = {}
    for path in sorted(folder.glob("*.toml")):
        more = tomllib.loads(path.read_text(encoding="utf-8"))
        if twice := sentences.keys() & more.keys():
            raise ValueError(f"{path}: {min(twice)} is in another file too")
        sentences |= more
    return sentences
