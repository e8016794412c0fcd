"""Frames of one's own: what is learnt, on what it is tested, what is saved, and what mistakes are told."""

import json
import re
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing
from framing.errors import InputError, TooFewError
from framing.validity.frames.articles import split_units
from framing.validity.frames.fitting import Setting, fit, macro_f1, prepare
from framing.validity.frames.folds import folds_of, split_names, spread
from framing.validity.frames.labelled import column_of, read_labelled
from framing.validity.frames.reporting import find_temperature, probabilities
from framing.validity.frames.terms import choose_terms, count_terms, rarity, terms_of, weigh

FRAMES = {
    "economy": ("prices and debts rise", "the budget needs higher taxes", "wages and jobs are lost"),
    "justice": ("a court hears the trial", "the judge reads the verdict", "prosecutors charge the minister"),
    "conflict": ("rivals attack each other", "the parties quarrel and fight", "opponents accuse the leader"),
}
OUTLETS = ("Courier", "Herald", "Post", "Radio")
EVENTS = ("bridge", "dam", "law", "strike")


def labelled(**more: object) -> pd.DataFrame:
    rows = [
        {"text": f"{outlet} on the {event}: {words}.", "label": label, "outlet": outlet, "event": event}
        for outlet, event, (label, texts) in product(OUTLETS, EVENTS, FRAMES.items())
        for words in texts
    ]
    return pd.DataFrame(rows).assign(**more)


@pytest.fixture(scope="module")
def model() -> framing.FrameModel:
    return framing.train_frames(labelled())


# --- what is learnt ---------------------------------------------------------------------------------------------


def test_frames_are_told_apart_in_new_words(model: framing.FrameModel) -> None:
    texts = pd.DataFrame({"text": ["Taxes and wages rise.", "The judge hears prosecutors.", "Rivals quarrel."]})
    table = model.predict(texts)
    assert table["frame"].tolist() == ["economy", "justice", "conflict"]
    assert list(table.columns) == ["frame", "probability", "n_terms", "p_conflict", "p_economy", "p_justice"]
    assert table[["p_conflict", "p_economy", "p_justice"]].sum(axis=1).tolist() == pytest.approx([1, 1, 1])
    words = model.report["words"]
    assert {"prosecutors", "judge"} <= set(words.loc[words["label"] == "justice", "term"])
    assert words.groupby("label")["rank"].apply(list).map(lambda ranks: ranks == sorted(ranks)).all()


def test_no_text_is_no_frame_and_no_row_is_lost(model: framing.FrameModel) -> None:
    table = model.predict(
        pd.DataFrame({"article_id": ["a", "b", "c", "d"], "text": ["A court.", None, " \n", "🙂 123"]})
    )
    assert table["article_id"].tolist() == ["a", "b", "c", "d"]
    assert table["frame"].isna().tolist() == [False, True, True, False]
    assert table["n_terms"].tolist() == [3, 0, 0, 0]
    assert len(model.predict(pd.DataFrame({"text": []}))) == 0


def test_row_order_and_other_columns_change_nothing(model: framing.FrameModel) -> None:
    shuffled = labelled(page=3).sample(frac=1, random_state=7)
    before = shuffled.copy(deep=True)
    again = framing.train_frames(shuffled)
    pd.testing.assert_frame_equal(shuffled, before)
    assert again.terms == model.terms
    assert np.array_equal(again.weights, model.weights)
    assert dict(again.about) == dict(model.about)
    for name in set(model.report) - {"unseen"}:
        pd.testing.assert_frame_equal(again.report[name], model.report[name])
    here = model.report["unseen"].set_index("row")["predicted"]
    there = again.report["unseen"].set_index("row")["predicted"]
    assert there.tolist() == [here[row] for row in shuffled.index]


def test_words_of_one_outlet_do_not_count(model: framing.FrameModel) -> None:
    assert not {"courier", "herald", "post", "radio"} & set(model.terms)
    assert "court" in model.terms


def test_few_dimensions_give_the_weights_of_all_terms() -> None:
    known = read_labelled(labelled())
    counts = count_terms(known.texts)
    ready = prepare(counts.matrix, known.groups["outlet"])
    whole = type(ready)(ready.columns, ready.idf, ready.weighed, ready.weighed, None)
    for strength in (1.0, 100.0):
        one = fit(ready, known.codes, 3, Setting(strength, True))
        other = fit(whole, known.codes, 3, Setting(strength, True))
        assert np.abs(one.weights - other.weights).max() < 0.01


def test_two_labels_give_the_probabilities_of_a_logistic_curve() -> None:
    frame = labelled()
    model = framing.train_frames(frame[frame["label"] != "conflict"])
    assert np.allclose(model.weights[0], -model.weights[1])
    assert model.predict(pd.DataFrame({"text": ["The judge."]}))["frame"].tolist() == ["justice"]


@settings(max_examples=50)
@given(st.lists(st.text(max_size=40), max_size=5))
def test_any_text_has_terms_and_weights(texts: list[str]) -> None:
    counts = count_terms(texts)
    assert counts.matrix.sum() == sum(len(terms_of(text)) for text in texts)
    length = weigh(counts.matrix, rarity(counts.matrix)).power(2).sum(axis=1)
    assert all(value == pytest.approx(1) or value == 0 for value in np.asarray(length).ravel())


def test_terms_need_two_texts_and_two_outlets() -> None:
    counts = count_terms(["tax here", "tax there", "court here", "court now"])
    kept = [counts.terms[n] for n in choose_terms(counts.matrix, None)]
    assert kept == ["court", "here", "tax"]
    kept = [counts.terms[n] for n in choose_terms(counts.matrix, np.array([0, 1, 1, 1]))]
    assert kept == ["here", "tax"]


# --- on what it is tested ---------------------------------------------------------------------------------------


def test_no_fold_tests_on_an_outlet_event_article_or_text_that_it_learnt_from() -> None:
    frame = labelled()
    frame["article_id"] = [f"a{number // 5}" for number in range(len(frame))]
    known = read_labelled(frame)
    assert split_names(known) == ["by outlet and event", "by outlet", "by event", "random"]
    for split in split_names(known)[:-1]:
        folds = folds_of(known, split)
        assert sorted(np.concatenate([fold.test for fold in folds])) == list(range(len(known)))
        for fold in folds:
            for name in known.groups:
                if name in split:
                    assert not set(known.groups[name][fold.train]) & set(known.groups[name][fold.test])
            assert not set(known.article[fold.train]) & set(known.article[fold.test])
            assert not {known.texts[n] for n in fold.train} & {known.texts[n] for n in fold.test}


def test_a_random_split_flatters_where_the_outlet_gives_the_label_away() -> None:
    rng = np.random.default_rng(0)
    fill = [f"word{chr(97 + n)}" for n in range(26)]
    rows = []
    for outlet in range(8):
        house = [f"house{chr(97 + outlet)}{chr(97 + half)}" for half in range(2)]
        for text in range(20):
            words = [*rng.choice(fill, 6), *house]
            rows.append(
                {"text": " ".join(words), "label": "ab"[outlet % 2], "outlet": f"o{outlet}", "event": f"e{text}"}
            )
    frame = pd.DataFrame(rows)
    flattered = framing.train_frames(frame.drop(columns=["outlet", "event"]))
    assert flattered.report["accuracy"]["split"].unique().tolist() == ["by article", "random"]
    honest = framing.train_frames(frame).report["accuracy"]
    honest = honest[honest["figure"] == "accuracy"].set_index("split")["value"]
    # Without outlets known, the model learns which house words go with which label; with them, nothing is left.
    assert flattered.report["accuracy"].set_index(["split", "figure"])["value"]["random", "accuracy"] > 0.95
    assert honest["by outlet"] < 0.65


def test_labels_drawn_at_random_are_not_learnt() -> None:
    frame = labelled()
    frame["label"] = np.random.default_rng(1).permutation(frame["label"].to_numpy())
    table = framing.train_frames(frame).report["accuracy"]
    row = table[(table["figure"] == "accuracy") & (table["split"] == "by outlet and event")].iloc[0]
    assert row["value"] < 0.5
    assert row["low"] <= row["value"] <= row["high"]


def test_the_report_is_of_all_texts(model: framing.FrameModel) -> None:
    assert set(model.report) == {"accuracy", "labels", "confusion", "calibration", "learning_curve", "words", "unseen"}
    assert model.report["confusion"]["n_texts"].sum() == len(labelled())
    assert model.report["calibration"]["n_texts"].sum() == len(labelled())
    assert model.report["unseen"]["row"].tolist() == list(range(len(labelled())))
    assert model.report["learning_curve"]["n_learnt_from"].is_monotonic_increasing
    assert "FrameModel(3 frames of paragraphs, macro-F1 " in repr(model)


def test_spread_fills_the_emptiest_part_whatever_the_order() -> None:
    assert spread(np.array([2, 0, 0, 0, 1, 1]), 2).tolist() == [1, 0, 0, 0, 1, 1]


def test_macro_f1_by_hand() -> None:
    # label 0: 2 of 3 both ways; label 1: 1 of 2 both ways; label 2 on neither side
    codes, said = np.array([0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, 0])
    assert macro_f1(codes, said, 3) == pytest.approx((2 / 3 + 1 / 2) / 2)


def test_temperature_makes_overconfident_probabilities_come_true() -> None:
    frame = labelled()
    known = read_labelled(frame)
    logits = np.where(known.codes[:, None] == np.arange(3), 5.0, 0.0)
    logits[::4] = np.roll(logits[::4], 1, axis=1)  # a quarter wrong, each at a probability of .99
    chance = probabilities(logits / find_temperature(known, logits)).max(axis=1).mean()
    assert chance == pytest.approx(0.75, abs=0.01)


# --- mistakes ---------------------------------------------------------------------------------------------------


def few(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop(index=frame.index[frame["label"] == "economy"][9:])


def in_outlets_of_their_own(frame: pd.DataFrame) -> pd.DataFrame:
    two = frame[frame["label"] != "conflict"]
    return two.assign(outlet=two["label"]).drop(columns="event")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda f: f.to_dict("list"), "labelled must be a pandas.DataFrame, not dict"),
        (lambda f: f.rename(columns={"label": "frame"}), r"no column 'label'; it has: text, frame, .*--label frame"),
        (lambda f: f.assign(text=[None, *f["text"][1:]]), "empty text in row 0"),
        (lambda f: f.assign(text=[*f["text"][:-1], " \n"]), "empty text in row 143"),
        (lambda f: f.assign(label=[*f["label"][:-1], pd.NA]), "no label in row 143 .*needs a label too"),
        (lambda f: f.assign(label="economy"), "only 'economy': a model needs at least two labels"),
        (lambda f: f.iloc[:0], "no row at all"),
        (few, r"too few texts of 'economy' \(9\): each label needs at least 10"),
        (lambda f: f.assign(label=f["text"]), "different labels, more than the 50 allowed"),
        (lambda f: f.assign(label=f["text"] * 9), "A label may have 60"),
        (lambda f: f.assign(outlet="Herald"), r"the same outlet \('Herald'\).*drop\(columns='outlet'\)"),
        (lambda f: f.assign(event="law"), "the same event"),
        (
            lambda f: f.assign(label=f["label"].replace({"economy": "a-b", "justice": "A b"})),
            "the labels 'A b' and 'a-b' would share a column",
        ),
        (in_outlets_of_their_own, "no outlet, event or article can be set aside"),
    ],
)
def test_mistakes_are_told(change: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        framing.train_frames(change(labelled()))  # type: ignore[operator]


def test_too_few_is_its_own_kind_of_error_and_units_are_named() -> None:
    with pytest.raises(TooFewError):
        framing.train_frames(few(labelled()))
    with pytest.raises(InputError, match="unit must be one of paragraph, article; found 'sentence'"):
        framing.train_frames(labelled(), unit="sentence")


def test_a_missing_outlet_is_a_group_of_its_own() -> None:
    frame = labelled()
    frame.loc[:5, "outlet"] = None
    assert len(set(read_labelled(frame).groups["outlet"])) == len(OUTLETS) + 6


# --- saving -----------------------------------------------------------------------------------------------------


def test_saved_and_read_again_it_says_the_same(model: framing.FrameModel, tmp_path: Path) -> None:
    folder = framing.save_frames(model, tmp_path / "model")
    again = framing.load_frames(folder)
    texts = labelled()[["text"]]
    pd.testing.assert_frame_equal(again.predict(texts), model.predict(texts))
    assert (again.labels, again.terms, dict(again.about)) == (model.labels, model.terms, dict(model.about))
    assert set(again.report) == set(model.report)
    assert {path.suffix for path in folder.rglob("*") if path.is_file()} == {".csv", ".toml"}
    other = framing.save_frames(framing.train_frames(labelled().iloc[::-1]), tmp_path / "other")
    for name in ("frames.toml", "weights.csv", "report/accuracy.csv"):
        assert (other / name).read_bytes() == (folder / name).read_bytes()


def test_labels_and_words_that_look_like_something_else_survive(tmp_path: Path) -> None:
    names = {"economy": 'null "x"\\', "justice": "=1+1", "conflict": "nan"}
    frame = labelled(label=labelled()["label"].map(names))
    frame["text"] = frame["text"].str.replace("court", "null").str.replace("taxes", "nan")
    model = framing.train_frames(frame)
    again = framing.load_frames(framing.save_frames(model, tmp_path))
    assert again.labels == model.labels
    assert {"null", "nan"} <= set(again.terms)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("frames.toml", None, "has no frames.toml, so it holds no frame model"),
        ("weights.csv", None, "has no weights.csv"),
        ("frames.toml", "labels = ", "is damaged"),
        ("frames.toml", "format = 1", "is damaged"),
        ("weights.csv", "term,idf\n", "its SHA-256 differs"),
    ],
)
def test_damaged_models_are_told(
    name: str, text: str | None, message: str, model: framing.FrameModel, tmp_path: Path
) -> None:
    framing.save_frames(model, tmp_path)
    (tmp_path / name).unlink()
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf8")
    with pytest.raises(InputError, match=message):
        framing.load_frames(tmp_path)


def test_a_newer_format_is_told(model: framing.FrameModel, tmp_path: Path) -> None:
    path = framing.save_frames(model, tmp_path) / "frames.toml"
    path.write_text(re.sub("^format = 1", "format = 2", path.read_text(encoding="utf8")), encoding="utf8")
    with pytest.raises(InputError, match="is of format 2; this version reads 1"):
        framing.load_frames(tmp_path)


# --- articles ---------------------------------------------------------------------------------------------------


def corpus() -> pd.DataFrame:
    texts = ["The court.\n\nPrices and taxes.\n\nThe judge.\n\n* * *", "Rivals quarrel.", None, " "]
    return pd.DataFrame({"article_id": list("abcd"), "outlet": "Herald", "text": texts})


def test_shares_are_counts_by_paragraphs_and_no_article_is_lost(model: framing.FrameModel) -> None:
    articles = corpus()[["article_id", "outlet"]].iloc[::-1].set_axis([5, 5, 6, 7])
    table = framing.add_frames(articles, corpus(), model)
    assert table.index.tolist() == [5, 5, 6, 7]
    assert table["article_id"].tolist() == ["d", "c", "b", "a"]
    assert table["n_frame_texts"].tolist() == [0, 0, 1, 3]  # asterisks alone are no paragraph
    assert table["share_frame_justice"].isna().tolist() == [True, True, False, False]
    assert table["share_frame_justice"].iloc[-1] == pytest.approx(2 / 3)
    assert table["n_frame_economy"].tolist() == [0, 0, 0, 1]
    assert list(articles.columns) == ["article_id", "outlet"]


def test_offsets_cut_the_paragraphs_out() -> None:
    frame = corpus().set_index("article_id")["text"]
    for row in split_units(corpus(), "paragraph").itertuples():
        assert frame[row.article_id][row.start : row.end] == row.text


def test_shares_can_be_compared_between_outlets(model: framing.FrameModel) -> None:
    rows = [
        {"article_id": f"{outlet}{n}", "outlet": outlet, "event": f"e{n}", "text": text}
        for n in range(8)
        for outlet, text in (("Herald", "The judge hears a court.\nPrices rise."), ("Post", "Debts.\nWages and jobs."))
    ]
    articles = framing.add_frames(pd.DataFrame(rows), pd.DataFrame(rows), model)
    table = framing.compare_outlets(articles, metrics=["share_frame_economy"])
    assert table["difference"].tolist() == [-0.5]


@pytest.mark.parametrize(
    ("articles", "texts", "message"),
    [
        (corpus().assign(share_frame_economy=0.0), corpus(), "already have a column 'share_frame_economy'"),
        (corpus(), pd.concat([corpus(), corpus()]), "'a' stands more than once in the corpus"),
        (corpus(), corpus().iloc[1:], "1 of 4 articles are not in the corpus, the first is 'a'"),
        (corpus(), corpus().drop(columns="text"), "corpus has no column 'text'"),
    ],
)
def test_articles_that_do_not_fit_are_told(
    articles: pd.DataFrame, texts: pd.DataFrame, message: str, model: framing.FrameModel
) -> None:
    with pytest.raises(InputError, match=message):
        framing.add_frames(articles, texts, model)


@pytest.mark.parametrize(("label", "column"), [("law & order", "law_order"), ("Économie", "Économie"), ("?!", "_")])
def test_columns_of_labels(label: str, column: str) -> None:
    assert column_of(label) == column


def test_jsonl_is_read_in_the_shell(tmp_path: Path) -> None:
    from framing.cli.frames import _read_labelled

    path = tmp_path / "l.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in labelled().to_dict("records")), encoding="utf8")
    assert _read_labelled(path)["label"].tolist() == labelled()["label"].tolist()
    with pytest.raises(InputError, match=r"allowed are: \.csv, \.tsv, \.jsonl"):
        _read_labelled(tmp_path / "l.docx")
    with pytest.raises(InputError, match="there is no file"):
        _read_labelled(tmp_path / "l.csv")
