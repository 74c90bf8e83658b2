"""`kaoji backup OUT`: the database as it is now, in one file, while the site works.

OUT may be a folder: the file is named by the moment, and `--keep N` leaves only the newest N of such files there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kaoji.cli.voice import LANGUAGE_OPTION, hear, remark
from kaoji.core.speech import say

# Files that we named; others in the folder are nobody's to delete.
_NAMED = "kaoji-" + "[0-9]" * 8 + "T" + "[0-9]" * 6 + "Z.zip"


@click.command(help=hear("备份数据库（网站照常运行）；密钥不在备份里，请另外保管。"))
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--keep",
    type=click.IntRange(1, 10_000),
    help=hear("OUT 是文件夹时，只留最新的几份自动命名的备份"),
)
@LANGUAGE_OPTION
def command(out: Path, keep: int | None) -> None:
    """Write OUT, and say what is in it and what is not."""
    from kaoji.cli.site import require_own_database, set_up

    set_up()
    require_own_database()
    from django.conf import settings
    from django.utils import timezone

    from kaoji.platform.backups import back_up
    from kaoji.platform.home_folder import home
    from kaoji.platform.jobs.routines import BACKUP, note

    with _failure_noted():
        folder = out if out.is_dir() else None
        if folder is None and keep is not None:
            remark(say("--keep 只用于文件夹；{out} 不是文件夹", out=out))
            raise SystemExit(2)
        if folder is not None:
            out = folder / f"{timezone.now():kaoji-%Y%m%dT%H%M%SZ}.zip"
        manifest = back_up(settings.DATABASES["default"], out)
    note(BACKUP, at=timezone.now(), well=True)
    if folder is not None and keep is not None:
        _clear_away(sorted(folder.glob(_NAMED))[:-keep])
    click.echo(
        hear(say("已备份到 {file}：{events} 条办理记录，末条校验值 {hash}", file=out,
                 events=manifest.events, hash=manifest.last_hash))
    )  # fmt: skip
    click.echo(
        hear(
            say(
                "密钥不在里面；请把 {home} 里的 secret_key 和 sealing_key 另外保管", home=home()
            )
        )
    )


def _clear_away(older: list[Path]) -> None:
    """Remove what is not kept; the new backup is whole whatever becomes of the old ones."""
    for file in older:
        try:
            file.unlink()
        except OSError as failure:
            why = failure.strerror or str(failure)
            remark(say("已备份，但旧的备份 {file} 删不掉：{why}", file=file, why=why))


@contextmanager
def _failure_noted() -> Iterator[None]:
    """Say in a sentence what failed, and leave a note that it did: the timer's own words nobody may see."""
    from django.utils import timezone

    from kaoji.platform.backups import NothingOverwritten, UnusableBackup
    from kaoji.platform.jobs.routines import BACKUP, note

    try:
        yield
    except NothingOverwritten as refusal:
        remark(refusal.sentence)
        raise SystemExit(2) from refusal
    except (Exception, SystemExit) as failure:
        note(BACKUP, at=timezone.now(), well=False)
        if isinstance(failure, UnusableBackup):
            remark(failure.sentence)
        elif isinstance(failure, OSError):
            remark(
                say("写不出备份（{file}）：{why}", file=failure.filename or "—",
                    why=failure.strerror or str(failure))
            )  # fmt: skip
        else:
            raise
        raise SystemExit(2) from failure
