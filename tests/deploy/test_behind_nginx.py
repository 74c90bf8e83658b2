"""The configuration that is shipped, with a real nginx: the site as a whole host, and below /jixiao/ of another."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest

from deploy.behind_nginx import HOST, Ports, configured, free_ports, site_behind_nginx, trusting

pytestmark = [
    pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed here"),
    pytest.mark.xdist_group("nginx"),
]


class _ToNginx(http.client.HTTPSConnection):
    """Speaks to nginx by the host's name, which stands in no directory."""

    def connect(self) -> None:
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        self.sock = self._context.wrap_socket(raw, server_hostname=HOST)


@dataclass
class Visitor:
    """A browser: keeps cookies by name, as they were set with their path, and follows nothing by itself."""

    folder: Path
    ports: Ports
    cookies: dict[str, str] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, **headers: str):
        connection = _ToNginx(HOST, self.ports.https, context=trusting(self.folder))
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Referer": f"https://{HOST}/", **({"Cookie": held} if held else {}), **headers}
        body = urlencode(form) if form is not None else None
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, {"Host": HOST, **sent})
        answer = connection.getresponse()
        text = answer.read()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, value = line.partition(";")[0].split("=", 1)
            self.cookies[name] = value
            self.paths[name] = re.search(r"Path=([^;]+)", line)[1]
            assert "Secure" in line, line
        connection.close()
        return answer, text

    def get(self, path: str, **headers: str):
        return self.ask("GET", path, **headers)

    def guess(self, address: str, prefix: str, name: str = "nobody"):
        """A wrong password; *address* is what somebody pretends to come from."""
        path = f"{prefix}/account/sign-in/"
        self.get(path)
        form = {
            "username": name,
            "password": "wrong",
            "csrfmiddlewaretoken": self.cookies["csrftoken"],
        }
        return self.ask("POST", path, form, **{"X-Forwarded-For": address})[0].status


PROVIDER = {
    "issuer": "https://id.example", "authorization_endpoint": "https://id.example/in",
    "token_endpoint": "http://127.0.0.1:9/token", "userinfo_endpoint": "http://127.0.0.1:9/who",
    "jwks_uri": "http://127.0.0.1:9/keys", "client_id": "kaoji", "client_secret": "s",
}  # fmt: skip


@pytest.fixture(scope="module", params=["", "/jixiao"], ids=["whole host", "below a path"])
def site(request, tmp_path_factory) -> Iterator[tuple[Visitor, str]]:
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    (folder / "oidc.json").write_text(json.dumps(PROVIDER))
    with site_behind_nginx(
        folder, prefix=request.param, KAOJI_OIDC=str(folder / "oidc.json")
    ) as ports:
        yield Visitor(folder, ports), request.param


def anew(visitor: Visitor) -> Visitor:
    return Visitor(visitor.folder, visitor.ports)


def test_every_link_and_file_of_the_open_pages_stays_below_the_prefix(site):
    visitor, prefix = site
    for page in ("/", "/public/", "/rules/", "/account/sign-in/"):
        answer, text = visitor.get(f"{prefix}{page}")
        assert answer.status == 200, page
        links = set(re.findall(r'(?:href|src|action)="(/[^"]*)"', text.decode()))
        assert links
        for link in links:
            assert link.startswith(f"{prefix}/"), link
            if "/static/" in link or link.endswith("/rules/"):
                assert visitor.get(link)[0].status == 200, link


def test_static_files_are_compressed_and_kept_for_ever_by_their_hashed_names(site):
    visitor, prefix = site
    page = visitor.get(f"{prefix}/rules/")[1].decode()
    [style] = re.findall(r'href="([^"]*/kaoji/site\.[0-9a-f]{12}\.css)"', page)

    answer, text = visitor.get(style, **{"Accept-Encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert text[:2] == b"\x1f\x8b"


def test_who_is_not_signed_in_is_led_to_the_door_below_the_prefix(site):
    visitor, prefix = site

    answer, _ = visitor.get(f"{prefix}/declarations/")

    assert answer.status == 302
    assert (
        answer.headers["Location"] == f"{prefix}/account/sign-in/?next={prefix}/declarations/"
    )


def test_cookies_are_of_the_prefix_alone(site):
    visitor, prefix = anew(site[0]), site[1]
    visitor.get(f"{prefix}/account/sign-in/")
    visitor.ask("POST", f"{prefix}/account/language/",
                {"language": "en", "csrfmiddlewaretoken": visitor.cookies["csrftoken"]})  # fmt: skip

    assert visitor.paths == {"csrftoken": f"{prefix}/", "django_language": f"{prefix}/"}
    assert "Sign in" in visitor.get(f"{prefix}/account/sign-in/")[1].decode()


def test_the_lock_out_is_of_the_address_that_nginx_saw_and_no_pretended_one(site):
    visitor, prefix = site

    found = [anew(visitor).guess(f"6.6.6.{number}", prefix) for number in range(6)]

    assert found == [200] * 4 + [429] * 2  # each guess pretends another address; nginx saw one
    assert "127.0.0.1" in (visitor.folder / "log.txt").read_text("utf-8")


def test_single_sign_on_comes_back_below_the_prefix_and_its_failure_has_a_page(site):
    visitor, prefix = anew(site[0]), site[1]
    began, _ = visitor.get(f"{prefix}/account/sso/")
    back = f"redirect_uri=https%3A%2F%2F{HOST}{prefix.replace('/', '%2F')}%2Faccount%2Fsso%2Fcallback%2F"
    assert began.status == 302
    assert back in began.headers["Location"]

    failed, _ = visitor.get(f"{prefix}/account/sso/callback/?error=access_denied")
    assert failed.status == 302
    assert failed.headers["Location"] == f"{prefix}/account/sign-in/?sso=failed"
    assert visitor.get(failed.headers["Location"])[0].status == 200


def test_figures_are_not_for_the_world_and_the_number_of_a_request_is_nginxs(site):
    visitor, prefix = site
    assert visitor.get(f"{prefix}/metrics")[0].status == 403
    assert visitor.get(f"{prefix}/healthz")[1] == b"ok\n"
    assert re.fullmatch(
        r"[0-9a-f]{32}", visitor.get(f"{prefix}/rules/")[0].headers["X-Request-ID"]
    )


def test_neither_log_has_the_code_of_a_survey_nor_what_was_sought(site):
    visitor, prefix = site
    code = "k3Jd82-secret_code"
    for address in (f"/s/{code}", f"/s/{code}/", f"/s/{code}/?code=z9y8", f"/s/{code}/x/"):
        visitor.get(f"{prefix}{address}", Referer=f"https://{HOST}{prefix}/s/{code}/")
    visitor.get(f"{prefix}/rules/?q=zhangsan", Referer=f"https://{HOST}{prefix}/s/{code}/")
    too_much = {"Content-Length": str(34 * 1024 * 1024)}
    connection = _ToNginx(HOST, visitor.ports.https, context=trusting(visitor.folder))
    connection.request("POST", f"{prefix}/s/{code}/", headers={"Host": HOST, **too_much})
    assert connection.getresponse().status == 413

    for name in ("access.log", "error.log", "log.txt"):
        told = (visitor.folder / name).read_text("utf-8")
        for secret in (code, "z9y8", "zhangsan"):
            assert secret not in told, name
    assert f'"GET {prefix}/s/.../ HTTP/1.1" 404 ' in (visitor.folder / "access.log").read_text()
    assert f" GET {prefix}/s/…/ 404 " in (visitor.folder / "log.txt").read_text("utf-8")


def test_a_body_beyond_a_document_is_refused_before_it_is_sent_on(site):
    visitor, prefix = site
    connection = _ToNginx(HOST, visitor.ports.https, context=trusting(visitor.folder))
    connection.putrequest("POST", f"{prefix}/intake/", skip_host=True)
    for name, value in {"Host": HOST, "Content-Length": str(34 * 1024 * 1024)}.items():
        connection.putheader(name, value)
    connection.endheaders()

    assert connection.getresponse().status == 413


def test_answers_of_the_api_stay_json_below_the_prefix(site):
    visitor, prefix = site
    answer, text = visitor.get(f"{prefix}/api/1/no-such-address")

    assert answer.status == 404
    assert "faults" in json.loads(text)


def test_http_is_led_to_https(tmp_path: Path):
    tmp_path.chmod(0o755)
    conf = configured(tmp_path, free_ports(), prefix="")

    done = subprocess.run(
        ["nginx", "-t", "-c", str(conf), "-p", str(tmp_path)], capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert "syntax is ok" in done.stderr
    assert "return 301 https://$host$request_uri;" in (tmp_path / "kaoji.conf").read_text(
        "utf-8"
    )
