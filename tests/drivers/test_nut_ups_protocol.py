"""upsd's text protocol: words, lists, refusals, hostile bytes; and what variables mean."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.bench import ups
from drivers.cabinet.nut_ups_protocol import LINE_LIMIT, LIST_LIMIT, HidePassword, Lines, Listing, refused, request, variables, words
from drivers.cabinet.nut_ups_status import reading
from drivers.contract import Level, Part
from drivers.errors import Action, DeviceError, Reason

# Lines as they stand in RFC 9271 and in NUT's net-protocol.txt
LINES = [
    (b'UPS su700 "Development box"', ("UPS", "su700", "Development box")),
    (b'VAR su700 ups.mfr.date "10/17/96"', ("VAR", "su700", "ups.mfr.date", "10/17/96")),
    (b'RANGE su700 input.transfer.low "90" "100"', ("RANGE", "su700", "input.transfer.low", "90", "100")),
    (b"CMD su700 load.on", ("CMD", "su700", "load.on")),
    (b"ERR ACCESS-DENIED", ("ERR", "ACCESS-DENIED")),
    (b'VAR ups device.model "A \\"B\\" \\\\ C"', ("VAR", "ups", "device.model", 'A "B" \\ C')),
    (b'VAR ups ups.id ""', ("VAR", "ups", "ups.id", "")),
    (b"OK Goodbye\r", ("OK", "Goodbye")),
    (b"", ()),
    ('VAR ups ups.id "大厅"'.encode(), ("VAR", "ups", "ups.id", "大厅")),
]
ANY_TEXT = st.text(st.characters(min_codepoint=32, exclude_characters="\x7f", exclude_categories=["Cs"]), max_size=30)


@pytest.mark.parametrize(("line", "expected"), LINES, ids=str)
def test_words(line, expected):
    assert words(line) == expected


@pytest.mark.parametrize("line", [b'VAR "', b'"a\\"', b"\xff", b"a\x00b", b"a\x1bb", b"a\x7f", b'VAR ups x "1'], ids=str)
def test_what_is_no_line(line):
    with pytest.raises(DeviceError) as caught:
        words(line)
    assert caught.value.reason is Reason.GARBLED


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.lists(ANY_TEXT, min_size=1, max_size=5))
def test_what_is_written_is_read_again_here_and_on_the_bench(parts):
    line = request(*parts)
    assert line.endswith(b"\n")
    assert words(line[:-1]) == tuple(parts)
    assert ups.split(line[:-1].decode()) == parts
    assert words(" ".join(map(ups.quoted, parts)).encode()) == tuple(parts)


@pytest.mark.parametrize("part", ["a\nb", "a\rb", "\0"])
def test_nothing_can_be_smuggled_into_a_request(part):
    with pytest.raises(ValueError, match="control character"):
        request("PASSWORD", part)


def taken(listing, lines):
    return [listing.take(words(line)) for line in lines]


def test_a_list():
    listing = Listing("VAR", "su700")
    lines = [b"BEGIN LIST VAR su700", b'VAR su700 ups.mfr "APC"', b'VAR su700 ups.mfr.date "10/17/96"', b"END LIST VAR su700"]
    assert taken(listing, lines) == [False, False, False, True]
    assert variables(listing.rows) == {"ups.mfr": "APC", "ups.mfr.date": "10/17/96"}


@pytest.mark.parametrize(
    "lines",
    [
        [b'VAR su700 ups.mfr "APC"'],
        [b"END LIST VAR su700"],
        [b"BEGIN LIST VAR other"],
        [b"BEGIN LIST CMD su700"],
        [b"BEGIN LIST VAR su700", b"BEGIN LIST VAR su700"],
        [b"BEGIN LIST VAR su700", b'VAR other ups.mfr "APC"'],
        [b"BEGIN LIST VAR su700", b"END LIST VAR other"],
        [b"BEGIN LIST VAR su700", b""],
        [b"BEGIN LIST VAR su700", b"OK"],
    ],
    ids=str,
)
def test_a_line_that_does_not_belong_in_the_list(lines):
    with pytest.raises(DeviceError) as caught:
        taken(Listing("VAR", "su700"), lines)
    assert caught.value.reason is Reason.GARBLED


def test_a_list_without_end_is_given_up():
    listing = Listing("VAR", "u")
    listing.take(("BEGIN", "LIST", "VAR", "u"))
    for number in range(LIST_LIMIT):
        listing.take(("VAR", "u", str(number), ""))
    with pytest.raises(DeviceError):
        listing.take(("VAR", "u", "more", ""))
    assert len(listing.rows) == LIST_LIMIT


@pytest.mark.parametrize("rows", [[("a",)], [("a", "b", "c")], [()]])
def test_rows_that_are_no_variables(rows):
    with pytest.raises(DeviceError):
        variables(rows)


@pytest.mark.parametrize(
    ("code", "reason", "action"),
    [
        ("DATA-STALE", Reason.SILENT, Action.CLEAR),
        ("DRIVER-NOT-CONNECTED", Reason.SILENT, Action.CLEAR),
        ("UNKNOWN-UPS", Reason.NOT_CONFIGURED, Action.CONFIGURATION),
        ("ACCESS-DENIED", Reason.NOT_CONFIGURED, Action.CONFIGURATION),
        ("INSTCMD-FAILED", Reason.HARDWARE, Action.MAINTENANCE),
        ("CMD-NOT-SUPPORTED", Reason.UNSUPPORTED, Action.CONFIGURATION),
        ("ANYTHING-NEW", Reason.UNSUPPORTED, Action.CONFIGURATION),
    ],
)
def test_refusals(code, reason, action):
    error = refused(("ERR", code))
    assert (error.reason, error.action) == (reason, action)
    assert refused(("OK",)) is None


def test_lines_are_cut_wherever_the_pieces_end():
    whole = b"".join(line + b"\n" for line, _ in LINES)
    for size in (1, 2, 3, 7, 1000):
        lines = Lines()
        found = [line for place in range(0, len(whole), size) for line in lines.feed(whole[place : place + size])]
        assert found == [line for line, _ in LINES]
        assert not lines.open


def test_a_line_without_end_is_given_up_and_not_kept():
    lines = Lines()
    for _ in range(LINE_LIMIT // 2):
        assert lines.feed(b"xx") == []
    with pytest.raises(DeviceError):
        lines.feed(b"x")
    assert not lines.open
    with pytest.raises(DeviceError):
        Lines().feed(b"x" * (LINE_LIMIT + 1) + b"\n")


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.lists(st.binary(max_size=60) | st.sampled_from([b'VAR u a "', b'"\n', b"BEGIN LIST VAR u\n", b"END LIST VAR u\n", b"ERR \n", b"\\"]), max_size=12))
def test_hostile_bytes_are_lines_or_a_device_error(pieces):
    lines, listing = Lines(), Listing("VAR", "u")
    with suppress(DeviceError):
        for piece in pieces:
            for line in lines.feed(piece):
                if listing.take(words(line)):
                    assert set(reading(variables(listing.rows), 95.0).parts) == {"mains", "output", "batteryHealth", "charging"}


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.dictionaries(st.sampled_from(["ups.status", "battery.charge", "battery.charge.low", "battery.charger.status", "ups.serial"]), ANY_TEXT | st.sampled_from(["OL OB LB RB", "nan", "inf", "-1", "1e400", "50"])))
def test_whatever_the_variables_say_it_means_something(values):
    found = reading(values, 95.0)
    assert set(found.parts) == {"mains", "output", "batteryHealth", "charging"}


@pytest.mark.parametrize(
    ("values", "level", "reason"),
    [
        ({"ups.status": "OL", "battery.charge": "100"}, Level.FULL, None),
        ({"ups.status": "OL", "battery.charge": "94.9"}, Level.OPERATIONAL, None),
        ({"ups.status": "OL CHRG", "battery.charge": "20"}, Level.LOW, None),
        ({"ups.status": "OL CHRG", "battery.charge": "20", "battery.charge.low": "10"}, Level.OPERATIONAL, None),
        ({"ups.status": "OB", "battery.charge": "50", "battery.charge.low": "60"}, Level.LOW, None),
        ({"ups.status": "OL LB"}, Level.LOW, None),
        ({"ups.status": "OB LB"}, Level.CRITICAL, Reason.POWER_FAILURE),
        ({"ups.status": "FSD OL"}, Level.CRITICAL, Reason.POWER_FAILURE),
        ({"ups.status": "CAL OB LB"}, Level.LOW, None),
        ({"ups.status": "OB LB RB"}, Level.CRITICAL, Reason.POWER_FAILURE),
        ({"ups.status": "OL RB"}, Level.FAILURE, Reason.HARDWARE),
        ({"ups.status": "OL"}, Level.OPERATIONAL, None),
        ({"ups.status": "OL OVER", "battery.charge": "100"}, Level.FULL, Reason.HARDWARE),
        ({"ups.status": "OL BYPASS", "battery.charge": "100"}, Level.FULL, Reason.HARDWARE),
        ({"ups.status": "ALARM OL", "battery.charge": "100"}, Level.FULL, Reason.HARDWARE),
        ({"ups.status": "OL TRIM", "battery.charge": "100"}, Level.FULL, None),
        ({"ups.status": "WAIT"}, Level.UNKNOWN, None),
        ({}, Level.UNKNOWN, None),
        ({"ups.status": "OL", "battery.charge": "nan"}, Level.OPERATIONAL, None),
        ({"ups.status": "OL", "battery.charge": "101"}, Level.OPERATIONAL, None),
    ],
    ids=str,
)
def test_levels_of_the_battery(values, level, reason):
    found = reading(values, 95.0)
    assert found.battery is level
    assert (found.error and found.error.reason) == reason


@pytest.mark.parametrize(
    ("values", "charging"),
    [
        ({"ups.status": "OL CHRG"}, Part.CHARGING),
        ({"ups.status": "OB DISCHRG"}, Part.DISCHARGING),
        ({"ups.status": "OL", "battery.charger.status": "floating"}, Part.NOT_CHARGING),
        ({"ups.status": "OL"}, Part.UNKNOWN),
        ({"ups.status": "OL CHRG DISCHRG"}, Part.UNKNOWN),
    ],
)
def test_charging(values, charging):
    assert reading(values, 95.0).parts["charging"] is charging


@pytest.mark.parametrize(("status", "output"), [("OL OFF", Part.NO_POWER), ("OB", Part.POWERING), ("BYPASS", Part.POWERING), ("", Part.UNKNOWN)])
def test_what_goes_out(status, output):
    assert reading({"ups.status": status}, 95.0).parts["output"] is output


@pytest.mark.parametrize("size", [1, 3, 100])
def test_a_recording_has_no_password(size):
    said = request("USERNAME", "kiosk") + request("PASSWORD", "ge heim") + request("LIST", "VAR", "ups")
    redactor = HidePassword()
    kept = b"".join(redactor.feed("out", said[place : place + size]) for place in range(0, len(said), size))
    assert len(kept) == len(said)
    assert b"heim" not in kept
    assert kept.startswith(b"USERNAME kiosk\nPASSWORD ***")
    assert kept.endswith(b"*\nLIST VAR ups\n")
    assert HidePassword().feed("out", kept) == kept
    assert redactor.feed("in", b"OK") == b"OK"
