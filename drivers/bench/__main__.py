"""`python -m drivers.bench MODEL --folder DIR`: one device, until the process ends."""

import argparse
import sys
from pathlib import Path

from drivers.bench.device import UnknownModelError, live


def main() -> None:
    """Serve the model named on the command line; prints `ready` once its port is there."""
    parser = argparse.ArgumentParser(prog="python -m drivers.bench", description="A device on the other side of the wire.")
    parser.add_argument("model", help="id_reader, code_scanner, receipt_printer: a module drivers.bench.MODEL")
    parser.add_argument("--folder", type=Path, required=True, help="where port or address, and state.json are kept")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input ends")
    given = parser.parse_args()
    try:
        live(given.model, given.folder, sys.stdin.fileno() if given.with_parent else None)
    except UnknownModelError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
