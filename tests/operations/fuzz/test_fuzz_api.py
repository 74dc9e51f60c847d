"""schemathesis reads our own OpenAPI document and sends what fits it and what does not, with every
check that it knows, to the service as it is run.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.servers import running

_COUNT = re.compile(r"(\d+) generated, (\d+) passed")
_OPERATIONS = re.compile(r"Tested:\s+(\d+)")


@pytest.mark.parametrize(
    "examples",
    [pytest.param(10, id="short"), pytest.param(3000, id="long", marks=pytest.mark.slow)],
)
def test_the_api_answers_as_its_own_description_says_whatever_is_sent(
    tmp_path: Path, examples: int, record_property: Callable[[str, object], None]
):
    program = Path(sys.executable).with_name("st")
    with running(tmp_path) as service:
        address = f"http://127.0.0.1:{service.port}/api/v1/openapi.json"
        options = ["--checks", "all", "--max-examples", str(examples), "--no-color"]
        made = subprocess.run(
            [program, "run", address, *options, "--generation-database", "none"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
    assert made.returncode == 0, made.stdout[-5000:]
    [(generated, passed)] = _COUNT.findall(made.stdout)
    record_property("requests that schemathesis made", f"{generated}, {passed} as described")
    assert int(generated) == int(passed) > 100
    [tested] = _OPERATIONS.findall(made.stdout)
    assert int(tested) >= 2
    assert "Unexpected error" not in service.written()
