"""What somebody who watches the line can see: lengths, in steps."""

from __future__ import annotations

import gzip

import brotli
import pytest

from tests.support.journeys import DECIDED, STAY, Route
from tests.support.page_client import PageClient
from wizard.web import padding

PAGES = ("result", "result/why", "form", "paper", "compare")
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}


@pytest.mark.parametrize("encoding", UNPACK)
@pytest.mark.parametrize("route", [DECIDED, STAY], ids=["decided", "stay"])
def test_what_follows_from_answers_is_sent_in_steps(
    client: PageClient, encoding: str, route: Route
):
    headers = {"Accept-Encoding": encoding}
    for question, answer in route.items():
        page = client.http.get(f"/en/check/{question}", headers=headers)
        assert len(page.data) % padding.STEP == 0
        sent = client.http.post(f"/en/check/{question}", data={"answer": answer}, headers=headers)
        assert len(sent.data) == padding.SMALL_STEP
    for place in PAGES:
        page = client.http.get(client.url(place), headers=headers)
        assert page.status_code == 200
        assert page.headers.get("Content-Encoding", "identity") == encoding
        assert len(page.data) % padding.STEP == 0
        assert b"</html>" in UNPACK[encoding](page.data)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 257, 258, 259, 260, 261, 2047])
def test_what_is_filled_up_reads_as_before(size: int):
    body = b"text " * 100
    step = len(padding.brotli_text(body, 1, 5, 16)) + size
    assert brotli.decompress(padding.brotli_text(body, step, 5, 16)) == body
    assert len(padding.brotli_text(body, step, 5, 16)) == step
    assert gzip.decompress(padding.gzip(body, 1 + size, 6)) == body
    assert len(padding.gzip(body, 1 + size, 6)) % (1 + size) == 0


def test_a_page_for_somebody_without_answers_is_as_short_as_it_can_be(client: PageClient):
    page = client.http.get("/en/", headers={"Accept-Encoding": "br"})
    assert len(page.data) % padding.STEP
