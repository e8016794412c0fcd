from framing.corpus.columns import clipped, likely_column, missing_column, shown


def test_long_lists_and_hostile_names_stay_readable():
    assert shown(range(20), most=3) == "0, 1, 2 and 17 more"
    assert clipped("a\nb " + "x" * 100, most=10) == "a b xxxxx…"


def test_a_frame_without_columns_is_said_to_have_none():
    assert missing_column("text", []).startswith("corpus has no column 'text'; it has no columns.")


def test_the_likely_column_is_found_whatever_its_case_and_blanks():
    assert likely_column("text", ["date", " Full Text"]) == " Full Text"
    assert likely_column("outlet", ["colour"]) is None
