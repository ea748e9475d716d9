"""`python -m drivers.bench MODEL --folder DIR`: one device, until the process ends.

MODEL is a module of this package with `DEFAULTS` and `run(wire, state)`, on a pty, or `serve(listener, state)`, on TCP, or
`attend(folder, parent, state, ready)`, on what it opens itself before it calls `ready`.
"""

import argparse
import importlib
import re
import sys
from pathlib import Path

from drivers.bench.network import Listener
from drivers.bench.state import State
from drivers.bench.wire import Wire

_MODEL = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


def main() -> None:
    """Serve the model named on the command line; prints `ready` once its port is there."""
    parser = argparse.ArgumentParser(prog="python -m drivers.bench", description="A device on the other side of the wire.")
    parser.add_argument("model", help="id_reader, code_scanner, receipt_printer: a module drivers.bench.MODEL")
    parser.add_argument("--folder", type=Path, required=True, help="where port or address, and state.json are kept")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input ends")
    given = parser.parse_args()
    if not _MODEL.fullmatch(given.model) or not (Path(__file__).parent / f"{given.model}.py").is_file():
        parser.error(f"no model {given.model!r}")
    module = importlib.import_module(f"drivers.bench.{given.model}")
    given.folder.mkdir(parents=True, exist_ok=True)
    state = State(given.folder)
    state.begin(module.DEFAULTS)
    parent = sys.stdin.fileno() if given.with_parent else None
    if hasattr(module, "attend"):
        module.attend(given.folder, parent, state, _ready)
        return
    if hasattr(module, "serve"):
        with Listener(given.folder, parent) as listener:
            _ready()
            module.serve(listener, state)
        return
    wire = Wire(given.folder, parent)
    try:
        _ready()
        module.run(wire, state)
    finally:
        wire.close()


def _ready() -> None:
    print("ready", flush=True)  # noqa: T201 - whoever started the process waits for it


if __name__ == "__main__":
    main()
