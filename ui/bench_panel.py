"""The bench panel: a second window in which a developer plays the world around the terminal of a stand."""

from typing import Final

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ui.app import QML
from ui.bench_papers import PaperProvider
from ui.bench_sight import PAPER_PX, Sight
from ui.bench_world import Statuses, World
from ui.icons import package_folder
from ui.stand import Stand

_FONT: Final = ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf")
_SIZE: Final = (1200, 1000)
_GAP: Final = 24  # px between the citizen's window and this one
_TITLE_BAR: Final = 40  # px that a window manager may need above


class BenchPanel:
    """Open until `close`; needs the application of `ui.app`. RuntimeError when its QML does not load.

    `statuses` tells how the terminal sees its devices; without it that is not shown.
    """

    def __init__(self, stand: Stand, statuses: Statuses | None = None) -> None:
        _show_pointer()
        papers = PaperProvider()
        sight = Sight(stand, papers, QGuiApplication.primaryScreen().devicePixelRatio())
        self.world = World(stand, sight, statuses)
        self._engine = QQmlApplicationEngine()
        self.world.setParent(self._engine)  # or it would be gone before the QML that is bound to it
        self._engine.addImportPath(str(QML))
        self._engine.addImageProvider("paper", papers)
        self._engine.setInitialProperties({"world": self.world, "setup": _setup(stand)})
        self._engine.loadFromModule("Bench", "Panel")
        if not self._engine.rootObjects():
            self.world.close()
            message = "the QML of the bench panel does not load"
            raise RuntimeError(message)
        window = self._engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)  # noqa: S101 - Panel.qml is a Window
        self.window = window

    def reveal(self, name: str) -> None:
        """Scroll to the button of this name."""
        item = self.window.findChild(QQuickItem, name)
        flick = self.window.findChild(QQuickItem, "middle")
        if item is None or flick is None or not flick.isAncestorOf(item):
            return
        low = item.mapToItem(flick, item.boundingRect().bottomRight()).y() - flick.height()
        high = item.mapToItem(flick, item.boundingRect().topLeft()).y()
        flick.setProperty("contentY", flick.property("contentY") + max(0.0, low) + min(0.0, high))

    def close(self) -> None:
        """Take the window away when what was begun is finished; the stand stays as it is."""
        self.world.close()
        self.window.hide()
        self._engine.deleteLater()


def _show_pointer() -> None:
    """The citizen's window hides the pointer in the whole process; here somebody works with it."""
    while QGuiApplication.overrideCursor() is not None:
        QGuiApplication.restoreOverrideCursor()


def _setup(stand: Stand) -> dict[str, object]:
    """Place and looks: beside the citizen's window where the desktop has room, else at its right edge."""
    screen, desk = stand.settings.terminal.screen, QGuiApplication.primaryScreen().geometry()
    fit = min(1.0, desk.width() / screen.width_px, desk.height() / screen.height_px)
    width, height = min(_SIZE[0], desk.width()), min(_SIZE[1], desk.height() - _TITLE_BAR)
    beside = desk.x() + round(screen.width_px * fit) + _GAP
    file = package_folder(_FONT[0]) / _FONT[1]
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    return {
        "left": max(desk.x(), min(beside, desk.x() + desk.width() - width)),
        "top": desk.y() + _TITLE_BAR,
        "width": width,
        "height": height,
        "family": families[0] if families else "",
        "paperWidth": PAPER_PX,
    }
