"""Settings that do not go together: each is allowed alone, and open together with another."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError

from kaoji.core.speech import say
from kaoji.platform.health.line import Line, broken, doubtful, fine

_SECURITY, _PROXY, _NAMES, _JOBS = (
    say("安全设置"),
    say("反向代理"),
    say("主机名"),
    say("作业方式"),
)
_KEEPER = say("系统管理员")
_HERE = {"localhost", "127.0.0.1", "[::1]"}


def look_at_settings() -> Iterator[Line]:
    """What is open that should not be."""
    public = bool(set(settings.ALLOWED_HOSTS) - _HERE)
    yield _debugging()
    yield _encrypted(public=public)
    yield _proxies()
    yield _names(public=public)
    if "immediate" in settings.TASKS["default"]["BACKEND"]:
        yield doubtful(
            "settings.jobs", _JOBS, say("作业在网页里当场做"),
            say("去掉 KAOJI_JOBS=at-once，由 kaoji work 做"),
        )  # fmt: skip


def _debugging() -> Line:
    if settings.DEBUG:
        return broken(
            "settings.debug", _SECURITY, say("开着 KAOJI_DEBUG：出错页会露出程序和数据"),
            say("去掉 KAOJI_DEBUG"),
        )  # fmt: skip
    return fine("settings.debug", _SECURITY, say("没有开 KAOJI_DEBUG"))


def _encrypted(*, public: bool) -> Line:
    if settings.HTTPS:
        return fine("settings.https", _SECURITY, say("经 https 访问"))
    if not public:
        return fine("settings.https", _SECURITY, say("只在本机访问，不经网络"))
    return broken(
        "settings.https", _SECURITY, say("经网络访问而没有 https：口令和会话可被截取"),
        say("在前面放带证书的 nginx，并设 KAOJI_HTTPS=1（见 deploy/）"),
    )  # fmt: skip


def _proxies() -> Line:
    count = settings.TRUSTED_PROXIES
    if settings.HTTPS and not count:
        return broken(
            "settings.proxies", _PROXY,
            say("KAOJI_HTTPS=1 而 KAOJI_TRUSTED_PROXIES=0：所有人看来都从代理来，一人输错口令会锁住大家"),
            say("设 KAOJI_TRUSTED_PROXIES=1（前面有几层自己的代理就写几）"),
        )  # fmt: skip
    return fine("settings.proxies", _PROXY, say("前面有 {count} 层自己的代理", count=count))


def _names(*, public: bool) -> Line:
    if "*" in settings.ALLOWED_HOSTS:
        return doubtful(
            "settings.hosts", _NAMES, say("接受任何主机名"),
            say("在 KAOJI_HOSTS 里只写网站自己的名字"),
        )  # fmt: skip
    told = say("{names}", names=", ".join(settings.ALLOWED_HOSTS))
    if settings.HTTPS and not public:
        return doubtful(
            "settings.hosts", _NAMES, told, say("在 KAOJI_HOSTS 里写上人们访问的名字")
        )
    return fine("settings.hosts", _NAMES, told)


def look_at_keepers() -> Iterator[Line]:
    """Is there anybody who may keep the installation?"""
    try:
        count = User.objects.filter(is_superuser=True, is_active=True).count()
    except DatabaseError:
        return  # told by the lines of the database
    if count:
        yield fine("settings.keeper", _KEEPER, say("{count} 人", count=count))
    else:
        yield doubtful(
            "settings.keeper",
            _KEEPER,
            say("一个也没有"),
            say("运行：kaoji manage createsuperuser"),
        )
