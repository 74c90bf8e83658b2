"""Keep the English catalogue complete: collect every Chinese sentence, compile what is translated.

python scripts/english.py           add what is new to the .po file, compile it
python scripts/english.py --check   exit 1 when a sentence lacks its English, or its English is at fault
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
    "LIGHT_NAMES",
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
    "GRADE_NAMES",
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
    "schedule.yaml": re.compile(r"^      (?:name|who|words): (.+)$", re.MULTILINE),
    "consequences.yaml": re.compile(r"(?<=why: )([^}]+)"),
    "deviations.yaml": re.compile(r"^    - (.+)$", re.MULTILINE),
    "facts.yaml": re.compile(r"(?<=: )([\u3400-\u9fff]+)"),
    "law.yaml": re.compile(r"^ *title: (.+)$", re.MULTILINE),
}

# English that does not begin with a capital: what stands behind a number or a name, or inside a sentence.
# So do the stories of events (“Li Wei submitted revision 2”).
FRAGMENTS = {
    *("个", "份", "倍", "元", "分", "字", "万元", "亿元", "万元预算", "份答卷"),
    *("年初承诺做到", "项承诺达成，%(missed)s 项没有达成", "就是这里"),
    *("n 月 j 日", "Y 年 n 月 j 日"),  # patterns of dates
    *("今天截止", "已过期限", "还有 %(days)s 天"),
    *("不超过 {amount}", "低于 {amount}", "至少 {amount}", "超过 {amount}"),
    *("Excel 二进制工作簿（.xlsb）", "HEIC 图片（手机照片）", "OFD 版式文件", "Outlook 邮件"),
    *("Pages、Numbers 或 Keynote 文稿", "PowerPoint 演示文稿", "Visio 图", "压缩文件"),
    "postgresql://用户:口令@主机/库名；也可放在环境变量 KAOJI_MOVE_TO 里",
}
_OUR_NAME = "kaoji"

# The same sentences must give the same bytes, whenever they are compiled.
_NO_DAY = datetime(2023, 1, 1, tzinfo=UTC)

_CHINESE = re.compile(
    r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
)  # punctuation too: “{first}、{rest}”
_TRANSLATE = re.compile(r"""{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
_BLOCK = re.compile(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL)
_VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")
_PLACE = re.compile(r"%\(\w+\)s|{\w*}")
_QUOTED = re.compile("“[^”]*”")
_CHINESE_SIGN = re.compile("[，。；：、（）！？《》]")


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


def faults_of(sentence: str, english: str, *, is_story: bool = False) -> Iterator[str]:
    """What is wrong with the English of a sentence, one by one; nothing where it is sound."""
    if not english:
        yield "no English yet"
        return
    if sorted(set(_PLACE.findall(sentence))) != sorted(set(_PLACE.findall(english))):
        yield "the names to be filled in differ"
    if signs := _CHINESE_SIGN.findall(_QUOTED.sub("", english)):
        yield f"Chinese punctuation {''.join(signs)}"
    is_small = english.lstrip()[:1].islower() and not english.startswith(_OUR_NAME)
    if is_story and english[0].isupper() and not _PLACE.match(sentence):
        yield "a story goes on after a name: no capital"
    if is_small and not is_story and sentence not in FRAGMENTS:
        yield "begins with a small letter"


def stories() -> set[str]:
    """What events tell of themselves, behind the name of whoever did it."""
    return {
        text
        for path in SOURCE.rglob("events.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if _name(target) == "STORIES"
        for text in _strings(node.value)
    }


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
    # What is said otherwise in one place (msgctxt “menu”) is written into the catalogue by hand and kept.
    for entry in known:
        if entry.context and entry.id in wanted:
            merged.add(entry.id, entry.string, context=entry.context)
    return merged


def main() -> int:
    """Update or check."""
    with PO.open("rb") as file:
        known = read_po(file, locale="en")
    wanted = sentences()
    told = stories()
    faults = [
        f"{fault}: {text!r} ({wanted[text]})"
        for text in wanted
        for fault in faults_of(text, _english_of(known, text), is_story=text in told)
    ]
    for fault in faults:
        print(fault, file=sys.stderr)
    if "--check" in sys.argv:
        return 1 if faults else 0
    merged = _merged(known, wanted)
    with PO.open("wb") as file:
        write_po(file, merged, sort_output=False, omit_header=False, width=0)
    compile_below(SOURCE)
    print(f"{len(wanted)} sentences, {len(faults)} faults")
    return 0


def _english_of(known: Catalog, sentence: str) -> str:
    entry = known.get(sentence)
    return str(entry.string) if entry else ""


if __name__ == "__main__":
    sys.exit(main())
