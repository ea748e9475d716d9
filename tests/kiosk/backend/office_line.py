"""The office as a device of the terminal, and what it emitted."""

import queue
import threading
import time

from hostile import reply
from office_help import KEY

from drivers.contract import StatusChanged
from kiosk.backend.access import OfficeAccess
from kiosk.backend.device import OfficeLine
from kiosk.backend.messages import Ask

HEALTHY = reply(b'{"status":"ok"}')


class Line:
    """An OfficeLine with what it emitted; waits for events by what they are."""

    def __init__(self, url, **settings):
        more = {name: settings.pop(name) for name in ("outbox", "numbers", "clock") if name in settings}
        quick = {"connect": 10.0, "read": 15.0, "total": 20.0, "poll_up": 0.2, "poll_down": 0.1}
        self.device = OfficeLine(OfficeAccess(url=url, key=KEY, **quick | settings), **more)
        self._events = queue.SimpleQueue()
        self.events = []

    def __enter__(self):
        self._before = set(threading.enumerate())
        self.device.start(self._events.put)
        return self

    def __exit__(self, *_):
        self.device.stop()
        left = [t for t in threading.enumerate() if t not in self._before and t.name.startswith("office-")]
        assert left == []
        self.drain()

    def drain(self):
        while not self._events.empty():
            self.events.append(self._events.get())

    def wait(self, wanted):
        """The first event, already come or still to come, for which `wanted` is true; it is taken out."""
        end = time.monotonic() + 20
        while True:
            for index, event in enumerate(self.events):
                if wanted(event):
                    return self.events.pop(index)
            self.events.append(self._events.get(timeout=max(0.01, end - time.monotonic())))

    def answer(self, id_):
        return self.wait(lambda event: getattr(event, "id", None) == id_)

    def state(self):
        return self.wait(lambda event: isinstance(event, StatusChanged) and event.role == "office").status

    def ask(self, id_, request):
        self.device.do(Ask(id=id_, request=request))
