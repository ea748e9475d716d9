"""The parent's side."""

import json
import logging
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, Generic, TypeVar

import msgspec

from drivers.isolated.process import Process
from drivers.line import Waker

_PATIENCE: Final = 3.0  # s, the start of the child included
_STRIKES: Final = 3  # ends without any answer, after which it is not started any more

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Aside(Generic[T]):
    """The child that runs `module` and answers with what is an `answer`.

    It is used by one thread, which waits for each answer, usually less than a millisecond. What is asked is never logged.
    """

    def __init__(self, module: str, answer: type[T]) -> None:
        self._module, self._answer = module, answer
        self.command: Sequence[str] = (sys.executable, "-P", "-m", module)
        self._process: Process | None = None
        self._nobody: Waker | None = None  # who could end a wait of ours
        self._strikes = 0
        self._closed = False

    @property
    def given_up(self) -> bool:
        """Whether it is not started any more: it has ended too often without an answer, or was closed."""
        return self._strikes >= _STRIKES or self._closed

    def start(self) -> None:
        """Start it unless it runs. It gets ready by itself, so the sooner before the first question the better."""
        if self._process is None and not self.given_up:
            try:
                self._process = Process(self.command)
            except OSError as error:
                self._lost(f"cannot be started: {type(error).__name__}")

    def ask(self, question: object) -> T | None:
        """Its answer; None when it ended, fell silent or made no sense, after which the next question finds it started anew."""
        self.start()
        if self._process is None:
            return None
        self._process.send(json.dumps(question).encode() + b"\n")
        try:
            answer = msgspec.json.decode(self._line(self._process), type=self._answer)
        except msgspec.MsgspecError:
            self._lost(self._end(self._process))
            return None
        self._strikes = 0
        return answer

    def close(self) -> None:
        """End it for good, and with it all it was asked."""
        self._closed = True
        if self._process is not None:
            self._end(self._process)
        if self._nobody is not None:
            self._nobody.close()
            self._nobody = None

    def _end(self, process: Process) -> str:
        """How it ended, without what it has said about it: that may be about the question."""
        self._process = None
        return process.end().partition("\n")[0]

    def _line(self, process: Process) -> bytes:
        """What it says up to the end of a line; empty when that does not come."""
        self._nobody = self._nobody or Waker()
        said, end = bytearray(), time.monotonic() + _PATIENCE
        while not said.endswith(b"\n"):
            if not process.wait(self._nobody, end - time.monotonic()):
                if time.monotonic() > end:
                    return b""
                continue
            with suppress(BlockingIOError):
                if not (piece := process.read()):
                    return b""
                said += piece
        return bytes(said)

    def _lost(self, how: str) -> None:
        self._strikes += 1
        _log.warning("%s %s%s", self._module, how, "; it is not started again" if self.given_up else "")
