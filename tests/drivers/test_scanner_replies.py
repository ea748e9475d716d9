"""Commands and answers of Newland and Honeywell scanners, against the vectors of their user guides and against hostile bytes."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.scanners import honeywell_protocol, newland_protocol
from drivers.scanners.scanner_reply_protocol import ACK, ENQ, NAK, Codes, Sieve, cut
from drivers.scanners.serial_code_protocol import Code, Framer, Reject
from drivers.scanners.serial_code_redactor import CodeRedactor

NEWLAND = newland_protocol.profile("\r", "presentation")
HONEYWELL = honeywell_protocol.profile("\r")
# Public code shows these answers of a Voyager 1602g and of an N4313.
VOYAGER = (
    b"Product Name: Voyager 1602g\r\nBoot Revision: : 8992\r\nSoftware Part Number: CW000082BBA\r\nSoftware Revision: $ProjectRevision: 16345 \r\n"
    b"Serial Number: 15232B1F0C\r\nSupported IF: Bluetooth\r\nPCB Assembly ID: 000000\r\n"
    b"Engine Firmware Type: N/A   Revision: N/A   Serial Number: N/A   Checksum: N/A\r\nREVINF\x06."
)
N4313 = (
    b"REVINFProduct Name: Laser Engine-N4300\r\nBoot Revision: CA000064BCC\r\nSoftware Part Number: CA000064BCC\r\n"
    b"Software Revision: 15448|/tags/CA000064BCC\r\nSerial Number: 20067B450A\r\nSupported IF: Standard\r\nPCB Assembly ID: 0\x06."
)
ANSWERS = {
    "newland": [b"\x02\x010000#SCNMOD2\x06;\x03", b"\x02\x010000#TSUSET0D\x06;\x03", b"\x02\x010000@QRYPDNNLS-FM430L-20\x06;\x03", b"\x02\x010000#SCNMOD*\x05;\x03"],
    "honeywell": [b"TRGMOD3\x06.", b"SUFCA2\x06!", b"SUFBK2990D\x06!", b"TRGMOD?\x05.", b"REVINF\x15.", VOYAGER, N4313],
}
PROFILES = {"newland": NEWLAND, "honeywell": HONEYWELL}
BOTH = pytest.mark.parametrize("family", ["newland", "honeywell"])


def test_newland_commands_are_those_of_the_guides():
    assert newland_protocol.encode("@C11ENA1,MIN12,MAX22").hex(" ").upper() == "7E 01 30 30 30 30 40 43 31 31 45 4E 41 31 2C 4D 49 4E 31 32 2C 4D 41 58 32 32 3B 03"
    assert newland_protocol.encode("@C11*").hex(" ").upper() == "7E 01 30 30 30 30 40 43 31 31 2A 3B 03"
    trigger = next(ask for ask in NEWLAND.test if ask.name == "SCNTRG1")
    assert trigger.request.hex(" ").upper() == "7E 01 30 30 30 30 23 53 43 4E 54 52 47 31 3B 03"
    assert trigger.reply.fullmatch(bytes.fromhex("02 01 30 30 30 30 23 53 43 4E 54 52 47 31 06 3B 03"))["status"] == ACK


def test_honeywell_commands_are_those_of_the_guides():
    assert honeywell_protocol.encode("232BAD9.") == b"\x16M\r232BAD9."
    assert HONEYWELL.identity[0].request == b"\x16M\rREVINF."
    assert [ask.request for ask in HONEYWELL.test if ask.reply is None] == [b"\x16T\r", b"\x16U\r", b"\x16\x07\r"]
    assert next(ask for ask in HONEYWELL.setup if "SUFBK2" in ask.name).reply.fullmatch(b"SUFBK2990D\x06!")["status"] == ACK


@pytest.mark.parametrize(("suffix", "digits"), [("\r", "0D"), ("\n", "0A"), ("\r\n", "0D0A")])
def test_the_suffix_is_put_into_the_scanner(suffix, digits):
    assert "TSUSET" + digits in [ask.name for ask in newland_protocol.profile(suffix, "presentation").setup]
    assert "SUFBK299" + digits in [ask.name for ask in honeywell_protocol.profile(suffix).setup]


@BOTH
@pytest.mark.parametrize("status", [ACK, NAK, ENQ])
def test_the_presence_question_understands_every_answer(family, status):
    asked = PROFILES[family].presence
    unknown = status != ACK
    raw = {"newland": b"\x02\x010000#SCNMOD%s%s;\x03", "honeywell": b"TRGMOD%s%s."}[family] % (
        {"newland": b"*", "honeywell": b"?"}[family] if unknown else PROFILES[family].mode,
        status,
    )
    assert asked.reply.fullmatch(raw)["status"] == status
    assert (asked.reply.fullmatch(raw)["value"] == PROFILES[family].mode) is not unknown


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (VOYAGER, {"model": "Voyager 1602g", "firmware": "CW000082BBA", "serial": "15232B1F0C"}),
        (N4313, {"model": "Laser Engine-N4300", "firmware": "CA000064BCC", "serial": "20067B450A"}),
    ],
)
def test_a_honeywell_scanner_tells_what_it_is(raw, expected):
    match = HONEYWELL.identity[0].reply.fullmatch(raw)
    assert match["status"] == ACK
    assert honeywell_protocol.facts([match["value"]]) == {"maker": "Honeywell", **expected}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([b"NLS-FM430L-20", b"V1.00.014.3", b"FM430T0001"], {"model": "NLS-FM430L-20", "firmware": "V1.00.014.3", "serial": "FM430T0001"}),
        ([b"Product Name: NLS-HR52", b"", b"S/N:  X1"], {"model": "NLS-HR52", "serial": "X1"}),
        ([b"", b"", b""], {}),
    ],
)
def test_a_newland_scanner_tells_what_it_is(values, expected):
    assert newland_protocol.facts(values) == {"maker": "Newland", **expected}


@BOTH
def test_an_answer_is_cut_out_of_the_codes_around_it(family):
    asked = PROFILES[family].presence
    answer = ANSWERS[family][0]
    for before, after in ((b"", b""), (b"A005\r", b""), (b"A0", b"05\r"), (b"", b"A005\r"), (b"\r", b"A005\r")):
        match, rest = cut(before + answer + after, asked.reply, b"\r")
        assert match["value"] == PROFILES[family].mode
        assert rest == before + after


@BOTH
@pytest.mark.parametrize("suffix", [b"\r", b"\n", b"\r\n"])
@pytest.mark.parametrize("code", [b"A005", b"5", b"3", b"MOD3", b"TRGMOD", "测试码".encode(), b"SCNMOD2"])
def test_a_code_in_the_midst_of_an_answer_is_taken_out_whole(family, suffix, code):
    asked = PROFILES[family].presence
    answer = ANSWERS[family][0]
    for at in range(1, len(answer)):
        stream = answer[:at] + code + suffix + answer[at:]
        match, rest = cut(stream, asked.reply, suffix)
        assert match["value"] == PROFILES[family].mode
        assert rest == code + suffix


@BOTH
def test_half_an_answer_is_none(family):
    answer = ANSWERS[family][0]
    for size in range(len(answer)):
        assert cut(answer[:size], PROFILES[family].presence.reply, b"\r") is None


@BOTH
def test_an_answer_nobody_waits_for_is_no_code_however_it_is_cut(family):
    stream = b"".join(b"A%d\r" % number + answer for number, answer in enumerate(ANSWERS[family])) + b"END\r"
    expected = [Code(f"A{number}") for number in range(len(ANSWERS[family]))] + [Code("END")]
    for size in (1, 2, 3, 7, 50, len(stream)):
        codes = Codes(Framer(b"\r", 512), PROFILES[family].replies)
        found = [one for at in range(0, len(stream), size) for one in codes.feed(stream[at : at + size])]
        assert found == expected
        assert not codes.begun


@BOTH
def test_half_an_answer_ends_with_the_gap_and_is_no_code(family):
    codes = Codes(Framer(b"\r", 512), PROFILES[family].replies)
    assert codes.feed(ANSWERS[family][0][:6]) == []
    assert codes.begun
    assert codes.gap() == []
    assert codes.feed(b"A005\r") == [Code("A005")]


@pytest.mark.parametrize("code", ["T", "TR", "TRGMODE", "REVINFO", "SUFFIX", "Product Name", "S", "TRGMOD3."])
def test_a_code_that_begins_like_an_answer_is_a_code(code):
    codes = Codes(Framer(b"\r", 512), HONEYWELL.replies)
    assert [one for byte in code.encode() + b"\r" for one in codes.feed(bytes([byte]))] == [Code(code)]


def test_half_a_code_that_begins_like_an_answer_is_rejected_and_not_swallowed():
    codes = Codes(Framer(b"\r", 512), HONEYWELL.replies)
    assert codes.feed(b"TR") == []
    assert codes.gap() == [Reject("incomplete")]


PIECES = {
    family: st.lists(
        st.one_of(st.binary(max_size=40), st.sampled_from([*answers, *(answer[:7] for answer in answers), b"\r", b"\r\n", b"A005\r", b"\x02\x01"])),
        max_size=20,
    )
    for family, answers in ANSWERS.items()
}


@BOTH
@settings(derandomize=True, max_examples=200, deadline=None)
@given(data=st.data())
def test_how_hostile_bytes_are_cut_does_not_matter_and_little_is_held(family, data):
    pieces = data.draw(PIECES[family])
    sieve = Sieve(PROFILES[family].replies)
    passed = b"".join(sieve.feed(piece) for piece in pieces)
    assert len(passed) + len(sieve._held) <= len(b"".join(pieces))
    assert len(sieve._held) <= 4096
    again = Sieve(PROFILES[family].replies)
    assert passed == again.feed(b"".join(pieces))


@BOTH
@settings(derandomize=True, max_examples=200, deadline=None)
@given(data=st.data(), suffix=st.sampled_from([b"\r", b"\n", b"\r\n"]))
def test_hostile_bytes_lose_nothing_but_the_answer(family, data, suffix):
    stream = b"".join(data.draw(PIECES[family]))
    asked = PROFILES[family].presence
    found = cut(stream, asked.reply, suffix)
    if found:
        match, rest = found
        assert len(match[0]) + len(rest) == len(stream)
        assert re.fullmatch(asked.reply, match[0])


@BOTH
@settings(derandomize=True, max_examples=200, deadline=None)
@given(values=st.lists(st.binary(max_size=80), min_size=3, max_size=3))
def test_hostile_values_become_text_or_nothing(family, values):
    facts = {"newland": newland_protocol.facts, "honeywell": honeywell_protocol.facts}[family](values)
    assert set(facts) <= {"maker", "model", "firmware", "serial"}
    assert all(isinstance(value, str) and value for value in facts.values())


@BOTH
@settings(derandomize=True, max_examples=200, deadline=None)
@given(data=st.data())
def test_a_recording_keeps_answers_and_lengths_and_no_code(family, data):
    pieces = data.draw(PIECES[family])
    redactor = CodeRedactor(PROFILES[family].replies)
    kept = b"".join(redactor.feed("in", piece) for piece in pieces)
    stream = b"".join(pieces)
    assert len(kept) + len(redactor._held) == len(stream)
    assert kept == CodeRedactor(PROFILES[family].replies).feed("in", stream)
    left = kept
    for answer in sorted(ANSWERS[family], key=len, reverse=True):
        left = left.replace(answer, b"")
    assert set(left) <= set(b"x\x01\r\n")
    again = CodeRedactor(PROFILES[family].replies)
    assert again.feed("in", kept) + again._held == kept


@settings(derandomize=True, max_examples=200, deadline=None)
@given(code=st.binary(min_size=1, max_size=60))
def test_a_plain_recording_has_nothing_but_lengths(code):
    kept = CodeRedactor(None).feed("in", code + b"\r")
    assert len(kept) == len(code) + 1
    assert set(kept) <= set(b"x\x01\r\n")


def test_commands_stay_in_a_recording_and_codes_do_not():
    redactor = CodeRedactor(NEWLAND.replies)
    assert redactor.feed("out", NEWLAND.presence.request) == NEWLAND.presence.request
    assert redactor.feed("in", b"6217000\r" + ANSWERS["newland"][0] + "姓名\x1b\r".encode()) == b"xxxxxxx\r" + ANSWERS["newland"][0] + b"xxxxxx\x01\r"
