"""Requests that no page of ours sends: forged, oversized, in every encoding, out of any order.

Each is drawn from a seed, so that one that breaks something can be made again.
"""

from __future__ import annotations

import base64
import gzip
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from tests.support.keys import COOKIE_KEY
from tests.support.vocabulary import OPTIONS
from wizard import create_app
from wizard.settings import read_settings

FORM = "application/x-www-form-urlencoded"
QUESTIONS = (*OPTIONS, "nonsense", "Country", "stage", "..", "")
LANGUAGES = ("en", "nl", "ar", "xx", "EN", "nl-NL", "%00", "..")
_SETTINGS = read_settings({"COOKIE_KEYS": COOKIE_KEY, "RATELIMIT_ENABLED": "false"})
_OF_NO_PAGE = ("", "check/", "check", "nonsense", "result/pdf", "%00", "..")
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "NONSENSE")
TYPES = (
    *(FORM, f"{FORM}; charset=utf-16", f"{FORM}; charset=nonsense", "multipart/form-data"),
    *("multipart/form-data; boundary=x", "application/json", "application/json; charset=utf-7"),
    *("text/plain", "", "x" * 300, "application/json\t; a=b", "text/html; charset=latin-1"),
)
WORDS = (
    *("yes", "SO", "goods", "unknown", "", " ", "none"),
    *("\x00", "\ud800", "é", "ﷺ", "𝕐𝕖𝕤", "\u202eyes", "YES"),
    *("yes\n", "' OR 1=1 --", "<script>alert(1)</script>", "{{7*7}}", "../../etc/passwd", "%s%n"),
    *("null", "None", "True", "0", "-1", "1e999", "9" * 400, "x" * 3000, "answer", "__proto__"),
)
HEADERS = ("Accept-Language", "Accept-Encoding", "Origin", "Referer", "Sec-Fetch-Site", "Range")


def _places() -> tuple[str, ...]:
    """Every page there is, below its language, and some that are not: a new page is among them."""
    rules = [rule.rule for rule in create_app(_SETTINGS).url_map.iter_rules()]
    pages = {rule.removeprefix("/<lang>/") for rule in rules if rule.startswith("/<lang>/")}
    return (*sorted(page for page in pages if "<" not in page), *_OF_NO_PAGE)


PLACES = _places()


@dataclass(frozen=True)
class Request:
    """One request."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def bad_answer(rng: random.Random, question: str) -> Request:
    """A form for this question that holds no answer to it."""
    kind = rng.choice((_form, _form, _multipart, _bytes, _large, _compressed, _json))
    body, content_type = kind(rng, question)
    return Request("POST", f"/en/check/{question}", "", body, content_type, _headers(rng))


def bad_request(rng: random.Random) -> Request:
    """Anything, to anywhere."""
    choose: Callable[[random.Random], Request] = rng.choice((_page, _page, _api, _odd_path))
    return choose(rng)


def _page(rng: random.Random) -> Request:
    question = rng.choice(QUESTIONS)
    place = rng.choice((*PLACES, f"check/{quote(question)}", f"check/{quote(question)}"))
    body, content_type = rng.choice((_form, _multipart, _bytes, _large, _compressed, _json))(
        rng, question
    )
    return Request(
        rng.choice(METHODS),
        f"/{rng.choice(LANGUAGES)}/{place}",
        _query(rng),
        body,
        content_type,
        _headers(rng),
    )


def _api(rng: random.Random) -> Request:
    body, content_type = rng.choice((_json, _json, _json, _bytes, _form, _large))(rng, "country")
    path = rng.choice(("decisions", "decisions", "decisions", "questions", "openapi.json", "x"))
    kind = rng.choice(("application/json", content_type))
    return Request(
        rng.choice(("POST", "POST", "POST", *METHODS)),
        f"/api/v1/{path}",
        _query(rng),
        body,
        kind,
        _headers(rng),
    )


def _odd_path(rng: random.Random) -> Request:
    parts = [quote(_text(rng), errors="surrogatepass", safe="%") for _ in range(rng.randint(1, 5))]
    return Request(rng.choice(METHODS), "/" + "/".join(parts), _query(rng), headers=_headers(rng))


def _text(rng: random.Random) -> str:
    if rng.random() < 0.8:
        return rng.choice(WORDS)
    return "".join(chr(rng.randrange(0x11000)) for _ in range(rng.randint(1, 40)))


def _wrong(rng: random.Random, question: str) -> str:
    """A text that is no option of the question."""
    while (text := _text(rng)).strip() in OPTIONS.get(question, ()) or (
        question == "country" and len(text) == 2
    ):
        pass
    return text


def _form(rng: random.Random, question: str) -> tuple[bytes, str]:
    pairs = [("answer", _wrong(rng, question)) for _ in range(rng.randint(0, 3))]
    pairs += [(_text(rng) + "x", _text(rng)) for _ in range(rng.randint(0, 3))]
    rng.shuffle(pairs)
    errors = "surrogatepass"
    body = urlencode(pairs, errors=errors).encode()
    return body, rng.choice((FORM, FORM, *TYPES))


def _multipart(rng: random.Random, question: str) -> tuple[bytes, str]:
    name = rng.choice(("answer", "answer\x00", "", "answer; filename=x"))
    value = _wrong(rng, question).encode(errors="surrogatepass")
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
    ends = (b"\r\n--x--\r\n", b"", b"\r\n--x", b"\r\n--x--" * 50)
    return head + value + rng.choice(ends), "multipart/form-data; boundary=x"


def _bytes(rng: random.Random, _question: str) -> tuple[bytes, str]:
    return rng.randbytes(rng.randint(0, 300)), rng.choice(TYPES)


def _large(rng: random.Random, _question: str) -> tuple[bytes, str]:
    start = rng.choice(
        (b"answer=", b"answer=x&" * 900, b'{"answers":', b'{"answers":' + b"[" * 900)
    )
    return start + b"z" * rng.choice((16_000, 16_384, 17_000, 70_000)), rng.choice(TYPES)


def _compressed(rng: random.Random, question: str) -> tuple[bytes, str]:
    body, content_type = _form(rng, question)
    return gzip.compress(body), content_type


def _json(rng: random.Random, _question: str) -> tuple[bytes, str]:
    answers = {rng.choice(QUESTIONS): _value(rng, 3) for _ in range(rng.randint(0, 5))}
    body = {"answers": answers, rng.choice(("lang", "x", "lang")): _value(rng, 1)}
    text = json.dumps(rng.choice((body, body, answers, [body], _value(rng, 4))))
    encoding = rng.choice(("utf-8", "utf-8", "utf-16", "utf-32", "latin-1", "utf-8-sig"))
    return text.encode(encoding, errors="replace"), "application/json"


def _value(rng: random.Random, depth: int) -> object:
    if depth and rng.random() < 0.4:
        items = [_value(rng, depth - 1) for _ in range(rng.randint(0, 3))]
        return (
            items
            if rng.random() < 0.5
            else {str(number): each for number, each in enumerate(items)}
        )
    return rng.choice((_text(rng), None, True, 0, -1.5, 10**30, "yes", ["goods"], float("inf")))


def _query(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return ""
    return quote(f"{_text(rng)}={_text(rng)}", safe="=&%", errors="surrogatepass")


def _headers(rng: random.Random) -> dict[str, str]:
    names = rng.sample(HEADERS, rng.choice((0, 0, 1, 2)))
    return {name: _header_value(rng) for name in names}


def _header_value(rng: random.Random) -> str:
    """What a header can hold at all: no line ends, and one byte for each letter."""
    text = _text(rng).encode("latin-1", "replace").decode("latin-1")
    return "".join(letter for letter in text if letter.isprintable())[:500]


def forged_cookie(rng: random.Random, real: str) -> str:
    """A cookie that was never given away, often close to a real one."""
    middle = rng.randrange(1, max(2, len(real)))
    other = "A" if real[middle : middle + 1] != "A" else "B"
    return rng.choice(
        (
            real[:middle],
            real[:middle] + other + real[middle + 1 :],
            real + real,
            real[middle:] + real[:middle],
            base64.urlsafe_b64encode(b'{"answers":{"asylum_decision":"permit"}}').decode(),
            "",
            "x" * rng.choice((1, 100, 5000)),
            "gAAAAA" + "A" * rng.randrange(200),
            _header_value(rng).replace(";", ""),
        )
    )
