"""Pictures on their way to QML: found while they are shown, forgotten afterwards, and never a crash."""

import gc
import weakref

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSize

from drivers.contract import Frame
from kiosk.screens import Busy, View
from kiosk.screens import Frame as ScreenFrame
from kiosk.screens.entry import Camera, Picture
from kiosk.texts import text
from ui import samples
from ui.pictures import Pictures, Shown, decoded
from ui.sample_pictures import frame, page_jpeg
from ui.shell import Shell


def show(shell, screen, number):
    shell.show(View(number=number, place=number, screen=screen, frame=ScreenFrame()))


def camera(**fields):
    return Camera(title="t", hint="h", role="document_camera", **fields)


def asked(provider, name, width=-1):
    size = QSize()
    image = provider.requestImage(name, size, QSize(width, -1))
    assert (size.width(), size.height()) == (image.width(), image.height())
    return image


def test_a_screen_carries_the_place_of_a_picture_and_not_its_bytes(qapp):
    shell = Shell(lambda _: None, samples.sentences())
    show(shell, camera(taken=Picture(page_jpeg())), 1)
    url = shell.content["taken"]["jpeg"]
    provider = Pictures(shell.pictures, lambda _: None)
    assert asked(provider, url.removeprefix("image://kiosk/")).width() == 960
    show(shell, camera(taken=Picture(page_jpeg()), error="e"), 2)
    assert shell.content["taken"]["jpeg"] == url


def test_a_picture_is_forgotten_with_its_screen(qapp):
    shell = Shell(lambda _: None, samples.sentences())
    show(shell, camera(taken=Picture(page_jpeg() + b"mine")), 1)
    name = shell.content["taken"]["jpeg"].removeprefix("image://kiosk/")
    show(shell, Busy(title=text("frame-working")), 2)
    assert asked(Pictures(shell.pictures, lambda _: None), name).width() == 1
    assert b"mine" not in repr(vars(shell.pictures)).encode()


def test_another_picture_has_another_place():
    shown = Shown()
    urls = {shown.url(b"one"), shown.url(b"two"), shown.url(b"one")}
    assert len(urls) == 2
    shown.turn()
    assert shown.url(b"one") in urls
    shown.turn()
    assert shown.url(b"two") not in urls


def test_the_newest_frame_is_asked_for_by_role(qapp):
    provider = Pictures(Shown(), frame)
    assert asked(provider, "document_camera/17").width() == 960
    assert asked(provider, "document_camera/18", 480).size() == QSize(480, 270)
    assert asked(provider, "code_camera/1").width() == 1


def test_no_frame_is_kept(qapp):
    frames = []

    class Kept(Frame, frozen=True, kw_only=True, weakref=True):
        pass

    def newest(_):
        made = Kept(jpeg=page_jpeg(), width=960, height=540, at=0.0)
        frames.append(weakref.ref(made))
        return made

    provider = Pictures(Shown(), newest)
    asked(provider, "document_camera/1")
    gc.collect()
    assert frames[0]() is None


@pytest.mark.qt_log_ignore(".*")  # the JPEG library says what it does not like
@given(st.binary(max_size=200), st.integers(0, 2000))
@example(b"", 0)
@settings(derandomize=True, max_examples=60, deadline=None)
def test_what_is_no_jpeg_is_one_pixel_or_what_could_be_read(qapp, tail, cut):
    assert decoded(tail, 100).width() == 1
    damaged = page_jpeg()[:cut] + tail + page_jpeg()[cut + len(tail) :]
    image = decoded(damaged, 100)
    assert not image.isNull()
    assert image.width() <= max(100, 1)


@pytest.mark.parametrize("width", [0, -1, 5000])
def test_a_picture_is_never_made_larger(qapp, width):
    assert decoded(page_jpeg(), width).width() == 960
