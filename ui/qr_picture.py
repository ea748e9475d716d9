"""QR codes as pictures."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter
from qrcode.main import QRCode

QUIET = 4  # modules of white around the code (ISO/IEC 18004)


def matrix(text: str) -> list[list[bool]]:
    """Dark modules of the QR code of `text`, quiet zone included, error correction M."""
    code = QRCode(border=QUIET)
    code.add_data(text)
    return [[bool(dark) for dark in row] for row in code.get_matrix()]


def picture(text: str, pixels: int) -> QImage:
    """A square of `pixels` or, where the code needs it, more: every module the same whole number of pixels."""
    modules = matrix(text)
    module = max(1, pixels // len(modules))
    side = max(pixels, module * len(modules))
    image = QImage(side, side, QImage.Format.Format_Mono)  # a bit for each pixel: packed in a fifth of the time
    image.setColorTable([QColor("white").rgb(), QColor("black").rgb()])
    image.fill(0)
    first = (side - module * len(modules)) // 2
    painter = QPainter(image)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                painter.fillRect(first + x * module, first + y * module, module, module, QColor("black"))
    painter.end()
    return image


def data_url(text: str, pixels: int) -> str:
    """The picture as the data URL of a PNG."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture(text, pixels).save(buffer, "PNG")  # type: ignore[call-overload] # the stub is wrong, bytes are refused
    return "data:image/png;base64," + bytes(data.toBase64().data()).decode("ascii")
