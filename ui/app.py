"""The window: fonts, measures and the QML engine."""

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QMessageLogContext, QtMsgType, QUrl, qInstallMessageHandler
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine

from ui import icons, qr  # noqa: F401 - registers types for QML
from ui.handwriting import scribe  # noqa: F401 - registers types for QML
from ui.pictures import PROVIDER, Newest, Pictures
from ui.pinyin import keyboard  # noqa: F401 - registers types for QML
from ui.shell import Shell

QML: Final = Path(__file__).parent / "qml"
DRAWINGS: Final = Path(__file__).parent.parent / "assets" / "drawings"

_TEXT_FONT: Final = ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf")
_SHORT_SIDE_MM: Final = 267.8  # of a 21.5 inch panel, on which everything fits at the least sizes
_SAMPLE_PX: Final = 1000  # a size at which rounding does not matter

_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


@dataclass(frozen=True, slots=True)
class ScreenSize:
    """The citizen's screen as mounted: pixels and the millimetres they cover."""

    width_px: int
    height_px: int
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine's front for the drawings. Places are fractions from the left and the top edge."""

    width_mm: float = 620
    height_mm: float = 1650
    screen: tuple[float, float, float, float] = (0.19, 0.12, 0.62, 0.41)  # x, y, width, height
    spots: Mapping[str, tuple[float, float]] = field(
        default_factory=lambda: {
            "id_reader": (0.73, 0.62),
            "scanner": (0.27, 0.62),
            "document_camera": (0.5, 0.56),
            "receipt_printer": (0.5, 0.72),
            "a4_printer": (0.5, 0.82),
        }
    )


@dataclass(frozen=True, slots=True)
class Look:
    """How the window behaves on this machine."""

    machine: Machine = field(default_factory=Machine)
    reduced_motion: bool = False
    hide_cursor: bool = True


def _log_message(level: QtMsgType, context: QMessageLogContext, message: str) -> None:
    logging.getLogger("qt").log(_LEVELS[level], "%s (%s:%s)", message, context.file or context.category, context.line)


def application(arguments: list[str]) -> QGuiApplication:
    """The process's one application, software rendering unless the environment says otherwise; Qt's messages go to logging."""
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    os.environ.setdefault("QT_QPA_UPDATE_IDLE_TIME", "0")  # Qt lets 5 ms pass before each frame, in case more is to be drawn
    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")  # our shapes are small: sharing them out among threads takes longer than painting
    os.environ.setdefault("QML_NO_TOUCH_COMPRESSION", "1")  # Qt hands on one place of a finger for each frame, too few for a signature
    qInstallMessageHandler(_log_message)
    return QGuiApplication(arguments)


def _load_font(file: Path) -> str:
    """Family of the font; FileNotFoundError when the file is missing or no font."""
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    if not families:
        raise FileNotFoundError(file)
    return families[0]


def _cap_ratio(family: str) -> float:
    """Height of a capital as a share of the font's size; Han characters are a little taller."""
    font = QFont(family)
    font.setPixelSize(_SAMPLE_PX)
    return QFontMetricsF(font).capHeight() / _SAMPLE_PX


def _px_per_mm(screen: ScreenSize) -> float:
    """Pixels for a millimetre of the measures in `Theme.qml`; on a large panel more than real ones, so that it is filled."""
    real = min(screen.width_px / screen.width_mm, screen.height_px / screen.height_mm)
    return max(real, min(screen.width_px, screen.height_px) / _SHORT_SIDE_MM)


def _setup(screen: ScreenSize, look: Look) -> dict[str, object]:
    """What Main.qml must know before the first screen. The window shrinks to fit a smaller desktop."""
    family = _load_font(icons.package_folder(_TEXT_FONT[0]) / _TEXT_FONT[1])
    desk = QGuiApplication.primaryScreen().geometry()
    fit = min(1.0, desk.width() / screen.width_px, desk.height() / screen.height_px)
    return {
        "width": screen.width_px,
        "height": screen.height_px,
        "fit": fit,
        "left": desk.x(),
        "top": desk.y(),
        "pxPerMm": _px_per_mm(screen),
        "family": family,
        "iconFamily": _load_font(icons.font_file()),
        "capRatio": _cap_ratio(family),
        "reducedMotion": look.reduced_motion,
        "hideCursor": look.hide_cursor,
        "drawings": QUrl.fromLocalFile(str(DRAWINGS)).toString() + "/",
        "machine": {
            "width": look.machine.width_mm,
            "height": look.machine.height_mm,
            "screen": list(look.machine.screen),
            "spots": {name: list(place) for name, place in look.machine.spots.items()},
        },
    }


def build(shell: Shell, screen: ScreenSize, look: Look | None = None, newest: Newest = lambda _: None) -> QQmlApplicationEngine:
    """Open the window for `shell`, which has shown its first view. RuntimeError when the QML does not load.

    `newest` gives what a device's camera sees, for the screen that shows it. A machine without a window manager ignores full
    screen, so the window has a fixed place and no frame.
    """
    look = look or Look()
    engine = QQmlApplicationEngine()
    shell.setParent(engine)  # or it would be gone before the QML that is bound to it
    engine.addImportPath(str(QML))
    engine.addImageProvider(PROVIDER, Pictures(shell.pictures, newest))
    engine.setInitialProperties({"shell": shell, "setup": _setup(screen, look)})
    engine.loadFromModule("Kiosk", "Main")
    if not engine.rootObjects():
        message = "the QML of the citizen's screens does not load"
        raise RuntimeError(message)
    return engine


def take_down(engine: QQmlApplicationEngine) -> None:
    """Take a window away at once, with all that is bound to it and whatever else waits to go; only between events.

    What is left to the end of the process goes in any order, and QML complains of what has gone before it.
    """
    engine.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
