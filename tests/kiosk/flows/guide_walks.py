"""Walks through the guides."""

from city_catalogue import city
from walking import full

from kiosk.flow import Subject


def guides(catalogue=None, **more):
    return full(catalogue or city(), **more).service("guides")


def searching(text="", **more):
    walk = guides(**more)
    return walk.type(text) if text else walk


def opened(code="food", **more):
    return searching(code, **more).choose(f"item:{code}")


def about(walk, **subject):
    """Open the guides about something, as another service does."""
    walk.home()
    walk.session._open("guides", Subject(**subject))
    return walk


def values(walk):
    return [option.value for option in walk.screen.options]


def said(walk, label, language="zh-CN"):
    return walk.say(label, language)


def words(walk, language="zh-CN"):
    """Everything a page says."""
    lines = []
    for section in walk.screen.sections:
        lines += [section.heading, *(part for row in section.rows for part in (row.label, row.value)), *section.lines]
    return "\n".join(walk.say(label, language) for label in lines)


def actions(walk):
    return [action.value for action in walk.screen.actions]
