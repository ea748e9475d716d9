"""The catalogue on the disk: one SQLite file with one whole catalogue, replaced in one transaction and checked when it is read."""

import logging
import zlib
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from datetime import datetime
from hashlib import blake2b, sha256
from pathlib import Path

import apsw
import msgspec

from kiosk.backend.messages.catalogue import CatalogueHead, Guide
from kiosk.catalogue.items import Item
from kiosk.catalogue.kept import Kept, unpack

_SCHEMA = """
CREATE TABLE IF NOT EXISTS catalogue(
    one INTEGER PRIMARY KEY CHECK (one = 1),
    shape TEXT NOT NULL,
    etag TEXT NOT NULL,
    fetched TEXT NOT NULL,
    head BLOB NOT NULL,
    items BLOB NOT NULL,
    digest BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS guide(code TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS tags(one INTEGER PRIMARY KEY CHECK (one = 1), body BLOB NOT NULL, digest BLOB NOT NULL) STRICT;
"""
_BUSY_MS = 5000
_ITEMS = msgspec.json.Decoder(tuple[Item, ...])
_log = logging.getLogger(__name__)


class DamagedError(Exception):
    """The file does not hold what was written into it, or not what this program can read; the message says how one saw it."""


class Store:
    """The catalogue in an SQLite file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Kept | None:
        """The catalogue, or None where there is none. A file that cannot be read is set aside and logged, never raised."""
        if not self._path.exists():
            return None
        try:
            return self._read()
        except (apsw.Error, DamagedError) as error:
            _log.error("the catalogue on the disk cannot be used: %s: %s", type(error).__name__, error)
            self._set_aside()
            return None

    def save(self, kept: Kept) -> None:
        """Put this catalogue into the place of the one before; apsw.Error when the disk fails, and then that one is still there."""
        head, items, fetched = msgspec.json.encode(kept.head), msgspec.json.encode(kept.items), kept.fetched.isoformat()
        digest = _digest((kept.etag.encode(), fetched.encode(), head, items), kept.guides)
        with closing(self._open()) as db, db:
            db.execute("DELETE FROM guide")
            db.executemany("INSERT INTO guide(code, body) VALUES (?, ?)", kept.guides.items())
            row = (_shape(), kept.etag, fetched, head, items, digest)
            db.execute("INSERT OR REPLACE INTO catalogue(one, shape, etag, fetched, head, items, digest) VALUES (1, ?, ?, ?, ?, ?, ?)", row)
            tags = msgspec.json.encode(kept.tags)
            db.execute("INSERT OR REPLACE INTO tags(one, body, digest) VALUES (1, ?, ?)", (tags, _digest((digest, tags), {})))

    def _open(self) -> apsw.Connection:
        db = apsw.Connection(str(self._path))
        db.set_busy_timeout(_BUSY_MS)
        db.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
        db.execute(_SCHEMA)
        return db

    def _read(self) -> Kept | None:
        with closing(self._open()) as db:
            row = db.execute("SELECT shape, etag, fetched, head, items, digest FROM catalogue").fetchone()
            guides = {str(code): bytes(body) for code, body in db.execute("SELECT code, body FROM guide ORDER BY code")}
            tags, of_tags = db.execute("SELECT body, digest FROM tags").fetchone() or (b"{}", b"")
        if row is None:
            return None
        shape, etag, fetched, head, items, digest = row
        if _digest((etag.encode(), fetched.encode(), head, items), guides) != digest:
            raise DamagedError("checksum")
        try:
            same = shape == _shape()
            if not same:  # of another version of this program: good if it can be read, but fetched anew all the same
                for body in guides.values():
                    unpack(body)
            return Kept(
                head=msgspec.json.decode(head, type=CatalogueHead),
                items=_ITEMS.decode(items),
                guides=guides,
                fetched=datetime.fromisoformat(fetched),
                etag=etag if same else "",
                tags=msgspec.json.decode(tags, type=dict[str, str]) if same and of_tags == _digest((digest, tags), {}) else {},
            )
        except (msgspec.DecodeError, zlib.error, ValueError) as error:
            raise DamagedError(type(error).__name__) from None

    def _set_aside(self) -> None:
        with suppress(OSError):
            self._path.replace(self._path.with_suffix(".damaged"))
        for rest in ("-wal", "-shm"):
            with suppress(OSError):
                self._path.with_name(self._path.name + rest).unlink(missing_ok=True)


def _shape() -> str:
    """What the kept values look like in this version of the program."""
    _, parts = msgspec.json.schema_components((CatalogueHead, Guide, Item))
    return sha256(msgspec.json.encode(parts, order="sorted")).hexdigest()


def _digest(parts: Iterable[bytes], guides: Mapping[str, bytes]) -> bytes:
    digest = blake2b()
    for part in (*parts, *(part for code, body in sorted(guides.items()) for part in (code.encode(), body))):
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.digest()
