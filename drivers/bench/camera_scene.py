"""What a bench camera sees: a desk, and on it a phone with a code, or a page with text. All of it is drawn and made up."""

import base64
import io
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import segno
from PIL import Image, ImageDraw, ImageFont

Pixels = npt.NDArray[np.uint8]

VARIANTS = 6  # pictures of one scene: each with noise of its own, as a living sensor has it
_QUALITY = 85
_DESK, _PHONE, _SCREEN, _PAPER, _INK = (112, 124, 132), (26, 24, 22), (236, 238, 236), (226, 230, 230), (44, 40, 40)
_BLACK = 16
_COVER = 5
_BORDER = 4  # modules
_MARK_ROW, _MARK_FROM, _MARK_TO = _BORDER + 3, _BORDER + 7, _BORDER  # the middle of the upper right finder pattern
_A4 = 297 / 210
_TITLE = "居住情况说明（样张）"
_LINES = (
    "本页为设备检验用的样张，文字和人名均为虚构。",
    "兹说明：甲某某，现住示例市示例区样板路一号，",
    "因办理示例事项，申请核验居住情况。材料清单：",
    "一、身份证件原件    二、居住证明    三、申请表",
    "编号 SAMPLE-0000-0000    电话 000-0000-0000",
    "经办机构：示例市政务服务大厅综合窗口",
)


def frames(values: Mapping[str, Any], shown: Mapping[str, Any], count: int = VARIANTS) -> tuple[bytes, ...]:
    """The scene that the state asks for as `count` JPEGs; `shown` is the code on the phone, {} for none."""
    size = (values["width"], values["height"])
    scene = _desk(size).copy()
    if values["page"]:
        _lay(scene, _page(), values, share=0.92)
    code = _code(shown)
    if code is not None:
        if values["scratch"]:
            code[_MARK_ROW, -_MARK_FROM:-_MARK_TO] = _BLACK
        _lay(scene, _phone(code), values, share=values["distance"])
    scene = _lens(scene, values)
    return tuple(_encoded(_sensor(scene, values, number)) for number in range(count))


def _desk(size: tuple[int, int]) -> Pixels:
    """Brushed, a little darker to the right, with a few marks."""
    width, height = size
    random = np.random.default_rng(1)
    grain = cv2.resize(random.normal(0, 5, (height, max(1, width // 32))).astype(np.float32), (width, height))
    light = np.linspace(1.05, 0.9, width, dtype=np.float32)
    return _pixels((np.array(_DESK, np.float32) + grain[..., None]) * light[None, :, None])


def _lay(scene: Pixels, thing: Pixels, values: Mapping[str, Any], share: float) -> None:
    """Put a thing into the middle of the scene, `share` of its height tall, turned and tilted."""
    height, width = scene.shape[:2]
    tall = height * share
    wide = tall * thing.shape[1] / thing.shape[0]
    angle, tilt = np.deg2rad(values["rotation"]), values["tilt"]
    corners = np.array([[-wide, -tall], [wide, -tall], [wide, tall], [-wide, tall]], np.float64) / 2
    corners[:2, 0] *= 1 - tilt
    corners = corners @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]) + (width / 2, height / 2)
    source = np.array([[0, 0], [thing.shape[1], 0], [thing.shape[1], thing.shape[0]], [0, thing.shape[0]]], np.float32)
    way = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    while thing.shape[0] > 2 * tall:  # else small modules would alias
        thing = _pixels(cv2.resize(thing, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))
        way = way @ np.diag([2.0, 2.0, 1.0])
    laid = cv2.warpPerspective(thing, way, (width, height), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full(thing.shape[:2], 255, np.uint8), way, (width, height))
    np.copyto(scene, _pixels(laid), where=(mask > 127)[..., None])  # noqa: PLR2004 - half covered is covered


def _phone(code: Pixels) -> Pixels:
    """A phone with the code in the middle of its screen."""
    phone = np.full((1280, 640, 3), _PHONE, np.uint8)
    phone[48:-48, 24:-24] = _SCREEN
    phone[64:96, 48:240] = 150  # a title bar
    side = 520
    large = cv2.resize(code, (side, side), interpolation=cv2.INTER_NEAREST)
    phone[380 : 380 + side, 60 : 60 + side] = large[..., None]
    return phone


def _code(shown: Mapping[str, Any]) -> Pixels | None:
    """The QR code as levels of grey; None for nothing, and for what no QR code holds."""
    content: str | bytes = base64.b64decode(shown["base64"]) if shown.get("base64") else str(shown.get("text", ""))
    if not content:
        return None
    try:
        code = segno.make_qr(content, error="m", boost_error=False)
    except segno.DataOverflowError:
        return None
    picture = io.BytesIO()
    code.save(picture, kind="png", border=_BORDER)
    with Image.open(picture) as image:
        return np.where(np.asarray(image.convert("L")) > 0, np.uint8(240), np.uint8(_BLACK))


@lru_cache(maxsize=1)
def _page() -> Pixels:
    """A sheet of A4 with a title and lines of text."""
    width = 1240
    sheet = Image.new("RGB", (width, round(width * _A4)), _PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.text((width / 2, 150), _TITLE, fill=_INK, font=_font(56), anchor="mm")
    for row in range(28):
        pen.text((110, 250 + row * 50), _LINES[row % len(_LINES)], fill=_INK, font=_font(34))
    return np.asarray(sheet)


def _font(pixels: int) -> ImageFont.FreeTypeFont:
    with resources.as_file(resources.files("pylopdf_fonts_zh_cn") / "NotoSansSC-Regular.otf") as path:
        return ImageFont.truetype(path, pixels)


def _lens(scene: Pixels, values: Mapping[str, Any]) -> Pixels:
    """What happens to the light: focus, motion, glare, exposure, a cover."""
    if values["covered"]:
        return np.full_like(scene, _COVER)
    if values["blur"] > 0:
        scene = _pixels(cv2.GaussianBlur(scene, (0, 0), values["blur"]))
    if (length := round(values["motion"])) > 1:
        scene = _pixels(cv2.blur(scene, (length, 1)))
    light = scene.astype(np.float32) * values["brightness"]
    if values["glare"] > 0:
        light += _glare(scene.shape, values["glare"])[..., None]
    return _pixels(light)


def _glare(shape: tuple[int, ...], share: float) -> npt.NDArray[np.float32]:
    """A lamp's reflection that covers about `share` of the picture, right of the middle."""
    height, width = shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    radius = np.sqrt(share * width * height / np.pi)
    distance = np.hypot(x - width * 0.55, y - height * 0.5)
    lamp: npt.NDArray[np.float32] = (np.clip(1.4 - 0.7 * distance / radius, 0, 1) * 400).astype(np.float32)
    return lamp


def _sensor(scene: Pixels, values: Mapping[str, Any], number: int) -> Pixels:
    """One picture of it: shaken, and with noise."""
    shake = round(values["shake"])
    if shake:
        scene = _pixels(np.roll(scene, (shake * (number % 3 - 1), shake * (number % 2)), axis=(0, 1)))
    noise = np.roll(_noise(scene.shape[0], scene.shape[1], max(values["noise"], 0.5)), 37 * number, axis=0)
    return _pixels(cv2.add(scene, cv2.merge((noise, noise, noise)), dtype=cv2.CV_8U))


@lru_cache(maxsize=1)
def _noise(height: int, width: int, sigma: float) -> npt.NDArray[np.int16]:
    """Of a sensor; a picture's own is another part of it."""
    return np.asarray(np.random.default_rng(7).normal(0, sigma, (height, width)).round(), np.int16)


def _encoded(scene: Pixels) -> bytes:
    _, data = cv2.imencode(".jpg", cv2.cvtColor(scene, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return data.tobytes()


def _pixels(light: Any) -> Pixels:  # noqa: ANN401 - floats or what OpenCV gives
    return np.asarray(light if light.dtype == np.uint8 else np.clip(light, 0, 255), np.uint8)
