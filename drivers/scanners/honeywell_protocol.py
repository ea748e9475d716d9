"""Honeywell scanners with serial menu commands (Voyager, Xenon, Genesis, Orbit, N-series engines) on RS-232 or USB in COM mode.

A command is SYN M CR, tag, subtag and data, and `!` (until the next restart) or `.` (kept; the memory for that wears out); with
`?` for data it asks. The answer is the same again with a status character before the mark; nothing goes before it, so it is known
by its words. SYN T CR pulls the trigger, SYN U CR releases it, SYN BEL CR beeps; these are not answered. Sources: user guides
Voyager 1250g p. 9-1 to 9-3, N3680 p. 144, Xenon 1900 p. 11-3 (CBRENA examples); REVINF answers of a Voyager 1602g and an N4313 and
the answer to SUFBK2990D09 as public code shows them.
"""

import re
from collections.abc import Mapping, Sequence

from drivers.scanners.scanner_reply_protocol import STATUS, Ask, Profile, Replies, literal

PRESENTATION = b"3"  # TRGMOD: presentation; 0 waits for a trigger
_PREFIX = b"\x16M\r"
_LINE = rb"[A-Z][A-Za-z ]{1,30}:[ -~]{0,80}"
_ABOUT = rb"(?:REVINF)?(?P<value>Product Name:[ -~]{0,80}(?:\r\n" + _LINE + rb"){0,20})(?:\r\n)?(?:REVINF)?"
_ABOUT_REPLY = re.compile(_ABOUT + rb"(?P<status>" + STATUS + rb")[.!]")
_NAMES = {"Product Name": "model", "Software Part Number": "firmware", "Serial Number": "serial"}
_END = [STATUS, rb"[.!]"]
_LINES = rb"(?:\r\n" + _LINE + rb"){0,20}"
_LINE_BEGUN = rb"(?:\r(?:\n(?:[A-Z][A-Za-z ]{0,30})?)?)?"
_END_BEGUN = rb"(?:\r\n)?R?E?V?I?N?F?" + STATUS + rb"?"


class _Replies(Replies):
    """An answer of many lines may also be cut off within a line."""

    _about = re.compile(rb"(?:REVINF)?Product Name:[ -~]{0,80}" + _LINES + rb"(?:" + _LINE_BEGUN + rb"|" + _END_BEGUN + rb")\Z")

    def begun(self, data: bytes, at: int) -> bool:
        """Whether all from `at` on may be the beginning of an answer."""
        return super().begun(data, at) or self._about.match(data, at) is not None


REPLIES = _Replies(
    *([*literal(tag), rb"[0-9A-F?]{0,8}", *_END] for tag in ("SUFCA2", "SUFBK2", "TRGMOD")),
    [*literal("REVINF"), *_END],
    [rb"(?:REVINF)?", *literal("Product Name:"), rb"[ -~]{0,80}", _LINES, rb"(?:\r\n)?", rb"(?:REVINF)?", *_END],
)


def profile(suffix: str) -> Profile:
    """Codes end in `suffix` (not empty); a code that is held up is read without a trigger."""
    mode = _set("TRGMOD" + PRESENTATION.decode())
    return Profile(
        name="honeywell",
        setup=(_set("SUFCA2"), _set("SUFBK299" + suffix.encode().hex().upper()), mode),
        presence=Ask(name="TRGMOD", request=encode("TRGMOD?."), reply=_reply(rb"TRGMOD(?P<value>[0-9?])")),
        mode=PRESENTATION,
        identity=(Ask(name="REVINF", request=encode("REVINF."), reply=_ABOUT_REPLY, size=600),),
        facts=facts,
        test=(
            _set("TRGMOD0"),
            Ask(name="trigger on", request=b"\x16T\r", reply=None, shown=0.5),
            Ask(name="trigger off", request=b"\x16U\r", reply=None),
            Ask(name="beep", request=b"\x16\x07\r", reply=None, shown=0.3),
        ),
        resume=mode,
        replies=REPLIES,
    )


def encode(command: str) -> bytes:
    """The whole bytes of a menu command, storage character included."""
    return _PREFIX + command.encode("ascii")


def facts(values: Sequence[bytes]) -> Mapping[str, str]:
    """Identity from the answer to REVINF; lines that are not known are left out."""
    found = {"maker": "Honeywell"}
    for line in b"\n".join(values).decode("ascii", "replace").splitlines():
        label, _, value = line.partition(":")
        if label in _NAMES and value.strip():
            found[_NAMES[label]] = value.strip()
    return found


def _set(command: str) -> Ask:
    return Ask(name=command, request=encode(command + "!"), reply=_reply(re.escape(command.encode()) + rb"(?P<value>)"))


def _reply(answer: bytes) -> re.Pattern[bytes]:
    return re.compile(answer + rb"(?P<status>" + STATUS + rb")[.!]")
