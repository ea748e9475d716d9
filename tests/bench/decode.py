"""How many codes the camera's decoders read, how long they take, and what a camera that is running costs.

The photographs are the public ones of ZXing and zxing-cpp, in the folder `KIOSK_QR_CORPUS` or `../shared/corpora/qr` beside the
checkout: folders of pictures, each with the text that it carries in a `.txt` of its name. A picture counts as read when one of
the payloads found is that text in any of the character sets the corpus uses; the terminal itself takes UTF-8 and GB18030 only.
"""

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import cv2
import numpy as np
from figures import SPREAD, median, say, spread, table
from pyzbar import pyzbar
from stage import Stage

from drivers.bench import camera, camera_scene
from drivers.bench.handle import Bench
from drivers.cameras import second_opinion
from drivers.cameras.decoder import STEPS, Decoder
from drivers.code_text import text_of

CORPUS = Path(os.environ.get("KIOSK_QR_CORPUS") or Path(__file__).parents[3] / "shared" / "corpora" / "qr")
CHARSETS = ("utf-8", "gb18030", "shift_jis", "latin-1")
PICTURES = {".png", ".jpg", ".webp"}
FRAME = (1280, 720)
LOOP_AIM = 15
CODE = "https://x.invalid/q?t=测试"
SCENES = {"nobody there": {}, "a code held up": {}, "a code too blurred to be read": {"blur": 8.0}}


@dataclass
class Tally:
    """What one decoder did on one set."""

    right: int = 0
    times: list[float] = field(default_factory=list)

    def share(self, of: int) -> str:
        return f"{100 * self.right / of:.0f} %" if of else "-"


def measure(stage: Stage) -> None:
    cv2.setNumThreads(1)
    if CORPUS.is_dir():
        photographs()
    else:
        say(f"\n== codes in photographs: left out, there is no {CORPUS}")
    rendered()
    loop(stage)


def photographs() -> None:
    """Each decoder on every picture, one after the other in one run."""
    sets = {folder.name: list(cases(folder)) for folder in sorted(CORPUS.iterdir()) if folder.is_dir()}
    names = [*readers()]
    rows, all_right, all_times = [], dict.fromkeys(names, 0), {name: [] for name in names}
    for name, found in sets.items():
        tallies = {reader: judged(read, found) for reader, read in readers().items()}
        rows.append([name, str(len(found)), *(tally.share(len(found)) for tally in tallies.values())])
        for reader, tally in tallies.items():
            all_right[reader] += tally.right
            all_times[reader] += tally.times
    total = sum(map(len, sets.values()))
    rows.append(["all", str(total), *(f"{100 * all_right[name] / total:.1f} %" for name in names)])
    table("codes read in photographs, payload right (aim: 20 points above pyzbar)", ["set", "n", *names], rows)
    say(f"ours, whole, above pyzbar alone: {100 * (all_right[names[2]] - all_right['pyzbar alone']) / total:+.1f} points")
    table("time per photograph, original size", ["decoder", *SPREAD], [[name, *spread(times)] for name, times in all_times.items()])
    by_rule(list(chain.from_iterable(sets.values())))


def by_rule(found: Sequence[tuple[np.ndarray, str]]) -> None:
    """What the terminal makes of the payloads: it takes UTF-8, else GB18030, and rejects what has control characters or line ends."""
    said = [([text_of(raw.strip(b"\r\n")) for raw in whole(luma)[0]], truth) for luma, truth in found]
    right = sum(truth.strip("\r\n") in texts for texts, truth in said)
    rejected = sum(bool(texts) and set(texts) == {None} for texts, _ in said)
    others = sum(bool(texts) and truth.strip("\r\n") not in texts and set(texts) != {None} for texts, truth in said)
    say(f"of {len(found)} the terminal tells {right} as they are, rejects {rejected} (line ends), reads {others} in another character set (Shift JIS)")


def cases(folder: Path) -> Iterator[tuple[np.ndarray, str]]:
    """Pictures as luma, with their texts."""
    for file in sorted(folder.iterdir()):
        truth = file.with_suffix(".txt")
        if file.suffix in PICTURES and truth.is_file():
            yield cv2.imread(str(file), cv2.IMREAD_GRAYSCALE), truth.read_bytes().decode("utf-8", "replace")


Read = Callable[[np.ndarray], tuple[list[bytes], float]]


def readers() -> dict[str, Read]:
    """Payloads found and ms per frame: ours on a first frame, within one turn of steps, and with the slower lane; and others."""
    return {"ours, 1st frame": first, "ours, one turn": turn, "ours, whole": whole, "pyzbar alone": zbar, "OpenCV alone": opencv}


def first(luma: np.ndarray) -> tuple[list[bytes], float]:
    began = time.perf_counter()
    decoder = Decoder(("qr",))
    found = decoder.read(luma).payloads or decoder.rescue(luma).payloads
    return list(found), (time.perf_counter() - began) * 1000


def turn(luma: np.ndarray) -> tuple[list[bytes], float]:
    """The same picture over and over, as a code held still is; the time is that of a frame, on average."""
    decoder, began, tries = Decoder(("qr",)), time.perf_counter(), 1
    while not (payloads := decoder.read(luma).payloads or decoder.rescue(luma).payloads) and tries < len(STEPS):
        tries += 1
    return list(payloads), (time.perf_counter() - began) * 1000 / tries


def whole(luma: np.ndarray) -> tuple[list[bytes], float]:
    """With the slower lane, whose time is not the camera's."""
    payloads, ms = turn(luma)
    return payloads or list(chain.from_iterable(read(luma) for read in second_opinion.readers(("qr",), ""))), ms


def zbar(luma: np.ndarray) -> tuple[list[bytes], float]:
    began = time.perf_counter()
    found = pyzbar.decode(luma, symbols=[pyzbar.ZBarSymbol.QRCODE])
    return [one.data for one in found], (time.perf_counter() - began) * 1000


def opencv(luma: np.ndarray) -> tuple[list[bytes], float]:
    began = time.perf_counter()
    try:
        text = cv2.QRCodeDetector().detectAndDecode(luma)[0]
    except (UnicodeDecodeError, cv2.error):
        text = ""
    return [text.encode()] if text else [], (time.perf_counter() - began) * 1000


def judged(read: Read, found: Sequence[tuple[np.ndarray, str]]) -> Tally:
    tally = Tally()
    for luma, truth in found:
        payloads, ms = read(luma)
        tally.times.append(ms)
        tally.right += any(truth in texts(raw) for raw in payloads)
    return tally


def texts(raw: bytes) -> set[str]:
    """What these bytes may say."""
    said = set()
    for charset in CHARSETS:
        try:
            said.add(raw.decode(charset))
        except UnicodeDecodeError:
            continue
    return said


def rendered() -> None:
    """Time per frame of 1280x720, as a camera sends it."""
    rows = []
    for name, state in SCENES.items():
        shown = {} if name == "nobody there" else {"text": CODE}
        jpegs = camera_scene.frames({**camera.DEFAULTS, **state}, shown)
        lumas = [cv2.imdecode(np.frombuffer(one, np.uint8), cv2.IMREAD_GRAYSCALE) for one in jpegs] * 10
        for reader, read in (("zxing-cpp and a step", first), ("pyzbar", zbar), ("OpenCV", opencv)):
            rows.append([f"{name}: {reader}", *spread([read(luma)[1] for luma in lumas])])
    if CORPUS.is_dir():
        photos = [fitted(luma) for folder in sorted(CORPUS.iterdir()) if folder.is_dir() for luma, _ in cases(folder)]
        rows += [[f"photographs: {reader}", *spread([read(luma)[1] for luma in photos])] for reader, read in (("zxing-cpp and a step", first), ("pyzbar", zbar))]
    table(f"time per frame at {FRAME[0]}x{FRAME[1]} (aim: median 3 ms where there is a code)", ["frame: decoder", *SPREAD], rows)


def fitted(luma: np.ndarray) -> np.ndarray:
    """A photograph as large as it fits into a frame."""
    scale = min(FRAME[0] / luma.shape[1], FRAME[1] / luma.shape[0])
    frame = np.full(FRAME[::-1], 128, np.uint8)
    sized = cv2.resize(luma, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)[: FRAME[1], : FRAME[0]]
    frame[: sized.shape[0], : sized.shape[1]] = sized
    return frame


def loop(stage: Stage) -> None:
    """A driver in a process of its own, at a bench camera of 30 pictures a second."""
    rows = []
    with Bench("camera", stage.folder / "bench-camera") as board:
        board.set(show_ms=0)
        for name, state in SCENES.items():
            board.set(**{"blur": 0.0} | state)
            rows.append(running(stage, board, name, "cameras.code_camera", "" if name == "nobody there" else CODE))
            board.scan("")
        rows.append(running(stage, board, "document camera", "cameras.document_camera", ""))
    title = f"a running camera at {FRAME[0]}x{FRAME[1]}, 30 pictures a second: share of one core (aim: {LOOP_AIM} %)"
    table(title, ["scene", "median", "most of 1 s", "pictures/s"], rows)


def running(stage: Stage, board: Bench, name: str, driver: str, code: str) -> list[str]:
    """A driver that has looked at an empty desk for a while, before which a code is then held."""
    with stage.child("camera_loop.py", driver, f"http://{board.address}/") as process:
        process.stdout.readline()
        board.scan(code)
        process.stdin.write("\n")
        output, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"camera_loop.py: {stage.log.read_text(encoding='utf-8')}")
    got = json.loads(output)
    return [name, f"{median(got['cpu']):.1f} %", f"{max(got['cpu']):.1f} %", f"{got['rate']:.1f}"]
