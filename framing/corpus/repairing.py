"""Characters repaired: mojibake, line ends, and what can't be seen."""

import re
import unicodedata
from typing import NamedTuple

import ftfy
from ftfy.badness import is_bad

# Only what is surely broken: no curly quote is straightened, no ligature or width changed, nothing normalised, since
# quotation marks carry the analysis and offsets refer to the text as the outlet printed it.
_FTFY = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_encoding=True,
    restore_byte_a0=True,
    replace_lossy_sequences=True,
    decode_inconsistent_utf8=True,
    fix_c1_controls=True,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE_SET = (
    "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u00ad\\u034f\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff"
    "\\ufff9-\\ufffb\\U000e0000-\\U000e007f"
)
_ANY_INVISIBLE = re.compile(f"[{_INVISIBLE_SET}]")
# A flag's tag characters and a joiner between two emoji or two letters of a joining script (Persian, Hindi) are part of
# what is seen.
_NOT_LATIN = "[^\\x00-\\u024f\\u2000-\\u206f]"
_INVISIBLE = re.compile(
    "(?P<keep>\U0001f3f4[\\U000e0020-\\U000e007f]+|"
    f"(?<={_NOT_LATIN})[\\u200c\\u200d](?={_NOT_LATIN}))|[{_INVISIBLE_SET}]"
)
# Most lines of news have no other characters than these, and no mojibake has only these: what follows would be slow.
_SOUND = re.compile("[\x00-\x7f“”‘’–—…•\xa0]*")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Repaired(NamedTuple):
    """A repaired text and what was done: (rule, note) pairs. Line ends and kinds of spaces are not worth a note."""

    text: str
    repairs: list[tuple[str, str]]


def repair_text(text: str) -> Repaired:
    r"""Repair the characters of a text; no visible character is lost.

    Mojibake is undone where it is certain, line ends become ``\n``, every kind of space and tab becomes a space,
    invisible and control characters go, and blanks at the ends of lines too.

    Examples
    --------
    >>> repair_text("The cafÃ© wonâ€™t open,\r\nshe\u200b said.").text
    'The café won’t open,\nshe said.'
    """
    repairs = []
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        repairs.append(("half_characters", "joined, or replaced by U+FFFD"))
    text, mended = _mend_mojibake(text)
    repairs += mended
    text, removed = _without_invisible(_SPACES.sub(" ", _LINE_ENDS.sub("\n", text)))
    if removed:
        repairs.append(("invisible_characters", f"{removed} removed"))
    return Repaired("\n".join(line.strip(" ") for line in text.split("\n")).strip(), repairs)


def _mend_mojibake(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Undo mojibake and entities line by line, since one pasted line may be broken in an otherwise sound text."""
    lines = text.split("\n")
    unescaped = [ftfy.fixes.unescape_html(line) if "&" in line and "<" not in line else line for line in lines]
    mended = [line if _SOUND.fullmatch(line) else _mend_line(line) for line in unescaped]
    counts = {"html_entities": _n_different(lines, unescaped), "mojibake": _n_different(unescaped, mended)}
    return "\n".join(mended), [(rule, f"in {n} lines" if n > 1 else "in 1 line") for rule, n in counts.items() if n]


def _mend_line(line: str) -> str:
    # "FranÃ§ois" whose Ã some program split into A and a combining tilde is no mojibake to ftfy until it is joined.
    composed = unicodedata.normalize("NFC", line)
    return ftfy.fix_text(composed if composed != line and is_bad(composed) else line, _FTFY)


def _n_different(before: list[str], after: list[str]) -> int:
    return sum(old != new for old, new in zip(before, after, strict=True))


def _without_invisible(text: str) -> tuple[str, int]:
    if not _ANY_INVISIBLE.search(text):  # the usual case, and the plain set is ten times faster than the exceptions
        return text, 0
    kept = _INVISIBLE.sub(lambda match: match["keep"] or "", text)
    return kept, len(text) - len(kept)
