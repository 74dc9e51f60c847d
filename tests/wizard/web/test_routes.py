"""The addresses of the service: people and programs rely on them."""

from __future__ import annotations

from flask import Flask

ROUTES = {
    "GET /",
    "GET /<lang>/",
    "GET /<lang>/asked",
    "GET /<lang>/case",
    "GET /<lang>/case/code",
    "GET /<lang>/check",
    "GET /<lang>/check/<letters>",
    "GET /<lang>/compare",
    "GET /<lang>/countries",
    "GET /<lang>/countries/<code>",
    "GET /<lang>/embed",
    "GET /<lang>/flow",
    "GET /<lang>/form",
    "GET /<lang>/form/countries/<question_id>",
    "GET /<lang>/form/whole",
    "POST /<lang>/form/whole",
    "GET /<lang>/new-client",
    "GET /<lang>/offline",
    "GET /<lang>/offline.json",
    "GET /<lang>/paper",
    "GET /<lang>/paper/pdf",
    "GET /<lang>/places",
    "GET /<lang>/privacy",
    "GET /<lang>/result",
    "GET /<lang>/result/why",
    "GET /<lang>/words",
    "GET /<lang>/wrong-number",
    "GET /logo",
    "GET /<lang>/accessibility",
    "GET /<lang>/rules",
    "GET /<lang>/rules/<kind>",
    "GET /<lang>/sorry/<int:status>",
    "GET /<lang>/thanks",
    "GET /<lang>/traces",
    "GET /api/v1/openapi.json",
    "GET /api/v1/questions",
    "GET /healthz",
    "GET /left",
    "GET /readyz",
    "GET /static/<path:filename>",
    "GET /sw.js",
    "POST /<lang>/beside",
    "POST /<lang>/case",
    "POST /<lang>/case/code",
    "POST /<lang>/check/<letters>",
    "POST /<lang>/forget",
    "POST /<lang>/form",
    "POST /<lang>/form/asked",
    "POST /<lang>/helpful",
    "POST /<lang>/helping",
    "POST /<lang>/leave",
    "POST /<lang>/new-client",
    "POST /<lang>/paper",
    "POST /api/v1/decisions",
}


def test_no_address_comes_goes_or_changes_unseen(app: Flask):
    rules = {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert rules == ROUTES


def test_the_health_page_names_the_policy_in_force(app: Flask):
    health = app.test_client().get("/healthz")
    decision = app.test_client().post("/api/v1/decisions", json={"answers": {}}).get_json()
    assert health.status_code == 200
    assert health.get_json() == {
        "status": "ok",
        "policy": decision["policy"]["version"],
        "sha256": decision["policy"]["sha256"],
    }


def test_a_page_asked_for_by_head_has_no_body(app: Flask):
    answer = app.test_client().head("/en/")
    assert answer.status_code == 200
    assert answer.get_data() == b""
