"""What the bench A4 printer has printed: `DIR/papers/NNN.pdf`, and `NNN.json` with how and how much of it."""

import json
import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_KEPT = 100
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_STREAM = re.compile(rb"/Type\s*/ObjStm.*?stream\r?\n(.*?)endstream", re.DOTALL)
_MOST = 8 << 20  # bytes unpacked of one object stream


def pages(pdf: bytes) -> int:
    """Number of pages of a document that is not encrypted: its page objects, also those inside compressed object streams."""
    found = len(_PAGE.findall(pdf))
    for packed in _STREAM.findall(pdf):
        try:
            found += len(_PAGE.findall(zlib.decompressobj().decompress(packed, _MOST)))
        except zlib.error:
            continue
    return max(1, found)


class Papers:
    """The folder of the papers, the last hundred of them."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._next = 1 + max((int(path.stem) for path in folder.glob("[0-9]*.json")), default=0)

    def begin(self, pdf: bytes, about: Mapping[str, Any]) -> int:
        """A new paper; its number."""
        number = self._next
        self._next += 1
        (self._folder / f"{number:03}.pdf").write_bytes(pdf)
        self.tell(number, about)
        for old in (self._folder / f"{number - _KEPT:03}.json", self._folder / f"{number - _KEPT:03}.pdf"):
            old.unlink(missing_ok=True)
        return number

    def tell(self, number: int, about: Mapping[str, Any]) -> None:
        """How the paper is now."""
        fresh = self._folder / f".{number:03}.new"
        fresh.write_text(json.dumps(about, indent=1), encoding="utf-8")
        fresh.replace(self._folder / f"{number:03}.json")
