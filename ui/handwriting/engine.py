"""libzinnia by ctypes, with the model of Tegaki for simplified Chinese."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_char_p, c_int, c_size_t, c_void_p
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ui.handwriting.strokes import SIDE, Strokes, fitted

PACKAGES: Final = ("libzinnia0", "tegaki-zinnia-simplified-chinese")  # Debian's
MOST: Final = 10  # characters of an answer

_MODEL: Final = Path("usr/share/tegaki/models/zinnia/handwriting-zh_CN.model")
_LIBRARY: Final = "usr/lib/*/libzinnia.so.0"
_SIGNATURES: Final = {
    "recognizer_new": ([], c_void_p),
    "recognizer_open": ([c_void_p, c_char_p], c_int),
    "recognizer_classify": ([c_void_p, c_void_p, c_size_t], c_void_p),
    "character_new": ([], c_void_p),
    "character_destroy": ([c_void_p], None),
    "character_set_width": ([c_void_p, c_size_t], None),
    "character_set_height": ([c_void_p, c_size_t], None),
    "character_add": ([c_void_p, c_size_t, c_int, c_int], c_int),
    "result_size": ([c_void_p], c_size_t),
    "result_value": ([c_void_p, c_size_t], c_char_p),
    "result_destroy": ([c_void_p], None),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Where recogniser and model are installed."""

    library: Path
    model: Path


def installed(root: Path = Path("/")) -> Files | None:
    """The files, or None where one is missing."""
    libraries, model = sorted(root.glob(_LIBRARY)), root / _MODEL
    return Files(library=libraries[0], model=model) if libraries and model.exists() else None


class Recogniser:
    """Reads one character at a time."""

    def __init__(self, files: Files) -> None:
        """Load the model (27 MB); OSError when library or model are none."""
        self._call = ctypes.CDLL(str(files.library))
        for name, (arguments, result) in _SIGNATURES.items():
            function = getattr(self._call, f"zinnia_{name}")
            function.argtypes, function.restype = arguments, result
        self._recogniser = self._call.zinnia_recognizer_new()
        if not self._call.zinnia_recognizer_open(self._recogniser, bytes(files.model)):
            raise OSError(f"{files.model} is no model of {PACKAGES[0]}")

    def read(self, strokes: Strokes) -> tuple[str, ...]:
        """The characters that the strokes most likely are, the likeliest first; none where there is nothing to read."""
        points = fitted(strokes)
        if not points:
            return ()
        with self._character(points) as character, self._result(character) as result:
            size = self._call.zinnia_result_size(result) if result else 0
            return tuple(self._call.zinnia_result_value(result, at).decode() for at in range(size))

    @contextmanager
    def _character(self, strokes: tuple[tuple[tuple[int, int], ...], ...]) -> Iterator[int]:
        character = self._call.zinnia_character_new()
        self._call.zinnia_character_set_width(character, SIDE)
        self._call.zinnia_character_set_height(character, SIDE)
        for number, stroke in enumerate(strokes):
            for x, y in stroke:
                self._call.zinnia_character_add(character, number, x, y)
        yield character
        self._call.zinnia_character_destroy(character)

    @contextmanager
    def _result(self, character: int) -> Iterator[int | None]:
        result = self._call.zinnia_recognizer_classify(self._recogniser, character, MOST)
        yield result
        if result:
            self._call.zinnia_result_destroy(result)
