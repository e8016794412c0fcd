"""Templates and styles of the package, and the one way to fill them in: everything is escaped."""

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

FOLDER = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER, encoding="utf8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["asset"] = asset
    return environment


def render(template: str, **values: Any) -> str:
    """Fill in a template; text is escaped, and a value that the template misses is an error."""
    return _environment().get_template(template).render(**values)


def asset(name: str) -> Markup:
    """Read a style or script of the package, to stand inside the page."""
    return Markup((FOLDER / name).read_text(encoding="utf8"))


def web_address(address: str) -> str:
    """Give the address when it may become a link, else an empty string: other schemes can run code.

    Examples
    --------
    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return address.strip() if parts.scheme in ("http", "https") and parts.netloc else ""
