"""The command line as a user calls it, without a process of its own."""

import sys

import pytest

from framing import cli


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Call `framing` with these arguments; give its exit code, its output and its errors."""
    before = sys.argv
    sys.argv = ["framing", *map(str, arguments)]
    try:
        cli.main()
        code = 0
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
    finally:
        sys.argv = before
    printed = capsys.readouterr()
    return code or 0, printed.out, printed.err
