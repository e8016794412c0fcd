"""Coding by hand in a notebook: one sentence at a time, by keyboard, saved with every key."""

from pathlib import Path
from typing import TYPE_CHECKING

from framing.errors import InputError
from framing.validity.coding_place import place_of_coding
from framing.validity.sampling import CodingSample

if TYPE_CHECKING:
    from framing.views.coding_widget import CodingWidget


def code_sentences(
    sample: CodingSample | str | Path, *, coder: str, folder: str | Path | None = None
) -> "CodingWidget":
    """Code the sentences of a sample in a notebook, one at a time, by keyboard.

    The sentence stands between its neighbours, with the codebook folded beside it. Digits say how many there are, the
    keys −, 0 and + say the tone; the next sentence comes by itself. The arrow keys go back and on, x marks what can't
    be coded, the backspace key empties what was entered. Every coding is saved at once, and who comes back goes on at
    the first sentence that isn't coded.

    Parameters
    ----------
    sample : CodingSample, str or Path
        What `sample_for_coding` gave, or the folder that `write_coding_sample` wrote (the key isn't needed for coding).
    coder : str
        Name or initials of who codes: letters, digits, blanks, - and _.
    folder : str or Path, optional
        Where codings are saved, as ``sheet_CODER.csv``; sample and key are written there too if they aren't yet. May be
        left out when `sample` is a folder.

    Returns
    -------
    CodingWidget
        Shown by JupyterLab and by VS Code's notebooks as long as the kernel runs. `n_coded` says how many sentences are
        coded. Afterwards `read_codings` reads the sheets of all coders.

    Raises
    ------
    InputError
        If the folder holds another sample, the coder's sheet is a workbook or another sample's, the name can't be a
        file's, or the widgets (extra ``notebooks``) aren't installed.

    Notes
    -----
    More than nine of a kind in one sentence are written into the sheet by hand. A sentence counts as coded when all its
    lines are filled, or when it is marked as not codable.

    Examples
    --------
    >>> import tempfile
    >>> from framing import analyze, code_sentences, load_example, read_codings, sample_for_coding
    >>> corpus = load_example()
    >>> sample = sample_for_coding(analyze(corpus), corpus, n=20)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     widget = code_sentences(sample, coder="Ada", folder=folder)
    ...     widget.record("u01", {"hedges_per_1000_words_outlet": "2"})
    ...     codings = read_codings(folder)
    >>> widget
    Ada has coded 1 of 20 sentences (sheet_Ada.csv)
    >>> codings["value"].tolist()
    [2.0]
    """
    try:
        from framing.views.coding_widget import CodingWidget
    except ImportError as error:
        raise InputError(
            f"coding in a notebook needs widgets that aren't installed ({error.name}). Install them: "
            "pip install 'framing[notebooks]', then restart the kernel. Or fill in the sheet that write_coding_sample "
            "writes."
        ) from error
    chosen, path = place_of_coding(sample, coder, folder)
    return CodingWidget(chosen, path, coder)
