"""Frames of the ID-card module, against the vectors of the public protocol tables and against hostile bytes."""

from functools import reduce
from operator import xor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.bench import id_reader
from drivers.errors import Action, DeviceError, Reason
from drivers.readers.sdt_id_protocol import LENGTH_MAX, PREAMBLE, Cutter, Frames, Reply, Request, blocks, encode, fits, meaning, module_id

FOUND = bytes.fromhex("AAAAAA9669 0008 0000 9F 00000000 97")
NO_CARD = bytes.fromhex("AAAAAA9669 0004 0000 80 84")
SELECTED = bytes.fromhex("AAAAAA9669 000C 0000 90 0000000000000000 9C")
SELECT_FAILED = bytes.fromhex("AAAAAA9669 0004 0000 81 85")
READ_FAILED = bytes.fromhex("AAAAAA9669 0004 0000 41 45")


def frame(sw3, data=b""):
    return id_reader.frame(sw3, data)


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (Request.RESET, "AAAAAA9669 0003 10FF EC"),
        (Request.STATUS, "AAAAAA9669 0003 11FF ED"),
        (Request.MODULE_ID, "AAAAAA9669 0003 12FF EE"),
        (Request.FIND, "AAAAAA9669 0003 2001 22"),
        (Request.SELECT, "AAAAAA9669 0003 2002 21"),
        (Request.READ, "AAAAAA9669 0003 3001 32"),
        (Request.READ_ALL, "AAAAAA9669 0003 3010 23"),
        (Request.BAUD_115200, "AAAAAA9669 0003 6000 63"),
        (Request.BAUD_57600, "AAAAAA9669 0003 6001 62"),
        (Request.BAUD_38400, "AAAAAA9669 0003 6002 61"),
        (Request.BAUD_19200, "AAAAAA9669 0003 6003 60"),
        (Request.BAUD_9600, "AAAAAA9669 0003 6004 67"),
    ],
)
def test_requests_are_the_published_frames(request_, expected):
    assert encode(request_) == bytes.fromhex(expected)


@pytest.mark.parametrize(("raw", "sw3", "size"), [(FOUND, 0x9F, 4), (NO_CARD, 0x80, 0), (SELECTED, 0x90, 8), (SELECT_FAILED, 0x81, 0), (READ_FAILED, 0x41, 0)])
def test_replies_are_the_published_frames(raw, sw3, size):
    assert Frames().feed(raw) == [Reply(sw3, bytes(size))]
    assert frame(sw3, bytes(size)) == raw


@pytest.mark.parametrize(("fingerprint", "total"), [(None, 1295), (0, 1297), (512, 1809), (1024, 2321)])
def test_a_read_has_the_published_size_and_its_blocks_go_by_their_size_words(fingerprint, total):
    text, photo = bytes(range(256)), b"p" * 1024
    sizes = b"\x01\x00\x04\x00" + (b"" if fingerprint is None else fingerprint.to_bytes(2))
    raw = frame(0x90, sizes + text + photo + b"f" * (fingerprint or 0))
    assert len(raw) == total
    (reply,) = Frames().feed(raw)
    assert fits(Request.READ if fingerprint is None else Request.READ_ALL, reply)
    assert blocks(reply.data) == (text, photo, b"f" * (fingerprint or 0))


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x01\x00\x04\x00", b"\x01\x00\x04\x00" + bytes(1279), b"\xff\xff\xff\xff" + bytes(1280), b"\x01\x00\x04\x00\x00\x10" + bytes(1296)])
def test_block_sizes_that_do_not_add_up_are_garbled(data):
    with pytest.raises(DeviceError) as caught:
        blocks(data)
    assert caught.value.reason is Reason.GARBLED


def test_a_reply_comes_byte_by_byte():
    frames = Frames()
    found = [reply for at in range(len(FOUND)) for reply in frames.feed(FOUND[at : at + 1])]
    assert found == [Reply(0x9F, bytes(4))]


def test_two_replies_in_one_piece():
    assert [reply.sw3 for reply in Frames().feed(NO_CARD + FOUND)] == [0x80, 0x9F]


@pytest.mark.parametrize("noise", ["00", "AA", "AAAA", "AAAAAA96", "AAAAAA9669", "AAAAAA9669 FFFF", "AAAAAA9669 0000", "AAAAAA9669 0004 000080 85", "69"])
def test_noise_before_a_reply_is_skipped(noise):
    frames = Frames()
    found = frames.feed(bytes.fromhex(noise)) + frames.feed(FOUND)
    # A lying length may swallow the reply behind it until more bytes prove it wrong.
    found += frames.feed(bytes(LENGTH_MAX + 7)) if not found else []
    assert found == [Reply(0x9F, bytes(4))]


def test_a_wrong_checksum_is_no_reply():
    frames = Frames()
    assert frames.feed(FOUND[:-1] + bytes([FOUND[-1] ^ 1])) == []
    assert frames.heard
    assert frames.feed(NO_CARD) == [Reply(0x80, b"")]


def test_module_id_is_the_printed_number():
    assert module_id(bytes.fromhex("05000100 01000000 02000000 03000000")) == "05.01-00000001-0000000002-0000000003"
    assert module_id(id_reader.MODULE_ID) == "05.01-20181859-0002679109-1234567890"


@pytest.mark.parametrize(
    ("sw3", "reason", "action"),
    [
        (0x80, Reason.CARD_MOVED, Action.WAIT),
        (0x81, Reason.CARD_MOVED, Action.WAIT),
        (0x41, Reason.CARD_MOVED, Action.WAIT),
        (0x31, Reason.CARD_REFUSED, Action.WAIT),
        (0x32, Reason.CARD_REFUSED, Action.WAIT),
        (0x40, Reason.CARD_REFUSED, Action.WAIT),
        (0x33, Reason.CARD_UNREADABLE, Action.WAIT),
        (0x47, Reason.CARD_UNREADABLE, Action.WAIT),
        (0x91, Reason.CARD_UNREADABLE, Action.WAIT),
        (0x10, Reason.GARBLED, Action.WAIT),
        (0x11, Reason.GARBLED, Action.WAIT),
        (0x21, Reason.UNSUPPORTED, Action.CONFIGURATION),
        (0x24, Reason.HARDWARE, Action.RESET),
        (0x60, Reason.HARDWARE, Action.MAINTENANCE),
        (0x66, Reason.NOT_AUTHORISED, Action.MAINTENANCE),
        (0x99, Reason.GARBLED, Action.MAINTENANCE),
    ],
)
def test_result_codes_say_what_is_wrong_and_who_acts(sw3, reason, action):
    error = meaning(sw3)
    assert (error.reason, error.action) == (reason, action)
    assert f"{sw3:02X}" in error.detail


@pytest.mark.parametrize(
    ("request_", "late"),
    [
        (Request.SELECT, Reply(0x9F, bytes(4))),
        (Request.FIND, Reply(0x90, bytes(8))),
        (Request.FIND, Reply(0x81, b"")),
        (Request.SELECT, Reply(0x90, b"")),
        (Request.SELECT, Reply(0x41, b"")),
        (Request.READ, Reply(0x90, b"")),
        (Request.READ, Reply(0x90, bytes(8))),
        (Request.READ, Reply(0x90, bytes(16))),
        (Request.STATUS, Reply(0x80, b"")),
        (Request.STATUS, Reply(0x90, bytes(16))),
        (Request.MODULE_ID, Reply(0x90, b"")),
        (Request.RESET, Reply(0x9F, bytes(4))),
        (Request.READ_ALL, Reply(0x90, b"")),
        (Request.BAUD_9600, Reply(0x90, bytes(16))),
    ],
)
def test_an_answer_to_another_request_is_not_taken(request_, late):
    assert not fits(request_, late)


@pytest.mark.parametrize("request_", list(Request))
def test_errors_of_the_module_answer_every_request(request_):
    for sw3 in (0x10, 0x11, 0x21, 0x24, 0x60, 0x66):
        assert fits(request_, Reply(sw3, b""))


def test_a_reply_shows_no_data():
    assert repr(Reply(0x90, b"secret")) == "Reply(90, 6 bytes)"


NOISY = st.lists(
    st.one_of(
        st.binary(max_size=40),
        st.sampled_from([PREAMBLE, PREAMBLE + b"\x09\x0a", PREAMBLE + b"\x00\x04", PREAMBLE[:3], FOUND, FOUND[:-1], NO_CARD, SELECTED]),
    ),
    max_size=30,
)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(pieces=NOISY)
def test_hostile_bytes_give_only_frames_with_a_right_checksum_in_bounded_memory(pieces):
    frames = Frames()
    stream = b"".join(pieces)
    for piece in pieces:
        for reply in frames.feed(piece):
            counted = (len(reply.data) + 4).to_bytes(2)
            # Whatever is returned stands in the stream as a whole frame: two free bytes (SW1, SW2), then SW3, data and checksum.
            starts = [at for at in range(len(stream)) if stream.startswith(PREAMBLE + counted, at)]
            found = [stream[at : at + 8 + 3 + len(reply.data)] for at in starts]
            assert any(whole[9:-1] == bytes([reply.sw3]) + reply.data and reduce(xor, whole[5:]) == 0 for whole in found)
        assert len(frames._pending) <= LENGTH_MAX + 7


@settings(derandomize=True, max_examples=200, deadline=None)
@given(data=st.binary(max_size=60), cut=st.integers(0, 60))
def test_how_the_bytes_are_cut_does_not_matter(data, cut):
    stream = data + FOUND + data + NO_CARD + data
    whole, parts = Frames(), Frames()
    assert whole.feed(stream) == parts.feed(stream[:cut]) + parts.feed(stream[cut:])


@settings(derandomize=True, max_examples=200, deadline=None)
@given(data=st.binary(max_size=2400))
def test_blocks_raise_nothing_but_their_error(data):
    try:
        found = blocks(data)
    except DeviceError as error:
        assert error.reason is Reason.GARBLED  # noqa: PT017 - either outcome is right
    else:
        assert data.endswith(b"".join(found))


@settings(derandomize=True, max_examples=300, deadline=None)
@given(text=st.integers(0, 300), photo=st.integers(0, 1100), finger=st.sampled_from([None, 0, 512, 1024, 513]), words=st.binary(min_size=6, max_size=6))
def test_lying_sizes_are_garbled_or_lead_to_blocks_of_just_these_sizes(text, photo, finger, words):
    body = bytes(text + photo + (finger or 0))
    said = [int.from_bytes(words[at : at + 2]) for at in (0, 2, 4)]
    try:
        found = blocks(words + body)
    except DeviceError as error:
        assert error.reason is Reason.GARBLED  # noqa: PT017 - either outcome is right
    else:
        assert [len(block) for block in found][:2] == said[:2]


@settings(derandomize=True, max_examples=300, deadline=None)
@given(pieces=NOISY)
def test_every_byte_comes_out_of_the_cutter_once_and_in_order(pieces):
    cutter = Cutter(3)
    out = b"".join(piece.raw for data in pieces for piece in cutter.cut(data))
    assert out + bytes(cutter._pending) == b"".join(pieces)
