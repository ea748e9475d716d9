"""Candidates from the engine's process, also when letters are typed over which the engine aborts."""

from typing import Final, Protocol

from ui.pinyin.composer import Candidate

MODULE: Final = "ui.pinyin"
_SAFE: Final = 12  # letters over which the engine does not abort, whichever they are


class Helper(Protocol):
    """What answers from another process; see `ui.aside.parent.Aside`."""

    @property
    def given_up(self) -> bool:
        """Whether it will not answer any more."""

    def start(self) -> None:
        """Get ready."""

    def ask(self, question: str) -> list[tuple[str, int]] | None:
        """Characters and letters used of each candidate; None when there is no answer."""

    def close(self) -> None:
        """End, and forget."""


class Source:
    """Asks `helper`; used by one thread."""

    def __init__(self, helper: Helper) -> None:
        self._helper = helper
        self._fatal = ""  # letters that ended the engine

    @property
    def available(self) -> bool:
        """Whether there is still hope of candidates."""
        return not self._helper.given_up

    def start(self) -> None:
        """Get ready for the first letters."""
        self._helper.start()

    def close(self) -> None:
        """Forget everything that was asked."""
        self._helper.close()

    def candidates(self, letters: str) -> tuple[Candidate, ...]:
        """What `letters` may stand for, the likeliest first; for their beginning only, where the whole is too much for the engine."""
        answer = None
        if not self._fatal or not letters.startswith(self._fatal):
            answer = self._helper.ask(letters)
        if answer is None and len(letters) > _SAFE:
            self._fatal = self._fatal or letters
            answer = self._helper.ask(letters[:_SAFE])
        return tuple(Candidate(text=text, used=used) for text, used in answer or () if text and 0 < used <= len(letters))
