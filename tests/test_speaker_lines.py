"""Speakers named by layout alone: signatures below quotations and the lines of a transcript."""

import pandas as pd

from framing import find_attributions


def found(text: str) -> list[tuple[str, str, str]]:
    table = find_attributions(pd.DataFrame({"article_id": ["a"], "outlet": ["x"], "text": [text]}))
    contents = table["content_spans"].map(lambda spans: " / ".join(text[a:b] for a, b in spans))
    return list(zip(table["source"].fillna(""), table["cue"].fillna(""), contents, strict=True))


def test_a_signature_after_a_quotation() -> None:
    letters = "“It was a long winter for all of us.” ― Ann Marie Lee\n\n“Never again.” — Bo Cox, teacher"
    text = f"The readers wrote to us.\n\n{letters}"
    assert found(text)[-2:] == [
        ("Ann Marie Lee", "―", "“It was a long winter for all of us.”"),
        ("Bo Cox, teacher", "—", "“Never again.”"),
    ]


def test_a_signature_below_the_paragraph_that_is_the_quotation() -> None:
    assert found("“It was a long winter for all of us.”\n\n— Ann Lee") == [
        ("Ann Lee", "—", "“It was a long winter for all of us.”")
    ]


def test_a_dash_within_a_sentence_is_no_signature() -> None:
    assert not [row for row in found("“It rains” — and nobody in Dover minded the rain that day.") if row[1] == "—"]


def test_a_transcript() -> None:
    answer = "COX: It will.\n\nIn May, I think.\n\n(CROSSTALK)"
    text = f"LEE: Will the bridge open?\n\n{answer}\n\nLEE: Thank you.\n\nThe bridge closed."
    assert found(text) == [
        ("LEE", ":", "Will the bridge open"),
        ("COX", ":", "It will.\n\nIn May, I think"),
        ("LEE", ":", "Thank you"),
    ]


def test_labels_of_lines_are_no_speakers() -> None:
    text = "WATCH: The bridge opens.\n\nThe bridge is red.\n\nWATCH: The bridge closes."
    assert not [row for row in found(text) if row[0] == "WATCH"]
