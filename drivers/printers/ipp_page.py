"""The page that is printed when a printer is checked: a PDF made by hand, for it holds nothing but a frame, grey steps and words."""

from drivers.contract import Document

_STEPS = 8


def check_page(words: tuple[str, ...]) -> Document:
    """One A4 page with these words, one below the other; only ASCII can be shown."""
    return Document(pdf=_pdf(_drawing(words)))


def _drawing(words: tuple[str, ...]) -> bytes:
    frame = "1 w 28.35 28.35 538.58 785.2 re S"  # 10 mm from each edge
    greys = [f"{step / _STEPS:.3f} g {60 + 58 * step} 560 58 60 re f" for step in range(_STEPS)]
    lines = [f"0 g BT /F1 {24 if row == 0 else 12} Tf 60 {740 - 24 * row} Td ({_escaped(word)}) Tj ET" for row, word in enumerate(words)]
    return "\n".join([frame, *greys, *lines]).encode("ascii")


def _escaped(word: str) -> str:
    plain = word.encode("ascii", "replace").decode("ascii")
    return plain.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _pdf(drawing: bytes) -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.28 841.89]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    return bytes(data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail)
