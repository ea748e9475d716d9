import contextlib
import struct
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ipp_bytes import CHARSET, LANGUAGE, attribute, octets, reply
from pyipp.parser import parse as pyipp_parse

from drivers.bench import a4_ipp
from drivers.errors import DeviceError, Reason
from drivers.printers import ipp_protocol as ipp
from drivers.printers.ipp_protocol import Attribute, Group, Operation, Tag

# RFC 8010, appendix A.2, A.3 and A.7
SUCCESS = octets(
    "0101 0000 00000001 01", CHARSET, LANGUAGE, "41 000E status-message 000D successful-ok",
    "02 21 0006 job-id 0004 00000093", "45 0007 job-uri 0032 ipp://printer.example.com/ipp/print/pinetree/job/1", "23 0009 job-state 0004 00000003 03",
)  # fmt: skip
FAILURE = octets(
    "0101 040B 00000001 01", CHARSET, LANGUAGE, "41 000E status-message 002F client-error-attributes-or-values-not-supported",
    "05 21 0006 copies 0004 00000014", "10 0005 sides 0000 03",
)  # fmt: skip
JOBS = octets(
    "0101 0000 0000007B 01", CHARSET, LANGUAGE, "41 000E status-message 000D successful-ok",
    "02 21 0006 job-id 0004 00000093", "36 0008 job-name 000C 0005 fr-ca 0003 fou",
    "02",
    "02 21 0006 job-id 0004 00000095", "36 0008 job-name 0012 0005 de-CH 0009 isch~guet 03",
)  # fmt: skip


def test_the_rfcs_successful_reply():
    read = ipp.parse(SUCCESS)
    assert (read.status, read.request_id) == (0, 1)
    (job,) = read.of(Group.JOB)
    assert ipp.number(job, "job-id") == 147
    assert ipp.number(job, "job-state") == 3


def test_the_rfcs_refusal():
    read = ipp.parse(FAILURE)
    assert read.status == 0x040B
    assert read.of(Group.UNSUPPORTED) == [{"copies": (20,), "sides": (None,)}]


def test_the_rfcs_list_of_jobs_with_one_that_says_nothing():
    read = ipp.parse(JOBS)
    assert [(ipp.number(job, "job-id"), ipp.word(job, "job-name")) for job in read.of(Group.JOB)] == [(147, "fou"), (None, ""), (149, "isch guet")]


def test_a_request_as_the_rfc_has_it():
    about = [Attribute(Tag.URI, "printer-uri", ("ipp://printer.example.com/ipp/print/pinetree",)), Attribute(Tag.INTEGER, "limit", (50,)),
             Attribute(Tag.KEYWORD, "requested-attributes", ("job-id", "job-name", "document-format"))]  # fmt: skip
    assert ipp.request(Operation.GET_JOBS, 0x7B, about) == octets(
        "0101 000A 0000007B 01", CHARSET, "48 001B attributes-natural-language 0002 en",
        "45 000B printer-uri 002C ipp://printer.example.com/ipp/print/pinetree", "21 0005 limit 0004 00000032",
        "44 0014 requested-attributes 0006 job-id", "44 0000 0008 job-name", "44 0000 000F document-format 03",
    )  # fmt: skip


def test_pyipp_and_the_bench_read_our_requests_as_we_mean_them():
    about = [Attribute(Tag.URI, "printer-uri", ("ipp://127.0.0.1/ipp/print",)), Attribute(Tag.NAME, "job-name", ("名",))]
    job = [Attribute(Tag.INTEGER, "copies", (2,)), Attribute(Tag.KEYWORD, "sides", ("two-sided-long-edge",))]
    data = ipp.request(Operation.PRINT_JOB, 7, about, job)
    read = pyipp_parse(data + b"%PDF", contains_data=True)
    assert read["status-code"] == Operation.PRINT_JOB
    assert read["request-id"] == 7
    assert read["operation-attributes"]["job-name"] == "名"
    assert read["jobs"] == [{"copies": 2, "sides": "two-sided-long-edge"}]
    assert read["data"] == b"%PDF"
    bench = a4_ipp.decode(data + b"%PDF")
    assert (bench.operation, bench.one("copies"), bench.one("sides"), bench.document) == (2, 2, "two-sided-long-edge", b"%PDF")


words = st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=1, max_size=12)
values = st.one_of(
    st.tuples(st.just(a4_ipp.INTEGER), st.lists(st.integers(-(2**31), 2**31 - 1), min_size=1, max_size=4)),
    st.tuples(st.just(a4_ipp.BOOLEAN), st.lists(st.booleans(), min_size=1, max_size=4)),
    st.tuples(st.just(a4_ipp.KEYWORD), st.lists(words, min_size=1, max_size=4)),
)
groups = st.lists(st.tuples(st.sampled_from([a4_ipp.JOB_GROUP, a4_ipp.PRINTER_GROUP]), st.dictionaries(words, values, min_size=1, max_size=5)), min_size=1, max_size=4)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(groups)
def test_we_read_replies_as_they_were_written_and_as_pyipp_reads_them(written):
    data = a4_ipp.encode(0, 5, written)
    read = ipp.parse(data)
    assert [(tag, dict(group)) for tag, group in read.groups[1:]] == [(tag, {n: tuple(v) for n, (_, v) in group.items()}) for tag, group in written]
    other = pyipp_parse(data)
    for tag, key in ((a4_ipp.JOB_GROUP, "jobs"), (a4_ipp.PRINTER_GROUP, "printers")):
        ours = [{name: v[0] if len(v) == 1 else list(v) for name, v in group.items()} for group in read.of(tag)]
        assert other[key] == ours


@settings(derandomize=True, max_examples=500, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_garbled(data):
    for candidate in (data, reply(data), b"\x02\x00" + data):
        with contextlib.suppress(DeviceError):
            ipp.parse(candidate)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.integers(0, len(JOBS) - 1), st.integers(1, 255))
def test_a_reply_with_a_wrong_byte_is_read_or_garbled(at, change):
    with contextlib.suppress(DeviceError):
        ipp.parse(JOBS[:at] + bytes([JOBS[at] ^ change]) + JOBS[at + 1 :])


@pytest.mark.parametrize("whole", [SUCCESS, FAILURE, JOBS])
def test_a_reply_cut_short_anywhere_is_garbled(whole):
    for size in range(len(whole)):
        with pytest.raises(DeviceError) as raised:
            ipp.parse(whole[:size])
        assert raised.value.reason is Reason.GARBLED


@pytest.mark.parametrize(
    "part",
    [
        b"\x02\x44\x00\x01x" + struct.pack(">h", -6),  # pyipp steps backwards here and never ends
        b"\x02\x44" + struct.pack(">h", -1) + b"x\x00\x00",
        b"\x02" + attribute(0x21, "job-id", b"\x00\x00\x01"),
        b"\x02" + attribute(0x22, "flag", b""),
        b"\x02" + attribute(0x44, "", b"nobody's"),
        b"\x02" + attribute(0x35, "text", b"\x00\x05de"),
        b"\x02" + attribute(0x34, "collection", b""),
    ],
    ids=["negative value", "negative name", "short integer", "short boolean", "value of nothing", "short inner text", "open collection"],
)
def test_what_is_not_ipp_is_garbled(part):
    with pytest.raises(DeviceError) as raised:
        ipp.parse(reply(part))
    assert raised.value.reason is Reason.GARBLED


def test_collections_are_stepped_over_however_deep():
    deep = 5000
    member = attribute(0x4A, "", b"media-size")
    nested = attribute(0x34, "media-col", b"") + (member + attribute(0x34, "", b"")) * deep + attribute(0x37, "", b"") * (deep + 1)
    (job,) = ipp.parse(reply(b"\x02", nested, attribute(0x21, "job-id", b"\x00\x00\x00\x09"))).of(Group.JOB)
    assert job == {"media-col": (None,), "job-id": (9,)}


@pytest.mark.untraced
def test_many_values_cost_no_more_than_their_number():
    count = 100_000
    data = reply(b"\x04", attribute(0x21, "a", b"\0\0\0\1"), attribute(0x21, "", b"\0\0\0\1") * count)
    tracemalloc.start()
    (printer,) = ipp.parse(data).of(Group.PRINTER)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(printer["a"]) == count + 1
    assert peak < 8 << 20


def test_trays_and_supplies_are_read_as_pairs():
    group = {"printer-input-tray": (b"type=sheetFeedAutoRemovableTray;level=-3;name=Main;;x", None, 5)}
    assert ipp.pairs(group, "printer-input-tray") == [{"type": "sheetfeedautoremovabletray", "level": "-3", "name": "main", "x": ""}]
