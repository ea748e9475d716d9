"""A small catalogue cut out of the made-up city's, and ways to change it."""

from contextlib import contextmanager
from dataclasses import replace
from functools import cache

from office_help import FRIDAY

from kiosk.office.catalogue.publishing import publish
from kiosk.office.database import open_database
from kiosk.office.seed_catalogue import city_catalogue


@cache
def city():
    """All of the city but most of its generated items."""
    return city_catalogue(0)


@cache
def small():
    """Three written guides without themes."""
    return replace(city(), guides=city().guides[:3], themes=())


def changed(source, n=0, **more):
    """The source with its guide `n` changed."""
    guides = list(source.guides)
    guides[n] = replace(guides[n], **more)
    return replace(source, guides=tuple(guides))


def shuffled_codes(codes):
    """As many copies of a guide as there are codes."""
    return replace(small(), guides=tuple(replace(small().guides[0], code=code) for code in codes))


@contextmanager
def opened(url):
    """A database with tables."""
    database = open_database(url)
    database.migrate()
    try:
        yield database
    finally:
        database.close()


def put(database, source, now=FRIDAY):
    """Publish it without asking which queues there are."""
    with database.write() as connection:
        return publish(connection, without_queues(source), now)


def without_queues(source):
    """An empty database has no queues that places could name."""
    guides = tuple(replace(guide, places=tuple(replace(place, queue="") for place in guide.places)) for guide in source.guides)
    return replace(source, guides=guides)
