"""How the tests are run over a mutant: in a process of its own, which ends with what they say.

Two ways. *From the start* everything is imported afresh, the mutant among it: sure, but the imports take
longer than most tests. *In place* the tests are collected once, and each mutant is a fork in which the
function that differs gets other code. A test that goes red there has seen the mutant; what no test sees in
place (what was computed on import may be unchanged) is tried again from the start.
"""

from __future__ import annotations

import ast
import functools
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FunctionType

# Whoever is forked has these already.
import django.test  # noqa: F401
import hypothesis  # noqa: F401
import pytest

from mutants import Mutant

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
_OPTIONS = (
    "-x", "-q", "-n0", "--tb=no", "--assert=plain", "--hypothesis-profile=quick", "--hypothesis-seed=0",
    "-o", f"cache_dir={ROOT / '.pytest_cache' / 'mutants'}",
)  # fmt: skip
# A fork says so that cannot be made in place.
_NOT_IN_PLACE = 77


class _Loader(importlib.machinery.SourceFileLoader):
    tree: ast.Module

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.tree, self.path, "exec")


class _Finder(importlib.abc.MetaPathFinder):
    """Gives the mutant instead of the module."""

    def __init__(self, mutant: Mutant) -> None:
        parts = mutant.file.relative_to(SOURCE).with_suffix("").parts
        self.name = ".".join(parts).removesuffix(".__init__")
        self.mutant = mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        loader = _Loader(fullname, str(self.mutant.file))
        loader.tree = self.mutant.tree
        return importlib.util.spec_from_file_location(
            fullname, self.mutant.file, loader=loader,
            submodule_search_locations=None if self.mutant.file.stem != "__init__" else [],
        )  # fmt: skip


def begin(mutant: Mutant | None, tests: Sequence[str], *, seconds: int) -> int:
    """Start the tests over a mutant from the start, for so long at most; gives the number of the process."""
    child = os.fork()
    if child:
        return child
    signal.alarm(seconds)
    if mutant is not None:
        sys.meta_path.insert(0, _Finder(mutant))
    _be_silent()
    os._exit(int(pytest.main([*_OPTIONS, *tests])))


def all_from_the_start(
    mutants: Sequence[Mutant], stages: Sequence[Sequence[str]], *, seconds: int, jobs: int
) -> Iterator[tuple[Mutant, int]]:
    """Each mutant with how its tests ended: nought where none saw it. The tests of one stage after the other."""
    unseen: Sequence[int] = range(len(mutants))
    for some in stages:

        def started(number: int, some: Sequence[str] = some) -> int:
            return begin(mutants[number], some, seconds=seconds)

        ended = dict(_side_by_side(unseen, started, jobs)) if some else {}
        yield from ((mutants[number], status) for number, status in ended.items() if status)
        unseen = [number for number in unseen if not ended.get(number)]
    yield from ((mutants[number], 0) for number in unseen)


def seen_in_place(
    mutants: Sequence[Mutant], tests: Sequence[str], *, seconds: int, jobs: int
) -> set[int]:
    """The numbers of the mutants that a test sees, with other code put where the code was."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _be_silent()
        forks = _Forks(mutants, writing, seconds=seconds, jobs=jobs)
        code = int(pytest.main([*_OPTIONS, *tests], plugins=[forks]))
        os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as told:
        seen = {int(line) for line in told}
    os.waitpid(child, 0)
    return seen


class _Forks:
    """Tests that are collected once; then every mutant is a fork that goes on to run them."""

    def __init__(
        self, mutants: Sequence[Mutant], told: int, *, seconds: int, jobs: int
    ) -> None:
        self.mutants, self.told, self.seconds, self.jobs = mutants, told, seconds, jobs
        # By file how many mutants a test has seen: mutants of one file tend to be seen by the same.
        self.saw: defaultdict[Path, Counter[str]] = defaultdict(Counter)
        self.says: int | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Fork for each mutant; in a fork give the word back to pytest."""
        live, caches, pipes = _live_functions(), _caches(), {}
        gc.freeze()

        def started(number: int) -> int:
            pipes[number] = os.pipe()
            child = os.fork()
            if not child:
                raise _IsFork(number)
            os.close(pipes[number][1])
            return child

        try:
            for number, status in _side_by_side(range(len(self.mutants)), started, self.jobs):
                with os.fdopen(pipes.pop(number)[0]) as heard:
                    test = heard.read()
                if status and os.waitstatus_to_exitcode(status) != _NOT_IN_PLACE:
                    os.write(self.told, f"{number}\n".encode())
                    self.saw[self.mutants[number].file][test] += 1
        except _IsFork as fork:
            self._become(fork.number, live, session)
            for each in caches:
                each.cache_clear()
            self.says = pipes[fork.number][1]
            return None
        return True

    def _become(self, number: int, live: Live, session: pytest.Session) -> None:
        mutant = self.mutants[number]
        signal.alarm(self.seconds)
        if not _put_in_place(mutant, live):
            os._exit(_NOT_IN_PLACE)
        saw = self.saw[mutant.file]
        session.items.sort(key=lambda item: -saw[item.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Tell which test saw the mutant."""
        if report.failed and self.says is not None:
            os.write(self.says, report.nodeid.encode())


class _IsFork(Exception):
    """Raised in a fork, which is there for the mutant of that number."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


Key = tuple[str, int]
"""A function's full name and its first line."""

Live = dict[tuple[Path, str, int], list[FunctionType]]


def _live_functions() -> Live:
    """The functions of the product that are there, by file, name and line."""
    found: Live = {}
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and "kaoji" in each.__code__.co_filename:
            code = each.__code__
            key = Path(code.co_filename).resolve(), code.co_qualname, code.co_firstlineno
            found.setdefault(key, []).append(each)
    return found


def _caches() -> list[functools._lru_cache_wrapper[object]]:
    """What was computed once, perhaps by the code that differs."""
    found = [
        item for item in gc.get_objects() if isinstance(item, functools._lru_cache_wrapper)
    ]
    return [each for each in found if each.__module__.startswith("kaoji")]


def _put_in_place(mutant: Mutant, live: Live) -> bool:
    """Give the functions that differ their other code; False where more than functions differs."""
    path = mutant.file.resolve()
    before = compile(ast.parse(path.read_text("utf-8")), str(path), "exec")
    after = compile(mutant.tree, str(path), "exec")
    if _outside(before) != _outside(after):
        return False
    was, now = dict(_functions(before)), dict(_functions(after))
    differ = [key for key in now if was.get(key) != now[key]]
    try:
        for name, line in differ:
            for function in live[path, name, line]:
                function.__code__ = now[name, line]
    except (KeyError, ValueError):
        return False
    return bool(differ)


def _functions(code: CodeType) -> Iterator[tuple[Key, CodeType]]:
    """The functions of a module and of its classes, those within them not told apart."""
    for each in _within(code):
        if _is_function(each):
            yield (each.co_qualname, each.co_firstlineno), each
        else:
            yield from _functions(each)


def _outside(code: CodeType) -> tuple[object, ...]:
    """What a module and its classes do on import."""
    plain = [repr(each) for each in code.co_consts if not isinstance(each, CodeType)]
    classes = [_outside(each) for each in _within(code) if not _is_function(each)]
    return code.co_code, code.co_names, plain, classes


def _within(code: CodeType) -> Iterator[CodeType]:
    return (each for each in code.co_consts if isinstance(each, CodeType))


def _is_function(code: CodeType) -> bool:
    return bool(code.co_flags & 0x1)  # CO_OPTIMIZED: its names are its own, as no class's are


def _side_by_side(
    numbers: Iterable[int], started: Callable[[int], int], jobs: int
) -> Iterator[tuple[int, int]]:
    """Start a process for each number, so many at a time; gives each with how it ended."""
    waiting = list(numbers)
    running: dict[int, int] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            number = waiting.pop(0)
            running[started(number)] = number
        child, status = os.wait()
        yield running.pop(child), status


def _be_silent() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
