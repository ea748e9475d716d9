"""Recordings of the ID-card reader: nothing of a citizen is left in them, and they still replay."""

import pytest
from card_reading import ROLE, read
from conftest import Ear
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.bench import cards, id_reader
from drivers.bench.people import PEOPLE
from drivers.contract import CardKind, CardRead
from drivers.errors import DeviceError, Reason
from drivers.readers import id_card_text
from drivers.readers.sdt_id_protocol import Frames, Request, blocks, encode
from drivers.readers.sdt_id_redactor import SdtRedactor
from drivers.recordings import recording
from drivers.recordings.replay import replay
from drivers.registry import load

KINDS = {kind: [person for person in PEOPLE if person.kind is kind] for kind in CardKind}


def answer(person, finger=None, text=None):
    """A read's frame."""
    text = cards.text_block(person) if text is None else text
    sizes = [len(text), 1024] + ([] if finger is None else [finger])
    data = b"".join(size.to_bytes(2) for size in sizes) + text + cards.photo(person) + cards.fingerprint(person, finger or 0)
    return id_reader.frame(0x90, data)


def kept(frame, request=Request.READ):
    redactor = SdtRedactor()
    assert redactor.feed("out", encode(request)) == encode(request)
    return redactor.feed("in", frame)


def read_again(raw):
    (reply,) = Frames().feed(raw)
    text, photo, finger = blocks(reply.data)
    return id_card_text.parse(text, photo), photo, finger


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.key)
@pytest.mark.parametrize("finger", [None, 0, 512, 1024])
def test_a_card_becomes_a_made_up_one_of_its_kind(person, finger):
    raw = kept(answer(person, finger))
    assert len(raw) == len(answer(person, finger))
    card, photo, block = read_again(raw)
    assert card.kind is person.kind
    assert (photo, block) == (bytes(1024), bytes(finger or 0))
    assert card.number.startswith(("999999", "XX"))
    assert card.name != person.name


@pytest.mark.parametrize("kind", CardKind)
def test_what_is_kept_of_a_card_does_not_depend_on_whose_it_is(kind):
    assert len({kept(answer(person, 512)) for person in KINDS[kind]}) == 1


def test_a_card_with_a_wrong_number_stays_one():
    raw = cards.text_block(cards.person("jia"))
    with pytest.raises(DeviceError) as caught:
        read_again(kept(answer(cards.person("jia"), text=raw[:156] + "5".encode("utf-16-le") + raw[158:])))
    assert caught.value.reason is Reason.CARD_INVALID


@pytest.mark.parametrize("text", [bytes(256), b"\xff" * 256, "甲".encode("utf-16-le") * 128, b"secret" * 20])
def test_a_block_that_cannot_be_read_leaves_nothing(text):
    raw = kept(answer(cards.person("jia"), text=text))
    (reply,) = Frames().feed(raw)
    assert set(blocks(reply.data).text) == {0}


@pytest.mark.parametrize("frame", [id_reader.frame(code) for code in (0x80, 0x81, 0x41, 0x60, 0x66, 0x90, 0x21)])
def test_results_stay(frame):
    assert kept(frame) == frame


def test_requests_and_the_modules_number_stay_and_a_cards_does_not():
    assert kept(id_reader.frame(0x90, id_reader.MODULE_ID), Request.MODULE_ID) == id_reader.frame(0x90, id_reader.MODULE_ID)
    assert kept(id_reader.frame(0x90, id_reader.MODULE_ID), Request.READ) == id_reader.frame(0x90, bytes(16))
    assert kept(id_reader.frame(0x90, b"CARDCARD"), Request.SELECT) == id_reader.frame(0x90, bytes(8))
    assert kept(id_reader.frame(0x9F, b"CARD"), Request.FIND) == id_reader.frame(0x9F, bytes(4))


def test_half_frames_and_spoilt_ones_become_zeros():
    raw = answer(cards.person("long"))
    redactor = SdtRedactor()
    out = redactor.feed("in", raw[:700]) + redactor.feed("in", raw[:-1] + bytes([raw[-1] ^ 1])) + redactor.feed("in", id_reader.frame(0x80) * 400)
    assert set(out[:1900]) == {0}


TEXT = st.binary(min_size=256, max_size=256)
OUTCOME = st.sampled_from(list(CardKind))


@settings(derandomize=True, max_examples=200, deadline=None)
@given(one=st.sampled_from(PEOPLE), noise=TEXT, photo=st.binary(min_size=64, max_size=64), at=st.integers(0, 247), cut=st.integers(0, 3000))
def test_nothing_of_the_blocks_survives_and_the_length_stays(one, noise, photo, at, cut):
    text = cards.text_block(one)
    text = text[:at] + noise[at:248] + text[248:]
    data = b"\x01\x00\x04\x00\x02\x00" + text + photo * 16 + photo * 8
    raw = id_reader.frame(0x90, data)
    redactor = SdtRedactor()
    out = redactor.feed("in", raw[:cut]) + redactor.feed("in", raw[cut:])
    assert len(out) == len(raw)
    assert out == kept(raw)
    (reply,) = Frames().feed(out)
    assert reply.sw3 == 0x90
    found = blocks(reply.data)
    assert set(found.photo + found.fingerprint) == {0}
    # The text is one of a handful of made-up ones, whatever the original was.
    made = {bytes(256), *(blocks(Frames().feed(kept(answer(person)))[0].data).text for person in PEOPLE)}
    assert found.text in made or found.text[122:124] == "?".encode("utf-16-le")


@settings(derandomize=True, max_examples=200, deadline=None)
@given(pieces=st.lists(st.tuples(st.sampled_from(["in", "out"]), st.binary(max_size=60)), max_size=20))
def test_hostile_bytes_become_zeros_and_are_never_more(pieces):
    redactor = SdtRedactor()
    for direction in ("in", "out"):
        said = b"".join(data for way, data in pieces if way == direction)
        out = b"".join(redactor.feed(way, data) for way, data in pieces if way == direction)
        assert len(out) <= len(said)


@pytest.mark.parametrize("one", PEOPLE, ids=lambda one: one.key)
def test_what_was_redacted_once_is_left_as_it_is(one):
    for raw in (answer(one, 512), answer(one, text=bytes(256)), id_reader.frame(0x9F, b"CARD"), b"noise" * 30 + answer(one)):
        once = kept(raw + id_reader.frame(0x80))
        assert kept(once) == once


def record(board, path, **settings_):
    chosen = {"port": board.port, "presence_ms": 60_000, **settings_}
    reader = load(ROLE, "readers.sdt_id", chosen, trace_to=path)
    ear = Ear()
    try:
        reader.start(ear)
        read(reader)
        return ear.answer("1"), reader.status
    finally:
        reader.stop()


@pytest.mark.parametrize("key", ["long", "permit", "foreign2017", "foreign2023"])
def test_a_recording_of_a_card_that_was_read_replays_to_a_card(reader_board, tmp_path, key):
    reader_board.set(card=key, fingerprint=1024)
    original, _ = record(reader_board, tmp_path / "r.jsonl", fingerprint=True)
    assert isinstance(original, CardRead)
    inward = b"".join(bytes.fromhex(one.inward or "") for one in recording.read(tmp_path / "r.jsonl").records)
    person = cards.person(key)
    for fact in (person.name, person.number, person.born.strftime("%Y%m%d"), person.latin_name or "甲乙丙"):
        assert fact.encode("utf-16-le") not in inward
    assert cards.photo(person)[4:20] not in inward
    assert cards.fingerprint(person, 16) not in inward
    report = replay(tmp_path / "r.jsonl")
    assert report.same, report


def test_a_recording_of_a_refusal_stays_one(reader_board, tmp_path):
    reader_board.set(card="jia", read_sw3="41")
    original, _ = record(reader_board, tmp_path / "r.jsonl")
    assert original.error.reason is Reason.CARD_MOVED
    assert replay(tmp_path / "r.jsonl").same


def test_a_recording_of_a_module_at_another_speed_replays(reader_board, tmp_path):
    reader_board.set(card="jia", baud=57600)
    assert isinstance(record(reader_board, tmp_path / "r.jsonl", health_ms=60_000)[0], CardRead)
    assert replay(tmp_path / "r.jsonl").same
