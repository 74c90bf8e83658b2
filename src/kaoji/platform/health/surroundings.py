"""What other programs bring along: Chinese faces, LibreOffice, the recogniser of scans, the mail server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import get_connection

from kaoji.core.speech import say
from kaoji.platform.health.line import Line, broken, doubtful, fine

_FACES, _OLD, _SCANS, _MAIL = say("中文字体"), say("旧格式文件"), say("扫描件"), say("邮件")
_OUR_OWN = 1


def look_around(*, ask_mail: bool) -> Iterator[Line]:
    """Everything beside us; the mail server is called only with *ask_mail*, and nothing is sent."""
    yield _faces()
    yield _old_formats()
    yield _scans()
    yield _mail(ask=ask_mail)


def _faces() -> Line:
    if find_spec("typst") is None:
        return broken(
            "around.faces", _FACES, say("没有写 PDF 的部分"), say("请安装 kaoji[office]")
        )
    from kaoji.documents.render.pdf import fonts

    families = fonts()
    if len(families) == _OUR_OWN:
        return doubtful(
            "around.faces", _FACES, say("只有自带的宋体，生僻字印不出来"),
            say("安装中文字体，例如 Debian：apt-get install fonts-noto-cjk"),
        )  # fmt: skip
    return fine("around.faces", _FACES, say("{first}", first=families[0]))


def _old_formats() -> Line:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        return doubtful(
            "around.libreoffice", _OLD, say("读不了 .doc、.wps、.xls、.rtf、.odt"),
            say("安装 LibreOffice，例如 Debian：apt-get install libreoffice-writer-nogui libreoffice-calc-nogui"),
        )  # fmt: skip
    return fine("around.libreoffice", _OLD, say("LibreOffice 在 {place}", place=found))


def _scans() -> Line:
    if find_spec("rapidocr") is None:
        return doubtful(
            "around.scans", _SCANS, say("读不了扫描件和图片"), say("请安装 kaoji[scan]")
        )
    return fine("around.scans", _SCANS, say("可以读"))


def _mail(*, ask: bool) -> Line:
    if not settings.EMAIL_HOST:
        return doubtful(
            "around.mail", _MAIL, say("不发邮件；通知只在网站上"),
            say("要发邮件请写明 KAOJI_MAIL、KAOJI_MAIL_FROM 和 KAOJI_SITE"),
        )  # fmt: skip
    server = say("{host}:{port}", host=settings.EMAIL_HOST, port=settings.EMAIL_PORT)
    if not settings.SITE_ADDRESS:
        return doubtful(
            "around.mail", _MAIL, say("{server}；邮件里没有网址", server=server),
            say("请写明 KAOJI_SITE，例如 https://kaoji.example.gov.cn"),
        )  # fmt: skip
    if not ask:
        return fine("around.mail", _MAIL, server)
    try:
        with get_connection():  # signs in and out again, and sends nothing
            pass
    except (OSError, SMTPException) as error:
        return broken(
            "around.mail", _MAIL,
            say("{server} 不接受：{why}", server=server, why=" ".join(str(error).split())[:200]),
            say("检查 KAOJI_MAIL 的主机、端口、用户和口令，以及防火墙"),
        )  # fmt: skip
    return fine("around.mail", _MAIL, say("{server} 接受登录", server=server))
