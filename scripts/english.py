"""Keep the English catalogue complete: collect every Chinese sentence, compile what is translated.

python scripts/english.py           add what is new to the .po file, compile it
python scripts/english.py --check   exit 1 when a sentence lacks its English
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from catalogues import compile_below

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "kaoji"
PO = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"

CALLS = {"say", "hear", "spoken", "_", "gettext", "gettext_noop", "gettext_lazy"}
TABLES = {
    "STORIES",
    "FAMILIES",
    "_SEVERITIES",
    "_LIGHTS",
    "_NAMES",
    "_COMMANDS",
    "ROLE_NAMES",
    "PLACE_NAMES",
    "STAGE_NAMES",
    "_WEAKNESSES",
    "_ODDITIES",
    "MARKUP_REMOVED",
    "APPROXIMATE",
    "A_GRADE",
    "A_STANDARD",
    "A_PERIOD",
    "FIELDS",
    "FIELD_NAMES",
    "STATE_NAMES",
    "_WAYS",
    "PART_NAMES",
    "VERB_NAMES",
    "CHANGED",
    "CONFIRMED",
    "CONTRADICTORY",
    "NOT_READ",
    "UNUSUAL_UNIT",
    "ADVICE_NAMES",
    "ASPECT_NAMES",
    "CONCLUSION_NAMES",
    "JUDGEMENT_NAMES",
    "COMBINATION_NAMES",
    "LEVEL_NAMES",
    "PROPOSAL_NAMES",
    "RECTIFICATION_SOURCES",
    "RECTIFICATION_STATES",
    "RECTIFICATION_STEPS",
    "REPLY_NAMES",
    "REPORT_NAMES",
    "REPORT_PARTS",
    "RESULT_NAMES",
    "SERVICE_NAMES",
    "SOURCE_NAMES",
    "STATISTIC_NAMES",
    "TASK_STATES",
    "VERDICT_NAMES",
    "DUTY_NAMES",
    "EFFECT_NAMES",
    "FIELD_TITLES",
    "GROUND_NAMES",
    "ITEM_NAMES",
    "MOVEMENT_NAMES",
    "RUN_STATE_NAMES",
    "RUN_VERB_NAMES",
    "STATUS_NAMES",
    "VERDICT_OF_LINE_NAMES",
    "PAYMENT_STATISTICS",
    "BASIS_NAMES",
    "SPAN_NAMES",
    "SETTING_NAMES",
    "_FIGURES",
    "_LIMITS",
}
# Values whose captions people read: which of their arguments those are.
CAPTIONED = {
    "Parameter": ({1}, {"help"}),
    "Way": ({1}, set()),
    "SheetColumn": ({1}, set()),
    "Picture": ({1, 4}, set()),
}
YAML_TITLES = {
    "thresholds.yaml": re.compile(r"^  (?:title|unit): (.+)$", re.MULTILINE),
    "deviations.yaml": re.compile(r"^    - (.+)$", re.MULTILINE),
    "facts.yaml": re.compile(r"(?<=: )([\u3400-\u9fff]+)"),
    "law.yaml": re.compile(r"^ *title: (.+)$", re.MULTILINE),
}

# The same sentences must give the same bytes, whenever they are compiled.
_NO_DAY = datetime(2023, 1, 1, tzinfo=UTC)

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_TRANSLATE = re.compile(r"""{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
_BLOCK = re.compile(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL)
_VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")


def sentences() -> dict[str, str]:
    """Every sentence that people may read, with the file where it stands."""
    found: dict[str, str] = {}
    for path in sorted(
        [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.yaml")]
    ):
        reader = {".py": _in_python, ".html": _in_template, ".yaml": _in_yaml}[path.suffix]
        for sentence in reader(path):
            if _CHINESE.search(sentence):
                found.setdefault(sentence, str(path.relative_to(ROOT)))
    return found


def _in_python(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield from _in_call(node)
        elif isinstance(node, ast.ClassDef) and "TextChoices" in map(_name, node.bases):
            for choice in node.body:
                if isinstance(choice, ast.Assign) and isinstance(choice.value, ast.Tuple):
                    yield from _strings(choice.value)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(name, ast.Name) and name.id in TABLES for name in targets):
                yield from _strings(node.value)


def _name(node: ast.expr) -> str:
    return getattr(node, "id", getattr(node, "attr", ""))


def _in_call(node: ast.Call) -> Iterator[str]:
    name = _name(node.func)
    if name in CALLS and node.args:
        yield from _strings(node.args[0], deep=False)
    if name in CAPTIONED:
        places, keywords = CAPTIONED[name]
        for place in places & set(range(len(node.args))):
            found = list(_strings(node.args[place]))
            yield from found[:1] if name == "SheetColumn" else found  # the others are only read
        for keyword in node.keywords:
            if keyword.arg in keywords:
                yield from _strings(keyword.value)
    if name in {"rule", "check"} and len(node.args) >= 2:
        yield from _strings(node.args[1], deep=False)


def _strings(node: ast.AST, *, deep: bool = True) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif deep:
        for child in ast.iter_child_nodes(node):
            yield from _strings(child)


def _in_template(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    for double, single in _TRANSLATE.findall(text):
        yield double or single
    for block in _BLOCK.findall(text):
        yield _VARIABLE.sub(r"%(\1)s", block)


def _in_yaml(path: Path) -> Iterator[str]:
    pattern = YAML_TITLES.get(path.name)
    return iter(pattern.findall(path.read_text("utf-8")) if pattern else ())


def _merged(known: Catalog, wanted: dict[str, str]) -> Catalog:
    merged = Catalog(
        locale="en",
        header_comment="# English of kaoji.",
        project="kaoji",
        version="1",
        copyright_holder="kaoji",
        msgid_bugs_address="kaoji",
        creation_date=_NO_DAY,
        revision_date=_NO_DAY,
        last_translator="kaoji",
        language_team="kaoji",
        charset="utf-8",
        fuzzy=False,
    )
    # By sentence and without places: a file that moves changes nothing here.
    for sentence in sorted(wanted):
        entry = known.get(sentence)
        flags = ("python-format",) if re.search(r"%\(\w+\)s", sentence) else ()
        merged.add(sentence, entry.string if entry else "", flags=flags)
    return merged


def main() -> int:
    """Update or check."""
    with PO.open("rb") as file:
        known = read_po(file, locale="en")
    wanted = sentences()
    missing = [text for text in wanted if not (entry := known.get(text)) or not entry.string]
    for text in missing:
        print(f"no English yet: {text!r} ({wanted[text]})", file=sys.stderr)
    if "--check" in sys.argv:
        return 1 if missing else 0
    merged = _merged(known, wanted)
    with PO.open("wb") as file:
        write_po(file, merged, sort_output=False, omit_header=False, width=0)
    compile_below(SOURCE)
    print(f"{len(wanted)} sentences, {len(missing)} without English")
    return 0


if __name__ == "__main__":
    sys.exit(main())
