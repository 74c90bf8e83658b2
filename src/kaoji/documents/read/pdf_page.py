"""The ground of a PDF page: which way is up, and the straight lines that are drawn on it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2
from pypdfium2 import raw

from kaoji.documents.read.page.ink import Box, Ink, Stroke

_MOST_OBJECTS_A_PAGE = 50_000
# A filled rectangle this thin is a drawn line.
_THIN = 2.5
_STRAIGHT = 1.0
_DEEPEST_FORM = 4
_ROUND = 6
_FEWEST_SHAPES = 40


class Upright:
    """Turns the page's own coordinates (from the lower left, perhaps rotated) the right way up.

    *turned* is how far the page as it is shown has to be turned on, clockwise.
    """

    def __init__(self, page: pypdfium2.PdfPage, turned: int = 0) -> None:
        self.left, self.bottom, self.right, self.top = page.get_cropbox()
        self.turn = (page.get_rotation() + turned) % 360
        # A page without extent is still a page, with nothing on it.
        wide, high = max(self.right - self.left, 1.0), max(self.top - self.bottom, 1.0)
        self.width, self.height = (high, wide) if self.turn in {90, 270} else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point as it lies from the upper left of the upright page."""
        right, up = x - self.left, y - self.bottom
        match self.turn:
            case 90:
                return up, right
            case 180:
                return self.width - right, up
            case 270:
                return self.width - up, self.height - right
        return right, self.height - up

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box as it lies on the upright page."""
        if not self.turn:
            high = self.height + self.bottom
            return Box(left - self.left, high - top, right - self.left, high - bottom)
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def draw_lines(page: pypdfium2.PdfPage, upright: Upright, ink: Ink) -> None:
    """Add the straight lines of a page to its ink."""
    for box in _drawn(page, upright):
        if box.height <= _THIN < box.width:
            ink.across.append(Stroke((box.top + box.bottom) / 2, box.left, box.right))
        elif box.width <= _THIN < box.height:
            ink.down.append(Stroke((box.left + box.right) / 2, box.top, box.bottom))


def has_shapes(page: pypdfium2.PdfPage) -> bool:
    """Are there so many shapes of so many corners that they must be letters?"""
    count = 0
    for item, _ in _paths(page):
        count += raw.FPDFPath_CountSegments(item) >= _ROUND
        if count >= _FEWEST_SHAPES:
            return True
    return False


def grounds(page: pypdfium2.PdfPage, upright: Upright) -> list[Box]:
    """The boxes of what is filled with a colour, and of pictures: white signs are seen on them."""
    found = []
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    kinds = [raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING]
    for item in page.get_objects(filter=kinds, max_depth=1):
        if item.type == raw.FPDF_PAGEOBJ_PATH:
            raw.FPDFPath_GetDrawMode(item.raw, ctypes.byref(fill), ctypes.byref(stroked))
            raw.FPDFPageObj_GetFillColor(item.raw, red, green, blue, alpha)
            if not fill.value or min(red.value, green.value, blue.value) > _PALEST_GROUND:
                continue
        found.append(upright.box(*item.get_bounds()))
        if len(found) > _MOST_GROUNDS:  # what lies on so many is taken for seen
            return [Box(0, 0, upright.width, upright.height)]
    return found


_PALEST_GROUND = 235
_MOST_GROUNDS = 2_000


def _drawn(page: pypdfium2.PdfPage, upright: Upright) -> Iterator[Box]:
    """The boxes of straight strokes and of the edges of drawn rectangles."""
    for count, (item, matrix) in enumerate(_paths(page)):
        if count > _MOST_OBJECTS_A_PAGE:
            return
        yield from _edges(item, matrix, upright)


def _paths(page: pypdfium2.PdfPage) -> Iterator[tuple[Any, pypdfium2.PdfMatrix]]:
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_DEEPEST_FORM):
        matrix = item.get_matrix()
        holder = item.container
        while holder is not None:
            matrix = matrix.multiply(holder.get_matrix())
            holder = holder.container
        yield item.raw, matrix


def _edges(item: Any, matrix: pypdfium2.PdfMatrix, upright: Upright) -> Iterator[Box]:
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroked))
    for corners in _outlines(item, matrix, upright):
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        whole = Box(min(xs), min(ys), max(xs), max(ys))
        thin = min(whole.width, whole.height) <= _THIN
        if thin and (fill.value or stroked.value):
            yield whole
        elif stroked.value:
            for (x0, y0), (x1, y1) in pairwise(corners):
                edge = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                if min(edge.width, edge.height) <= _STRAIGHT:
                    yield edge


def _outlines(
    item: Any, matrix: pypdfium2.PdfMatrix, upright: Upright
) -> Iterator[list[tuple[float, float]]]:
    """The corners of each outline of a path; curves end an outline, they are no table."""
    corners: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, number)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and len(corners) > 1:
            yield corners
        if kind != raw.FPDF_SEGMENT_LINETO:
            corners = []
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        corners.append(upright.point(*matrix.on_point(x.value, y.value)))
        if raw.FPDFPathSegment_GetClose(segment) and len(corners) > 1:
            corners.append(corners[0])
    if len(corners) > 1:
        yield corners
