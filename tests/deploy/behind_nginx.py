"""A site behind a real nginx with the configuration of deploy/, on ports of its own."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from stories.walking import free_port

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
HOST = "kaoji.example.gov.cn"
# Everything else is the file as it is shipped.
_MAIN = """\
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include kaoji-log.conf;
    {inside}
}}
"""


@dataclass(frozen=True)
class Ports:
    """Where nginx listens for http and https, and where the site does."""

    http: int
    https: int
    site: int


def free_ports() -> Ports:
    return Ports(free_port(), free_port(), free_port())


def certificate(folder: Path) -> None:
    """A certificate for the host, as nothing but a test may trust."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)]),
    )
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "kaoji.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "kaoji.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def configured(folder: Path, ports: Ports, *, prefix: str) -> Path:
    """nginx's folder with our files in it, ports and places of certificates apart as they are shipped."""
    certificate(folder)
    places = {
        "listen 80;": f"listen 127.0.0.1:{ports.http};",
        "listen 443 ssl;": f"listen 127.0.0.1:{ports.https} ssl;",
        "/var/log/nginx/": f"{folder}/",
        "/etc/nginx/kaoji.": f"{folder}/kaoji.",
        "http://127.0.0.1:8000": f"http://127.0.0.1:{ports.site}",
    }
    for source in sorted((DEPLOY / "nginx").glob("*.conf")):
        text = source.read_text("utf-8")
        for shipped, here in places.items():
            text = text.replace(shipped, here)
        (folder / source.name).write_text(text, "utf-8")
    if prefix:
        inside = f"""server {{
            listen 127.0.0.1:{ports.https} ssl; server_name {HOST};
            ssl_certificate {folder}/kaoji.pem; ssl_certificate_key {folder}/kaoji.key;
            include jixiao.conf;
        }}"""
    else:
        inside = "include kaoji.conf;"
    main = folder / "nginx.conf"
    main.write_text(_MAIN.format(folder=folder, inside=inside), "utf-8")
    return main


@contextmanager
def site_behind_nginx(folder: Path, *, prefix: str = "", **more: str) -> Iterator[Ports]:
    """`kaoji serve` and nginx before it; both end afterwards."""
    ports = free_ports()
    home, conf = folder / "home", configured(folder, ports, prefix=prefix)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KAOJI_")} | {
        "KAOJI_HOME": str(home), "KAOJI_HOSTS": HOST, "KAOJI_HTTPS": "1", "KAOJI_TRUSTED_PROXIES": "1",
        "KAOJI_PREFIX": prefix, "PYTHONPATH": os.pathsep.join(sys.path), **more,
    }  # fmt: skip
    kaoji = [sys.executable, "-m", "kaoji"]
    with (folder / "log.txt").open("wb") as log:
        serve = [*kaoji, "serve", "--port", str(ports.site), "--processes", "1", "--no-work"]
        site = subprocess.Popen(serve, env=environment, stdout=log, stderr=log)
        tried = subprocess.run(
            ["nginx", "-t", "-c", str(conf), "-p", str(folder)], capture_output=True
        )
        assert tried.returncode == 0, tried.stderr.decode()
        proxy = subprocess.Popen(["nginx", "-c", str(conf), "-p", str(folder)], stderr=log)
        try:
            _wait(ports, site, folder)
            yield ports
        finally:
            for process in (proxy, site):
                process.terminate()
                process.wait(30)


def _wait(ports: Ports, site: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        assert site.poll() is None, (folder / "log.txt").read_text("utf-8")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{ports.site}/healthz", timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError((folder / "log.txt").read_text("utf-8"))


def trusting(folder: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(folder / "kaoji.pem"))
