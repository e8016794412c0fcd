"""Where a coder's work in a notebook lies: the folder of the sample and the coder's own sheet in it."""

from pathlib import Path

from framing.errors import InputError
from framing.validity.coding_files import read_coding_sample, sample_name, write_coding_sample, written_name
from framing.validity.coding_sheets import coders_sheets, read_sheet, same_coder, sheet_path
from framing.validity.sampling import CodingSample


def place_of_coding(
    sample: CodingSample | str | Path, coder: str, folder: str | Path | None = None
) -> tuple[CodingSample, Path]:
    """Find or make the folder of a sample, and the sheet in it that belongs to a coder.

    Parameters
    ----------
    sample : CodingSample, str or Path
        The sample, or the folder that `write_coding_sample` wrote it into.
    coder : str
        Who codes.
    folder : str or Path, optional
        Where to save; without it the folder that was given as `sample`.

    Returns
    -------
    tuple of CodingSample and Path
        The sample, and the coder's sheet, which need not be there yet.

    Raises
    ------
    InputError
        If no folder is given, it holds another sample, or the coder's sheet is another sample's or a workbook.
    """
    if not isinstance(sample, CodingSample):
        folder = sample if folder is None else folder
        sample = read_coding_sample(sample)
    if folder is None:
        raise InputError("folder is missing. Name where the codings are to be saved, for example folder='coding'.")
    path, folder = sheet_path(folder, coder), Path(folder)
    if not sample.key.empty:
        if written_name(folder) not in (None, sample_name(sample)):
            raise InputError(
                f"{folder} holds another sample. Go on with that one, read_coding_sample({str(folder)!r}), or name "
                "another folder."
            )
        write_coding_sample(sample, folder)
    for name, sheet in coders_sheets(folder).items():
        if same_coder(name, coder):
            if sheet.suffix.lower() != ".csv":
                raise InputError(
                    f"{coder} codes in the workbook {sheet.name}. Go on there, or save it as {path.name} and take the "
                    "workbook away."
                )
            path = sheet
    if path.exists():
        read_sheet(path, sample)
    return sample, path
