"""A worker stays small beside one that serves a bare Flask page."""

from __future__ import annotations

import sys

import pytest

from benchmarks.serving import BARE, LIBRARIES, WIZARD, serve
from benchmarks.visit import fetch_every_page

CEILING = 2.25
"""Of the bare worker's resident memory, after every page in every language. The goal is 1.6
(`make bench` says where we are) and is not reached; this keeps what was won: 2.08 to 2.19. Only
the libraries that we were asked to use take 1.44.

Of the three measures this is the kindest to us: half of what is resident in the bare worker is
shared with other processes. Of what is a worker's own (USS) ours has 2.7 times as much, and with
its share of what is shared (PSS) 2.5 times.
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_the_memory_of_a_worker_that_has_served_every_page():
    with serve(BARE) as bare, serve(LIBRARIES) as libraries, serve(WIZARD) as wizard:
        fetch_every_page(wizard.port)
        base, asked, ours = (each.memory().rss for each in (bare, libraries, wizard))
    assert base < asked < ours <= CEILING * base
