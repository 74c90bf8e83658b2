"""How many requests were answered, how, and how fast: counted over all processes of the site together."""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.platform.middleware.shared_counts import SharedNumbers

_METHODS = ("GET", "HEAD", "POST", "other")
_CLASSES = ("2xx", "3xx", "4xx", "5xx")
# Upper bounds in seconds, around what pages promise (p95 below 0.3 s).
BOUNDS = (0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0, 10.0)
_ANSWERED = len(_METHODS) * len(_CLASSES)
# After the counts of answers: one for each bound and one for slower ones, then the sum in microseconds.
_SUM = _ANSWERED + len(BOUNDS) + 1
_MICRO = 1_000_000


class RequestFigures:
    """Counts of answers by method and class of status, and how long they took."""

    def __init__(self) -> None:
        self._numbers = SharedNumbers(_SUM + 1)

    def count(self, method: str, status: int, seconds: float) -> None:
        """Count one answer."""
        row = _METHODS.index(method if method in _METHODS else "other")
        column = min(max(status // 100, 2), 5) - 2
        slower = sum(seconds > bound for bound in BOUNDS)
        self._numbers.add(
            {
                row * len(_CLASSES) + column: 1,
                _ANSWERED + slower: 1,
                _SUM: round(seconds * _MICRO),
            }
        )

    def answered(self) -> Iterator[tuple[str, str, int]]:
        """By method and class of status how many answers; only what there was."""
        numbers = iter(self._numbers.read())
        for method in _METHODS:
            for status in _CLASSES:
                count = next(numbers)
                if count:
                    yield method, status, count

    def durations(self) -> tuple[list[int], float]:
        """How many answers took at most each bound, and all of them; the seconds of all together."""
        numbers = self._numbers.read()
        so_far, found = 0, []
        for count in numbers[_ANSWERED:_SUM]:
            so_far += count
            found.append(so_far)
        return found, numbers[_SUM] / _MICRO

    def clear(self) -> None:
        """Forget everything."""
        self._numbers.clear()


FIGURES = RequestFigures()
