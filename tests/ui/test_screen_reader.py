"""What a screen reader hears and can do."""

import re

import pytest
from glass import accessible_names
from PySide6.QtGui import QAccessible

from ui import samples


@pytest.mark.parametrize("name", list(samples.SCREENS))
def test_everything_has_a_name_and_a_role(stage, name):
    QAccessible.setActive(True)
    stage.show(name, language="en")
    for target in stage.targets():
        interface = QAccessible.queryAccessibleInterface(target)
        assert interface.role() == QAccessible.Role.Button, target.objectName()
        assert interface.text(QAccessible.Text.Name).strip(), target.objectName()
    heard = accessible_names(stage.window)
    assert heard[0] == "Qingshan Service Hall"
    for item in stage.items():
        if item.inherits("QQuickText") and item.property("font").family() != "Phosphor":
            shown = item.property("text").replace("\u00a0", " ").strip().lstrip("…")  # the end of a text that has outgrown its field
            assert re.fullmatch(r"|●|\d+ / \d+", shown) or any(shown in name or name in shown for name in heard if name), shown


def test_a_reader_hears_why_a_tile_is_shut(stage):
    QAccessible.setActive(True)
    stage.show("home", language="en")
    interface = QAccessible.queryAccessibleInterface(stage.find("answer:choose:service:pay"))
    assert "Closed for accounting" in interface.text(QAccessible.Text.Description)


def test_a_reader_can_press(stage):
    QAccessible.setActive(True)
    stage.show("question")
    interface = QAccessible.queryAccessibleInterface(stage.find("answer:yes"))
    interface.actionInterface().doAction("Press")
    stage.settle()
    assert stage.given() == [("yes", "")]
