"""The sentences that the QML files themselves need, by the short name they have there."""

from collections.abc import Mapping
from typing import Final

from kiosk.texts import Sentences, text

# A placeholder that only QML can fill is handed on as its own `%1` for `String.arg`.
ARG: Final = "%1"

WORDS: Final[Mapping[str, str]] = {
    "back": "frame-back",
    "end": "frame-end",
    "more": "frame-more",
    "previous": "frame-previous",
    "care": "frame-care",
    "normal": "frame-normal",
    "language": "frame-language",
    "stillThere": "frame-still-there",
    "stay": "frame-stay",
    "start": "frame-start",
    "startAbout": "frame-start-about",
    "canDo": "frame-can-do",
    "notices": "frame-notices",
    "ask": "frame-ask",
    "unavailable": "frame-unavailable",
    "help": "frame-help",
    "reading": "frame-reading",
    "working": "frame-working",
    "keep": "frame-keep",
    "follow": "ticket-follow",
    "ahead": "ticket-ahead-label",
    "wait": "ticket-wait-label",
    "finish": "button-done",
    "qrCode": "frame-qr-code",
    "machine": "frame-machine",
    "show": "frame-show",
    "hide": "frame-hide",
    "facts": "frame-facts",
    "stages": "frame-stages",
    "together": "frame-together",
    "deadline": "frame-deadline",
    "missing": "frame-missing",
    "next": "frame-next",
    "print": "frame-print",
    "done": "frame-done",
    "toneDone": "frame-tone-done",
    "toneWait": "frame-tone-wait",
    "toneWarn": "frame-tone-warn",
    "toneError": "frame-tone-error",
    "clear": "pad-clear",
    "delete": "pad-delete",
    "enter": "pad-enter",
    "keyFirst": "keyboard-first",
    "keyChinese": "keyboard-chinese",
    "keyLetters": "keyboard-letters",
    "keyDigits": "keyboard-digits",
    "keySymbols": "keyboard-symbols",
    "keyHandwriting": "keyboard-handwriting",
    "keySpace": "keyboard-space",
    "keyTake": "keyboard-take",
    "keyAsTyped": "keyboard-as-typed",
    "keyShift": "keyboard-shift",
    "keyCaps": "keyboard-caps",
    "keyNext": "keyboard-next",
    "keyClose": "keyboard-close",
    "keyProvinces": "keyboard-provinces",
    "keyPlateLetters": "keyboard-plate-letters",
    "keyChosen": "keyboard-chosen",
    "keySeparator": "keyboard-separator",
    "keyWrite": "keyboard-write",
    "keyRestore": "keyboard-restore",
    "keyUndo": "keyboard-undo",
    "keyRewrite": "keyboard-rewrite",
    "here": "screen-here",
    "change": "screen-change",
    "picture": "screen-picture",
    "noPicture": "screen-no-picture",
    "take": "screen-take",
    "taking": "screen-taking",
    "use": "screen-use",
    "again": "screen-again",
    "sign": "screen-sign",
    "signHere": "screen-sign-here",
}

WITH_ARG: Final[Mapping[str, str]] = {
    "elapsed": "frame-elapsed",
    "page": "frame-page",
    "entered": "pad-entered",
    "least": "screen-least",
}


def words(sentences: Sentences, language: str) -> dict[str, str]:
    """All words of the QML files in `language`; KeyError for one that is not translated."""
    fixed = {name: sentences.say(language, text(key)) for name, key in WORDS.items()}
    return fixed | {name: sentences.say(language, text(key, n=ARG, of="%2")) for name, key in WITH_ARG.items()}
