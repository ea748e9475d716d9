"""libgooglepinyin by ctypes. Not to be loaded where an abort would hurt: fourteen times z ends the process."""

import ctypes
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PACKAGE: Final = "libgooglepinyin0"  # Debian's

_LIBRARIES: Final = Path("/usr/lib")
_DICTIONARY: Final = "*/googlepinyin/data/dict_pinyin.dat"
_LIBRARY: Final = "libgooglepinyin.so.0"
_NO_USER_DICTIONARY: Final = b""  # a file that cannot be made, so the engine has nothing to learn into
_LONGEST: Final = 64  # UTF-16 units of a candidate; the engine's sentences have at most 39
_MOST: Final = 400  # candidates; beyond are only those of initials


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Where the engine is installed."""

    library: Path
    dictionary: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the engine makes of letters.

    `bounds` are the places in the letters where syllables begin, and where the last one ends; a candidate of n characters stands
    for the first n syllables.
    """

    candidates: tuple[str, ...]
    bounds: tuple[int, ...]


def installed(libraries: Path = _LIBRARIES) -> Files | None:
    """The engine's files, or None."""
    for dictionary in sorted(libraries.glob(_DICTIONARY)):
        library = dictionary.parents[2] / _LIBRARY
        if library.exists():
            return Files(library=library, dictionary=dictionary)
    return None


class Engine:
    """The engine; the library has one in a process. Each search stands by itself."""

    def __init__(self, files: Files) -> None:
        """Load it; OSError when library or dictionary are none."""
        self._library = _declared(ctypes.CDLL(str(files.library)))
        if not self._library.im_open_decoder(bytes(files.dictionary), _NO_USER_DICTIONARY):
            raise OSError(f"{files.dictionary} is no dictionary of {PACKAGE}")
        self._buffer = (ctypes.c_uint16 * _LONGEST)()

    def search(self, letters: str) -> Found:
        """What `letters` (a to z and apostrophes) may mean, the likeliest first; what cannot be read at their end is left out."""
        self._library.im_reset_search()
        count = self._library.im_search(letters.encode("ascii"), len(letters))
        candidates = (self._candidate(number) for number in range(min(count, _MOST)))
        return Found(candidates=tuple(dict.fromkeys(filter(None, candidates))), bounds=self._bounds() if count else (0,))

    def _candidate(self, number: int) -> str:
        if not self._library.im_get_candidate(number, self._buffer, _LONGEST):
            return ""
        text = bytes(self._buffer).decode("utf-16-le", "replace")
        return text[: text.index("\0")]

    def _bounds(self) -> tuple[int, ...]:
        starts = ctypes.POINTER(ctypes.c_uint16)()
        syllables = self._library.im_get_spl_start_pos(ctypes.byref(starts))
        return tuple(starts[: syllables + 1])


def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
    size, text = ctypes.c_size_t, ctypes.c_char_p
    library.im_open_decoder.argtypes, library.im_open_decoder.restype = [text, text], ctypes.c_bool
    library.im_reset_search.argtypes, library.im_reset_search.restype = [], None
    library.im_search.argtypes, library.im_search.restype = [text, size], size
    library.im_get_candidate.argtypes, library.im_get_candidate.restype = [size, ctypes.c_void_p, size], ctypes.c_void_p
    starts = ctypes.POINTER(ctypes.POINTER(ctypes.c_uint16))
    library.im_get_spl_start_pos.argtypes, library.im_get_spl_start_pos.restype = [starts], size
    return library
