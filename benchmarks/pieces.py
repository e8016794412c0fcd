"""Analysis in pieces: killed again and again, in flat memory, in time that grows with the articles, on two cores.

usage: python benchmarks/pieces.py kill [ARTICLES]        killed ten times and gone on with: same bytes, nothing twice
       python benchmarks/pieces.py memory [SIZE …]        resident memory of each process; without: 5000 20000
       python benchmarks/pieces.py size [SIZE …]          processor time and its exponent; without: 500 2000 8000
       python benchmarks/pieces.py workers [ARTICLES]     wall time of one process and of two, three times by turns
options: --words N      words an article; without: 100
         --basil DIR    texts from BASIL's folder, whole; without: the bundled invented articles, cut and joined anew

One word in a hundred is one that no other article has, as names and slips of the pen are in real corpora.
"""

import argparse
import math
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow
import pyarrow.parquet

import framing

KILLS = 10
START = 6  # seconds until the first piece may be finished
NEW_WORDS = 0.01
SYLLABLES = ("ba", "ke", "lo", "mi", "nu", "ra", "se", "to", "vi", "zan")
PIECE = 100


def texts(options: argparse.Namespace) -> Iterator[str]:
    """Articles without end, no two of them alike."""
    dice = random.Random(7)
    if options.basil:
        given = framing.datasets.load_basil(options.basil)["text"].tolist()
    else:
        given = framing.load_example()["text"].tolist()
    sentences = [sentence for text in given for sentence in text.replace("\n", " ").split(". ") if sentence]
    while True:
        if options.basil:
            words = dice.choice(given).split(" ")
        else:
            words = []
            while len(words) < options.words:
                words += f"{dice.choice(sentences).rstrip('.')}.".split(" ")
        for place in range(len(words)):
            if dice.random() < NEW_WORDS:
                words[place] = "".join(dice.choices(SYLLABLES, k=5)).capitalize()
        yield " ".join(words)


def write_corpus(path: Path, n_articles: int, options: argparse.Namespace) -> None:
    """Write articles a thousand at a time, so that the making needs no memory either."""
    made = texts(options)
    schema = pyarrow.schema([(name, pyarrow.string()) for name in ("article_id", "outlet", "text")])
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        for start in range(0, n_articles, 1000):
            numbers = range(start, min(start + 1000, n_articles))
            rows = [
                {"article_id": f"a{n}", "outlet": ("Herald", "Courier", "Post")[n % 3], "text": next(made)}
                for n in numbers
            ]
            writer.write_table(pyarrow.Table.from_pylist(rows, schema))


def begin(source: Path, out: Path, *, workers: int, piece: int = PIECE) -> subprocess.Popen[bytes]:
    """Begin a run in a process of its own."""
    command = [sys.executable, "-c", "from framing.cli import main; main()", "analyze", str(source), "--out", str(out)]
    command += ["--pieces", str(piece), "--workers", str(workers)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True)


def finish(process: subprocess.Popen[bytes]) -> float:
    """Wait for a run and give its processor time with that of its processes."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"a run ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


def content(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def written(out: Path) -> dict[str, tuple[int, int]]:
    """Which file each finished piece's mark is, so that one that is written again is known."""
    found = {}
    for path in (out / "pieces").glob("*.json"):
        status = path.stat()
        found[path.name] = (status.st_ino, status.st_mtime_ns)
    return found


def kill(folder: Path, options: argparse.Namespace) -> bool:
    """Kill a run at random moments, go on, and compare with one that nobody stopped."""
    n_articles = int(options.sizes[0]) if options.sizes else 1500
    source, out = folder / "corpus.parquet", folder / "killed"
    write_corpus(source, n_articles, options)
    start = time.monotonic()
    finish(begin(source, folder / "unbroken", workers=1, piece=10))
    span = (time.monotonic() - start) / 2
    dice = random.Random()
    twice, seen, n_kills = 0, dict[str, tuple[int, int]](), 0
    while n_kills < KILLS:
        process = begin(source, out, workers=2, piece=10)
        deadline = time.monotonic() + dice.random() * (START + 2 * span / KILLS)
        while time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.01)
        if process.poll() is not None:
            print("finished before it was killed often enough: ask for more articles")
            return False
        whom = dice.choice(("the run", "one worker", "all"))
        workers = children(process.pid)
        if whom == "one worker" and workers:
            os.kill(dice.choice(workers), signal.SIGKILL)
            time.sleep(1)
            os.killpg(process.pid, signal.SIGKILL)
        elif whom == "all":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
        time.sleep(0.5)
        n_kills += 1
        now = written(out)
        twice += sum(now.get(name) != place for name, place in seen.items())
        seen = now
        print(f"kill {n_kills:2} ({whom}): {len(now)} of {-(-n_articles // 10)} pieces finished", flush=True)
    finish(begin(source, out, workers=2, piece=10))
    now = written(out)
    twice += sum(now.get(name) != place for name, place in seen.items())
    same = content(folder / "unbroken") == content(out)
    print(f"{KILLS} kills: {'the same bytes' if same else 'OTHER BYTES'}, finished pieces done twice: {twice}")
    return same and not twice


def children(parent: int) -> list[int]:
    """Processes that a process started and that read articles."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            above = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            if above == parent and b"spawn_main" in (path / "cmdline").read_bytes():
                found.append(int(path.name))
        except (OSError, ValueError):
            continue
    return found


def resident(process: int) -> float:
    """Resident memory of a process in MB; 0 once it has ended."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        return 0.0


def memory(folder: Path, options: argparse.Namespace) -> bool:
    """Resident memory of the run and of its workers over its last fifth, and the most that there ever was."""
    sizes = [int(size) for size in options.sizes] or [5000, 20000]
    at_the_end = []
    for size in sizes:
        source = folder / f"{size}.parquet"
        write_corpus(source, size, options)
        process = begin(source, folder / f"out{size}", workers=2)
        of_workers, of_run = [0.0], [0.0]
        while process.poll() is None:
            of_workers.append(max(map(resident, children(process.pid)), default=0.0))
            of_run.append(resident(process.pid))
            time.sleep(0.5)
        last = [value for value in of_workers[-max(3, len(of_workers) // 5) :] if value]
        at_the_end.append(statistics.median(last))
        print(
            f"{size:>8,} articles: worker {at_the_end[-1]:.0f} MB at the end (most {max(of_workers):.0f}), "
            f"run itself most {max(of_run):.0f}; ratio to the first {at_the_end[-1] / at_the_end[0]:.3f}",
            flush=True,
        )
    return at_the_end[-1] / at_the_end[0] <= 1.1


def size(folder: Path, options: argparse.Namespace) -> bool:
    """Processor time by number of articles."""
    sizes = [int(each) for each in options.sizes] or [500, 2000, 8000]
    seconds = []
    for each in sizes:
        source = folder / f"{each}.parquet"
        write_corpus(source, each, options)
        seconds.append(finish(begin(source, folder / f"out{each}", workers=1)))
        print(
            f"{each:>8,} articles: {seconds[-1]:7.1f} CPU s, {1000 * seconds[-1] / each:.2f} ms an article", flush=True
        )
    exponent = math.log(seconds[-1] / seconds[0]) / math.log(sizes[-1] / sizes[0])
    later = math.log(seconds[-1] / seconds[-2]) / math.log(sizes[-1] / sizes[-2])
    print(f"exponent {exponent:.3f} from first to last, {later:.3f} between the last two")
    return later <= 1.02


def workers(folder: Path, options: argparse.Namespace) -> bool:
    """Wall time of one process and of two, by turns, start and model included."""
    n_articles = int(options.sizes[0]) if options.sizes else 1000
    source = folder / "corpus.parquet"
    write_corpus(source, n_articles, options)
    took: dict[int, list[float]] = {1: [], 2: []}
    for turn in range(3):
        for n in (1, 2):
            start = time.monotonic()
            used = finish(begin(source, folder / f"out{turn}-{n}", workers=n, piece=25))
            took[n].append(time.monotonic() - start)
            print(f"{n} workers: {took[n][-1]:6.1f} s wall, {used:6.1f} CPU s", flush=True)
    ratio = min(took[1]) / min(took[2])
    print(f"two workers are {ratio:.2f} times as fast as one")
    return ratio >= 1.75


def main() -> None:
    """Run what was asked for; the exit code says whether it holds."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("what", choices=("kill", "memory", "size", "workers"))
    parser.add_argument("sizes", nargs="*")
    parser.add_argument("--words", type=int, default=100)
    parser.add_argument("--basil", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        holds = {"kill": kill, "memory": memory, "size": size, "workers": workers}[options.what](Path(folder), options)
    sys.exit(not holds)


if __name__ == "__main__":
    main()
