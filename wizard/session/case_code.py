"""A case as a short code: sealed with the keys of this service, kept nowhere.

A code is 160 bits, written as 32 symbols of Crockford's base 32 in groups of four:

    10 bits  hint: the beginning of the hash of the questionnaire's shape, in the clear
    64 bits  tag
    76 bits  encrypted: 24 bits for the edition of the policy, 52 bits for the answers
    10 bits  check: the whole number is 1 modulo 1021, as in ISO/IEC 7064

The tag is the synthetic IV of RFC 5297, shortened: HMAC-SHA256 over the shape and the payload. AES
in counter mode, begun at the tag, hides the payload. So there is no nonce to repeat, and the same
case has the same code. Both keys come by HKDF from a key that seals cookies.

A code for a picture is the same but for one thing: its tag is also over the ten minutes in which it
was made, and it opens in these and the next ten. A scanned address stays in the history of the
browser, whatever a page does; so what stays there must soon open nothing.

1021 is prime and 32 has the order 204 modulo it: one wrong symbol, or two that changed places, are
always seen before any key is tried. What somebody makes up, with a right hint and check, is taken
for a code with a chance of 3 in 2^64 for each key, as it could be lasting or of two times: one in 6
million million million. At 120 tries a minute from each of a thousand addresses that takes 97
million years. Random symbols fare a million times worse.
"""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from cryptography.hazmat.primitives import constant_time, hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from questions import Answers, Questionnaire
from questions.packing import pack, shape, unpack
from rules.editions import SHORT_BITS

SYMBOLS = 32
GROUP = 4
ANSWER_BITS = 52
"""The questionnaire needs 48.8 bits: one more question with yes, no and unknown would fit."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_HINT_BITS, _TAG_BITS, _CHECK_BITS = 10, 64, 10
_PAYLOAD_BITS = SHORT_BITS + ANSWER_BITS
_PAYLOAD_BYTES = -(-_PAYLOAD_BITS // 8)
_PRIME = 1021
_MOMENT = 600
"""In seconds. A code for a picture opens in the one in which it was made, and in the next."""

_LONGEST = 300
"""Of what is typed or pasted, in letters: an address with a code in it is shorter."""


class CaseCodeError(ValueError):
    """No case can be read from this. It never says what was typed."""


class MistypedError(CaseCodeError):
    """Some symbol is not right: no key was tried."""


class IncompleteError(MistypedError):
    """There are too few or too many symbols."""


class UnreadableError(CaseCodeError):
    """It is well-formed, but none of our keys made it."""


class OldError(CaseCodeError):
    """It was made with questions that we do not have, or no longer."""


@dataclass(frozen=True)
class Case:
    """What a code holds: answers, and the short number of the edition that they were given to."""

    answers: Answers
    edition: int


class CaseCodes:
    """Seals and opens codes with Fernet keys, newest first; an older key still opens."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = [_Key(key) for key in keys]

    def seal(self, questionnaire: Questionnaire, case: Case, at: float | None = None) -> str:
        """The code of a case, with hyphens; with a time (Unix), one that opens for a short while.

        Raises `OverflowError` where the questionnaire has more answers than a code can hold.
        """
        number = pack(questionnaire, case.answers)
        if number >> ANSWER_BITS:
            raise OverflowError("these answers do not fit into a code")
        form = shape(questionnaire)
        bound = form + (b"" if at is None else _moment(at))
        tag, hidden = self._keys[0].hide(bound, case.edition << ANSWER_BITS | number)
        sealed = (_hint(form) << _TAG_BITS | tag) << _PAYLOAD_BITS | hidden
        return _written(sealed << _CHECK_BITS | (1 - (sealed << _CHECK_BITS)) % _PRIME)

    def open(self, text: str, questionnaires: Iterable[Questionnaire], at: float) -> Case:
        """The case in what somebody typed at a time (Unix), for a questionnaire of these shapes.

        Raises `MistypedError`, `UnreadableError` or `OldError`.
        """
        sealed = _read(text) >> _CHECK_BITS
        hidden = sealed & (1 << _PAYLOAD_BITS) - 1
        tag = sealed >> _PAYLOAD_BITS & (1 << _TAG_BITS) - 1
        hint = sealed >> _PAYLOAD_BITS + _TAG_BITS
        has_shape = False
        for questionnaire in questionnaires:
            form = shape(questionnaire)
            if _hint(form) != hint:
                continue
            has_shape = True
            bounds = (form, form + _moment(at), form + _moment(at - _MOMENT))
            for key, bound in product(self._keys, bounds):
                payload = key.reveal(bound, tag, hidden)
                if payload is not None:
                    number = payload & (1 << ANSWER_BITS) - 1
                    return Case(unpack(questionnaire, number), payload >> ANSWER_BITS)
        if has_shape:
            raise UnreadableError("no key of ours made this")
        raise OldError("no questionnaire of ours has this shape")


class _Key:
    """Hides payloads, and reveals those that it has hidden itself, bound to the same bytes."""

    def __init__(self, fernet_key: str) -> None:
        secret = base64.urlsafe_b64decode(fernet_key)
        info = b"terugkeerwijzer case code 1"
        both = HKDF(hashes.SHA256(), length=64, salt=None, info=info).derive(secret)
        self._to_tag, self._to_hide = both[:32], both[32:]

    def hide(self, bound: bytes, payload: int) -> tuple[int, int]:
        """The tag of a payload, and the payload hidden."""
        tag = self._tag(bound, payload)
        return tag, payload ^ self._mask(tag)

    def reveal(self, bound: bytes, tag: int, hidden: int) -> int | None:
        """The payload; None where this key has not made the tag."""
        payload = hidden ^ self._mask(tag)
        right = self._tag(bound, payload).to_bytes(_TAG_BITS // 8)
        return payload if constant_time.bytes_eq(right, tag.to_bytes(_TAG_BITS // 8)) else None

    def _tag(self, bound: bytes, payload: int) -> int:
        mac = HMAC(self._to_tag, hashes.SHA256())
        mac.update(bound + payload.to_bytes(_PAYLOAD_BYTES))
        return int.from_bytes(mac.finalize()[: _TAG_BITS // 8])

    def _mask(self, tag: int) -> int:
        start = tag.to_bytes(_TAG_BITS // 8) + bytes(16 - _TAG_BITS // 8)
        stream = Cipher(algorithms.AES256(self._to_hide), modes.CTR(start)).encryptor()
        mask = int.from_bytes(stream.update(bytes(_PAYLOAD_BYTES)))
        return mask >> 8 * _PAYLOAD_BYTES - _PAYLOAD_BITS


def _moment(at: float) -> bytes:
    return int(at // _MOMENT).to_bytes(8)


def _hint(form: bytes) -> int:
    return int.from_bytes(form[:2]) >> 16 - _HINT_BITS


def _written(number: int) -> str:
    symbols = "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(SYMBOLS)))
    return "-".join(symbols[place : place + GROUP] for place in range(0, SYMBOLS, GROUP))


def _read(text: str) -> int:
    """The number of what somebody typed or pasted, also an address with the code behind #.

    Case, spaces, hyphens and the figures of other scripts do not matter. Raises `MistypedError`.
    """
    if len(text) > _LONGEST:
        raise IncompleteError("longer than a code")
    typed = [_figure(letter) for letter in text.rpartition("#")[2].upper() if letter.isalnum()]
    symbols = "".join(typed).translate(_READ_AS)
    if len(symbols) != SYMBOLS:
        raise IncompleteError("not as long as a code")
    number = 0
    for symbol in symbols:
        place = _ALPHABET.find(symbol)
        if place < 0:
            raise MistypedError("a symbol that no code has")
        number = number << 5 | place
    if number % _PRIME != 1:
        raise MistypedError("the check does not fit")
    return number


def _figure(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
