"""Tone towards targets: which mentions are found, how they are judged, and what holds for any text."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing
from framing.errors import InputError
from framing.language import parse_text
from framing.lexicons import load_lexicon
from framing.measures.target_features import head_of, paths_from, target_features, tokens_of, view_sentence
from framing.measures.targets import target_probabilities
from framing.validity.estimate_targets import estimate_targets, macro_f1, read_examples


def corpus(*texts, **columns):
    frame = pd.DataFrame({"article_id": [f"a{n}" for n in range(len(texts))], "outlet": "Herald", "text": list(texts)})
    return frame.assign(**columns)


def mentions(text, *surfaces):
    starts = [text.index(surface) for surface in surfaces]
    ends = [start + len(surface) for start, surface in zip(starts, surfaces, strict=True)]
    return pd.DataFrame({"article_id": "a", "text": text, "start": starts, "end": ends})


def found(text, names, **columns):
    table = framing.find_targets(corpus(text, **columns), names)
    return table["mention"].tolist()


def features(text, surface):
    parse = parse_text(text)
    first, last = tokens_of(parse, text.index(surface), text.index(surface) + len(surface))
    return target_features(view_sentence(parse, parse.sentence[first]), first, last)


# --- scoring ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Critics denounced Lee as a corrupt liar.", -1),
        ("The corrupt minister Lee lied about the scandal.", -1),
        ("Voters praised Lee for her honest work.", 1),
        ("Her supporters cheered as Lee celebrated a great victory.", 1),
        ("Lee met the council on Tuesday.", 0),
    ],
)
def test_plain_judgements_have_their_label(text, label):
    (row,) = framing.score_targets(mentions(text, "Lee")).to_dict("records")
    assert row["label"] == label
    if label:
        assert row["score"] * label > 0.3


def test_rows_order_index_and_columns_stay_and_the_input_too():
    text = "Voters praised Lee. Critics denounced Ito."
    frame = mentions(text, "Ito", "Lee").assign(mine=["x", "y"]).set_axis([7, 7])
    before = frame.copy(deep=True)
    scored = framing.score_targets(frame)
    pd.testing.assert_frame_equal(frame, before)
    pd.testing.assert_frame_equal(scored[list(frame.columns)], before)
    assert scored["label"].dtype == "Int64"
    assert scored["label"].tolist() == [-1, 1]
    assert scored["score"].tolist() == pytest.approx((scored["p_positive"] - scored["p_negative"]).tolist())


def test_a_mention_is_scored_by_its_sentence_only_and_whatever_else_is_asked():
    alone, more = "Voters praised Lee.", "Voters praised Lee. Critics denounced Ito as a corrupt liar."
    one = framing.score_targets(mentions(alone, "Lee"))["score"].tolist()
    assert framing.score_targets(mentions(more, "Ito", "Lee"))["score"].tolist()[1:] == one


def test_who_is_meant_is_no_feature():
    for name in ("Trump", "Lee"):
        text = f"Critics in Ohio said {name} was wrong about Clinton."
        names = [*features(text, name).names, *(n for n, _ in features(text, name).values)]
        assert not [n for n in names if any(word in n.lower() for word in ("trump", "lee", "clinton", "ohio"))]
    scores = {
        framing.score_targets(mentions(f"Critics said {name} was wrong.", name))["score"].iloc[0]
        for name in ("Trump", "Clinton", "Johnson")
    }
    assert len(scores) == 1


def test_no_name_entered_the_table():
    words = {p.rsplit("=", 1)[-1].removeprefix("not ") for p in load_lexicon("target_tone_en").entries["pattern"]}
    assert not words & {
        "trump",
        "donald",
        "clinton",
        "hillary",
        "obama",
        "barack",
        "putin",
        "biden",
        "cnn",
        "washington",
    }


def test_white_space_has_no_tone():
    scored = framing.score_targets(
        pd.DataFrame({"article_id": ["a"], "text": ["Lee  left."], "start": [3], "end": [5]})
    )
    assert scored[["label", "score", "p_neutral"]].isna().all(axis=None)


def test_no_mentions_give_an_empty_table_with_all_columns():
    scored = framing.score_targets(mentions("Lee left.", "Lee").iloc[:0])
    assert len(scored) == 0
    assert list(scored.columns[-5:]) == ["label", "score", "p_negative", "p_neutral", "p_positive"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda m: m.drop(columns="start"), "mentions have no column 'start'; they have: article_id, text, end"),
        (lambda m: m.assign(score=1.0), "mentions already have a column 'score'"),
        (lambda m: m.assign(end=99), "row 0 has start 15 and end 99, but its text has 19 characters"),
        (lambda m: m.assign(start=-1), "row 0 has start -1"),
        (lambda m: m.assign(end=m["start"]), "row 0 has start 15 and end 15"),
        (lambda m: m.assign(start="x"), "'start' of mentions must hold whole numbers, but row 0 holds 'x'"),
        (lambda m: m.assign(end=pd.NA), "'end' of mentions must hold whole numbers, but row 0 holds <NA>"),
        (lambda m: m.assign(text=None), "row 0 has no text"),
        (lambda m: m.to_dict("list"), "not dict"),
    ],
)
def test_mistakes_are_told(change, message):
    with pytest.raises(InputError, match=message.replace("(", r"\(")):
        framing.score_targets(change(mentions("Voters praised Lee.", "Lee")))


PIECES = st.sampled_from(
    [
        "Lee",
        "Ann Lee",
        "“",
        "”",
        "’",
        "\n",
        "\n\n",
        "said",
        "lied",
        "not good",
        ".",
        ",",
        " ",
        "—",
        "🙂",
        "é",
        "İ",
        "\ufeff",
    ]
)


@settings(max_examples=60)
@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=20).map(" ".join), st.data())
def test_any_stretch_of_any_text_can_be_scored(text, data):
    parse = parse_text(text)
    offset = st.integers(0, len(text))
    start, end = sorted(data.draw(st.tuples(offset, offset)))
    (probabilities,) = target_probabilities(parse, [(start, end)])
    if probabilities is None:
        assert not text[start:end].strip() or start == end or tokens_of(parse, start, end) is None
    else:
        assert sum(probabilities) == pytest.approx(1)
        assert min(probabilities) >= 0


# --- features ---------------------------------------------------------------------------------------------------


def test_features_say_where_a_word_lies():
    names = features("The senator blamed Lee for a failed plan.", "Lee").names
    assert {
        "<dobj=blame",
        "near=blame",
        "before=blame",
        "previous 1=blame",
        "after=plan",
        "dep=dobj",
        "kind=name",
    } <= set(names)
    values = dict(features("The senator blamed Lee for a failed plan.", "Lee").values)
    assert values["tone- <dobj"] > 0
    assert values["tone- after"] > 0


def test_a_negated_word_is_another_word_of_the_other_sign():
    found = features("Lee is not good.", "Lee")
    assert "word=not good" in found.names
    assert "tone-" in dict(found.values)


@pytest.mark.parametrize("text", ["Lee said the plan was a disaster.", "“A disaster,” said Lee."])
def test_what_a_target_says_is_told_apart(text):
    found = features(text, "Lee")
    assert "said=disaster" in found.names
    assert "tone- said" in dict(found.values)
    assert "nsubj of speech cue, neutral" in found.names


def test_head_and_tokens_of_a_mention():
    text = "They met President Ann Lee there."
    parse = parse_text(text)
    first, last = tokens_of(parse, 9, 26)
    assert parse.word[first : last + 1] == ["President", "Ann", "Lee"]
    assert parse.word[head_of(parse, first, last)] == "Lee"
    assert tokens_of(parse, 4, 5) is None


def test_paths_lead_to_each_token_once_and_are_no_longer_than_asked():
    parse = parse_text("The senator who blamed Lee for the failed plan of the council left early.")
    paths = paths_from(parse, 4, 3)
    assert paths[4] == ""
    assert max(way.count(" ") for way in paths.values()) == 2
    assert all(t in paths for t in (3, 1))


# --- finding ----------------------------------------------------------------------------------------------------


def test_full_names_surnames_and_titles_are_found():
    text = "Ann Lee left. Mr. Ito stayed, and Mayor Lee’s critics of the Lee administration cheered."
    assert found(text, ["Ann Lee"]) == ["Ann Lee", "Mayor Lee", "Lee"]


@pytest.mark.parametrize(
    "other",
    ["Tom Lee left.", "Lee County burned.", "The Lee Foundation paid.", "It was Leeward.", "They met lee.", "pro-Lee"],
)
def test_other_names_and_parts_of_words_are_not(other):
    assert found(f"Ann Lee spoke. {other}", ["Ann Lee"]) == ["Ann Lee"]


def test_a_day_before_a_surname_is_no_first_name():
    assert found("Ann Lee spoke. On Monday Lee left.", ["Ann Lee"]) == ["Ann Lee", "Lee"]


def test_a_surname_alone_counts_only_where_the_full_name_is():
    assert found("Lee left.", ["Ann Lee"]) == []
    assert found("Lee left.", ["Lee"]) == ["Lee"]
    assert found("Lee left.", ["Ann Lee"], title="Ann Lee resigns") == ["Lee", "Ann Lee"]


def test_groups_have_no_surname_but_the_forms_that_are_given():
    text = "The Northern Relief Fund paid. The Fund and NRF agreed."
    assert found(text, ["Northern Relief Fund"]) == ["Northern Relief Fund"]
    assert found(text, {"Northern Relief Fund": ["NRF"]}) == ["Northern Relief Fund", "NRF"]


def test_a_shared_surname_is_the_last_named():
    text = "Ann Lee met Tom Lee. Lee left. Ann Lee stayed. Lee slept."
    table = framing.find_targets(corpus(text), ["Ann Lee", "Tom Lee"])
    assert table["target"].tolist() == ["Ann Lee", "Tom Lee", "Tom Lee", "Ann Lee", "Ann Lee"]


def test_the_longest_of_overlapping_forms_counts():
    table = framing.find_targets(corpus("Ann Lee Jones met Ann Lee."), ["Ann Lee", "Ann Lee Jones"])
    assert table[["target", "mention"]].to_numpy().tolist() == [["Ann Lee Jones"] * 2, ["Ann Lee"] * 2]


def test_line_breaks_inside_names_and_signs_of_patterns_in_them_are_literal():
    assert found("It was Ann\nLee.", ["Ann Lee"]) == ["Ann\nLee"]
    assert found("AnnxLee spoke of A.B. (UK).", ["A.B. (UK)"]) == ["A.B. (UK)"]


def test_table_keeps_outlet_field_sentence_and_text_that_offsets_cut():
    frame = corpus("It rained. Ann Lee left.", "No one came.", None, title=["Lee resigns", None, "Ann Lee"])
    table = framing.find_targets(frame, ["Ann Lee"])
    assert table[["article_id", "outlet", "field", "sentence", "mention"]].to_numpy().tolist() == [
        ["a0", "Herald", "text", 1, "Ann Lee"],
        ["a0", "Herald", "title", 0, "Lee"],
        ["a2", "Herald", "title", 0, "Ann Lee"],
    ]
    assert [row.text[row.start : row.end] for row in table.itertuples()] == table["mention"].tolist()


def test_found_mentions_can_be_scored_and_grouped():
    frame = corpus("Ann Lee lied to voters. Critics despise Lee.", "Voters praised Ann Lee for her honest work.")
    frame["outlet"] = ["Herald", "Courier"]
    tone = framing.score_targets(framing.find_targets(frame, ["Ann Lee"])).groupby("outlet")["score"].mean()
    assert tone["Herald"] < 0 < tone["Courier"]


def test_nothing_found_is_an_empty_table_that_can_be_scored():
    assert len(framing.score_targets(framing.find_targets(corpus("No one came."), ["Ann Lee"]))) == 0


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ("Ann Lee", r"not one string. Write: find_targets\(corpus, \['Ann Lee'\]\)"),
        ([], "names is empty"),
        (["Ann Lee", " "], "a name is ' '"),
        ({"Ann Lee": "Annie"}, "other forms of 'Ann Lee' are a list"),
        ({"Ann Lee": ["AL"], "Al Loy": ["AL"]}, "'AL' is given for both 'Ann Lee' and 'Al Loy'"),
    ],
)
def test_unusable_names_are_told(names, message):
    with pytest.raises(InputError, match=message):
        framing.find_targets(corpus("Lee left."), names)


@settings(max_examples=40)
@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=20).map(" ".join))
def test_mentions_cut_their_surface_out_of_any_text(text):
    if not text.strip():
        return
    table = framing.find_targets(corpus(text), ["Ann Lee", "Lee"])
    for row in table.itertuples():
        assert text[row.start : row.end] == row.mention
        assert row.mention.endswith("Lee")
    assert table["start"].is_monotonic_increasing


# --- estimation -------------------------------------------------------------------------------------------------


def training_file(folder):
    lines = []
    for number in range(12):
        for verb, polarity in (("blamed", 2.0), ("praised", 6.0), ("met", 4.0)):
            target = {"from": len(verb) + 5, "to": len(verb) + 8, "polarity": polarity}
            row = {
                "primary_gid": f"x_1_{number}_2_Lee_0_1",
                "sentence_normalized": f"They {verb} Lee.",
                "targets": [target],
            }
            lines.append(json.dumps(row | {"sentence_normalized": f"They {verb} Lee {number} times."}))
    path = folder / "train.jsonl"
    path.write_text("\n".join(lines))
    return path


def test_estimation_learns_what_verbs_say_of_their_object(tmp_path):
    table = estimate_targets(read_examples(training_file(tmp_path))).set_index("pattern")
    assert table.loc["<dobj=blame", "negative"] > 0 > table.loc["<dobj=blame", "positive"]
    assert table.loc["<dobj=praise", "positive"] > 0 > table.loc["<dobj=praise", "negative"]
    assert table.loc["<dobj=praise", "n_seen"] == 12
    with pytest.raises(InputError, match="there is no file"):
        read_examples(tmp_path / "none.jsonl")


def test_table_is_sorted_described_and_pruned():
    lexicon = load_lexicon("target_tone_en")
    rows = lexicon.entries
    assert int(lexicon.metadata["n_entries"]) == len(rows) <= 30_000
    assert rows["pattern"].tolist() == sorted(set(rows["pattern"]))
    weights = rows[["negative", "neutral", "positive"]].astype(float)
    assert (weights.abs().max(axis=1)[rows["pattern"] != "always"] >= 0.01).all()
    assert (rows["n_seen"].astype(int) >= 3).all()


def test_macro_f1_is_the_mean_over_labels():
    # -1: 2*1/(2+1), 0: 2*1/(1+2), 1: 2*1/(1+1)
    assert macro_f1([-1, -1, 0, 1], [-1, 0, 0, 1]) == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)


@pytest.mark.parametrize(("part", "floor"), [("rw", 0.68), ("mt", 0.66)])
def test_agrees_with_the_coders_of_newsmtsc(data_folder, part, floor):
    path = data_folder / f"newsmtsc/newsmtsc-{part}-hf/dev.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
    frame = pd.DataFrame(rows).rename(columns={"from": "start", "to": "end", "sentence": "text", "id": "article_id"})
    scored = framing.score_targets(frame)
    assert macro_f1(scored["polarity"].tolist(), scored["label"].tolist()) >= floor
