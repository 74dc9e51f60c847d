"""The pages. Each view guards, then renders.

Every module here adds its views to the one blueprint.
"""

from wizard.pages import case, compare, form, new_client, paper, question, reading, result, start
from wizard.pages.blueprint import keep_language, pages, take_language
from wizard.pages.reading import about

__all__ = [
    "about",
    "case",
    "compare",
    "form",
    "keep_language",
    "new_client",
    "pages",
    "paper",
    "question",
    "reading",
    "result",
    "start",
    "take_language",
]
