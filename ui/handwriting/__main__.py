"""`python -m ui.handwriting`: the process that the recogniser runs in. A question is strokes, its answer a list of characters."""

from collections.abc import Callable

from ui.aside.child import serve
from ui.handwriting import engine
from ui.handwriting.strokes import Strokes


def load() -> Callable[[Strokes], object]:
    """Load the model; FileNotFoundError and OSError for what is not installed."""
    files = engine.installed()
    if files is None:
        raise FileNotFoundError(f"Debian packages {' and '.join(engine.PACKAGES)} are not installed")
    return engine.Recogniser(files).read


if __name__ == "__main__":
    serve(load)
