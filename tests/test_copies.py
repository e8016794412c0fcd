"""Copies: agency copy by its credit, near-duplicates by their words, and the promises of the table."""

import csv
import importlib.util
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing
from framing.corpus import load_basil
from framing.corpus.copies import COPIES, add_copies, copies_summary, find_copies
from framing.corpus.credits import COPY, RULES, find_credit, load_credits
from framing.corpus.duplicates import quoted_words
from framing.errors import InputError
from framing.lexicons import load_lexicon

FILE = Path(__file__).parents[1] / "benchmarks" / "copies.py"
SPEC = importlib.util.spec_from_file_location("copies", FILE)
benchmark = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(benchmark)

FRAMES = load_lexicon("wire_credits_en").entries.to_dict("records")
STORY = (
    "The council of Alder voted on Tuesday night to close the old bridge over the river for two years. "
    "Engineers had found deep cracks in three of its pillars after the floods of last spring. "
    "Buses will take the northern road instead, and shops near the market expect fewer customers. "
    "The mayor promised that the work would begin before the end of the month and cost nine million."
)
UPDATE = " Farmers from the villages across the water said that they had not been asked before the decision was taken."


def corpus(*texts: str, **columns: object) -> pd.DataFrame:
    frame = pd.DataFrame({"article_id": [f"a{n}" for n in range(len(texts))], "text": texts})
    return frame.assign(outlet=[f"Outlet {n}" for n in range(len(texts))], **columns)


def credit(text: str, author: str | None = None, outlet: str = "Herald") -> tuple[str, str] | None:
    found = find_credit(text, author, outlet, load_credits())
    return None if found is None else (found.agency, found.rule)


@pytest.mark.parametrize("frame", FRAMES, ids=[f["example"] for f in FRAMES])
def test_each_frame_finds_its_own_example(frame: dict[str, str]) -> None:
    text, author = (STORY, frame["example"]) if frame["place"] == "author" else (frame["example"], None)
    found = credit(text, author)
    assert found is not None
    assert found[1] == frame["rule"]
    assert frame["agency"] in ("", found[0])


@pytest.mark.parametrize("name", load_lexicon("wire_agencies_en").entries["pattern"])
def test_each_agency_counts_as_an_author_or_in_a_dateline(name: str) -> None:
    assert credit(STORY, name) or credit(f"ROME ({name}) — It rained.")


@pytest.mark.parametrize(
    ("text", "author", "expected"),
    [
        ("HEMPSTEAD, N.Y., Sept. 26 (UPI) — Green Party candidates met.", None, ("UPI", "dateline")),
        ("Rain in Rome.\n\nMexico City (AFP) – It rained.", None, ("AFP", "dateline")),
        ("(Reuters) - It rained.", None, ("Reuters", "dateline")),
        ("SEOUL/WASHINGTON (Reuters) - It rained.", None, ("Reuters", "dateline")),
        ("LONDON (Thomson Reuters Foundation) - It rained.", None, ("Thomson Reuters Foundation", "dateline")),
        ("It rained.", "AP", ("Associated Press", "author")),
        ("It rained.", "Ann Lee, associated press", ("Associated Press", "author")),
        ("It rained.", "Associated Press and Herald Reporter", ("Associated Press", "contribution")),
        ("It rained.\n\nThe Associated Press contributed to this report.", None, ("Associated Press", "contribution")),
        ("ROME (AP) — It rained.\n\nReuters contributed to this report.", None, ("Associated Press", "dateline")),
        ("It rained.\n\n(Reporting by Ann Lee; Writing by Bo Ray; Editing by Tom Reed.)", None, ("Reuters", "credit")),
        ("It rained.\n\n(c) Associated Press", None, ("Associated Press", "credit")),
        ("It rained. (PTI)", None, ("PTI", "signature")),
    ],
)  # fmt: skip
def test_a_credit_names_the_agency(text: str, author: str | None, expected: tuple[str, str]) -> None:
    assert credit(text, author) == expected


@pytest.mark.parametrize(
    "text",
    [
        "“It rained,” the mayor told Reuters.",
        "The Associated Press declared on Thursday that she had won.",
        "AP: Rain in Rome.\n\nIt rained.",
        "It rained, according to a report from Bloomberg.",
        "(Ann Lee/Reuters)\n\nIt rained.",
        "It rained. Reuters reported that she had contributed to the campaign.",
        "Image copyright Reuters\n\nIt rained.",
        "It rained.\n\n" * 3 + "ASSOCIATED PRESS\n\n" + "It poured.\n\n" * 9,
        "Ann Lee of Philadelphia, PA.",
        "It rained.\n\n© AP Photo",
        "Michael Bloomberg (Reuters) spoke, and it rained.",
        "One.\n\n" * 12 + "ROME (AP) — A later item of a list of news.\n\n" + "More.\n\n" * 12,
    ],
)
def test_a_mention_is_no_credit(text: str) -> None:
    assert credit(text) is None


def test_an_agency_of_ones_own_is_added(tmp_path: Path) -> None:
    text = "ALDER (Alder Wire) — It rained."
    assert not find_copies(corpus(text))["copy"].any()
    assert find_copies(corpus(text), agencies=["Alder Wire"])["agency"].tolist() == ["Alder Wire"]
    own = tmp_path / "own.csv"
    own.write_text("pattern,agency,places\nAlder Wire,Alder Press,dateline\n", encoding="utf8")
    assert find_copies(corpus(text), agencies=own)["agency"].tolist() == ["Alder Press"]
    assert not find_copies(corpus("It rained.", author=["Alder Wire"]), agencies=own)["copy"].any()


@pytest.mark.parametrize(
    ("agencies", "message"),
    [
        ("AP", "agencies is a list of names"),
        ([" "], "is no name"),
        ([None], "is no name"),
        ("pattern\nAP\n", "has no column 'agency'"),
        ("pattern,agency,places\nAP,AP,title\n", "'title' is no place"),
        ("pattern,agency,places\n ,AP,any\n", "blank pattern"),
    ],
)
def test_wrong_agencies_are_named(agencies: object, message: str, tmp_path: Path) -> None:
    if isinstance(agencies, str) and "\n" in agencies:
        path = tmp_path / "own.csv"
        path.write_text(agencies, encoding="utf8")
        agencies = path
    with pytest.raises(InputError, match=re.escape(message)):
        find_copies(corpus("It rained."), agencies=agencies)  # type: ignore[arg-type]


@pytest.mark.parametrize("share", [0, 1.1, True, "half", float("nan")])
def test_a_wrong_share_is_named(share: object) -> None:
    with pytest.raises(InputError, match="min_share is a share"):
        find_copies(corpus("It rained."), min_share=share)  # type: ignore[arg-type]


def test_the_earlier_article_is_the_original() -> None:
    found = find_copies(corpus(STORY + UPDATE, STORY, date=["2020-01-02", "2020-01-01"]))
    assert found["copy"].tolist() == [True, False]
    assert found.loc[0, ["rule", "original", "group", "n_group"]].tolist() == ["near_duplicate", "a1", "a1", 2]
    n, more = len(re.findall(r"\w+", STORY)), len(re.findall(r"\w+", UPDATE))
    assert found.loc[0, "share_copied"] == pytest.approx(n / (n + more))


def test_without_dates_the_longer_article_is_the_original() -> None:
    assert find_copies(corpus(STORY, STORY + UPDATE))["original"].tolist()[0] == "a1"


def test_an_agency_s_own_article_is_the_original_and_gives_its_name() -> None:
    frame = corpus(STORY, STORY, date=["2020-01-01", "2020-01-02"]).assign(outlet=["Herald", "Reuters"])
    found = find_copies(frame)
    assert found[["copy", "agency", "rule", "original"]].values.tolist() == [
        [True, "Reuters", "near_duplicate", "a1"],
        [False, "Reuters", "own_agency", pd.NA],
    ]


def test_an_outlet_that_follows_up_its_own_article_does_not_copy_but_a_reprint_does() -> None:
    frame = corpus(STORY, STORY + UPDATE * 2, STORY, date=["2020-01-01", "2020-01-02", "2020-01-03"])
    found = find_copies(frame.assign(outlet="Herald"))
    assert found["copy"].tolist() == [False, False, True]
    assert found["rule"].tolist()[1:] == ["own_update", "near_duplicate"]
    assert found["original"].tolist()[1:] == ["a0", "a0"]


def test_articles_that_quote_the_same_statement_are_no_copies() -> None:
    first = f"The council met in the town hall on Tuesday and heard its mayor. “{STORY}” He left " + UPDATE
    second = "Nobody in the market believed a word of what was read out to them. It said: “" + STORY + "”" + (
        " Sellers of bread and flowers shook their heads, while a few pupils from the school on the hill laughed."
    )  # fmt: skip
    assert find_copies(corpus(first, second))["original"].isna().all()


def test_what_an_outlet_prints_under_all_its_articles_is_no_copy() -> None:
    texts = [f"{' '.join(f'word{n}x{m}' for m in range(40))}\n\n{STORY}" for n in range(12)]
    same = corpus(*texts).assign(outlet="Herald")
    assert find_copies(same)["original"].isna().all()
    assert find_copies(corpus(*texts))["original"].notna().sum() == 11


def test_an_article_that_an_outlet_holds_many_times_is_no_boilerplate() -> None:
    assert find_copies(corpus(*[STORY] * 30).assign(outlet="Herald"))["copy"].sum() == 29


def test_missing_texts_and_short_ones_keep_their_rows() -> None:
    found = find_copies(corpus("", "It rained.", "It rained."))
    assert found["copy"].tolist() == [False] * 3
    assert found["n_group"].tolist() == [1] * 3


WORDS = st.lists(
    st.sampled_from(["rain", "sun", "in", "Rome", "AP", "(", ")", "—", "“", "”", "\n", ".", "Reuters", "said"]),
    max_size=80,
).map(" ".join)


@settings(max_examples=60)
@given(st.lists(st.tuples(WORDS, st.sampled_from(["AP", "Ann Lee", ""])), min_size=1, max_size=6), st.randoms())
def test_promises_of_the_table(articles: list[tuple[str, str]], random: object) -> None:
    texts, authors = zip(*articles, strict=True)
    frame = corpus(*texts, author=list(authors))
    before = frame.copy(deep=True)
    found = find_copies(frame, progress=False)
    pd.testing.assert_frame_equal(frame, before)
    assert list(found.columns) == list(COPIES)
    assert found["article_id"].tolist() == frame["article_id"].tolist()
    for row in found[found["field"].notna()].itertuples():
        assert frame.loc[row.Index, row.field][row.start : row.end] == row.evidence
    assert set(found["rule"].dropna()) <= {*RULES, "own_agency", "near_duplicate", "own_update"}
    assert found.loc[found["rule"].isin(COPY), "agency"].notna().all()
    order = list(range(len(frame)))
    random.shuffle(order)  # type: ignore[attr-defined]
    again = find_copies(frame.iloc[order], progress=False)
    pd.testing.assert_frame_equal(again, found.iloc[order].reset_index(drop=True))


@given(st.text(alphabet="“”\"'ab \nİß", max_size=60))
def test_quoted_words_has_one_value_a_word(text: str) -> None:
    assert len(quoted_words(text)) == len(re.findall(r"\w+", text))


def test_hostile_text_is_fast() -> None:
    long = "A " * 200_000 + "“" * 50_000 + "(Reporting by " * 5_000
    found = find_copies(corpus(long, long, "AP " * 100_000), progress=False)
    assert len(found) == 3


def test_marks_go_to_the_corpus_and_the_summary_counts_them() -> None:
    frame = corpus("ROME (AP) — It rained.", "It rained.", note=[1, 2])
    found = find_copies(frame)
    marked = add_copies(frame, found.iloc[::-1])
    assert marked[["article_id", "note", "copy"]].values.tolist() == [["a0", 1, True], ["a1", 2, False]]
    assert copies_summary(found) == "1 of 2 articles is a copy (1 Associated Press)"
    with pytest.raises(InputError, match="not what find_copies gave"):
        add_copies(frame.iloc[:1], found)
    with pytest.raises(InputError, match="columns that add_copies makes: copy, agency"):
        add_copies(marked, found)


def test_the_example_has_the_agency_copy_that_was_written_into_it(example: pd.DataFrame) -> None:
    written = ["e04-radio", "e06-ledger", "e07-standard", "e07-klaxon", "e10-klaxon"]
    found = framing.find_copies(example)
    copies = found[found["copy"]]
    assert copies["article_id"].tolist() == written
    assert set(copies["agency"]) == {"Sextant News Agency"}
    assert copies["original"].tolist() == ["e04-agency", "e06-agency", "e07-agency", "e07-agency", "e10-agency"]
    named = framing.find_copies(example, agencies=["Sextant"])
    copies = named[named["copy"]]
    assert set(copies["rule"]) <= {"author", "near_duplicate"}
    assert copies[["article_id", "agency"]].values.tolist() == [[article, "Sextant"] for article in written]
    assert (named.loc[named["outlet"] == "Sextant News Agency", "rule"] == "own_agency").all()


@pytest.mark.parametrize(("split", "at_least"), [("train", 0.95), ("dev", 0.95)])
def test_agency_copy_agrees_with_polnear(data_folder: Path, split: str, at_least: float) -> None:
    folder = data_folder / "polnear" / "data"
    with (folder / "metadata.tsv").open(encoding="utf8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    rows = [row for row in rows if row["compartment"] == split and row["wire"] != "NA"]
    texts = [(folder / split / "text" / f"{row['filename']}.txt").read_text(encoding="utf8") for row in rows]
    authors = [None if row["author"] in ("None", "NA", "") else row["author"] for row in rows]
    frame = pd.DataFrame({"article_id": [row["filename"] for row in rows], "text": texts, "author": authors})
    found = find_copies(frame.assign(outlet=[row["publisher"] for row in rows]))
    gold = [row["wire"] != "None" for row in rows]
    marked = found["rule"].isin(COPY).tolist()
    right = sum(a and b for a, b in zip(gold, marked, strict=True))
    assert 2 * right / (sum(gold) + sum(marked)) >= at_least


def test_planted_copies_are_found_and_reports_of_one_event_are_none(data_folder: Path) -> None:
    basil = load_basil(data_folder)
    made = benchmark.planted(basil, 120, seed=1)
    found = find_copies(made)
    few = made["of"].notna() & (made["share"] <= 0.4)
    assert benchmark.is_found(found, made["of"])[few].mean() >= 0.98
    assert found.loc[made["of"].isna(), "original"].isna().all()


def test_large_groups_and_footers_of_made_up_articles(data_folder: Path) -> None:
    made = benchmark.made_up(1_000, str(data_folder))
    found = find_copies(made)
    planted_ = made["of"].notna()
    assert benchmark.is_found(found, made["of"])[planted_].mean() >= 0.99
    assert found.loc[~planted_, "original"].isna().all()
