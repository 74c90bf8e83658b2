"""What stands on a page: glyphs and straight strokes, in points from its upper left corner."""

from __future__ import annotations

from dataclasses import dataclass, field

# How sure a recogniser must be: below the first it saw dirt, below the second a person looks.
_SPECK = 0.5
_SURE = 0.93


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; *top* is less than *bottom*."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Its width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its height in points."""
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle, across and down."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def beside(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Glyph:
    """A sign, or a run of signs that a recogniser saw as one, and the line it sits on.

    *sure* is how certain the recogniser is of it, from 0 to 1; ink of a PDF is certain.
    """

    text: str
    box: Box
    baseline: float
    sure: float = 1.0

    @property
    def is_speck(self) -> bool:
        """Is it more likely dirt than a sign?"""
        return self.sure < _SPECK

    @property
    def is_unsure(self) -> bool:
        """Should a person look at it?"""
        return self.sure < _SURE


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line along the page: *at* is its height (or its distance from the left)."""

    at: float
    begin: float
    end: float


@dataclass
class Ink:
    """One page. *number* counts from 1.

    *marked* tells that its writer ends paragraphs with an invisible mark;
    *recognised* that its glyphs were made out from a picture; *turned* how far the page was
    turned, clockwise, from how it is shown to how it is read.
    """

    number: int
    width: float
    height: float
    marked: bool = False
    recognised: bool = False
    turned: int = 0
    glyphs: list[Glyph] = field(default_factory=list)
    across: list[Stroke] = field(default_factory=list)
    down: list[Stroke] = field(default_factory=list)

    def fraction(self, box: Box) -> tuple[float, float, float, float]:
        """A box as fractions of the page as it is shown, which hold at any resolution."""
        left, right = (min(max(x / self.width, 0), 1) for x in (box.left, box.right))
        top, bottom = (min(max(y / self.height, 0), 1) for y in (box.top, box.bottom))
        match self.turned:
            case 90:
                left, top, right, bottom = top, 1 - right, bottom, 1 - left
            case 180:
                left, top, right, bottom = 1 - right, 1 - bottom, 1 - left, 1 - top
            case 270:
                left, top, right, bottom = 1 - bottom, left, 1 - top, right
        return round(left, 4), round(top, 4), round(right, 4), round(bottom, 4)
