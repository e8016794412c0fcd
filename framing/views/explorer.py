"""The explorer: choose outlets, events, metric and voice; click an article's point and read the sentences behind it."""

from typing import TYPE_CHECKING

import pandas as pd

from framing.errors import InputError
from framing.views.inputs import AnalysisTables

if TYPE_CHECKING:
    from framing.views.explorer_panel import Explorer


def explore(analysis: AnalysisTables, corpus: pd.DataFrame, *, metric: str | None = None) -> "Explorer":
    """Explore an analysis in a notebook: every point is an article, and a click on it lists the sentences behind it.

    Choose outlets, events, a metric and whose words are counted; the plot changes. Each outlet has a row with its
    articles along the metric's scale and a line at its mean, each event counting once. The point that is clicked, or
    reached with Tab and the arrow keys and chosen with Enter, is joined with the other outlets' articles about the
    same event, and below the plot stand the places that its number counts.

    Parameters
    ----------
    analysis : Analysis
        What `analyze` gave.
    corpus : pandas.DataFrame
        The corpus that was analysed, with its texts.
    metric : str, optional
        The metric shown first, such as ``"sentiment_outlet"``; without it hedges in the outlet's own words.

    Returns
    -------
    Explorer
        Shown by JupyterLab and by VS Code's notebooks as long as the kernel runs. From Python, `select(article_id)`
        does what a click does; `metric`, `voice`, `outlets` and `events` are the controls, each with a `value`.

    Raises
    ------
    InputError
        If the corpus isn't the one that was analysed, there is no such metric or nothing to show, or the widgets
        (extra ``notebooks``) aren't installed.

    Notes
    -----
    The explorer shows no interval and no q on purpose. Whoever chooses outlets, events and metrics until something
    shows will always find something: take what you see as a question, and ask it of other articles with
    `compare_outlets`.

    Examples
    --------
    >>> from framing import analyze, explore, load_example
    >>> corpus = load_example().head(10)
    >>> explorer = explore(analyze(corpus), corpus)
    >>> explorer.voice.value
    'outlet'
    >>> explorer.select("e02-radio")
    >>> "sentences behind it" in explorer.evidence.value
    True
    """
    try:
        from framing.views.explorer_panel import Explorer
    except ImportError as error:
        raise InputError(
            f"the explorer needs widgets that aren't installed ({error.name}). Install them: "
            "pip install 'framing[notebooks]', then restart the kernel."
        ) from error
    return Explorer(analysis, corpus, metric)
