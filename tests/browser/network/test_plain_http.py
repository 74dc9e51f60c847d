"""A telephone in a shelter opens the site of a laptop on the same wifi: no TLS, and a name."""

from __future__ import annotations

from playwright.sync_api import Playwright

from tests.browser.visitor import ARGUMENTS, chromium_path
from tests.support.servers import Service

_NAME = "shelter.example"
_MAPPED = f"--host-resolver-rules=MAP {_NAME} 127.0.0.1, MAP * ~NOTFOUND"


def test_a_question_can_be_answered_over_plain_http_under_a_name(
    playwright: Playwright, server: Service
):
    arguments = [*ARGUMENTS[:-1], _MAPPED]
    browser = playwright.chromium.launch(executable_path=chromium_path(), args=arguments)
    try:
        page = browser.new_page()
        page.goto(f"http://{_NAME}:{server.port}/en/check/asylum_decision")
        assert page.evaluate("isSecureContext") is False
        page.locator("input[type=radio]").first.check()
        with page.expect_response(lambda response: response.request.method == "POST") as answered:
            page.get_by_role("button", name="Continue").click()
        assert answered.value.status == 303
        assert "Sec-Fetch-Site" not in answered.value.request.all_headers()
    finally:
        browser.close()
