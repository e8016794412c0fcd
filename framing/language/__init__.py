"""The text made analysable: the model, sentences, quotation marks, and one parse shared by every measure."""

from framing.language.model import Model, load_model
from framing.language.parse import Parse
from framing.language.parsing import parse_text, parse_texts
from framing.language.quotation import Quotation, find_quotations

__all__ = ["Model", "Parse", "Quotation", "find_quotations", "load_model", "parse_text", "parse_texts"]
