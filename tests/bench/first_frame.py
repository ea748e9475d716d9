"""`kiosk run --config DIR` that says "frame" when its first frame is there, and "started" when its devices are started."""

import importlib.abc
import importlib.util
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

from kiosk.__main__ import main

WATCHED = "ui.running"


class Watch(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Waits until the terminal itself imports the module that is watched, so that nothing is imported sooner than without it."""

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        if name != WATCHED:
            return None
        sys.meta_path.remove(self)
        found = importlib.util.find_spec(name)
        assert found is not None
        assert found.loader is not None
        self._loader, found.loader = found.loader, self
        return found

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        begin = module.Running._first_frame

        def first_frame(running: object) -> None:
            if not running._started:
                say("frame")
                begin(running)
                say("started")

        module.Running._first_frame = first_frame


def say(what: str) -> None:
    sys.stderr.write(f"{what}\n")  # among the imports, where they are counted
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


sys.meta_path.insert(0, Watch())
sys.argv = ["kiosk", "run", "--config", sys.argv[1]]
main()
