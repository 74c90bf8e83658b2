"""`kaoji demo`: a fresh database with the 17 sample forms, demo people and a running site."""

from __future__ import annotations

import os
import secrets
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from kaoji.cli.demo_benefits import CONFIRMER, WORKERS, pay_two_quarters, settle_in
from kaoji.cli.voice import LANGUAGE_OPTION, hear, remark
from kaoji.core.speech import say
from kaoji.workflow.roles import ROLE_NAMES, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from kaoji.platform.organisation.models import Organisation

_BUREAU, _DEPARTMENT = "上海市松江区财政局", "上海市松江区民政局"
# Invented people; the names say so.
_PEOPLE = (
    ("tianbao", Role.FILER, _DEPARTMENT, "田宝（演示填报）"),
    ("shenhe", Role.DEPARTMENT_REVIEWER, _DEPARTMENT, "沈禾（演示主管部门审核）"),
    ("yewu", Role.FINANCE_BUDGET, _BUREAU, "叶舞（演示财政业务）"),
    ("caizheng", Role.FINANCE_PERFORMANCE, _BUREAU, "蔡正（演示财政绩效）"),
    ("shenji", Role.AUDITOR, _BUREAU, "沈稷（演示审计）"),
    ("guanli", Role.ADMINISTRATOR, _BUREAU, "关利（演示管理员）"),
)
# Experts of an invented agency.
_EXPERTS = (
    ("zhuanjia1", "詹嘉（演示专家）"),
    ("zhuanjia2", "庄稼（演示专家）"),
)
_AGENCY = "某绩效评价事务所（演示）"
_SINCE = date(2022, 1, 1)


@click.command(help=hear("建立一个全新的演示库（17 份真实申报表、演示账号）并启动网站。"))
@click.option("--host", default="127.0.0.1", show_default=True, help=hear("监听地址"))
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=hear("端口")
)
@click.option(
    "--home",
    "folder",
    type=click.Path(path_type=Path),
    help=hear("演示库所在文件夹；默认 ./var/demo"),
)
@click.option("--password", help=hear("演示账号的密码；默认随机"))
@click.option("--no-serve", is_flag=True, help=hear("只建库，不启动网站"))
@click.option(
    "--whole-year",
    is_flag=True,
    help=hear("连同 2023 年全年：批复、虚构的执行与记录、监控、自评、复核、评价"),
)
@LANGUAGE_OPTION
def command(
    host: str,
    port: int,
    folder: Path | None,
    password: str | None,
    no_serve: bool,
    whole_year: bool,
) -> None:
    """Build the demo anew each time, in a home of its own; an earlier demo there is replaced."""
    from kaoji.cli.site import require_port, set_up

    if not no_serve:
        require_port(host, port)
    _keep_to_itself(host)
    home = (folder or Path("var") / "demo").resolve()
    os.environ["KAOJI_HOME"] = str(home)
    os.environ.setdefault("KAOJI_ACCESS_LOG", "0")  # somebody reads what the terminal says
    _forget_earlier_demo(home)
    password = password or f"kaoji-{secrets.token_hex(4)}"
    try:
        set_up()
        _require_good(password)
        _build(password, whole_year=whole_year)
    except BaseException:
        _forget(home)
        raise
    _announce(home, f"http://{_shown(host)}:{port}/", password, serving=not no_serve)
    if not no_serve:
        _serve_anew(host, port)


def _serve_anew(host: str, port: int) -> NoReturn:
    """Become `kaoji serve`: what set documents here has threads, and no process that is forked may inherit their locks."""
    sys.stdout.flush()
    sys.stderr.flush()
    words = ["-m", "kaoji", "serve", "--host", host, "--port", str(port)]
    os.execv(sys.executable, [sys.executable, *words])  # noqa: S606 - our own interpreter


_EVERY_ADDRESS = {"0.0.0.0", "::"}  # noqa: S104 - compared, not bound
# What would lead a demo out of its own folder: another database, real mail, real people.
_LEADS_AWAY = (
    "KAOJI_DATABASE_URL",
    "KAOJI_MAIL",
    "KAOJI_OIDC",
    "KAOJI_SECRET_KEY",
    "KAOJI_SEALING_KEY",
)
_OWN_FILES = (
    "kaoji.sqlite3", "kaoji.sqlite3-wal", "kaoji.sqlite3-shm", "kaoji.sqlite3-next",
    "kaoji.sqlite3-turn", "secret_key", "sealing_key", "this-is-a-demo",
)  # fmt: skip


def _keep_to_itself(host: str) -> None:
    """A demo touches nothing but its own folder, and says so where settings name something else.

    It answers to the names of this machine; to any name where it listens for everybody.
    """
    for name in _LEADS_AWAY:
        if os.environ.pop(name, None):
            remark(say("演示不使用 {name}，只用自己的文件夹", name=name))
    names = {"localhost", "127.0.0.1", "[::1]", host if ":" not in host else f"[{host}]"}
    os.environ["KAOJI_HOSTS"] = "*" if host in _EVERY_ADDRESS else ",".join(sorted(names))


def _require_good(password: str) -> None:
    from django.contrib.auth.models import User

    from kaoji.platform.accounts.actions.open_account import UnableToOpen, require_good_password

    try:
        require_good_password(password, User(username="tianbao"))
    except UnableToOpen as refusal:
        remark(say("--password：{why}", why=refusal.sentence))
        raise SystemExit(2) from refusal


def _forget_earlier_demo(home: Path) -> None:
    marker = home / "this-is-a-demo"
    if home.exists() and not home.is_dir():
        remark(say("{home} 不是文件夹；请用 --home 指定别处", home=home))
        raise SystemExit(2)
    if home.exists() and not marker.exists() and any(home.iterdir()):
        remark(say("{home} 中已有别的文件，不会覆盖；请用 --home 指定别处", home=home))
        raise SystemExit(2)
    try:
        _forget(home)
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        marker.touch()
    except OSError as error:
        remark(
            say("不能在 {home} 建演示库：{why}", home=home, why=error.strerror or str(error))
        )
        raise SystemExit(2) from error


def _forget(home: Path) -> None:
    """Remove what a demo makes, and nothing else."""
    for name in _OWN_FILES:
        (home / name).unlink(missing_ok=True)
    if home.is_dir() and not any(home.iterdir()):
        home.rmdir()


def _shown(host: str) -> str:
    """The host as it stands in an address that somebody opens on this machine."""
    if host in _EVERY_ADDRESS:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _build(password: str, *, whole_year: bool) -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from kaoji.samples import SONGJIANG_2023
    from kaoji.subjects.declarations.actions.learn_indicators import follow_records
    from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
    from kaoji.subjects.intake.actions.import_document import import_document

    call_command("migrate", verbosity=0)
    now = timezone.now()
    places = _places(now)
    people = {
        username: _open(username, role, places[place], full_name, password)
        for username, role, place, full_name in _PEOPLE
    }
    people.update(_experts(places[_BUREAU], password))
    people.update(
        settle_in(
            places[_BUREAU],
            places[_DEPARTMENT],
            lambda username, role, place, full: _open(username, role, place, full, password),
            now,
        )
    )
    filer = people["tianbao"]
    intake = import_document(
        SONGJIANG_2023.read_bytes(), name=SONGJIANG_2023.name, acting_user=filer, now=now
    )
    everything = range(len(intake.reading["forms"]))
    made = confirm_intake(intake, form_numbers=everything, acting_user=filer, now=now)
    if whole_year:
        from kaoji.cli.demo_year import live_through

        live_through(people, places[_DEPARTMENT], made)
        pays = next((form for form in made if form.project_name == "养老服务"), None)
        pay_two_quarters(people, places[_DEPARTMENT], pays)
    follow_records()


def _places(now: datetime) -> dict[str, Organisation]:
    from kaoji.platform.organisation.actions.register_organisation import register_organisation
    from kaoji.workflow.places import PlaceKind

    bureau = register_organisation(
        _BUREAU, kind=PlaceKind.BUREAU, parent=None, acting_user=None, now=now
    )
    department = register_organisation(
        _DEPARTMENT, kind=PlaceKind.DEPARTMENT, parent=bureau, acting_user=None, now=now
    )
    return {_BUREAU: bureau, _DEPARTMENT: department}


def _experts(bureau: Organisation, password: str) -> dict[str, User]:
    from django.utils import timezone

    from kaoji.platform.organisation.actions.register_organisation import register_organisation
    from kaoji.workflow.places import PlaceKind

    agency = register_organisation(
        _AGENCY, kind=PlaceKind.AGENCY, parent=bureau, acting_user=None, now=timezone.now()
    )
    return {
        username: _open(username, Role.THIRD_PARTY, bureau, full_name, password, agency)
        for username, full_name in _EXPERTS
    }


def _open(
    username: str,
    role: Role,
    place: Organisation,
    full_name: str,
    password: str,
    agency: Organisation | None = None,
) -> User:
    from django.utils import timezone

    from kaoji.platform.accounts.actions.open_account import open_account
    from kaoji.platform.organisation.actions.appoint import appoint

    now = timezone.now()
    person = open_account(
        username, full_name=full_name, password=password, acting_user=None, now=now
    )
    appoint(person, role, place, since=_SINCE, agency=agency, acting_user=None, now=now)
    return person


def _announce(home: Path, address: str, password: str, *, serving: bool) -> None:
    click.echo(hear(say("演示库：{home}（17 份申报表）", home=home)))
    experts = [(name, Role.THIRD_PARTY) for name, _ in _EXPERTS]
    workers = [(name, role) for name, role, _ in (*WORKERS, CONFIRMER)]
    filers = [(name, role) for name, role, _, _ in _PEOPLE]
    for username, role in [*filers, *experts, *workers]:
        click.echo(
            hear(
                say(
                    "  {role}：账号 {username}，密码 {password}",
                    role=say(ROLE_NAMES[role]),
                    username=username,
                    password=password,
                )
            )
        )
    if serving:
        click.echo(hear(say("请在浏览器打开 {address} （Ctrl+C 结束）", address=address)))
