"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models

from kaoji.platform.accounts.models import AccessKey, SecondFactor
from kaoji.platform.events.told import Told

STORIES = {
    "account.opened": "开设账号 {username}",
    "account.made_superuser": "在控制台开设超级用户 {username}",
    "people.imported": "从“{document}”登记 {places} 个机构、{people} 个账号、{appointments} 项任职",
    "account.secured": "{username} 开启了两步验证",
    "account.unsecured": "关闭了 {username} 的两步验证",
    "key.opened": "{username} 开设接口密钥“{name}”，至 {until}",
    "key.ended": "停用 {username} 的接口密钥“{name}”",
    "account.changed": "更改账号 {username}（{fields}）",
}
AUDITED = {
    "accounts": Told(User, frozenset({"last_login"}), frozenset({"password", "email"})),
    "second_factors": Told(
        SecondFactor,
        frozenset({"counter", "failures", "wait_until"}),
        frozenset({"secret"}),
        only=models.Q(confirmed_at__isnull=False),
    ),
    "access_keys": Told(AccessKey, frozenset({"last_used_on"})),
}
