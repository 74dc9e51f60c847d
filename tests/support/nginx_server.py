"""The nginx of deploy/, as it is, started on loopback before real hosts."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.redis_server import free_port, wait_for_port

CONFIGURATION = Path(__file__).parents[2] / "deploy" / "nginx" / "nginx.conf"
NAMES = CONFIGURATION.with_name("names.conf")
WITHIN = 20.0


@dataclass(frozen=True)
class Nginx:
    """A running nginx."""

    port: int
    plain_port: int
    folder: Path
    tls: ssl.SSLContext


def program() -> str:
    """Where nginx is: not everybody's PATH has the folder of servers."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    assert found, "nginx is missing: bin/system-packages test installs it"
    return found


def make_certificate(folder: Path) -> ssl.SSLContext:
    """A certificate of our own for this machine, and what trusts it and nothing else."""
    folder.mkdir(parents=True)
    certificate = folder / "fullchain.pem"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(certificate)]
    command = ["openssl", "req", "-x509", *kind, *names, *files]
    subprocess.run(command, check=True, capture_output=True)
    return ssl.create_default_context(cafile=str(certificate))


def configuration(folder: Path, hosts: Sequence[int], port: int, plain_port: int) -> str:
    """The configuration of deploy/ with the ports and hosts of this test; nothing else differs."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    options = "max_fails=1 fail_timeout=5s;"
    servers = "\n        ".join(f"server 127.0.0.1:{host} {options}" for host in hosts)
    changes = {
        f"server app:8000 {options}": servers,
        "listen 8080;": f"listen 127.0.0.1:{plain_port};",
        "listen 8443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
        "pid /tmp/nginx.pid;": f"pid {folder}/nginx.pid;",
    }
    for old, new in changes.items():
        assert text.count(old) == 1, f"nginx.conf has no {old!r}"
        text = text.replace(old, new)
    return text.replace("/tmp/nginx-", f"{folder}/nginx-")


@contextmanager
def nginx(folder: Path, hosts: Sequence[int]) -> Iterator[Nginx]:
    """nginx with TLS before the hosts on these ports, until the block ends."""
    folder.mkdir(parents=True, exist_ok=True)
    tls = make_certificate(folder / "tls")
    port, plain_port = free_port(), free_port()
    shutil.copy(NAMES, folder)
    file = folder / "nginx.conf"
    file.write_text(configuration(folder, hosts, port, plain_port), encoding="utf-8")
    options = ["-p", str(folder), "-c", str(file)]
    with (folder / "nginx.log").open("ab") as log:
        process = subprocess.Popen(
            [program(), *options, "-g", "daemon off;"], stdout=log, stderr=subprocess.STDOUT
        )
        try:
            wait_for_port(port)
            yield Nginx(port, plain_port, folder, tls)
        finally:
            process.terminate()
            process.wait(WITHIN)
