"""Draw the screens with made-up content: `python -m ui.preview --out DIR [--orientation O] [--language L] [--care] [SAMPLE…]`."""

import argparse
import itertools
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ui import sample_pictures, samples

# 21.5 inch panels: the smallest that terminals of this kind have, so the tightest for texts measured in millimetres.
SIZES: Final = {"portrait": (1080, 1920, 267.8, 476.1), "landscape": (1920, 1080, 476.1, 267.8)}
_DESK: Final = 1920
_SETTLE: Final = 250  # ms for layouts and the first frames
_COUNTDOWN: Final = 27


def offscreen_desk(folder: Path) -> str:
    """Value of QT_QPA_PLATFORM for an offscreen desktop on which both orientations fit."""
    file = folder / "screens.json"
    screen = {"name": "desk", "x": 0, "y": 0, "width": _DESK, "height": _DESK, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    file.write_text(
        json.dumps({"synchronousWindowSystemEvents": False, "windowFrameMargins": False, "screens": [screen]}), encoding="utf-8"
    )
    return f"offscreen:configfile={file}"


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ui.preview", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--orientation", choices=sorted(SIZES), action="append", help="default: both")
    parser.add_argument("--language", action="append", help="default: all")
    parser.add_argument("--care", action=argparse.BooleanOptionalAction, default=None, help="default: both")
    parser.add_argument("--countdown", action="store_true", help="with the question whether anybody is still there")
    parser.add_argument("samples", nargs="*", metavar="SAMPLE", help=f"any of {', '.join(samples.SCREENS)}; default: all")
    found = parser.parse_args(arguments)
    unknown = set(found.samples) - set(samples.SCREENS)
    if unknown:
        parser.error(f"no sample {', '.join(sorted(unknown))}")
    return found


def _draw(choice: argparse.Namespace, orientation: str) -> None:
    from PySide6.QtQuick import QQuickWindow  # noqa: PLC0415 - the platform is chosen before Qt is there

    from kiosk.screens import View  # noqa: PLC0415
    from ui.app import Look, ScreenSize, build, take_down  # noqa: PLC0415
    from ui.shell import Shell  # noqa: PLC0415
    from ui.waiting import wait  # noqa: PLC0415

    sentences = samples.sentences()
    shell = Shell(lambda _event: None, sentences)
    numbers = itertools.count(1)
    names = choice.samples or list(samples.SCREENS)
    shell.show(View(number=0, place=0, screen=samples.SCREENS[names[0]], frame=samples.frame(names[0])))
    shell.tell_time("14:05")
    engine = build(shell, ScreenSize(*SIZES[orientation]), Look(reduced_motion=True), sample_pictures.frame)
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)  # noqa: S101 - Main.qml is a Window

    cares = (False, True) if choice.care is None else (choice.care,)
    for language, care, name in itertools.product(choice.language or sentences.languages, cares, names):
        frame = samples.frame(name, language=language, care=care, countdown=_COUNTDOWN if choice.countdown else 0)
        number = next(numbers)
        shell.show(View(number=number, place=number, screen=samples.SCREENS[name], frame=frame))
        wait(_SETTLE)
        print_mode = "care" if care else "normal"
        window.grabWindow().save(str(choice.out / f"{name}-{orientation}-{language}-{print_mode}.png"))
    window.close()
    take_down(engine)


def main(arguments: Sequence[str]) -> None:
    """Draw what was asked for."""
    choice = _arguments(arguments)
    choice.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["QT_QPA_PLATFORM"] = offscreen_desk(Path(folder))
        from ui.app import application  # noqa: PLC0415

        app = application(["preview"])
        for orientation in choice.orientation or SIZES:
            _draw(choice, orientation)
        app.quit()


if __name__ == "__main__":
    main(sys.argv[1:])
