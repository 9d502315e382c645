"""The shipped samples for Caddy and nginx, made to run as anybody in a folder, in front of a port of this machine."""

import getpass
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from feedback.resources import resource_dir
from tests.served import free_port, running

PROXIES = ("nginx", "caddy")
_CERTIFICATE = ("certificate.pem", "key.pem")
#: What surrounds the sample on Debian, access log and all, so that only the sample can switch that off.
_AROUND_NGINX = """
daemon off;
user {user};
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
events {{ worker_connections 2048; }}
http {{
    access_log {folder}/access.log;
    error_log {folder}/error.log info;
    client_body_temp_path {folder}/tmp/body;
    proxy_temp_path {folder}/tmp/proxy;
    fastcgi_temp_path {folder}/tmp/f;
    uwsgi_temp_path {folder}/tmp/u;
    scgi_temp_path {folder}/tmp/s;
{sample}
}}
"""


def sample(name: str) -> str:
    """The text of a shipped sample."""
    return (resource_dir("service") / name).read_text(encoding="utf-8")


@contextmanager
def in_front(proxy: str, port: int, folder: Path, *, tls: bool = False, change: str = "") -> Iterator[int]:
    """The proxy with its shipped sample, on a free port; over TLS with a certificate of its own, or plain.

    What it writes lies in `folder`, its output in `folder/said`. `change` is a regular expression that is taken out
    of the sample, to switch a control off.
    """
    (folder / "tmp").mkdir(parents=True, exist_ok=True)
    outside = free_port()
    make = _nginx if proxy == "nginx" else _caddy
    command, environ = make(folder, port, outside, tls, change)
    shell = f'exec "$0" "$@" >>"{folder}/said" 2>&1'
    with running(["sh", "-c", shell, *command], environ, outside):
        yield outside


def make_certificate(folder: Path) -> None:
    """A certificate as the school's own authority would give one."""
    files = [str(folder / name) for name in _CERTIFICATE]
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*make, "-out", files[0], "-keyout", files[1]], check=True, capture_output=True)


def _nginx(folder: Path, port: int, outside: int, tls: bool, change: str) -> tuple[list[str], dict[str, str]]:
    text = re.sub(change, "", sample("nginx.conf")) if change else sample("nginx.conf")
    # The second server is the one behind HTTPS; the first only leads there, and needs port 80.
    text = "server {" + text.split("server {")[2]
    text = re.sub(r" +listen \[::\].*\n", "", text)
    text = text.replace("listen 443 ssl http2", f"listen 127.0.0.1:{outside}" + (" ssl http2" if tls else ""))
    text = text.replace("127.0.0.1:8080", f"127.0.0.1:{port}")
    for which, name in zip(("certificate", "certificate_key"), _CERTIFICATE, strict=True):
        text = re.sub(rf"ssl_{which} .*;", f"ssl_{which} {folder / name};" if tls else "", text)
    configured = folder / "nginx.conf"
    configured.write_text(_AROUND_NGINX.format(user=getpass.getuser(), folder=folder, sample=text), encoding="utf-8")
    return ["nginx", "-p", str(folder), "-c", str(configured)], {"PATH": "/usr/sbin:/usr/bin:/bin"}


def _caddy(folder: Path, port: int, outside: int, tls: bool, change: str) -> tuple[list[str], dict[str, str]]:
    text = re.sub(change, "", sample("Caddyfile")) if change else sample("Caddyfile")
    text = text.replace("127.0.0.1:8080", f"127.0.0.1:{port}")
    address = f"https://localhost:{outside}" if tls else f"http://127.0.0.1:{outside}"
    text = text.replace("voice.school.example {", f"{address} {{\n\tbind 127.0.0.1")
    # Port 80 is not ours here, and no authority is asked for anything.
    text = text.replace("admin off", "admin off\n\tauto_https disable_redirects\n\tskip_install_trust", 1)
    if tls:
        text = text.replace("#tls /etc/voicebox/tls/certificate.pem", f"tls {folder / _CERTIFICATE[0]}")
        text = text.replace("/etc/voicebox/tls/key.pem", str(folder / _CERTIFICATE[1]))
    configured = folder / "Caddyfile"
    configured.write_text(text, encoding="utf-8")
    environ = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "XDG_DATA_HOME": str(folder / "data")}
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(configured)], environ
