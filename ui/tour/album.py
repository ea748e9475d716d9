"""What a tour leaves behind: pictures, `report.json`, and `index.html` that shows the pictures in order."""

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickWindow

_LIGHTLY: Final = 80  # of 100: a sixth more bytes in two thirds of the time


def keep(window: QQuickWindow, file: Path) -> None:
    """Write what the window shows as a PNG."""
    window.grabWindow().convertToFormat(QImage.Format.Format_RGB32).save(str(file), quality=_LIGHTLY)


@dataclass(slots=True)
class Album:
    """Pictures of one journey in the order taken: (file name, what it shows, whether it is a paper)."""

    folder: Path
    name: str
    pictures: list[tuple[str, str, bool]] = field(default_factory=list)

    def next(self, label: str, *, paper: bool = False) -> Path:
        """File for the next picture."""
        file = f"{self.name}-{len(self.pictures) + 1:02}-{label}.png"
        self.pictures.append((file, label, paper))
        return self.folder / file


@dataclass(frozen=True, slots=True, kw_only=True)
class Journeyed:
    """What became of one journey; `error` is empty when all went as it should."""

    name: str
    seconds: float
    album: Album
    error: str

    @property
    def ok(self) -> bool:
        """Whether it went as it should."""
        return not self.error

    def entry(self) -> dict[str, object]:
        """Its entry in report.json."""
        screens = [file for file, _, paper in self.album.pictures if not paper]
        papers = [file for file, _, paper in self.album.pictures if paper]
        return {"name": self.name, "ok": self.ok, "seconds": self.seconds, "screens": screens, "papers": papers, "error": self.error}


def empty(folder: Path) -> None:
    """Remove what an earlier tour left there; nothing else in the folder is touched."""
    folder.mkdir(parents=True, exist_ok=True)
    report = folder / "report.json"
    if report.exists():
        for journey in json.loads(report.read_text(encoding="utf-8"))["journeys"]:
            for file in (*journey["screens"], *journey["papers"]):
                (folder / Path(file).name).unlink(missing_ok=True)
        report.unlink()


def write(folder: Path, journeys: Sequence[Journeyed]) -> None:
    """Write report and page."""
    report = {"journeys": [journey.entry() for journey in journeys]}
    (folder / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    page = _PAGE.format(sections="".join(map(_section, journeys)))
    (folder / "index.html").write_text(page, encoding="utf-8")


def _section(journey: Journeyed) -> str:
    figures = "".join(_FIGURE.format(file=html.escape(file), label=html.escape(label)) for file, label, _ in journey.album.pictures)
    state = "ok" if journey.ok else f'<span class="bad">{html.escape(journey.error)}</span>'
    return f"<h2>{html.escape(journey.name)} · {journey.seconds} s · {state}</h2><section>{figures}</section>"


_FIGURE = '<figure><img loading="lazy" src="{file}" alt="{label}"><figcaption>{label}</figcaption></figure>'
_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Tour</title><style>
body{{font:16px/1.5 "Noto Sans SC",sans-serif;margin:2rem;background:#f4f1ea;color:#222}}
section{{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start}}
figure{{margin:0}}img{{height:28rem;border:1px solid #bbb;background:#fff}}figcaption{{text-align:center}}
.bad{{color:#a00}}</style><h1>Tour</h1>{sections}</html>
"""
