"""QR codes for QML."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

QML_IMPORT_NAME = "Kiosk.Bridge"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlSingleton
class QrCode(QObject):
    """Draws QR codes."""

    @Slot(str, int, result=str)
    def source(self, text: str, pixels: int) -> str:
        """The code of `text` as a data URL of a picture of `pixels` each way; empty for an empty text."""
        if not text:
            return ""
        from ui.qr_picture import data_url  # noqa: PLC0415 - only one screen needs it, and start-up counts

        return data_url(text, pixels)
