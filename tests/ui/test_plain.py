import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.screens import Enter, Home, Option, Pad, Tone
from kiosk.screens.entry import Camera, Picture
from kiosk.texts import Sentences, text
from ui.plain import plain

CATALOGUE = Sentences({"zh-CN": lambda: {"hello": "您好，{who}"}, "en": lambda: {"hello": "Hello {who}"}})


def say(label):
    return CATALOGUE.say("en", label)


def url(jpeg):
    return f"image:{len(jpeg)}"


def test_labels_become_strings_and_dataclasses_maps():
    option = Option(value="a", title=text("hello", who={"zh-CN": "鹿", "en": "deer"}), tone=Tone.WARN)
    home = plain(Home(hall={"en": "Hall"}, quick=(option,), entrances=()), say, url)
    assert home == {
        "hall": "Hall",
        "quick": [{"value": "a", "title": "Hello deer", "about": "", "icon": "", "note": "", "tone": "warn", "enabled": True, "why": ""}],
        "entrances": [],
        "search": None,
        "notice": "",
    }
    assert type(home["quick"][0]["tone"]) is str


def test_numbers_lists_and_enums():
    screen = plain(Enter(title="t", hint="", pad=Pad.DIGITS, least=1, most=4, groups=(2, 2)), say, url)
    assert screen["groups"] == [2, 2]
    assert screen["pad"] == "digits"
    assert plain(None, say, url) is None


def test_a_picture_becomes_the_place_where_it_is():
    screen = plain(Camera(title="t", hint="", role="document_camera", taken=Picture(b"jpeg")), say, url)
    assert screen["taken"] == {"jpeg": "image:4"}


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        plain(text("nowhere"), say, url)


def test_an_opaque_object_is_an_error():
    with pytest.raises(TypeError, match="object"):
        plain(object(), say, url)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner).map(tuple)))
def test_whatever_a_screen_carries_is_plain_json(value):
    assert json.loads(json.dumps(plain(value, say, url))) == json.loads(json.dumps(value))
