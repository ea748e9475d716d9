"""The one object QML sees: the view to show, and the citizen's touches."""

import secrets
from collections import deque
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from drivers.contract import Event
from kiosk.flow import Answered, Tick, Typed
from kiosk.screens import Frame, Screen, View
from kiosk.texts import Sentences, text
from ui.pictures import Shown
from ui.plain import Plain, Url, plain
from ui.words import words

QML_IMPORT_NAME = "Kiosk.Bridge"
QML_IMPORT_MAJOR_VERSION = 1

Map = dict[str, Plain]


def _plain_map(value: Screen | Frame, say: partial[str], url: Url) -> Map:
    result = plain(value, say, url)
    assert isinstance(result, dict)  # noqa: S101 - a dataclass always becomes a map
    return result


@QmlElement
@QmlUncreatable("Made in Python")
class Shell(QObject):  # type: ignore[operator] # the stub of QmlUncreatable lacks __call__
    """Shows views and hands every event, the citizen's answers included, to `handle` in the GUI thread.

    `screenChanged` means another screen, `wordsChanged` the same one with other content, `frameChanged` only its frame.
    """

    screenChanged = Signal()  # noqa: N815 - Qt's way of naming signals
    wordsChanged = Signal()  # noqa: N815
    frameChanged = Signal()  # noqa: N815
    clockChanged = Signal()  # noqa: N815
    _arrived = Signal()

    def __init__(self, handle: Callable[[Event], None], sentences: Sentences) -> None:
        super().__init__()
        self._handle = handle
        self._sentences = sentences
        self.pictures = Shown()
        self._view: View | None = None
        self._answered = True  # nothing to answer before the first view
        self._language = ""
        self._words: dict[str, str] = {}
        self._content: Map = {}
        self._frame: Map = {}
        self._clock = ""
        self._events: deque[Event] = deque()
        self._arrived.connect(self._wake)

    def post(self, event: Event) -> None:
        """Accept an event from any thread; it is handled in the GUI thread, in order."""
        self._events.append(event)
        self._arrived.emit()

    def show(self, view: View) -> None:
        """Show `view`; GUI thread only. KeyError when a sentence is not translated into its language."""
        before, language = self._view, view.frame.language
        say = partial(self._sentences.say, language)
        content, frame = _plain_map(view.screen, say, self.pictures.url), self._frame_map(view.frame, say)
        self.pictures.turn()
        if language != self._language:
            self._words = words(self._sentences, language)
        self._view, self._language = view, language
        self._answered = self._answered and before is not None and view.number == before.number
        self._tell(content, frame, fresh=before is None or before.place != view.place or type(before.screen) is not type(view.screen))

    def _tell(self, content: Map, frame: Map, *, fresh: bool) -> None:
        other_words, other_frame = content != self._content, frame != self._frame
        self._content, self._frame = content, frame
        if other_frame:
            self.frameChanged.emit()
        if fresh:
            self.screenChanged.emit()
        elif other_words:
            self.wordsChanged.emit()

    def _frame_map(self, frame: Frame, say: partial[str]) -> Map:
        step, of = frame.step or (0, 0)
        return _plain_map(frame, say, self.pictures.url) | {
            "step": [step, of],
            "stepText": say(text("frame-step", step=step, of=of)) if of else "",
            "countdownText": say(text("frame-countdown", n=frame.countdown)),
            "languages": [{"tag": tag, "name": self._sentences.say(tag, text("frame-language-name"))} for tag in self._sentences.languages],
        }

    @Slot()
    def _wake(self) -> None:
        # Always later, never inside the touch: the screen that answered is gone after its event. A queued connection would
        # do the same, but to name it makes PySide build all enumerations of Qt, which is a tenth of the start-up.
        QTimer.singleShot(0, self._take)

    @Slot()
    def _take(self) -> None:
        event = self._events.popleft()
        if isinstance(event, Tick):
            self.tell_time(event.time.strftime("%H:%M"))
        self._handle(event)

    def tell_time(self, clock: str) -> None:
        """Show `clock` as the time of day; GUI thread only. Every `Tick` that passes does it."""
        if clock != self._clock:
            self._clock = clock
            self.clockChanged.emit()

    @Slot(str, str)
    def answer(self, action: str, value: str) -> None:
        """A touch on the view that is shown. After the first, further ones are dropped until the next view."""
        if self._view is None or self._answered:
            return
        self._answered = True
        self.post(Answered(view=self._view.number, action=action, value=value, nonce=secrets.token_hex(16)))

    @Slot(str)
    def typed(self, text: str) -> None:
        """What stands in the field of the screen that is shown; it stays open to touches."""
        if self._view is not None:
            self.post(Typed(place=self._view.place, text=text))

    @property
    def view(self) -> View | None:
        """What is shown."""
        return self._view

    @Property(str, notify=screenChanged)
    def name(self) -> str:
        """Class name of the screen."""
        return type(self._view.screen).__name__ if self._view else ""

    @Property("QVariantMap", notify=wordsChanged)  # type: ignore[arg-type] # a C++ type name is allowed
    def content(self) -> Map:
        """The screen's fields as plain values in the session's language."""
        return self._content

    @Property("QVariantMap", notify=frameChanged)  # type: ignore[arg-type] # a C++ type name is allowed
    def frame(self) -> Map:
        """The frame's fields, its sentences, and the languages as `tag` and `name`."""
        return self._frame

    @Property("QVariantMap", notify=frameChanged)  # type: ignore[arg-type] # a C++ type name is allowed
    def words(self) -> dict[str, str]:
        """What the QML files say themselves (`ui.words`)."""
        return self._words

    @Property(str, notify=clockChanged)
    def clock(self) -> str:
        """Time of day as HH:mm, of the last `Tick`."""
        return self._clock
