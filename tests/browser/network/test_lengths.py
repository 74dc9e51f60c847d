"""What somebody who watches the line can see of an answer that is sent."""

from __future__ import annotations

from tests.browser.conftest import VisitorMaker
from tests.support.journeys import DECIDED


def test_every_answer_to_a_question_is_sent_in_one_length(new_visitor: VisitorMaker):
    lengths = set()
    for option in ("yes", "no", "unknown"):
        visitor = new_visitor()
        before = list(DECIDED)[: list(DECIDED).index("travel_document")]
        visitor.answer_behind_the_scenes({name: DECIDED[name] for name in before})
        visitor.go("check/travel_document")
        visitor.choose(option)
        with visitor.page.expect_request(lambda request: request.method == "POST") as sent:
            visitor.send()
        lengths.add(len(sent.value.post_data or ""))
    assert len(lengths) == 1
