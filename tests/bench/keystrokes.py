"""How soon the keyboard for Chinese answers a finger: the pressed look, the candidates, and the engine alone."""

from figures import SPREAD, spread, table
from stage import Stage

ROWS = {
    "pressed": ("touch on a key to its pressed look", "p99 <= 17 ms"),
    "shown": ("letting go of a key to its candidates", "p99 <= 33 ms"),
    "query": ("of that, the engine's answer", ""),
    "start": ("from the engine's start to its first answer", ""),
}


def measure(stage: Stage) -> None:
    result = stage.result("typist.py")
    table("Keyboard for Chinese", ["", *SPREAD, "aim"], [[what, *spread(result[key]), aim] for key, (what, aim) in ROWS.items()])
