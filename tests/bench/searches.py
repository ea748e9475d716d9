"""How soon a search over a city's items is on the screen after a key."""

from figures import SPREAD, spread, table
from stage import Stage

ROWS = {
    "letters": ("letting go of a letter of pinyin to what it finds", "p99 <= 30 ms"),
    "deletes": ("letting go of delete to what is found then", "p99 <= 30 ms"),
    "opened": ("touch on a result to its guide", "p99 <= 33 ms"),
    "core": ("of that, the core: search and screen", ""),
    "plain": ("of that, the screen's values for QML", ""),
}


def measure(stage: Stage) -> None:
    result = stage.result("searcher.py")
    table(f"Search while typing, {result['items']} items", ["", *SPREAD, "aim"], [[what, *spread(result[key]), aim] for key, (what, aim) in ROWS.items()])
