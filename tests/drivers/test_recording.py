"""Whatever is in a file that is said to be a recording: it is one, or a clear error."""

import msgspec
import pytest
from gauge import heard, opened, recording, said
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.contract import Document, Line, Pair, Paper, Print, PrintDocument, Qr
from drivers.printers.escpos_layout import Charset, Rom, width
from drivers.recordings import filler
from drivers.recordings import recording as recordings
from drivers.recordings.recording import Header, Record, Recording, RecordingError
from drivers.recordings.replay import replay
from drivers.recordings.script import Script, script

HEADER = Header(format=1, driver="readers.sdt_id", role="r", settings={"port": "x"}, capabilities={}, began="2026-01-01T00:00:00+08:00")
WRONG = {
    "nothing": b"",
    "no header": b'{"t":0,"open":"bytes"}\n',
    "another format": msgspec.json.encode(msgspec.structs.replace(HEADER, format=2)) + b"\n",
    "not JSON": msgspec.json.encode(HEADER) + b"\n{",
    "nothing that happened": msgspec.json.encode(HEADER) + b'\n{"t":1}\n',
    "two things at once": msgspec.json.encode(HEADER) + b'\n{"t":1,"out":"00","in":"00"}\n',
    "not hexadecimal": msgspec.json.encode(HEADER) + b'\n{"t":1,"out":"xy"}\n',
    "time backwards": msgspec.json.encode(HEADER) + b'\n{"t":1,"out":"00"}\n{"t":0.5,"out":"00"}\n',
    "negative time": msgspec.json.encode(HEADER) + b'\n{"t":-1,"out":"00"}\n',
    "a long line": msgspec.json.encode(HEADER) + b'\n{"t":1,"out":"' + b"00" * 600_000 + b'"}\n',
    "no opening": msgspec.json.encode(HEADER) + b'\n{"t":1,"out":"00"}\n',
    "deep": msgspec.json.encode(HEADER) + b'\n{"t":1,"event":' + b'{"a":' * 5000 + b"1" + b"}" * 5001 + b"\n",
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_with_a_recording_is_said(tmp_path, what):
    file = tmp_path / "r.jsonl"
    file.write_bytes(WRONG[what])
    with pytest.raises(RecordingError, match=r"^r\.jsonl: "):
        replay(file)


def test_a_recording_that_is_not_there_is_said(tmp_path):
    with pytest.raises(RecordingError, match="cannot be read"):
        replay(tmp_path / "none.jsonl")


@pytest.mark.parametrize("change", [{"driver": "readers.nonsense"}, {"driver": "../x"}, {"settings": {"port": 5}}, {"settings": {"baudd": 1}}])
def test_a_driver_or_setting_that_is_no_more_is_said(tmp_path, change):
    file = tmp_path / "r.jsonl"
    file.write_bytes(msgspec.json.encode(msgspec.structs.replace(HEADER, **change)) + b'\n{"t":0,"open":"bytes"}\n')
    with pytest.raises(RecordingError, match="cannot be played"):
        replay(file)


RECORDS = st.lists(
    st.one_of(
        st.builds(lambda data: Record(t=0, out=data.hex()), st.binary(max_size=9)),
        st.builds(lambda data: Record(t=0, inward=data.hex()), st.binary(max_size=9)),
        st.builds(Record, t=st.just(0), open=st.sampled_from(["bytes", "lengths", "library"])),
        st.builds(Record, t=st.just(0), random=st.integers(0, 9)),
        st.builds(Record, t=st.just(0), command=st.dictionaries(st.text(max_size=5), st.one_of(st.integers(), st.text(), st.none()), max_size=3)),
        st.builds(Record, t=st.just(0), event=st.dictionaries(st.text(max_size=5), st.text(), max_size=3)),
        st.builds(Record, t=st.just(0), spoilt=st.text(max_size=5)),
    ),
    max_size=12,
)


@settings(derandomize=True, deadline=None, max_examples=400)
@given(RECORDS, st.booleans())
def test_any_records_are_a_script_or_an_error(records, continued):
    try:
        made = script(Recording(msgspec.structs.replace(HEADER, continued=continued), tuple(records)))
    except RecordingError:
        return
    assert isinstance(made, Script)


@settings(derandomize=True, deadline=None, max_examples=400)
@given(st.one_of(st.binary(max_size=200), st.builds(lambda cut, byte: GOOD[:cut] + byte + GOOD[cut + 1 :], st.integers(0, 500), st.binary(max_size=2))))
def test_any_bytes_are_a_recording_or_an_error(tmp_path_factory, data):
    file = tmp_path_factory.mktemp("any") / "r.jsonl"
    file.write_bytes(data)
    try:
        made = script(recordings.read(file))
    except RecordingError:
        return
    assert isinstance(made, Script)


GOOD = b"\n".join(map(msgspec.json.encode, (HEADER, opened(0), said(0.1, b"?"), heard(0.2, b"f"), Record(t=0.3, command={"type": "ReadCard", "role": "r", "id": "1"}))))


def test_a_continued_recording_is_played_from_the_next_opening_on():
    made = script(recording(said(1, b"lost"), heard(1.1, b"lost"), opened(2), said(2.1, b"?"), continued=True))
    assert [scene.t for scene in made.scenes] == [2]
    assert [say.out for say in made.scenes[0].says] == [b"?"]


def test_an_answer_that_came_after_a_command_belongs_to_what_was_asked_before_it():
    reads = Record(t=1.05, command={"type": "ReadCard", "role": "r", "id": "1"})
    made = script(recording(opened(0), said(1, b"?"), reads, heard(1.1, b"f"), heard(5, b"l")))
    assert [data for _, data in made.scenes[0].says[0].heard] == [b"f"]
    assert [data for _, data in made.scenes[1].heard] == [b"l"]


TEXTS = st.text(st.one_of(st.characters(codec="gb18030", exclude_categories=("Cs", "Cc")), st.sampled_from("囧镕㐀𠮷 AZaz09，。:/-\ue123")), max_size=40)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(TEXTS)
def test_filler_says_nothing_and_is_as_wide_and_as_drawn(text):
    filled = filler.text(text)
    assert len(filled) == len(text)
    assert filler.text(filled) == filled
    for char, instead in zip(text, filled, strict=True):
        assert not char.isalnum() or instead in {"0", "A", "a", "中", "镕", "㐀", "\U00020000"}
        assert width(char) == width(instead)
    chinese = [(char, instead) for char, instead in zip(text, filled, strict=True) if "\u4e00" <= char <= "\u9fa5"]
    for rom in (Rom(Charset.GB2312), Rom(Charset.GB18030), Rom(Charset.GB18030, four_byte=True)):
        assert [rom.code(char) is None for char, _ in chinese] == [rom.code(instead) is None for _, instead in chinese]


def test_papers_and_documents_keep_their_shape_only():
    paper = Paper((Line("张三 110"), Pair("编号", "A1"), Qr("https://x.invalid/aB1")))
    kept = filler.command(filler.shape(Print(role="p", id="1", paper=paper)))
    assert kept.paper.blocks == (Line("中中 000"), Pair("中中", "A0"), Qr("aaaaa://a.aaaaaaa/aA0"))
    document = PrintDocument(role="p", id="1", document=Document(pdf=b"%PDF-1.7 secret", copies=2, two_sided=True))
    shape = filler.shape(document)
    assert "secret" not in str(shape)
    again = filler.command(shape).document
    assert (len(again.pdf), again.copies, again.two_sided) == (15, 2, True)
