"""A finding as the report shows it: sentence, picture, how far it can be relied on, and the sentences behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from framing.views.evidence import Evidence, EvidenceFinder, Excerpt
from framing.views.findings import Finding, Robustness, robustness_of, select_findings, steadiness_of
from framing.views.glossary import Term, terms_in, with_links
from framing.views.plots import Panel, alt_text, unit_in_words
from framing.views.svg import panel_svg
from framing.views.wording import wording_of

EXCERPTS_PER_OUTLET = 3


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with its picture and its evidence.

    `words` are those to be explained beside it, `unit` is that of its differences.
    """

    number: int
    finding: Finding
    claim: Markup
    numbers: Markup
    words: Sequence[Term]
    picture: Markup
    steadiness: str
    robustness: Robustness | None
    moved: Markup
    unit: str
    evidence: Evidence | None


def shown_findings(
    comparison: pd.DataFrame, articles: pd.DataFrame, finder: EvidenceFinder, n: int
) -> list[ShownFinding]:
    """Prepare at most `n` findings for the page; a term is explained beside the first finding that uses it."""
    shown, linked, explained = [], set[str](), set[Term]()
    for number, finding in enumerate(select_findings(comparison, n), start=1):
        row = finding.row
        panel = Panel(wording_of(str(row["metric"])), [dict(row)])
        picture = panel_svg(panel, name=f"finding-plot-{number}", alt=alt_text(pd.DataFrame([row])))
        claim, colon, numbers = finding.sentence.rpartition(": ")
        words = [term for term in terms_in(finding.sentence, ("measure",)) if term not in explained]
        explained.update(words)
        robustness = robustness_of(articles, row)
        shown.append(
            ShownFinding(
                number,
                finding,
                with_links(claim + colon, linked, ("statistics",)),
                with_links(numbers, linked, ("statistics",)),
                words,
                Markup(picture),
                steadiness_of(articles, row),
                robustness,
                with_links("" if robustness is None else robustness.moved, linked, ("statistics",)),
                unit_in_words(wording_of(str(row["metric"]))),
                finder.find(row, n_per_outlet=EXCERPTS_PER_OUTLET),
            )
        )
    return shown


def unchecked_in_all(findings: Sequence[ShownFinding]) -> str:
    """Say once what could not be checked, when it is the same for all findings."""
    said = {shown.robustness.unchecked for shown in findings if shown.robustness is not None}
    return said.pop() if len(said) == 1 else ""


def ways_asked(findings: Sequence[ShownFinding]) -> str:
    """Say once which other ways the findings were asked in."""
    kinds = (shown.robustness.kinds.split("; ") for shown in findings if shown.robustness is not None)
    return "; ".join(kind for kind in dict.fromkeys(one for each in kinds for one in each) if kind)


def cited_places(findings: Iterable[ShownFinding]) -> dict[str, list[Excerpt]]:
    """List the sampled sentences by the article that they are from."""
    found = (f.evidence for f in findings if f.evidence is not None)
    cited: dict[str, list[Excerpt]] = {}
    for excerpt in (e for evidence in found for sample in evidence.samples for e in sample.excerpts):
        cited.setdefault(excerpt.article_id, []).append(excerpt)
    return cited
