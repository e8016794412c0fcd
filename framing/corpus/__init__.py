"""Articles in: readers for each format, cleaning, the bundled example and public datasets."""

from framing.corpus.changes import list_changes
from framing.corpus.checking import check_corpus
from framing.corpus.cleaning import clean_text, restore_text
from framing.corpus.copies import MARKS, add_copies, copies_summary, find_copies
from framing.corpus.datasets import load_basil
from framing.corpus.describing import describe_corpus
from framing.corpus.event_page import read_events, write_events
from framing.corpus.events import describe_events, match_events
from framing.corpus.example import load_example
from framing.corpus.example_gold import load_example_gold
from framing.corpus.languages import find_languages
from framing.corpus.reading import read_corpus, read_corpus_with_account

__all__ = [
    "MARKS",
    "add_copies",
    "check_corpus",
    "clean_text",
    "copies_summary",
    "describe_corpus",
    "describe_events",
    "find_copies",
    "find_languages",
    "list_changes",
    "load_basil",
    "load_example",
    "load_example_gold",
    "match_events",
    "read_corpus",
    "read_corpus_with_account",
    "read_events",
    "restore_text",
    "write_events",
]
