import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.repairing import repair_text


@pytest.mark.parametrize(
    ("broken", "sound", "rules"),
    [
        ("We wonâ€™t go.", "We won’t go.", ["mojibake"]),
        ("The cafÃ© closed.", "The café closed.", ["mojibake"]),
        ("FranA\u0303\x83A\u0302§ois said", "François said", ["mojibake"]),
        ("\x93Yes\x94, he said", "“Yes”, he said", ["mojibake"]),
        ("Smith &amp; Sons said &quot;no&quot;", 'Smith & Sons said "no"', ["html_entities"]),
        ("soft\u00adhyphen and zero\u200bwidth", "softhyphen and zerowidth", ["invisible_characters"]),
        ("a\x00b\x07c\ufeff", "abc", ["invisible_characters"]),
        ("hidden\U000e0041\U000e0042 words", "hidden words", ["invisible_characters"]),
        ("half \ud83d of it", "half \ufffd of it", ["half_characters"]),
        ("both halves \ud83d\ude00", "both halves 😀", ["half_characters"]),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour", []),
        ("5\u00a0million\u2009people\tleft", "5 million people left", []),
        (" \n  One.  \n\n  Two. \n ", "One.\n\nTwo.", []),
    ],
)
def test_certain_damage_is_repaired_and_named(broken, sound, rules):
    repaired = repair_text(broken)
    assert repaired.text == sound
    assert [rule for rule, _ in repaired.repairs] == rules


@pytest.mark.parametrize(
    "text",
    [
        "“Curly” and ‘single’ quotes, an apostrophe’s tail — and „German“, «French».",
        "ﬁnance in a ligature, ＦＵＬＬ width, ½ and 10²",
        "Élysée, Łódź, naïve, Ångström, São Paulo, İstanbul",
        "cafe\u0301 with a combining accent",
        "Минск, 北京, القاهرة, नई दिल्ली, תל אביב",
        "👩\u200d⚕️ said 👍🏽 to 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f and 🇺🇦",
        "می\u200cخواهم",  # Persian: the joiner belongs to the spelling
        "if a < b &amp; c",  # markup may be what the article is about
        "AT&T; R&D",
    ],
)
def test_sound_text_is_left_alone(text):
    assert repair_text(text) == (text, [])


@given(st.text(alphabet=st.characters(), max_size=200))
def test_repaired_text_can_be_stored_and_repairing_again_changes_little(text):
    repaired = repair_text(text).text
    repaired.encode("utf-8", "strict")
    assert repaired == repaired.strip()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u00a0\u00ad\u200b\u2028]", repaired)


@given(st.text(alphabet="abc .\n“”‘’'\"—", max_size=200))
def test_ordinary_text_loses_nothing_but_blanks_at_line_ends(text):
    repaired = repair_text(text)
    assert repaired.repairs == []
    assert repaired.text.replace(" ", "").strip() == text.replace(" ", "").strip()
