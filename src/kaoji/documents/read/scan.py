"""Scans and photographs: set straight, their lines found, their signs recognised.

The models of the recogniser come inside its package; nothing is downloaded. What it reads
becomes the same ink as that of a PDF, in which a run of signs stands as one glyph.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from rapidocr import RapidOCR

from kaoji.documents.read.page.ink import Box, Glyph, Ink, Stroke

Pixels = Any  # a numpy array of grey or blue-green-red pixels

DPI = 150
_PAPER = 255
# Strokes of large signs are no longer than this; an upright line may be as short as a row.
_LEVEL_SHARE = 0.05
_UPRIGHT_SHARE = 0.02
_REACH = 8
_STEEPEST = math.radians(8)
_LARGEST_SIDE = 3_500
_SHADOW_BLOCK = 31
_SHADOW_OFFSET = 12
_BREAK = 5
_CUT_INSET = 2
_THINNEST = 5
# What is unsure is shown with its doubt; only what is hardly a sign at all is left out.
_LEAST_SURE = 0.2


def ink_of_picture(picture: Pixels, number: int, *, dpi: float = DPI) -> Ink:
    """Recognise one page. *picture* has one or three channels; *dpi* turns pixels to points."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) if picture.ndim == 3 else picture
    grey = _straightened(_bounded(grey))
    scale = 72 / dpi
    height, width = grey.shape
    ink = Ink(number, width * scale, height * scale, recognised=True)
    across = _lines(grey, upright=False)
    down = [line for line in _lines(grey, upright=True) if _is_held(line, across)]
    ink.across = [
        Stroke((box.top + box.bottom) / 2 * scale, box.left * scale, box.right * scale)
        for box in across
    ]
    ink.down = [
        Stroke((box.left + box.right) / 2 * scale, box.top * scale, box.bottom * scale)
        for box in down
    ]
    ink.glyphs = list(_glyphs(grey, down, scale))
    return ink


def _bounded(grey: Pixels) -> Pixels:
    """No larger than a page needs to be."""
    longest = max(grey.shape)
    if longest <= _LARGEST_SIDE:
        return grey
    share = _LARGEST_SIDE / longest
    return cv2.resize(grey, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)


def _straightened(grey: Pixels) -> Pixels:
    """Turned so that long lines lie level."""
    angle = _slope(grey)
    if abs(angle) < math.radians(0.05):
        return grey
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(angle), 1)
    return cv2.warpAffine(
        grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=_PAPER
    )


def _slope(grey: Pixels) -> float:
    """The middle slope of the long lines that are nearly level, in radians; 0 without any."""
    dark = _dark(grey)
    length = grey.shape[1] // 6
    found = cv2.HoughLinesP(
        dark, 1, math.pi / 1800, 150, minLineLength=length, maxLineGap=_BREAK
    )
    if found is None:
        return 0.0
    slopes = [
        math.atan2(float(y1 - y0), float(x1 - x0)) for x0, y0, x1, y1 in found.reshape(-1, 4)
    ]
    level = [slope for slope in slopes if abs(slope) < _STEEPEST]
    return float(np.median(level)) if level else 0.0


def _dark(grey: Pixels) -> Pixels:
    """Ink white on black, shadows of the paper ignored."""
    return cv2.adaptiveThreshold(
        grey,
        255,
        cv2.ADAPTIVE_THRESH_MEAN_C,
        cv2.THRESH_BINARY_INV,
        _SHADOW_BLOCK,
        _SHADOW_OFFSET,
    )


def _lines(grey: Pixels, *, upright: bool) -> list[Box]:
    """The ruled lines in one direction, in pixels; strokes of signs are too short to be any."""
    dark = _dark(grey)
    length = round(grey.shape[1] * (_UPRIGHT_SHARE if upright else _LEVEL_SHARE))
    # A line that is not quite level leaves its row of pixels: thicken it first.
    thicker = cv2.dilate(dark, np.ones((1, 3) if upright else (3, 1), np.uint8))
    kernel = np.ones((length, 1) if upright else (1, length), np.uint8)
    lines = cv2.morphologyEx(thicker, cv2.MORPH_OPEN, kernel)
    bridge = np.ones((_BREAK * 2 + 1, 1) if upright else (1, _BREAK * 2 + 1), np.uint8)
    lines = cv2.morphologyEx(lines, cv2.MORPH_CLOSE, bridge)
    contours, _ = cv2.findContours(lines, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = [cv2.boundingRect(contour) for contour in contours]
    return [Box(x, y, x + w, y + h) for x, y, w, h in boxes if _is_thin(w, h, upright=upright)]


def _is_thin(width: int, height: int, *, upright: bool) -> bool:
    long, short = (height, width) if upright else (width, height)
    return short <= max(12, long // 8)


def _is_held(line: Box, across: list[Box]) -> bool:
    """Does an upright line begin and end at level ones, as those of a table do?"""
    x = (line.left + line.right) / 2
    heights = [
        (other.top + other.bottom) / 2
        for other in across
        if other.left - _REACH <= x <= other.right + _REACH
    ]
    return all(
        any(abs(height - end) <= _REACH for height in heights)
        for end in (line.top, line.bottom)
    )


def _glyphs(grey: Pixels, down: list[Box], scale: float) -> Iterator[Glyph]:
    """Runs of signs, each within one cell, with how sure the recogniser is."""
    page = cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)
    found = _recogniser()(page, use_det=True, use_cls=False, use_rec=True)
    if found.boxes is None or found.txts is None:
        return
    for corners, text, sure in zip(found.boxes, found.txts, found.scores, strict=True):
        whole = _around(corners, grey.shape)
        parts = list(_cut(whole, down))
        for box in parts:
            if box != whole:
                text, sure = _signs_in(page, box)
            if text.strip():
                place = Box(
                    box.left * scale, box.top * scale, box.right * scale, box.bottom * scale
                )
                yield Glyph(text.strip(), place, place.bottom, float(sure))


def _signs_in(page: Pixels, box: Box) -> tuple[str, float]:
    """What stands in one part of a run that was cut, and how sure that is."""
    crop = page[round(box.top) : round(box.bottom), round(box.left) : round(box.right)]
    found = _recogniser()(crop, use_det=False, use_cls=False, use_rec=True)
    return (found.txts[0], found.scores[0]) if found.txts else ("", 0.0)


def _around(corners: Any, shape: tuple[int, int]) -> Box:
    xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    height, width = shape
    return Box(max(min(xs), 0), max(min(ys), 0), min(max(xs), width), min(max(ys), height))


def _cut(box: Box, down: list[Box]) -> Iterator[Box]:
    """A run that reaches over an upright line belongs to two cells."""
    middle = (box.top + box.bottom) / 2
    edges = sorted(
        (line.left + line.right) / 2
        for line in down
        if line.top <= middle <= line.bottom and box.left < line.left and line.right < box.right
    )
    bounds = [box.left, *edges, box.right]
    for left, right in pairwise(bounds):
        inset = _CUT_INSET if edges else 0
        part = Box(left + inset, box.top, right - inset, box.bottom)
        if part.width >= _THINNEST and part.height >= _THINNEST:
            yield part


@cache
def _recogniser() -> Any:
    return RapidOCR(
        params={
            "Global.text_score": _LEAST_SURE,
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
