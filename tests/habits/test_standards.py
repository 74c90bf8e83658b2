"""The data of the standards says each thing once: YAML takes the last of two equal keys without a word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import kaoji.standards

FOLDER = Path(kaoji.standards.__file__).parent


class _EachKeyOnce(yaml.SafeLoader):
    """Refuses a mapping that has a key twice."""


def _mapping(
    loader: yaml.SafeLoader, node: yaml.MappingNode, deep: bool = False
) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _value in node.value]
    twice = {key for key in keys if keys.count(key) > 1}
    assert not twice, f"{node.start_mark.name}, line {node.start_mark.line + 1}: {twice}"
    return dict(zip(keys, (loader.construct_object(value, deep=True) for _key, value in node.value), strict=True))  # fmt: skip


_EachKeyOnce.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.yaml")), ids=lambda path: path.name)
def test_no_key_stands_twice(path: Path):
    with path.open(encoding="utf-8") as file:
        yaml.load(file, Loader=_EachKeyOnce)  # noqa: S506 - a safe loader


def test_a_key_that_stands_twice_is_found():
    with pytest.raises(AssertionError, match="grades"):
        yaml.load("a: {grades: [1], grades: [2]}", Loader=_EachKeyOnce)  # noqa: S506
