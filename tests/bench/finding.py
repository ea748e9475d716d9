"""The terminal's catalogue: fetched, read again in a process of its own, and searched key by key. Prints times as JSON."""

import json
import queue
import subprocess
import sys
import time
from pathlib import Path

from drivers.contract import DeviceState, Event, StatusChanged
from kiosk import assembly
from kiosk.backend.access import OfficeAccess
from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.keeper import CatalogueKeeper
from kiosk.flow import CatalogueChanged
from ui.running import local_time

QUERIES = (
    "办执照", "交社保", "上户口", "公积金", "房产过户", "护照", "我想开一家小饭店", "社保卡丢了", "医保报销", "给孩子上户口", "残疾证", "教师资格证", "水电气热",
    "huzhao", "hu zhao", "jiehundengji", "shehuibaozhangka", "gjjtq", "qykb", "zhufanggongjijin", "公积金tiqu", "gongjj", "zz", "shenqing", "许可证", "登记",
    "passport", "food licence", "business registration", "how to register a company", "社宝卡", "量子纠缠", "aaaa", "123", "?!",
)  # fmt: skip
PATIENCE = 120
ROUNDS = 3


def kept(url: str, key: str, store: str) -> tuple[Catalogue, float]:
    """The catalogue a keeper comes up with, and after how many seconds it was there and on the disk."""
    events = queue.SimpleQueue[Event]()
    keeper = CatalogueKeeper(OfficeAccess(url=url, key=key), Path(store), words=assembly.ASSETS / "search.toml", clock=local_time)
    began = time.perf_counter()
    keeper.start(events.put)
    catalogue, online = None, False
    while not (catalogue and online):
        match events.get(timeout=PATIENCE):
            case CatalogueChanged(catalogue=catalogue):
                seconds = time.perf_counter() - began
            case StatusChanged(status=status):
                online = status.state is DeviceState.ONLINE
    keeper.stop()
    return catalogue, seconds


def resident() -> float:
    """MiB."""
    line = next(line for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def typed(catalogue: Catalogue) -> list[tuple[float, float, str]]:
    """Each key as the flow asks: items and machines nearby."""
    times = []
    for query in QUERIES * ROUNDS:
        for end in range(1, len(query) + 1):
            began, worked = time.perf_counter(), time.thread_time()
            catalogue.find(query[:end], most=30)
            catalogue.neighbours(query[:end])
            times.append(((time.perf_counter() - began) * 1000, (time.thread_time() - worked) * 1000, query[:end]))
    return times


def main() -> None:
    url, key_file, store = sys.argv[1:4]
    key = Path(key_file).read_text(encoding="ascii").strip()
    before = resident()
    if sys.argv[4:] == ["again"]:
        _, seconds = kept("http://127.0.0.1:1", key, store)
        sys.stdout.write(json.dumps({"loaded": seconds, "mib": resident() - before}))
        return
    catalogue, fetched = kept(url, key, store)
    again = subprocess.run([sys.executable, __file__, *sys.argv[1:4], "again"], check=True, capture_output=True, text=True)
    times = typed(catalogue)
    found, worked, _ = zip(*times, strict=True)
    slowest = sorted(((ms, typed) for _, ms, typed in times), reverse=True)[:5]
    result = {"fetched": fetched, "found": found, "worked": worked, "slowest": slowest, "items": catalogue.find("").total}
    sys.stdout.write(json.dumps(result | json.loads(again.stdout)))


main()
