import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers import registry
from kiosk import assembly
from kiosk.errors import SettingsError
from kiosk.settings import load

CONFIG = Path(__file__).resolve().parents[2] / "config"
SENTENCES = assembly.sentences()


@pytest.fixture
def config(tmp_path):
    for path in CONFIG.glob("*.toml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def edit(folder, name, old, new):
    path = folder / name
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")


def refusal(folder):
    with pytest.raises(SettingsError) as caught:
        assembly.load_settings(folder, SENTENCES)
    return str(caught.value)


def test_the_shipped_config_is_right(config):
    loaded = assembly.load_settings(config, SENTENCES)
    assert loaded.terminal.id == "lc-hall-001"
    assert {"receipt_printer", "id_reader", "scanner"} <= set(loaded.devices)
    for entry in loaded.devices.values():
        registry.check(entry["driver"], {key: value for key, value in entry.items() if key != "driver"})


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("terminal.toml", "width_px", "width_pixels", ["terminal.toml", "screen.width_pixels", "did you mean `width_px`"]),
        ("terminal.toml", 'id = "', 'idd = "', ["terminal.toml", "idd", "did you mean `id`"]),
        ("terminal.toml", "1080", '"1080"', ["terminal.toml", "screen.width_px", "int"]),
        ("terminal.toml", "1080", "10", ["screen.width_px", "240"]),
        ("terminal.toml", '"en"]', '"fr"]', ["languages", "fr"]),
        ("terminal.toml", '"http://', '"ftp://', ["office.url"]),
        ("terminal.toml", "x = 0.30", "x = 3.0", ["spots", "x"]),
        ("services.toml", '"ticket"', '"tickets"', ["services.toml", "tickets", "did you mean `ticket`"]),
        ("services.toml", '"receipt_printer"', '"reciept_printer"', ["services.toml", "reciept_printer", "did you mean `receipt_printer`"]),
        ("services.toml", '"act"', '"acts"', ["entrance", "did you mean `act`"]),
        ("services.toml", "[[service]]", "[[services]]", ["services", "did you mean `service`"]),
        ("site.toml", "phone", "telephone", ["site.toml", "telephone"]),
        ("devices.toml", 'driver = "printers.escpos"', "baud_rate = 1", ["devices.toml", "receipt_printer", "driver"]),
        ("devices.toml", "[scanner]", "[scanner", ["devices.toml", "not TOML"]),
    ],
)
def test_a_wrong_file_is_named_with_key_and_nearest(config, name, old, new, said):
    edit(config, name, old, new)
    message = refusal(config)
    for part in said:
        assert part in message


def test_a_missing_file_is_named(config):
    (config / "site.toml").unlink()
    assert "site.toml: cannot be read" in refusal(config)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("printers.escpos", "printers.escpoz", "printers.escpos"),
        ("printers.escpos", "os.path", "os.path"),
        ("baud = 115200", "bauds = 115200", "baud"),
        ("baud = 115200", 'baud = "fast"', "baud"),
    ],
)
def test_a_wrong_driver_or_setting_names_the_device(config, old, new, said):
    edit(config, "devices.toml", old, new)
    with pytest.raises(SettingsError, match="receipt_printer") as caught:
        assembly.devices(assembly.load_settings(config, SENTENCES))
    assert said in str(caught.value)


@given(st.text(max_size=300))
@settings(max_examples=150, derandomize=True)
def test_no_text_in_a_file_raises_anything_but_a_settings_error(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("config")
    for path in CONFIG.glob("*.toml"):
        shutil.copy(path, folder)
    (folder / "terminal.toml").write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError):
        load(folder, services=["ticket", "look_up"], languages=["zh-CN", "en"])


def test_bytes_that_are_no_text_are_a_settings_error(config):
    (config / "site.toml").write_bytes(b"\xff\xfe\x00")
    assert "site.toml: not TOML" in refusal(config)
