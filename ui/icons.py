"""Icons by name, from the Phosphor font (MIT) that the qtawesome package carries."""

import json
import logging
import tomllib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

QML_IMPORT_NAME = "Kiosk.Bridge"
QML_IMPORT_MAJOR_VERSION = 1

FONT = "phosphor-1.3.0.ttf"
_CHARMAP = "phosphor-charmap-1.3.0.json"
_ALIASES = Path(__file__).parent.parent / "assets" / "icons.toml"
_UNKNOWN = "circle"

_log = logging.getLogger(__name__)


def package_folder(name: str) -> Path:
    """Folder of an installed package, found without importing it; FileNotFoundError when it is not installed."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        message = f"package {name} is not installed"
        raise FileNotFoundError(message)
    return Path(spec.submodule_search_locations[0])


def font_file() -> Path:
    """The icon font."""
    return package_folder("qtawesome") / "fonts" / FONT


@cache
def glyphs() -> dict[str, str]:
    """Every icon's character by the font's own names and by ours of `assets/icons.toml`."""
    codes = json.loads((package_folder("qtawesome") / "fonts" / _CHARMAP).read_text(encoding="ascii"))
    own = tomllib.loads(_ALIASES.read_text(encoding="utf-8"))
    return {name: chr(int(code, 16)) for name, code in (codes | {name: codes[theirs] for name, theirs in own.items()}).items()}


@QmlElement
@QmlSingleton
class Icons(QObject):
    """Icons for QML."""

    @Slot(str, result=str)
    def glyph(self, name: str) -> str:
        """The character of the icon `name`; an unknown name is logged and shown as a circle."""
        if name not in glyphs():
            _log.warning("no icon %r", name)
        return glyphs().get(name) or glyphs()[_UNKNOWN]
