"""Single sign-on against a provider that runs in the test: real redirects, real signed tokens."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from kaoji.config.single_sign_on import UnusableProvider, single_sign_on

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = {
    **json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())),
    "kid": "1", "alg": "RS256",
}  # fmt: skip


@dataclass
class Provider:
    """What the provider says: of whom, in whose name, for whom."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    token: dict[str, Any] = field(default_factory=dict)


@pytest.fixture
def provider() -> Iterator[Provider]:
    state = Provider()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say({"keys": [PUBLIC]} if self.path == "/keys" else state.claims)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            signed = jwt.encode(state.token, KEY, algorithm="RS256", headers={"kid": "1"})
            self._say({"access_token": "x", "id_token": signed})

        def _say(self, data: dict[str, Any]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(data).encode())

        def log_message(self, *args: Any) -> None:
            """Say nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    state.address = f"http://127.0.0.1:{server.server_port}"
    yield state
    server.shutdown()
    server.server_close()


def described(provider: Provider, folder: Path) -> Path:
    path = folder / "oidc.json"
    path.write_text(
        json.dumps(
            {
                "issuer": provider.address,
                "authorization_endpoint": f"{provider.address}/authorize",
                "token_endpoint": f"{provider.address}/token",
                "userinfo_endpoint": f"{provider.address}/userinfo",
                "jwks_uri": f"{provider.address}/keys",
                "client_id": "kaoji",
                "client_secret": "secret",
            }
        )
    )
    return path


# Settings are read once, when a process starts: the visit happens in one of its own.
VISIT = """
import json, sys
from urllib.parse import parse_qs, urlsplit
from kaoji.cli.site import set_up
set_up()
from django.test import Client
from support.people import person
person("填报", "tian")
client = Client(SERVER_NAME="localhost")
shown = client.get("/account/sign-in/").content.decode()
start = client.get("/account/sso/?next=/declarations/")
asked = {name: value[0] for name, value in parse_qs(urlsplit(start["Location"]).query).items()}
print(json.dumps({"offered": "单点登录" in shown, **asked}), flush=True)
sys.stdin.readline()
end = client.get("/account/sso/callback/", {"state": asked["state"], "code": "c"})
print(json.dumps({"to": end.headers.get("Location", ""), "status": end.status_code,
                  "in": client.get("/declarations/").status_code == 200}), flush=True)
"""


@pytest.fixture(scope="session")
def migrated_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose tables are made, once for all visits: each begins in a copy of it."""
    home = tmp_path_factory.mktemp("migrated")
    subprocess.run(
        [sys.executable, "-m", "kaoji", "manage", "migrate", "-v", "0"],
        env={
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": ":".join(sys.path),
            "KAOJI_HOME": str(home),
        },
        check=True,
        capture_output=True,
    )
    return home


@pytest.fixture
def folder(migrated_home: Path, tmp_path: Path) -> Path:
    """Where a visit happens: a home of its own, and what describes the provider."""
    shutil.copytree(migrated_home, tmp_path / "home")
    return tmp_path


def visit(provider: Provider, folder: Path, **token: Any) -> dict[str, Any]:
    """A whole sign-in; *token* is what the provider says otherwise than it should."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": ":".join(sys.path),
        "KAOJI_HOME": str(folder / "home"),
        "KAOJI_OIDC": str(described(provider, folder)),
        "LC_ALL": "C.UTF-8",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", VISIT], env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    line = process.stdout.readline()
    if not line:
        raise AssertionError(process.communicate()[1])
    asked = json.loads(line)
    assert asked["offered"]
    assert asked["client_id"] == "kaoji"
    assert asked["code_challenge_method"] == "S256"
    provider.token = {
        "iss": provider.address, "aud": "kaoji", "sub": "1", "nonce": asked["nonce"],
        "exp": int(time.time()) + 60, **token,
    }  # fmt: skip
    out, err = process.communicate("go\n")
    assert out, err
    answer: dict[str, Any] = json.loads(out)
    return answer


def test_the_account_of_that_name_is_signed_in(provider, folder):
    provider.claims = {"sub": "1", "preferred_username": "tian"}

    assert visit(provider, folder) == {"to": "/declarations/", "status": 302, "in": True}


def test_nobody_gets_an_account_by_it(provider, folder):
    provider.claims = {"sub": "1", "preferred_username": "stranger"}

    answer = visit(provider, folder)

    assert answer["to"] == "/account/sign-in/?sso=failed"
    assert not answer["in"]


@pytest.mark.parametrize(
    "token", [{"aud": "another"}, {"iss": "https://elsewhere"}, {"nonce": "old"}]
)
def test_a_token_for_others_by_others_or_of_another_time_is_refused(provider, folder, token):
    provider.claims = {"sub": "1", "preferred_username": "tian"}

    answer = visit(provider, folder, **token)

    assert answer["status"] == 400
    assert not answer["in"]


def test_a_description_that_lacks_something_names_it(tmp_path):
    path = tmp_path / "oidc.json"
    path.write_text('{"issuer": "https://x", "client_id": "kaoji"}')

    with pytest.raises(UnusableProvider, match="缺少 authorization_endpoint、token_endpoint"):
        single_sign_on(str(path))
    with pytest.raises(UnusableProvider, match="不能用"):
        single_sign_on(str(tmp_path / "none.json"))
    assert single_sign_on(None) == {}
