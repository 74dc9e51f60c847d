"""The tests; `make test` runs them."""

import pytest

# Helpers that check something, so that a failure in them shows what was compared.
pytest.register_assert_rewrite(
    "tests.browser.visitor",
    "tests.support.pages.documents",
    "tests.support.page_client",
    "tests.support.api",
)
