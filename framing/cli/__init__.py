"""The command line: a thin layer over the same functions."""

from framing.cli.commands import app, main

__all__ = ["app", "main"]
