"""The whole window without a finger: focus, arrows, OK and Escape."""

from PySide6.QtCore import Qt


def rings(stage):
    return [item for item in stage.items() if item.objectName() == "ring"]


def test_keys_go_everywhere_and_show_where_they_are(stage):
    stage.show("home")
    assert not rings(stage)
    seen = set()
    for _ in stage.targets():
        stage.key(Qt.Key.Key_Tab)
        seen.add(stage.window.activeFocusItem().objectName())
        assert len(rings(stage)) == 1
    assert seen == {target.objectName() for target in stage.targets()}


def test_the_focus_ring_is_thick_enough(stage):
    stage.show("home")
    stage.key(Qt.Key.Key_Tab)
    ring = rings(stage)[0]
    face = ring.parentItem()
    assert (ring.width() - face.width()) / 2 >= 3


def test_arrows_move_and_ok_chooses(stage):
    stage.show("home")
    stage.key(Qt.Key.Key_Down)
    path = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        stage.key(key)
        path.append(stage.window.activeFocusItem().objectName().removeprefix("answer:choose:service:"))
    assert path[-4:] == ["book", "look_up", "pay", "ticket"] or path == ["ticket", "book", "look_up", "pay", "ticket"]
    stage.key(Qt.Key.Key_Return)
    assert stage.given() == [("choose", "service:ticket")]


def test_the_first_key_only_shows_where_one_is(stage):
    stage.show("question")
    stage.find("answer:yes").forceActiveFocus()
    stage.key(Qt.Key.Key_Return)
    assert stage.given() == []
    stage.key(Qt.Key.Key_Return)
    assert stage.given() == [("yes", "")]


def test_a_shut_tile_takes_the_focus_but_no_key(stage):
    stage.show("home")
    stage.key(Qt.Key.Key_Down)
    stage.find("answer:choose:service:pay").forceActiveFocus()
    stage.key(Qt.Key.Key_Return)
    assert stage.given() == []


def test_escape_is_back_where_there_is_a_way_back(stage):
    stage.show("choose")
    stage.key(Qt.Key.Key_Escape)
    assert stage.given() == [("frame-back", "")]
    stage.show("home")
    stage.key(Qt.Key.Key_Escape)
    assert stage.given() == []


def test_every_new_screen_can_be_gone_through_by_keys(stage):
    for name in ("page-guide", "search", "grid", "map", "show-code", "choose-some", "check-answers", "camera", "rating", "enter-text"):
        stage.show(name)
        wanted = {target.objectName() for target in stage.targets()}
        seen = set()
        for _ in range(len(wanted) + 3):
            stage.key(Qt.Key.Key_Tab)
            seen.add(stage.window.activeFocusItem().objectName())
        assert wanted <= seen, name


def test_arrows_reach_the_first_result_from_the_keyboard(stage):
    stage.show("search", language="en")
    stage.key(Qt.Key.Key_Down)
    stage.find("key:t").forceActiveFocus()
    for _ in range(12):
        stage.key(Qt.Key.Key_Up)
        if stage.window.activeFocusItem().objectName().startswith("answer:choose:"):
            break
    chosen = stage.window.activeFocusItem().objectName()
    stage.key(Qt.Key.Key_Return)
    assert stage.given() == [("choose", chosen.removeprefix("answer:choose:"))]
