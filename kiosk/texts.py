"""One catalogue of sentences for screen, paper and speech, by key and language.

A language is one file `assets/i18n/<tag>.toml`: `key = "sentence with {name}"`, or where the number matters a table of
CLDR plural categories (`one`, `other`) chosen by the argument `n`. Texts from the office come as words in all its languages.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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


def _plural(language: str, n: object) -> str:
    return "one" if n == 1 and not language.startswith("zh") else "other"


class Catalogue:
    """All sentences of all languages."""

    def __init__(self, sentences: Mapping[str, Mapping[str, str | Mapping[str, str]]]) -> None:
        self._sentences = sentences

    @property
    def languages(self) -> tuple[str, ...]:
        """BCP 47 tags, source language first."""
        return tuple(sorted(self._sentences, key=lambda tag: (tag != SOURCE_LANGUAGE, tag)))

    def keys(self, language: str) -> frozenset[str]:
        """Keys that `language` translates."""
        return frozenset(self._sentences[language])

    def say(self, language: str, label: Label) -> str:
        """The label in `language`. Words the office lacks in it come in the source language; KeyError for an unknown key."""
        match label:
            case str():
                return label
            case Text(key=key, args=args):
                values = {name: value if isinstance(value, int) else self.say(language, value) for name, value in args}
                sentence = self._sentences[language][key]
                if not isinstance(sentence, str):
                    sentence = sentence[_plural(language, values["n"])]
                return sentence.format(**values)
            case _:
                return label.get(language) or label.get(SOURCE_LANGUAGE) or next(iter(label.values()), "")


def load(folder: Path) -> Catalogue:
    """Read every `<tag>.toml` of `folder`; OSError and tomllib.TOMLDecodeError are the caller's to report."""
    return Catalogue({path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))})
