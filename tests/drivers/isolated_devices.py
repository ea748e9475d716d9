"""Small devices for a child process, good and bad; this file is also the child: it makes what the setting `does` names."""

import ctypes
import os
import sys
import threading
import time
from pathlib import Path

from drivers.context import Context, unwatched
from drivers.contract import (
    Capabilities,
    CardFound,
    CardRead,
    CardRemoved,
    DeviceState,
    Done,
    HealthLevel,
    IdCard,
    MediaTo,
    Part,
    ReadCard,
    Status,
)
from drivers.counters import Counters
from drivers.isolated import Isolated, Setup, Terms
from drivers.isolated.child import main
from drivers.isolated.frames import HEAD, Counts, pack
from drivers.line import NoLine
from drivers.runner import Driver, Runner

ROLE = "device"
NUMBER = "999999199001010016"
TOLD = 4  # where the child keeps the pipe to its parent; a hostile library finds it


class Trial(Driver):
    """At ReadCard it does what its setting says, and otherwise nothing wrong."""

    capabilities = Capabilities(
        commands=("ReadCard", "AcceptCard"),
        events=("CardRemoved",),
        parts=("card",),
        health=(HealthLevel.INTERNAL,),
        counters=("goodReadCount",),
    )

    def __init__(self, settings):
        self._settings = settings

    def connect(self, link):
        MISCHIEF.get(self._settings.get("connects", ""), lambda *_: None)(link, None)
        return Status(state=DeviceState.ONLINE, parts={"card": Part.NOT_PRESENT}, identity={"serial": "S1"})

    def handle(self, link, command):
        if isinstance(command, ReadCard):
            MISCHIEF[self._settings["does"]](link, command)
        else:
            link.pause(60)
        link.count("goodReadCount")
        return Done(role=link.role, id=command.id)

    def idle(self, link):
        link.pause(60)

    def reset(self, link, to: MediaTo):
        link.pause(0)

    def check(self, link, level):
        fds = sorted(path.name for path in Path("/proc/self/fd").iterdir())
        return {"pid": str(os.getpid()), "fds": " ".join(fds), "env": " ".join(sorted(os.environ))}


def hang(link, command):
    time.sleep(1000)


def hang_without_letting_go(link, command):
    ctypes.PyDLL(None).sleep(1000)  # holds the interpreter's lock: no thread of the process goes on


def hang_and_ignore_signals(link, command):
    main_thread = ctypes.CDLL(None)
    main_thread.signal(6, 1)
    main_thread.signal(15, 1)
    hang(link, command)


def spin(link, command):
    while True:
        pass


def die(link, command):
    os._exit(3)


def crash(link, command):
    ctypes.string_at(0)


def abort(link, command):
    os.abort()


def fail(link, command):
    raise KeyError(NUMBER)


def flood(link, command):
    while True:
        link.emit(CardRemoved(role=link.role))


def answer_twice(link, command):
    for _ in range(3):
        link.emit(Done(role=link.role, id=command.id))


def answer_for_others(link, command):
    link.emit(Done(role=link.role, id="never asked"))
    link.emit(CardFound(role=link.role, id="never asked"))


def speak_for_another(link, command):
    link.emit(CardRemoved(role="cash_box"))


def garbage(link, command):
    os.write(TOLD, (9).to_bytes(HEAD) + b"\xc1garbage!")
    link.pause(60)


def huge_frame(link, command):
    os.write(TOLD, b"\xff\xff\xff\xff" + bytes(1000))
    link.pause(60)


def half_frame(link, command):
    os.write(TOLD, (1000).to_bytes(HEAD) + bytes(10))
    os._exit(0)


def deep(link, command):
    data = b"\x91" * 1_000_000
    frame = len(data).to_bytes(HEAD) + data
    while frame:
        frame = frame[os.write(TOLD, frame) :]
    link.pause(60)


def chatter(link, command):
    """Says much that is no sign of life, while its device hangs."""

    def talk():
        while True:
            os.write(TOLD, pack(Counts({"goodReadCount": 7})))
            time.sleep(0.01)

    threading.Thread(target=talk, daemon=True).start()
    hang(link, command)


def print_much(link, command):
    for fd in (1, 2):
        os.write(fd, b"what a library prints " * 1000)
    sys.stdout.write("and again")


def personal(link, command):
    card = IdCard(
        kind="resident", name="测试·甲一", number="999999199001010016", born="1990-01-01", sex="1", valid_from="2020-05-01", valid_to=None
    )
    link.emit(CardRead(role=link.role, id=command.id, card=card))


def slow(link, command):
    time.sleep(1.0)


def wait_long(link, command):
    link.pause(4)


def start_others(link, command):
    if os.fork() == 0:
        time.sleep(1000)
    os._exit(0)


MISCHIEF = {name: value for name, value in list(globals().items()) if callable(value) and getattr(value, "__module__", "") == __name__}


def made(setup, watch=unwatched):
    """As the registry would, for the devices of this file."""
    counters = Counters(Path(setup.keep) / "device.json" if setup.keep else None)
    return Runner(Context(role=setup.role, counters=counters, watch=watch), Trial(setup.settings), NoLine)


def isolated(does="", *, keep="", hang_s=1.5, **settings):
    """The device in a child process."""
    setup = Setup(role=ROLE, driver="tests", settings={"does": does, **settings}, keep=str(keep))
    return Isolated(setup, made(setup), Terms(hang_s=hang_s), (sys.executable, "-P", __file__))


if __name__ == "__main__":
    main(made)
