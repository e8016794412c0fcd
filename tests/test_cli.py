"""The command line: what a newcomer types, and what a mistake costs."""

import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from tests.command_line import run


@pytest.fixture(scope="module")
def articles(example: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("in") / "articles.csv"
    chosen = example[example["outlet"].isin(example["outlet"].unique()[:2])]
    chosen.to_csv(path, index=False)
    return path


def test_report_says_where_it_lies_and_three_findings(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "report", articles, "--out", tmp_path)
    assert code == 0
    assert f"Report: {tmp_path / 'report.html'}" in out
    assert "95% interval" in out
    could, found = out.split("What was found:")
    assert "found with a probability of 80%, each question taken alone:" in could
    assert "- Attributions: " in could
    assert "95% interval" in found
    page = (tmp_path / "report.html").read_text(encoding="utf8")
    assert page.index('<h2 id="findings">') < page.index("What this comparison could find")
    assert out.count("\n") >= 4
    assert (tmp_path / "comparison.csv").is_file()
    assert (tmp_path / "tables" / "provenance.json").is_file()
    links = re.findall(r'href="(tables/[^"]*)"', page)
    assert {"tables/comparison.csv", "tables/evidence.csv", "tables/articles.csv"} <= set(links)
    assert all((tmp_path / link).is_file() for link in links)


def test_analyze_then_compare(articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "analyze", articles, "--out", tmp_path / "a")
    assert (code, "framing compare" in out) == (0, True)
    code, out, _ = run(capsys, "compare", tmp_path / "a", "--metric", "share_words_source")
    assert code == 0
    assert out.index("- Words in sources' voice: ") < out.index("What was found:")
    table = pd.read_csv(tmp_path / "a" / "comparison.csv")
    assert table["metric"].tolist() == ["share_words_source"]
    assert table["n_events"].tolist() == [10]


def test_events_are_written_decided_on_and_compared_over(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "events.csv"
    code, out, err = run(capsys, "events", articles, "--out", page)
    assert code == 0, err
    assert "10 events are told by at least two outlets (20 of 20 articles)" in out
    rows = pd.read_csv(page, dtype="string")
    rows.loc[rows["event"] == rows["event"].iloc[0], "decision"] = "none"
    rows.to_csv(page, index=False)
    code, out, _ = run(capsys, "analyze", articles, "--out", tmp_path / "a")
    code, out, err = run(
        capsys, "compare", tmp_path / "a", "--events", page, "--metric", "share_words_source", "--event", "event"
    )
    assert (code, "2 decisions: 2 taken out" in err) == (0, True)
    assert pd.read_csv(tmp_path / "a" / "comparison.csv")["n_events"].tolist() == [9]
    code, _, err = run(capsys, "report", articles, "--events", page, "--out", tmp_path / "r")
    assert (code, "2 taken out" in err) == (0, True)
    assert pd.read_csv(tmp_path / "r" / "comparison.csv")["n_events"].max() == 9
    code, _, err = run(capsys, "events", articles, "--out", page)
    assert (code, "holds 2 decisions, which would be lost" in err) == (2, True)
    code, _, err = run(capsys, "events", articles, "--out", tmp_path / "e.csv", "--threshold", "2")
    assert (code, "threshold is 2.0; it must be a number above 0 and up to 1" in err) == (2, True)


def test_one_outlet_gets_a_report_and_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "in.csv"
    pd.DataFrame({"outlet": ["Herald"], "text": ["It may rain, <script>alert(1)</script> officials said."]}).to_csv(
        path
    )
    code, out, _ = run(capsys, "report", path, "--out", tmp_path / "out")
    assert code == 0
    assert "were not compared: a comparison needs articles of at least two outlets" in out
    assert "&lt;script&gt;alert(1)" in (tmp_path / "out" / "report.html").read_text(encoding="utf8")


def test_a_lexicon_of_ones_own_is_counted_and_compared(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("pattern,category\ngood,positive\nlaw,negative\n", encoding="utf8")
    options = ["--lexicon", path, "--metric", "negative_mine_per_1000_words"]
    code, _, err = run(capsys, "report", articles, "--out", tmp_path / "out", *options)
    assert code == 0, err
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf8")
    assert "negative words of mine" in page.lower()
    code, _, err = run(capsys, "analyze", articles, "--out", tmp_path / "tables", "--lexicon", tmp_path / "none.csv")
    assert code == 2
    assert "there is no file" in err


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        (None, [], "nowhere.csv"),
        ("", [], "empty"),
        ("outlet,body\nHerald,Hello\n", [], "text"),
        ("outlet,text\nHerald,Hello\n", ["--column", "body"], "THEIRS=OURS"),
    ],
)
def test_a_users_mistake_is_one_line_and_exit_code_2(
    content: str | None, arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nowhere.csv"
    if content is not None:
        path.write_text(content, encoding="utf8")
    code, out, err = run(capsys, "report", path, "--out", tmp_path / "out", *arguments)
    assert code == 2
    assert message in err
    complaint = [line for line in err.splitlines() if line.startswith("framing: ")]
    assert len(complaint) == 1
    assert "Traceback" not in out + err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["report"], "Missing argument"),
        (["reprot"], "No such command"),
        (["report", "a.csv", "--nonsense"], "No such option"),
        (["report", "ARTICLES", "--out", "OUT", "--metric", "share_word_source"], "did you mean: share_words_source"),
        (["report", "ARTICLES", "--out", "OUT", "--event", "evnt"], "--by-article"),
        (["report", "ARTICLES", "--out", "OUT", "--contrast", "Heral"], "the outlets are"),
    ],
)
def test_what_is_mistyped_is_one_line_before_any_work(
    arguments: list[str], message: str, articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = {"ARTICLES": str(articles), "OUT": str(tmp_path / "out")}
    code, out, err = run(capsys, *(places.get(a, a) for a in arguments))
    lines = [line for line in err.splitlines() if not line.startswith("articles.csv:")]
    assert (code, out, len(lines)) == (2, "", 1)
    assert lines[0].startswith("framing: ")
    assert message in lines[0]
    assert not (tmp_path / "out").exists()


def test_a_refused_comparison_leaves_no_old_table(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "report", articles, "--out", tmp_path)
    assert (tmp_path / "comparison.csv").exists()
    few = tmp_path / "few.csv"
    frame = pd.read_csv(articles)
    frame[frame["event"].isin(frame["event"].unique()[:3])].to_csv(few, index=False)
    code, out, _ = run(capsys, "report", few, "--out", tmp_path)
    assert code == 0
    assert "too few shared events" in out
    assert "--by-article" in out
    assert not (tmp_path / "comparison.csv").exists()


def test_compare_takes_the_folder_of_a_report(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "report", articles, "--out", tmp_path)
    code, out, _ = run(capsys, "compare", tmp_path, "--by-article", "--metric", "share_words_source")
    assert (code, "Comparison:" in out) == (0, True)
    assert pd.read_csv(tmp_path / "comparison.csv")["n_events"].isna().all()


def test_a_file_in_the_way_is_no_crash(articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").write_text("in the way", encoding="utf8")
    code, _, err = run(capsys, "report", articles, "--out", tmp_path / "out")
    assert (code, "can't be made a folder" in err) == (2, True)


def test_help_names_the_commands_and_a_first_step() -> None:
    command = [sys.executable, "-c", "from framing.cli import main; main()", "--help"]
    environment = {"COLUMNS": "200", "TERM": "dumb", "PATH": ""}
    shown = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    for word in ("report", "analyze", "compare", "framing report data/example/articles.csv"):
        assert word in shown.stdout


def test_describe_says_what_is_there_and_writes_it(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "describe", articles, "--out", tmp_path / "corpus")
    assert code == 0
    assert "articles.csv: 20 read, 0 repaired, 0 set aside" in err
    assert "n_events_shared" in out
    names = {path.name for path in (tmp_path / "corpus").iterdir()}
    assert names == {
        "corpus.png",
        *(f"{name}.csv" for name in ("outlets", "months", "events", "lengths", "languages", "reading")),
    }
    assert pd.read_csv(tmp_path / "corpus" / "outlets.csv")["n_articles"].tolist() == [10, 10]


def test_describe_names_what_was_set_aside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text('{"outlet": "H", "text": "It rained."}\n{"outlet', encoding="utf8")
    code, out, err = run(capsys, "describe", path)
    assert (code, "1 set aside" in err) == (0, True)
    assert "set_aside" in out


def test_what_is_not_english_is_counted_only_on_demand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    german = "Der Bürgermeister sagte am Montag, die alte Brücke werde erst im Herbst wieder geöffnet. " * 2
    path = tmp_path / "articles.csv"
    pd.DataFrame({"article_id": ["a"], "outlet": ["H"], "text": [german]}).to_csv(path, index=False)
    for options, counted in (((), False), (("--language", "any"), True)):
        code, _, err = run(capsys, "analyze", path, "--out", tmp_path / "a", *options)
        assert (code, "not in English: 1" in err) == (0, True)
        articles = pd.read_parquet(tmp_path / "a" / "articles.parquet")
        assert articles["n_words"].notna().tolist() == [counted]
    code, _, err = run(capsys, "analyze", path, "--out", tmp_path / "a", "--language", "de")
    assert (code, "language must be" in err) == (2, True)


def test_copies_are_told_and_left_out_when_asked(
    example: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "in.csv"
    example.to_csv(source, index=False)
    question = ("--metric", "share_words_source")
    code, out, _ = run(capsys, "report", source, "--out", tmp_path / "r", "--agency", "Sextant", *question)
    assert code == 0
    assert "Copies: 5 of 50 articles are copies (5 Sextant)" in out
    page = (tmp_path / "r" / "report.html").read_text(encoding="utf8")
    assert "5 of 50 articles are copies: 5 of an agency (Sextant)." in page
    assert "difference, copies left out" in page
    code, _, _ = run(capsys, "compare", tmp_path / "r", "--copies", "drop", *question)
    assert code == 0
    methods = pd.read_csv(tmp_path / "r" / "comparison.csv")["method"]
    assert methods.str.endswith("; 5 of 50 articles are copies and are left out").all()
    code, _, err = run(capsys, "compare", tmp_path / "r", "--copies", "remove")
    assert (code, "copies must be one of keep, drop, separate; found 'remove'" in err) == (2, True)


def test_articles_without_events_are_told_how_to_get_them(
    example: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "in.csv"
    example.drop(columns="event").to_csv(source, index=False)
    question = ("--metric", "share_words_source", "--out", tmp_path / "r")
    code, _, err = run(capsys, "report", source, *question)
    assert (code, f"framing events {source} --out events.csv, then --events events.csv" in err) == (0, True)
    code, _, err = run(capsys, "report", source, "--by-article", *question)
    assert (code, "framing events" in err) == (0, False)


def test_sensitivity_writes_its_table_and_a_picture_a_contrast(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "analyze", articles, "--out", tmp_path)
    code, printed, _ = run(capsys, "sensitivity", tmp_path, "--metric", "share_words_source")
    assert code == 0
    table = pd.read_csv(tmp_path / "sensitivity-share_words_source.csv")
    n_contrasts = len(table[["outlet", "versus"]].drop_duplicates())
    assert printed.count("\n- ") == n_contrasts
    assert len(list(tmp_path.glob("sensitivity-share_words_source-*.png"))) == n_contrasts
    code, _, problem = run(capsys, "sensitivity", tmp_path, "--metric", "share_words_sources")
    assert code == 2
    assert "Did you mean 'share_words_source'" in problem


def test_evaluate_prints_figures_and_what_the_corpus_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "evaluate", "source_type", "--out", tmp_path / "table.csv")
    assert code == 0, err
    assert out.startswith("source_type on example, all. Fifteen invented articles of the example corpus")
    assert "looked at while the measure was made" in out
    assert "figure    value  95% interval" in out
    assert pd.read_csv(tmp_path / "table.csv")["figure"].tolist() == ["recall", "accuracy"]
    code, _, err = run(capsys, "evaluate", "tone")
    assert (code, "there is no measure 'tone'; there is: attribution" in err) == (2, True)


def test_frames_are_learnt_saved_and_applied(
    example: pd.DataFrame, articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labelled = example[["article_id", "outlet", "text"]].assign(
        about=(example["event"] == "pension-law").map({True: "pensions", False: "other"})
    )
    labelled = labelled.assign(text=labelled["text"].str.split("\n\n")).explode("text")
    labelled.to_csv(tmp_path / "labelled.csv", index=False)
    code, out, err = run(
        capsys, "frames", "train", tmp_path / "labelled.csv", "--label", "about", "--out", tmp_path / "model"
    )
    assert code == 0, err
    assert "2 labels: other, pensions\n- macro-F1 by outlet: " in out
    assert "majority label alone" in out
    code, out, err = run(capsys, "frames", "apply", tmp_path / "model", articles, "--out", tmp_path / "out")
    assert code == 0, err
    assert out.startswith("Mean share of each frame in an article, by outlet")
    table = pd.read_csv(tmp_path / "out" / "frames.csv")
    assert len(table) == 20
    shares = table.groupby("event")["share_frame_pensions"].mean()
    assert shares.idxmax() == "pension-law"
    texts = pd.read_csv(tmp_path / "out" / "texts.csv")
    assert len(texts) == table["n_frame_texts"].sum()
    assert "text" not in texts
    code, _, err = run(capsys, "frames", "train", tmp_path / "labelled.csv", "--out", tmp_path / "model")
    assert (code, "no column 'label'; it has: article_id, outlet, text, about" in err) == (2, True)
    code, _, err = run(capsys, "frames", "apply", tmp_path, articles, "--out", tmp_path / "out")
    assert (code, "holds no frame model" in err) == (2, True)
