"""The parts of pages that come from data: tables of measures, metrics, lexicons and columns, and what to cite."""

import tomllib
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

import framing
from docs.markdown import block, code, frame_table, plain, table
from framing import tables
from framing.analysis import count_table, difference_table, metric_table
from framing.comparison import COMPARISON
from framing.corpus.columns import DATE, KNOWN, REQUIRED
from framing.corpus.copies import COPIES
from framing.views.citing import works, write_bibtex, write_reference
from framing.views.methods import Measure, measure_of, measures

ROOT = Path(__file__).parents[1]
SCHEMAS: dict[str, tables.Schema] = {
    "corpus": {name: str(DATE) if name == "date" else "string" for name in KNOWN},
    "sentences": tables.SENTENCES,
    "attributions": tables.ATTRIBUTIONS,
    "hedges": tables.HEDGES,
    "sentiment": tables.SENTIMENT,
    "lexicon_counts": tables.LEXICON_COUNTS,
    "frames": tables.FRAMES,
    "copies": COPIES,
    "comparison": COMPARISON,
}
# A text that shows what a measure finds, the function that finds it, and the columns that show it.
EXAMPLES = {
    "attribution": (
        ["“We will not pay,” said Ann Lee, the mayor.", "Critics feared delays.", "A report showed rising costs."],
        "find_attributions",
        ["type", "source", "source_type", "cue", "cue_type", "content"],
    ),
    "hedging": (
        ["The bridge may close in May.", "About 300 people reportedly left.", "“It will clearly fail,” she said."],
        "find_hedges",
        ["hedge", "category", "voice", "rule"],
    ),
    "sentiment": (
        ["“This is a terrible plan,” she said of the wonderful city.", "It rained."],
        "score_sentiment",
        ["voice", "n_words", "n_positive", "n_negative", "score", "terms"],
    ),
}
CITED_FOR = {
    "software": "always, with the version that made your figures",
    "parse": "always: spaCy parses the sentences",
    "attribution": "attributions, and whatever is split by voice",
    "hedging": "hedges and boosters",
    "sentiment": "tone",
    "official": "shares of officials among sources",
    "fdr": 'q values of `adjust="fdr"`, the default',
    "holm": 'q values of `adjust="holm"`',
}


def fragments() -> dict[str, str]:
    """Write every fragment under the name by which a page includes it."""
    return {
        "measures.md": "\n".join(map(_measure, measures().values())),
        "metrics.md": _metrics(),
        "counts.md": _counts(),
        "tables.md": "\n".join(map(_columns, SCHEMAS)),
        "lexicons.md": _lexicons(),
        "cite_framing.md": _cite_framing(),
        "cite_works.md": _cite_works(),
        "bibtex.md": block(write_bibtex(works(), version=_citation()["version"]), "bibtex"),
    }


def _measure(measure: Measure) -> str:
    rows = [[plain(line["what"]), line["figure"], line["value"], plain(line["corpus"])] for line in measure.accuracy]
    return "\n".join(
        [
            f"## {measure.title}\n\n{plain(measure.counts)}\n",
            _example(measure.name),
            f"### How accurate: {measure.name}\n\n{table(['what', 'figure', 'value', 'measured on'], rows)}",
            f"### Limits: {measure.name}\n\n{plain(measure.limits)}\n",
            f"A difference between outlets would fall if {plain(measure.overturned)}.\n",
        ]
    )


def _example(name: str) -> str:
    if name not in EXAMPLES:
        return ""
    sentences, function, columns = EXAMPLES[name]
    corpus = pd.DataFrame({"article_id": ["1"], "outlet": ["Herald"], "text": [" ".join(sentences)]})
    found = getattr(framing, function)(corpus)[columns]
    found = found.assign(**{name: found[name].round(2) for name in found.select_dtypes("float").columns})
    text = "".join(f'\n    "{sentence} "' for sentence in sentences)
    program = (
        f"import pandas as pd\n\nimport framing\n\ntext = ({text}\n)\n"
        'corpus = pd.DataFrame({"article_id": ["1"], "outlet": ["Herald"], "text": [text]})\n'
        f"framing.{function}(corpus)"
    )
    return f"{block(program, 'python')}\n{frame_table(found)}"


def _metrics() -> str:
    """The metrics of each measure, then the differences between voices."""
    parts = []
    for measure in measures().values():
        made = metric_table()
        made = made[[measure_of(str(metric)) == measure for metric in made.index]]
        rows = [
            [_metric_name(metric, row), plain(row["label"]), *map(code, row[["numerator", "denominator"]]), row["unit"]]
            for metric, row in made.iterrows()
        ]
        head = ["metric", "what", "numerator", "denominator", "unit"]
        parts.append(f"## {measure.title}\n\n{table(head, rows)}")
    differences = [
        [code(str(metric)), plain(row["label"]), code(row["first"]), code(row["second"]), plain(row["unit"])]
        for metric, row in difference_table().iterrows()
    ]
    head = ["metric", "what", "first", "less", "unit"]
    return "\n".join([*parts, f"## The outlet's own words less its sources'\n\n{table(head, differences)}"])


def _metric_name(metric: Hashable, row: pd.Series) -> str:
    """Write the name, in bold when it is one of those that are compared by default."""
    return f"**{code(str(metric))}**" if row["family"] == "core" else code(str(metric))


def _counts() -> str:
    rows = [
        [code(str(count)), plain(str(row["about"])), code(str(row["table"])), code(str(row["where"]))]
        for count, row in count_table().iterrows()
    ]
    return table(["count", "what it counts", "table", "where"], rows)


def columns() -> pd.DataFrame:
    """Read what every column means."""
    return pd.read_csv(Path(__file__).with_name("columns.csv"), dtype=str, keep_default_na=False)


def _columns(name: str) -> str:
    meanings = columns().query("table == @name")
    rows = [[code(column), SCHEMAS[name][column], meaning] for _, column, meaning in meanings.itertuples(index=False)]
    needed = f"Required are {', '.join(map(code, REQUIRED))}.\n\n" if name == "corpus" else ""
    return f"## {name}\n\n{needed}{table(['column', 'type', 'meaning'], rows)}"


def lexicon_metadata() -> Iterator[dict[str, Any]]:
    """Read what is recorded of each word list of the package."""
    for folder in ("lexicons", "corpus"):
        for path in sorted((ROOT / "framing" / folder).glob("*.toml")):
            yield {"name": path.stem, **tomllib.loads(path.read_text(encoding="utf8"))}


def _lexicons() -> str:
    about = list(lexicon_metadata())
    rows = [
        [
            _lexicon_link(row["name"]),
            *(plain(row[part]) for part in ("title", "version", "licence")),
            f"{row['n_entries']:,}",
        ]
        for row in about
    ]
    return "\n".join([table(["name", "title", "version", "licence", "entries"], rows), *map(_lexicon, about)])


def _lexicon_link(name: str) -> str:
    return f"[{code(name)}](#{name.replace('_', '-')})"


def _lexicon(about: dict[str, Any]) -> str:
    doi = f" [doi:{about['doi']}](https://doi.org/{about['doi']})" if about["doi"] else ""
    return (
        f"## {about['name'].replace('_', chr(92) + '_')}\n\n{plain(about['title'])}, version {about['version']}.\n\n"
        f"- **Reference:** {plain(about['reference'])}{doi}\n- **Licence:** {plain(about['licence'])}\n"
        f"- **How it was made:** {plain(about['changes'])}\n- **Scale:** {plain(about['scale'])}\n"
    )


def _citation() -> dict[str, Any]:
    citation: dict[str, Any] = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf8"))
    return citation


def own_reference() -> str:
    """Write the project's line of a list of references out of CITATION.cff."""
    citation = _citation()
    names = [a["name"] if "name" in a else f"{a['family-names']}, {a['given-names']}" for a in citation["authors"]]
    year = f" ({str(citation['date-released'])[:4]})" if "date-released" in citation else ""
    doi = f" https://doi.org/{citation['doi']}" if "doi" in citation else ""
    return f"{', '.join(names)}{year}. {citation['title']} (version {citation['version']}) [Computer software].{doi}"


def _cite_framing() -> str:
    return f"> {plain(own_reference())}\n\n{block(write_bibtex(['framing'], version=_citation()['version']), 'bibtex')}"


def _cite_works() -> str:
    rows = [
        [
            "; ".join(CITED_FOR[purpose] for purpose in work["cited_for"].split(";")),
            plain(write_reference(key, version=_citation()["version"])),
            code(key),
        ]
        for key, work in works().items()
        if key != "framing"
    ]
    return table(["you used", "cite", "key"], rows)
