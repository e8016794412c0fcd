"""Comparisons with and without copies, side by side."""

import pandas as pd

from framing.views.copies import copies_sentence, copies_table, turned

ROW = {"metric": "share_words_source", "outlet": "Herald", "versus": "rest", "ci_low": 0.05, "ci_high": 0.15}


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame([ROW | row for row in rows])


def test_a_row_that_one_side_lacks_is_a_dash() -> None:
    kept = frame({"difference": 0.1, "q_value": 0.01}, {"outlet": "Post", "difference": -0.1, "q_value": 0.3})
    table = copies_table({"keep": kept, "drop": frame({"difference": 0.1, "q_value": 0.2})})
    assert table.head[3::3] == ["difference, copies kept", "difference, copies left out"]
    assert [row[1] for row in table.rows] == ["Herald", "Post"]
    assert table.rows[0][3] == table.rows[0][6] == "+10.0"
    assert table.rows[1][6:] == ["–", "–", "–"]


def test_what_changes_direction_or_stops_standing_is_counted() -> None:
    kept = frame(*({"outlet": o, "difference": 0.1, "q_value": 0.01} for o in ("Herald", "Post", "Star")))
    dropped = frame(
        {"outlet": "Herald", "difference": -0.1, "q_value": 0.01},
        {"outlet": "Post", "difference": 0.1, "q_value": 0.2},
        {"outlet": "Star", "difference": 0.2, "q_value": 0.02},
    )
    assert turned({"keep": kept, "drop": dropped}) == (3, 2)
    assert turned({}) == (0, 0)


def test_no_copy_no_sentence() -> None:
    assert copies_sentence(pd.DataFrame({"copy": [False], "agency": [None]})) == ""
    assert copies_sentence(pd.DataFrame({"outlet": ["Herald"]})) == ""


def test_a_column_of_another_meaning_marks_no_copy() -> None:
    assert copies_sentence(pd.DataFrame({"copy": ["Read all about it"], "agency": ["Blue"]})) == ""
