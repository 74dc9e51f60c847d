"""What breaks under load takes nothing from anybody: every request and every answer is counted.

The short form is part of `make test`; `make test-slow` does the same for longer.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from tests.operations.policy_files import break_it, mend, set_version
from tests.support.crowd import Crowd, Tally, Target
from tests.support.http_visitor import ask, post, walk
from tests.support.keys import COOKIE_KEY
from tests.support.nginx_server import nginx
from tests.support.redis_server import free_port
from tests.support.servers import Moment, Service, running, start, stop
from wizard.session.cookie import Sealer

PEOPLE = 6
WORK = 2.0
"""Seconds in which people get on between two faults."""
ROUNDS = [pytest.param(1, id="short"), pytest.param(12, id="long", marks=pytest.mark.slow)]
"""How often each thing happens."""

Report = Callable[[str, Tally], None]


@pytest.fixture
def report(record_property: Callable[[str, object], None]) -> Report:
    """Tell what was counted, so that a run shows figures and not only dots."""

    def tell(what: str, total: Tally) -> None:
        figures = {
            "journeys": total.journeys,
            "requests": total.requests,
            "without an answer": len(total.failed),
            "why": dict(total.kinds),
            "kept connections closed": total.reconnected,
            "wrong": dict(total.wrong),
            "answers lost": total.lost,
        }
        record_property(what, json.dumps(figures))

    return tell


@contextmanager
def crowd(target: Target) -> Iterator[Crowd]:
    """People at work from before to after what happens."""
    with Crowd(target, PEOPLE) as people:
        time.sleep(0.5)
        yield people
        time.sleep(0.5)


def in_the_hands_of_what_was_killed(total: Tally, killed: list[Moment]) -> bool:
    """Whether only requests that were under way at that moment got no answer.

    How long a person then takes to notice says how busy the machine is, and nothing else.
    """
    under_way = [
        any(each.began <= kill.ended and kill.began <= each.ended for kill in killed)
        for each in total.failed
    ]
    return all(under_way) and len(total.failed) <= PEOPLE * len(killed)


def nothing_lost(total: Tally) -> None:
    """Everybody got on, and no answer is gone."""
    assert total.requests > 0
    assert total.wrong == {}
    assert total.lost == 0


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_worker_that_is_killed_takes_along_only_what_was_in_its_hands(
    tmp_path: Path, rounds: int, report: Report
):
    killed: list[Moment] = []
    with running(tmp_path) as service:
        with crowd(Target(service.port, keep_alive=False)) as people:
            for _ in range(2 * rounds):
                killed.append(service.kill_worker())
                time.sleep(WORK)
        total = people.total
    report(f"{2 * rounds} workers killed with -9", total)
    nothing_lost(total)
    assert in_the_hands_of_what_was_killed(total, killed)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_reload_replaces_every_worker_and_no_request_fails(
    tmp_path: Path, rounds: int, report: Report
):
    with running(tmp_path) as service:
        with crowd(Target(service.port)) as people:
            for _ in range(rounds):
                service.reload()
                time.sleep(WORK)
        total = people.total
    report(f"{rounds} reloads (HUP)", total)
    nothing_lost(total)
    assert total.failed == []


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_key_is_rotated_in_three_steps_and_every_cookie_opens(
    tmp_path: Path, rounds: int, report: Report
):
    file = tmp_path / "cookie_keys"
    keys = [COOKIE_KEY]
    file.write_text(COOKIE_KEY)
    with running(tmp_path / "server", COOKIE_KEYS_FILE=str(file)) as service:
        with crowd(Target(service.port)) as people:
            for _ in range(rounds):
                new = Fernet.generate_key().decode()
                # First every worker can open the new one, then every worker seals with it.
                for listed in ([*keys, new], [new, *keys]):
                    file.write_text("\n".join(listed))
                    service.reload()
                    time.sleep(WORK)
                keys.insert(0, new)
        total = people.total
        # At last, when nobody can hold a cookie of theirs any more, the older ones go.
        file.write_text(keys[0])
        service.reload()
        held = walk(service.port, {"asylum_decision": "waiting"}).cookie
    report(f"{rounds} keys rotated", total)
    nothing_lost(total)
    assert total.failed == []
    cookies = dict(part.split("=", 1) for part in held.split("; "))
    opened = Sealer((keys[0],), minutes=1).open(cookies["answers"], cookies["opener"])
    assert opened["answers"]


def wait_for_policy(service: Service, wanted: Callable[[dict[str, object]], bool]) -> None:
    """Wait until many answers in a row, and so surely every worker, tell what is wanted.

    All the while every worker that is asked can decide.
    """
    end, in_a_row = time.monotonic() + 30, 0
    while in_a_row < 20:
        assert ask(service.port, "/readyz").status == 200
        assert time.monotonic() < end, ask(service.port, "/healthz").text
        in_a_row = in_a_row + 1 if wanted(ask(service.port, "/healthz").json()) else 0


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_policy_is_changed_broken_reloaded_and_mended_while_people_answer(
    tmp_path: Path, policy_folder: Path, rounds: int, report: Report
):
    settings = {
        "POLICY_FOLDER": str(policy_folder),
        "POLICY_CHECK_SECONDS": "0.2",
    }
    with running(tmp_path / "server", **settings) as service:
        with crowd(Target(service.port)) as people:
            for number in range(rounds):
                version = f"2099.{number}"
                set_version(policy_folder, version)
                wait_for_policy(service, lambda told: told["policy"] == version)  # noqa: B023
                break_it(policy_folder)
                wait_for_policy(service, lambda told: "refused" in told)
                # Also the workers that start now decide by the last good policy.
                service.reload()
                wait_for_policy(
                    service,
                    lambda told: told["policy"] == version and "refused" in told,  # noqa: B023
                )
                mend(policy_folder)
                wait_for_policy(service, lambda told: told["status"] == "ok")
        total = people.total
        written = service.written()
    report(f"{rounds} policies changed, broken, reloaded and mended", total)
    nothing_lost(total)
    assert total.failed == []
    assert "refused" in written
    assert "no_such_source" in written


@pytest.mark.parametrize("how", ["stopped", "killed"])
@pytest.mark.parametrize("rounds", ROUNDS)
def test_one_of_two_hosts_behind_nginx_is_taken_away_and_nobody_notices(
    tmp_path: Path, rounds: int, how: str, report: Report
):
    settings = {"TRUSTED_PROXIES": "1", "SECURE_COOKIES": "true"}
    killed: list[Moment] = []
    with ExitStack() as stack:
        stays = stack.enter_context(running(tmp_path / "stays", **settings))
        # A port of its own choice could be taken by a connection before it is back.
        goes = start(tmp_path / "goes", **{**settings, "PORT": str(free_port())})
        stack.callback(lambda: stop(goes))
        balancer = stack.enter_context(nginx(tmp_path / "nginx", [stays.port, goes.port]))
        with crowd(Target(balancer.port, balancer.tls)) as people:
            for _ in range(rounds):
                time.sleep(0.5)
                if how == "killed":
                    killed.append(goes.kill())
                else:
                    stop(goes)
                time.sleep(1)
                goes = start(tmp_path / "goes", **{**settings, "PORT": str(goes.port)})
        total = people.total
    report(f"one of two hosts {how} {rounds} times, behind nginx", total)
    nothing_lost(total)
    # nginx asks the other host, but for an answer whose beginning it has passed on already.
    assert in_the_hands_of_what_was_killed(total, killed)


def test_without_a_first_good_policy_nothing_starts(tmp_path: Path, policy_folder: Path):
    break_it(policy_folder)
    with pytest.raises(RuntimeError, match=r"steps\.toml: .*no_such_source"):
        start(tmp_path / "server", POLICY_FOLDER=str(policy_folder))


def test_a_visitor_loses_nothing_when_every_worker_is_replaced(tmp_path: Path):
    with running(tmp_path) as service:
        walked = walk(service.port, {"asylum_decision": "waiting", "dublin": "no"})
        mine = {"Cookie": walked.cookie}
        service.reload()
        page = ask(service.port, walked.addresses["dublin"], headers=mine)
        assert re.search(r'value="?no"? [^>]*checked', page.text)
        answer = post(service.port, walked.onward, {"answer": "decided"}, headers=mine)
        assert answer.status == 303
