"""Every sentence that code can say is one that the English catalogue knows."""

from __future__ import annotations

import ast
import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "kaoji"
CATALOGUE = (SOURCE / "locale/en/LC_MESSAGES/django.po").read_text("utf-8")


def test_a_sentence_is_said_by_its_text_or_by_a_named_template():
    """`say(f"…")` and `say("…" + x)` could never be translated."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
                assert isinstance(node.args[0], ast.Constant | ast.Name | ast.Subscript), (
                    f"{path}:{node.lineno}"
                )


def test_templates_named_by_a_constant_are_in_the_catalogue():
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        named = {
            node.args[0].id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and getattr(node.func, "id", "") == "say"
            and isinstance(node.args[0], ast.Name)
        }
        for node in tree.body:
            is_text = isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            if (
                is_text
                and isinstance(node.targets[0], ast.Name)
                and node.targets[0].id in named
            ):
                assert f'"{node.value.value}"' in CATALOGUE, f"{path}: {node.targets[0].id}"


def test_no_template_formats_its_values():
    """Stored sentences keep their values as text: a format such as `{rate:.2f}` would not read back."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            is_said = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say"
            if is_said and isinstance(node.args[0], ast.Constant):
                assert not re.search(r"{\w+:", node.args[0].value), f"{path}:{node.lineno}"


_OF_A_TEMPLATE = re.compile(
    r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|{%\s*blocktranslate.*?endblocktranslate\s*%}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)


def test_no_page_has_chinese_outside_a_sentence_that_is_translated():
    """“：” between two values is `{% mark "：" %}`; a page in English else shows Chinese punctuation."""
    for path in SOURCE.rglob("*.html"):
        if (
            path.name == "500.html"
        ):  # says its few words in both languages: nothing may be relied on there
            continue
        bare = _OF_A_TEMPLATE.sub("", path.read_text("utf-8")).replace(">中文<", "><")
        assert not re.findall("[，。；：、（）！？]|[\u3400-\u9fff]+", bare), path
