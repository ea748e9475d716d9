"""What any Qt Quick program needs: interpreter, Qt, an engine and a window of 1080x1920 pixels. Says "frame" when it is there."""

import sys

from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

QML = b"import QtQuick\nWindow { width: 1080; height: 1920; visible: true; color: 'white' }"


def swapped() -> None:
    sys.stdout.write("frame\n")
    sys.stdout.flush()


app = QGuiApplication(["bare"])
engine = QQmlApplicationEngine()
engine.loadData(QML)
window = engine.rootObjects()[0]
assert isinstance(window, QQuickWindow)
window.frameSwapped.connect(swapped)
app.exec()
