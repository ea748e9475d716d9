"""The catalogue on the disk: what is written is read again, and what is damaged is set aside."""

from dataclasses import replace
from datetime import UTC, datetime

import apsw
import pytest
from city_catalogue import a_head, real_guides
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue import store as store_module
from kiosk.catalogue.items import item_of
from kiosk.catalogue.kept import Kept, pack, unpack
from kiosk.catalogue.query import PLAIN
from kiosk.catalogue.store import Store

GUIDES = real_guides()[:12]


def kept(*guides, **changes):
    chosen = guides or GUIDES
    made = Kept(
        head=a_head(), items=tuple(item_of(one, "city") for one in chosen), guides={one.code: pack(one) for one in chosen},
        fetched=datetime(2026, 3, 4, 12, tzinfo=UTC), etag='"v1/city"',
        tags={one.code: f"{one.version}-abc" for one in chosen},
    )
    return replace(made, **changes)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "catalogue.db"


def test_there_is_none_at_first(path):
    assert Store(path).load() is None
    assert not path.exists()
    path.touch()
    assert Store(path).load() is None


def test_what_was_saved_is_loaded_whole(path):
    Store(path).save(kept())
    loaded = Store(path).load()
    assert loaded == kept()
    catalogue = loaded.catalogue(PLAIN)
    assert [catalogue.guide(one.code) for one in GUIDES] == list(GUIDES)
    assert catalogue.guide("nothing") is None
    assert catalogue.search("企业设立登记")[0] == GUIDES[0]


def test_another_one_takes_its_place_whole(path):
    Store(path).save(kept())
    Store(path).save(kept(GUIDES[3], etag=""))
    loaded = Store(path).load()
    assert list(loaded.guides) == [GUIDES[3].code]
    assert loaded.etag == ""


def test_one_that_could_not_be_written_leaves_the_one_before(path, monkeypatch):
    Store(path).save(kept())
    torn = kept(guides={**kept().guides, "bad": None})  # fails in the middle of the transaction: a body is never NULL
    monkeypatch.setattr(store_module, "_digest", lambda *_: b"")
    with pytest.raises(apsw.Error):
        Store(path).save(torn)
    monkeypatch.undo()
    assert Store(path).load() == kept()


def test_a_full_disk_leaves_the_one_before(path):
    Store(path).save(kept())
    size = apsw.Connection(str(path)).execute("PRAGMA page_count").get

    class Small(Store):
        def _open(self):
            db = super()._open()
            db.execute(f"PRAGMA max_page_count={size}")
            return db

    with pytest.raises(apsw.Error):
        Small(path).save(kept(guides={one: pack(GUIDES[0]) * 40 for one in kept().guides}))
    assert Store(path).load() == kept()


def put(path, sql):
    db = apsw.Connection(str(path))
    db.execute(sql)
    db.close()


TAGS = {
    "another tag": "UPDATE tags SET body = CAST(replace(CAST(body AS TEXT), '1-abc', '2-abc') AS BLOB)",
    "none": "DELETE FROM tags",
    "no tags": "UPDATE tags SET body = x'00'",
    "of another catalogue": "UPDATE tags SET digest = x'00'",
    "written before there were tags": "DROP TABLE tags",
}


@pytest.mark.parametrize("damage", TAGS.values(), ids=TAGS.keys())
def test_tags_that_are_not_those_of_the_guides_are_none_and_the_catalogue_is_used(path, damage):
    Store(path).save(kept())
    put(path, damage)
    assert Store(path).load() == kept(tags={})


DAMAGE = {
    "no SQLite": lambda path: path.write_bytes(b"<html>" * 1000),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "a page of zeros": lambda path: path.write_bytes(path.read_bytes()[:8192] + bytes(4096) + path.read_bytes()[12288:]),
    "a guide gone": lambda path: put(path, "DELETE FROM guide WHERE code = 'i003'"),
    "a guide more": lambda path: put(path, "INSERT INTO guide(code, body) VALUES ('x', x'00')"),
    "a guide of another code": lambda path: put(path, "UPDATE guide SET code = 'x' WHERE code = 'i003'"),
    "another guide": lambda path: put(path, "UPDATE guide SET body = (SELECT body FROM guide WHERE code = 'i004') WHERE code = 'i003'"),
    "another head": lambda path: put(path, "UPDATE catalogue SET head = x'7b7d'"),
    "another etag": lambda path: put(path, "UPDATE catalogue SET etag = 'x'"),
    "no table": lambda path: put(path, "DROP TABLE guide"),
    "another table": lambda path: put(path, "DROP TABLE catalogue; CREATE TABLE catalogue(x)"),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
@pytest.mark.errors_logged
def test_a_damaged_file_is_set_aside_and_a_new_one_can_be_written(path, damage):
    Store(path).save(kept())
    damage(path)
    assert Store(path).load() is None
    assert path.with_suffix(".damaged").exists()
    assert not path.exists()
    Store(path).save(kept())
    assert Store(path).load() == kept()


@pytest.mark.errors_logged
def test_whatever_byte_is_wrong_it_is_found_or_does_not_matter(path, tmp_path):
    Store(path).save(kept(GUIDES[0]))
    good = path.read_bytes()

    @given(st.integers(0, len(good) - 1), st.integers(1, 255))
    @settings(max_examples=60, derandomize=True, deadline=None)
    def bend(place, by):
        path.write_bytes(good[:place] + bytes([good[place] ^ by]) + good[place + 1 :])
        assert Store(path).load() in (None, kept(GUIDES[0]))

    bend()
    path.write_bytes(b"not the same at all" * 100)
    assert Store(path).load() is None


def test_one_of_another_version_of_the_program_is_used_if_it_can_be_read_and_fetched_anew(path, monkeypatch):
    Store(path).save(kept())
    monkeypatch.setattr(store_module, "_shape", lambda: "another")
    assert Store(path).load() == kept(etag="", tags={})


@pytest.mark.errors_logged
def test_one_that_this_version_cannot_read_is_set_aside(path, monkeypatch):
    Store(path).save(kept(guides={"i000": b"not packed"}))
    assert Store(path).load() is not None  # the checksum is right, and nobody reads 4,000 guides at each start
    monkeypatch.setattr(store_module, "_shape", lambda: "another")
    assert Store(path).load() is None


def test_a_guide_is_packed_and_unpacked():
    for guide in GUIDES:
        assert unpack(pack(guide)) == guide
