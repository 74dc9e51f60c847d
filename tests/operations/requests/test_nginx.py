"""nginx as deploy/ configures it, started on loopback before the real app."""

from __future__ import annotations

import http.client
import re
import ssl
import subprocess
from pathlib import Path

import pytest

from tests.operations.requests.test_headers import missing_headers
from tests.support.http_visitor import ask, post, walk
from tests.support.keys import COOKIE_KEY
from tests.support.nginx_server import CONFIGURATION, nginx, program
from tests.support.redis_server import free_port
from tests.support.servers import running


def test_nginx_finds_no_mistake_and_writes_no_log(tmp_path: Path):
    text = CONFIGURATION.read_text(encoding="utf-8")
    assert "access_log off;" in text
    assert re.findall(r"error_log (.*);", text) == ["stderr emerg"]
    with nginx(tmp_path, [free_port()]) as server:
        ask(server.plain_port, "/nl/", source="127.0.0.23")
        command = [program(), "-e", "stderr", "-p", tmp_path, "-c", tmp_path / "nginx.conf", "-t"]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
        assert said.returncode == 0, said.stderr
    assert "127.0.0.23" not in (tmp_path / "nginx.log").read_text()


def test_nginx_keeps_no_address_after_a_request():
    """What it counts by is gone with the last request under way; a rate would stay in memory."""
    text = re.sub(r"#.*", "", CONFIGURATION.read_text(encoding="utf-8"))
    assert "limit_conn_zone $subscriber " in text
    keeps = ("limit_req", "access_log /", "sticky", "ip_hash", "userid", "proxy_cache ")
    assert [word for word in keeps if word in text] == []


def test_what_nginx_says_by_itself_has_every_header_and_repeats_nothing(tmp_path: Path):
    with nginx(tmp_path, [free_port()]) as server:
        away = ask(server.port, "/nl/?trafficking", tls=server.tls)
        large = ask(server.port, "/", method="POST", body=b"x" * 70_000, tls=server.tls)
        long = ask(server.port, "/?" + "trafficking" * 2000, tls=server.tls)
        confused = ask(server.port, "/nl/trafficking")
        hidden = ask(server.port, "/nginx-error", tls=server.tls)
    statuses = [answer.status for answer in (away, large, long, confused, hidden)]
    assert statuses == [502, 413, 414, 400, 503]
    for answer in (away, large, long, confused, hidden):
        assert missing_headers(answer.headers) == []
        assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
        assert "trafficking" not in answer.text


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1")
def test_nginx_before_the_app_speaks_tls_and_sends_the_rest_there(tmp_path: Path):
    settings = {"COOKIE_KEYS": COOKIE_KEY, "TRUSTED_PROXIES": "1", "SECURE_COOKIES": "true"}
    with (
        running(tmp_path / "app", **settings) as service,
        nginx(tmp_path / "nginx", [service.port]) as server,
    ):
        plain = ask(server.plain_port, "/nl/")
        assert plain.status == 301
        assert plain.headers["Location"] == "https://127.0.0.1/nl/"
        assert missing_headers(plain.headers) == []
        page = ask(server.port, "/nl/", tls=server.tls)
        assert page.status == 200
        assert page.headers["Server"] == "nginx"
        assert "max-age=31536000" in page.headers["Strict-Transport-Security"]
        assert ask(server.port, "/metrics/", tls=server.tls).status == 404
        origin = {"Origin": f"https://127.0.0.1:{server.port}"}
        answer = {"answer": "waiting"}
        begun = walk(server.port, {"asylum_decision": "waiting"}, "nl", tls=server.tls)
        path = begun.addresses["asylum_decision"]
        origin["Cookie"] = begun.before["asylum_decision"]
        taken = post(server.port, path, answer, headers=origin, tls=server.tls)
        assert taken.status == 303
        assert "Secure" in taken.headers["Set-Cookie"]
        elsewhere = {**origin, "Origin": "https://evil.example"}
        assert post(server.port, path, answer, headers=elsewhere, tls=server.tls).status == 403
        large = {"answer": "x" * 30_000}
        refused = post(server.port, path, large, headers=origin, tls=server.tls)
        assert refused.status == 413
        assert "<html lang" in refused.text
        with pytest.raises((http.client.HTTPException, OSError)):
            old = server.tls.__class__(server.tls.protocol)
            old.check_hostname = False
            old.load_verify_locations(str(server.folder / "tls" / "fullchain.pem"))
            old.maximum_version = ssl.TLSVersion.TLSv1_1
            ask(server.port, "/", tls=old)
