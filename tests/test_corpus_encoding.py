import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.encoding import decode
from framing.errors import InputError

TEXT = "“Naïve”, she said — 25 €."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_of_real_files_are_found(encoding):
    assert decode(TEXT.encode(encoding)).text == TEXT


def test_utf16_of_either_byte_order_is_known_by_its_mark():
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")).text == TEXT
    assert decode(b"\xff\xfe" + TEXT.encode("utf-16-le")).text == TEXT


def test_a_file_pasted_together_from_two_encodings_is_read_in_both():
    decoded = decode("“one” ".encode() + "“two”".encode("cp1252"))
    assert decoded == ("“one” “two”", "2 bytes are not UTF-8 and were read as Windows-1252")


def test_bytes_that_mean_nothing_leave_a_visible_mark():
    assert decode(b"caf\x81 caf\xe9").text == "caf\ufffd café"


def test_a_named_encoding_is_used():
    assert decode("Минск".encode("cp1251"), encoding="cp1251") == ("Минск", "read as cp1251")


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01", None, "no text"),
        ("article_id,text".encode("utf-16-le"), None, "no text"),
        (b"text", "utf-99", "there is no encoding 'utf-99'"),
        (b"caf\xe9", "utf-8", "not in the encoding 'utf-8'"),
    ],
)
def test_what_is_no_text_is_refused(data, encoding, message):
    with pytest.raises(InputError, match=message):
        decode(data, encoding=encoding)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf8_comes_back_unchanged(text):
    assert decode(text.encode()).text == text.removeprefix("\ufeff")


@given(st.binary(max_size=200))
def test_any_bytes_give_text_that_can_be_stored_or_a_reason(data):
    with contextlib.suppress(InputError):
        decode(data).text.encode("utf-8", "strict")
