"""Another website cannot send through our service worker what it may not send by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.browser.bad_network import BadNetwork, Passing, bad_network
from tests.browser.firefox import Firefox, running_firefox
from tests.browser.partner import Partner, partner_website
from tests.support.servers import Service

ATTACKS = {
    "helping": {"helping": "yes"},
    "beside": {"second": "ti"},
    "case": {"code": "AAAA"},
    "new-client": {},
    "forget": {},
    "leave": {},
}
"""What could be done to somebody, and with what. What would wipe the worker itself comes last."""


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with running_firefox(tmp_path_factory.mktemp("firefox")) as running:
        yield running


def test_firefox_lets_no_other_website_change_anything_through_our_worker(
    firefox: Firefox, server: Service
) -> None:
    statuses: dict[str, int] = {}

    def note(passing: Passing) -> None:
        if passing.method == "POST":
            statuses[passing.path.rpartition("/")[2]] = passing.status

    with bad_network(server) as network, partner_website() as attacker:
        network.changes[""] = note
        firefox.go(f"{network.origin}/en/")
        wait_for_the_worker(firefox)
        for place, fields in ATTACKS.items():
            attack(firefox, attacker, network, place, fields)
            end = time.monotonic() + 20
            while place not in statuses and time.monotonic() < end:
                time.sleep(0.1)
    assert statuses == dict.fromkeys(ATTACKS, 403)


def wait_for_the_worker(firefox: Firefox) -> None:
    end = time.monotonic() + 30
    while not firefox.ask("return Boolean(navigator.serviceWorker.controller)"):
        assert time.monotonic() < end, "no worker"
        time.sleep(0.1)


def attack(
    firefox: Firefox, attacker: Partner, network: BadNetwork, place: str, fields: dict[str, str]
) -> None:
    """A page of the other website sends a form to us."""
    inputs = "".join(f'<input name="{name}" value="{value}">' for name, value in fields.items())
    action = f"{network.origin}/en/{place}"
    attacker.show(f"/{place}", f'<form method="post" action="{action}">{inputs}</form>')
    firefox.go(f"{attacker.origin}/{place}")
    firefox.ask("document.forms[0].submit()")
