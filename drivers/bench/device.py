"""One device, until its process ends.

Its model is a module of this package with `DEFAULTS` and `run(wire, state)`, on a pty, or `serve(listener, state)`, on TCP, or
`attend(folder, parent, state, ready)`, on what it opens itself before it calls `ready`.
"""

import importlib
import re
from pathlib import Path

from drivers.bench.network import Listener
from drivers.bench.state import State
from drivers.bench.wire import Wire

_MODEL = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


class UnknownModelError(LookupError):
    """There is no model of this name."""


def live(model: str, folder: Path, parent: int | None) -> None:
    """Be a device of the model, until `parent` is at its end; prints `ready` once its port is there. Raises `UnknownModelError`."""
    if not _MODEL.fullmatch(model) or not (Path(__file__).parent / f"{model}.py").is_file():
        raise UnknownModelError(f"no model {model!r}")
    module = importlib.import_module(f"drivers.bench.{model}")
    folder.mkdir(parents=True, exist_ok=True)
    state = State(folder)
    state.begin(module.DEFAULTS)
    if hasattr(module, "attend"):
        module.attend(folder, parent, state, _ready)
        return
    if hasattr(module, "serve"):
        with Listener(folder, parent) as listener:
            _ready()
            module.serve(listener, state)
        return
    wire = Wire(folder, parent)
    try:
        _ready()
        module.run(wire, state)
    finally:
        wire.close()


def _ready() -> None:
    print("ready", flush=True)  # noqa: T201 - whoever started the process waits for it
