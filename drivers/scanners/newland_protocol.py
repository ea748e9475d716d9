"""Newland scanners with the unified command set (NLS-HR, -FM, -EM, -N series since about 2017).

A command is `~` SOH `0000`, `@` (kept over a restart) or `#` (until then), tag, subtag and data, `;` ETX; with `*` for data it asks.
The answer is STX SOH `0000` and the same again with a status character before the `;`. Sources: user guides NLS-HR42 p. 15-16,
NLS-HR52 p. 35 and FM530 p. 131 (syntax, answers, the Code 11 examples); FM430 p. 38 (SCNENA, BEEPON, LEDONS) and p. 45-46 (QRYPDN,
QRYFWV, QRYPSN); Programming Guide Based on Newland Unified Commands Set 1.0.0 p. 8 (SCNTRG); Sunmi's scanner notes (SCNMOD, TSUENA,
TSUSET). What stands in the answer to a QRY command is shown nowhere: a label before a colon is taken off where there is one.
"""

import re
from collections.abc import Mapping, Sequence

from drivers.scanners.scanner_reply_protocol import STATUS, Ask, Profile, Replies, literal

MODES = {"presentation": b"2", "continuous": b"3"}  # SCNMOD: sense mode, continuous mode; 0 waits for a trigger
_LEAD = rb"\x02\x010000[@#]"
_TEXT = rb"[ -~]{0,80}"

REPLIES = Replies(
    [rb"\x02", rb"\x01", *literal("0000"), rb"[@#]", *[rb"[0-9A-Z]"] * 6, _TEXT, STATUS, rb";", rb"\x03"],
)


def profile(suffix: str, trigger: str) -> Profile:
    """Codes end in `suffix` (not empty); `trigger` is one of `MODES`."""
    mode = _set("SCNMOD" + MODES[trigger].decode())
    return Profile(
        name="newland",
        setup=(_set("TSUENA1"), _set("TSUSET" + suffix.encode().hex().upper()), mode),
        presence=_asked("#", "SCNMOD", rb"[0-9*]"),
        mode=MODES[trigger],
        identity=tuple(_asked("@", query, _TEXT, "") for query in ("QRYPDN", "QRYFWV", "QRYPSN")),
        facts=facts,
        test=(
            _set("SCNMOD0"),
            _set("SCNTRG1", shown=0.5),
            _set("SCNTRG0"),
            _set("BEEPON2000F100T", optional=True, shown=0.3),
            _set("LEDONS2C300D", optional=True, shown=0.3),
        ),
        resume=mode,
        replies=REPLIES,
    )


def encode(command: str) -> bytes:
    """The whole bytes of a command, storage character included."""
    return b"~\x010000" + command.encode("ascii") + b";\x03"


def facts(values: Sequence[bytes]) -> Mapping[str, str]:
    """Identity from the answers to product name, firmware and serial number."""
    told = (value.decode("ascii", "replace").rpartition(":")[2].strip() for value in values)
    named = dict(zip(("model", "firmware", "serial"), told, strict=True))
    return {"maker": "Newland", **{name: value for name, value in named.items() if value}}


def _set(command: str, *, optional: bool = False, shown: float = 0.0) -> Ask:
    reply = re.compile(_LEAD + re.escape(command.encode()) + rb"(?P<value>)(?P<status>" + STATUS + rb");\x03")
    return Ask(name=command, request=encode("#" + command), reply=reply, optional=optional, shown=shown)


def _asked(storage: str, query: str, value: bytes, mark: str = "*") -> Ask:
    reply = re.compile(_LEAD + query.encode() + rb"(?P<value>" + value + rb")(?P<status>" + STATUS + rb");\x03")
    return Ask(name=query, request=encode(storage + query + mark), reply=reply, size=100)
