"""Single sign-on: the provider that a JSON file describes, or none.

The file is the provider's own description (what it serves as /.well-known/openid-configuration)
with the client's id and secret added, so that nothing is fetched when the site starts:

    {"issuer": "https://…", "authorization_endpoint": "https://…", "token_endpoint": "https://…",
     "userinfo_endpoint": "https://…", "jwks_uri": "https://…",
     "client_id": "kaoji", "client_secret": "…", "account_claim": "preferred_username"}
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kaoji.core.speech import say
from kaoji.core.wrong_setting import WrongSetting

_NEEDED = (
    "issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri",
    "client_id", "client_secret",
)  # fmt: skip
_SECONDS = 10


class UnusableProvider(WrongSetting):
    """The file cannot be read, or lacks something."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(say("KAOJI_OIDC：{path} 不能用：{why}", path=path, why=why))


def single_sign_on(path: str | None, *, prefix: str = "") -> dict[str, Any]:
    """Django's settings for the provider; none without a file. The site stands below *prefix*. Raises UnusableProvider."""
    if not path:
        return {}
    try:
        provider = json.loads(Path(path).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UnusableProvider(path, str(error)) from error
    missing = [name for name in _NEEDED if not provider.get(name)]
    if missing:
        raise UnusableProvider(path, f"缺少 {'、'.join(missing)}")
    return {
        "OIDC_OP_ISSUER": provider["issuer"],
        "OIDC_OP_AUTHORIZATION_ENDPOINT": provider["authorization_endpoint"],
        "OIDC_OP_TOKEN_ENDPOINT": provider["token_endpoint"],
        "OIDC_OP_USER_ENDPOINT": provider["userinfo_endpoint"],
        "OIDC_OP_JWKS_ENDPOINT": provider["jwks_uri"],
        "OIDC_RP_CLIENT_ID": provider["client_id"],
        "OIDC_RP_CLIENT_SECRET": provider["client_secret"],
        "OIDC_RP_SIGN_ALGO": provider.get("sign_algorithm", "RS256"),
        "OIDC_RP_SCOPES": provider.get("scopes", "openid profile"),
        "OIDC_ACCOUNT_CLAIM": provider.get("account_claim", "preferred_username"),
        "OIDC_CREATE_USER": False,
        "OIDC_USE_PKCE": True,
        "OIDC_TIMEOUT": _SECONDS,
        "LOGIN_REDIRECT_URL_FAILURE": f"{prefix}/account/sign-in/?sso=failed",
    }
