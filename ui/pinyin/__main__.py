"""`python -m ui.pinyin`: the process that the engine runs in. A question is letters, its answer a list of characters and letters used."""

from collections.abc import Callable

from ui.aside.child import serve
from ui.pinyin import engine, phrases, rare
from ui.pinyin.lookup import Lookup


def load() -> Callable[[str], object]:
    """Load everything; FileNotFoundError and OSError for what is not installed."""
    files = engine.installed()
    if files is None:
        raise FileNotFoundError(f"Debian package {engine.PACKAGE} is not installed")
    readings = rare.readings()
    lookup = Lookup(engine.Engine(files).search, rare.by_syllable(readings), phrases.Phrases(phrases.words(), readings))
    return lambda letters: [(candidate.text, candidate.used) for candidate in lookup.candidates(letters)]


if __name__ == "__main__":
    serve(load)
