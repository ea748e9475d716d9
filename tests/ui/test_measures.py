"""What a citizen must be able to read and to hit, in every mode, on every page of every sample."""

import itertools

import pytest
from glass import box, walk
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtQml import QQmlProperty

from ui import samples

MODES = list(itertools.product(["portrait", "landscape"], ["zh-CN", "en"], [False, True]))
TEXT_MM = {False: 4.8, True: 7.2}
TARGET_MM = {False: 15, True: 20}
MAIN_MM = {False: 20, True: 26}
GAP_MM = {False: 3, True: 5}


def kind(item, name):
    return item.inherits(name)


def is_icon(item):
    return item.property("font").family() == "Phosphor"


def texts(stage):
    return [item for item in stage.items() if kind(item, "QQuickText") and item.property("text").strip() and item.opacity() > 0]


def ancestors(item):
    while (item := item.parentItem()) is not None:
        yield item


def ground(item):
    """The nearest rectangle behind the item that has a colour."""
    for above in ancestors(item):
        if kind(above, "QQuickRectangle") and above.property("color").alpha() == 255:
            return above
    return None


def painted(item):
    """Where the letters can be, however they are aligned."""
    width, height = item.property("contentWidth"), item.property("contentHeight")
    over = max(0.0, width - item.width())
    return item.mapRectToScene(QRectF(-over, 0, item.width() + 2 * over, max(height, item.height())))


def name(item):
    return item.property("text") or item.objectName() or item.metaObject().className()


def luminance(color):
    def linear(part):
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


def contrast(one, two):
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_small_texts(stage, care, millimetre):
    ratio = stage.window.property("setup")["capRatio"]
    return [
        f"{name(item)!r} is {item.property('font').pixelSize() * ratio / millimetre:.2f} mm"
        for item in texts(stage)
        if not is_icon(item) and item.property("font").pixelSize() * ratio / millimetre < TEXT_MM[care]
    ]


def too_small_targets(stage, care, millimetre):
    least = {item: MAIN_MM[care] if item.property("main") else TARGET_MM[care] for item in stage.targets()}
    return [
        f"{item.objectName()} is {item.width() / millimetre:.1f} x {item.height() / millimetre:.1f} mm"
        for item, side in least.items()
        if min(item.width(), item.height()) / millimetre < side - 0.01
    ]


def too_close_targets(stage, care, millimetre):
    found = []
    # The whole glass starts; the choices lie above it in the header.
    boxes = [(one, box(one)) for one in stage.targets() if one.objectName() != "answer:start"]
    for (one, a), (two, b) in itertools.combinations(boxes, 2):
        across = max(a.left() - b.right(), b.left() - a.right())
        down = max(a.top() - b.bottom(), b.top() - a.bottom())
        if max(across, down) / millimetre < GAP_MM[care] - 0.01:
            found.append(f"{one.objectName()} and {two.objectName()} are {max(across, down) / millimetre:.1f} mm apart")
    return found


def cut_texts(stage):
    glass = QRectF(0, 0, stage.window.width(), stage.window.height())
    found = []
    for item in texts(stage):
        letters = painted(item)
        if item.property("truncated"):
            found.append(f"{name(item)!r} is elided")
        bounds = [glass] + [
            box(above) for above in ancestors(item) if kind(above, "QQuickRectangle") or above.clip() or above.objectName() == "stage"
        ]
        if not all(bound.adjusted(-1, -1, 1, 1).contains(letters) for bound in bounds):
            found.append(f"{name(item)[:40]!r} leaves its frame: {letters} in {bounds[1:]}")
    return found


def overlapping_texts(stage):
    found = []
    letters = [(item, painted(item)) for item in texts(stage) if not is_icon(item)]
    for (one, a), (two, b) in itertools.combinations(letters, 2):
        shared = a.intersected(b)
        if shared.width() > 2 and shared.height() > 2:
            found.append(f"{name(one)[:30]!r} lies on {name(two)[:30]!r}")
    return found


def faint_texts(stage):
    found = []
    for item in texts(stage):
        behind = ground(item)
        back = behind.property("color") if behind else stage.window.property("color")
        ratio = contrast(item.property("color"), back)
        if ratio < (3 if is_icon(item) else 7):
            found.append(f"{name(item)[:30]!r} {item.property('color').name()} on {back.name()}: {ratio:.1f}")
    return found


def faint_edges(stage):
    """Each target differs from what is around it by its fill or by its edge."""
    found = []
    for target in stage.targets():
        if target.objectName() == "answer:start":
            continue
        face = next(item for item in walk(target) if kind(item, "QQuickRectangle"))
        behind = ground(target)
        back = behind.property("color") if behind else stage.window.property("color")
        edge = [QQmlProperty(face, "border.color").read()] if QQmlProperty(face, "border.width").read() > 0 else []
        colors = [face.property("color"), *edge]
        if max(contrast(color, back) for color in colors) < 3:
            found.append(f"{target.objectName()} on {back.name()}")
    return found


def pages(stage):
    """The screen page by page."""
    yield 1
    for page in itertools.count(2):
        more = [item for item in stage.targets() if item.objectName() == "page:next" and item.property("available")]
        if not more:
            return
        assert page < 60, f"pages without end: {[item.objectName() for item in stage.targets()]}"
        stage.touch(more[0])
        yield page


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("orientation", "language", "care"), MODES)
def test_everything_can_be_read_and_hit(make_stage, orientation, language, care):
    stage = make_stage(orientation)
    millimetre = stage.size.width_px / stage.size.width_mm
    problems = []
    for sample in samples.SCREENS:
        stage.show(sample, language=language, care=care)
        for page in pages(stage):
            found = (
                too_small_texts(stage, care, millimetre)
                + too_small_targets(stage, care, millimetre)
                + too_close_targets(stage, care, millimetre)
                + cut_texts(stage)
                + overlapping_texts(stage)
                + faint_texts(stage)
                + faint_edges(stage)
            )
            problems += [f"{sample} page {page}: {problem}" for problem in found]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize(("orientation", "care"), list(itertools.product(["portrait", "landscape"], [False, True])))
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_countdown_can_be_read_and_hit(make_stage, orientation, language, care):
    stage = make_stage(orientation)
    millimetre = stage.size.width_px / stage.size.width_mm
    stage.show("case", language=language, care=care, countdown=27)
    assert {item.objectName() for item in stage.targets()} == {"answer:frame-stay", "answer:frame-end"}
    assert too_small_texts(stage, care, millimetre) + too_small_targets(stage, care, millimetre) == []
    assert too_close_targets(stage, care, millimetre) + cut_texts(stage) + faint_edges(stage) == []


@pytest.mark.parametrize(
    "size", [(1080, 1920, 398.5, 708.4), (1080, 1920, 194.0, 344.9), (1920, 1080, 597.0, 336.0)], ids=["32 inch", "15.6 inch", "27 inch"]
)
def test_measures_hold_on_other_panels(make_stage, size):
    stage = make_stage(size=size)
    millimetre = size[0] / size[2]
    problems = []
    for sample in ("home", "choose", "enter-number", "case", "ticket"):
        stage.show(sample)
        problems += (
            too_small_texts(stage, care=False, millimetre=millimetre)
            + too_small_targets(stage, care=False, millimetre=millimetre)
            + cut_texts(stage)
        )
    assert not problems, "\n".join(problems)


def test_a_usual_case_is_on_one_page(stage):
    stage.show("case")
    assert not [item for item in stage.targets() if item.objectName().startswith("page:")]


def test_lying_and_large_there_are_still_several_choices_and_rows_on_a_page(make_stage):
    stage = make_stage("landscape")
    stage.show("choose", language="en", care=True)
    assert len([item for item in stage.targets() if item.objectName().startswith("answer:choose:")]) == 4
    stage.show("case-more", language="en", care=True)
    assert len(list(pages(stage))) <= 3


def test_facts_are_not_broken_within_a_fact(make_stage):
    stage = make_stage()
    stage.show("choose", care=True)
    notes = [item for item in texts(stage) if "人\u00a0·" in item.property("text").replace("\u2060", "")]
    assert len(notes) >= 3
    for note in notes:
        one, two = note.property("text").split("· ")
        widths = [QFontMetricsF(note.property("font")).horizontalAdvance(part) for part in (one + "·", two)]
        assert note.property("lineCount") == 2
        assert note.property("contentWidth") == pytest.approx(max(widths), abs=3)
