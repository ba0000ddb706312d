"""The command line: arguments in, files and exit codes out. Only this module prints and exits.

Exit codes: 0 done, 1 our bug, 2 usage, 3 warnings under --strict, 4 input refused, 5 output could not be written, 130 interrupted.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from converters import conversion, registry
from converters.arguments import USAGE, WITH_RENDITIONS, Run, language_of, parse_arguments
from converters.conversion import Sources
from converters.conversion.files import is_folder
from converters.diagnostics import ConversionError, Diagnostic, Severity, Sink, refuse
from converters.document import Document
from converters.registry import Edition

if TYPE_CHECKING:
    from converters.explain import Account

DONE, OUR_BUG, WARNED, REFUSED, NOT_WRITTEN, INTERRUPTED = 0, 1, 3, 4, 5, 130
"""The formats that show a speaker's label as the theme says; the others always show it as the text has it."""

_EXIT_CODES = {
    "unknown-format": USAGE,
    "unknown-style": USAGE,
    "date-invalid": USAGE,
    "epoch-invalid": USAGE,
    "only-nothing": USAGE,
    "binary-to-terminal": USAGE,
    "output-many": USAGE,
    "explain-needs-file": USAGE,
    "explain-one-source": USAGE,
    "explain-no-number": USAGE,
    "explain-no-suggestion": USAGE,
    "explain-not-unique": USAGE,
    "output-not-written": NOT_WRITTEN,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. Gives the exit code; never a traceback for an editor."""
    _speak_anywhere()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's thread pool costs more to start than a book's sums
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    language = language_of(arguments)
    try:
        code = _answered(arguments, language)
        sys.stdout.flush()  # what cannot be written is found here, not when Python ends
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # an editor gets a sentence, an engineer the traceback
        return _own_up(error, language)


def _answered(arguments: list[str], language: str) -> int:
    """Run one command; what it refused is said, with what it found before."""
    sink = Sink()
    try:
        return _run(parse_arguments(arguments, language), language, sink)
    except ConversionError as error:
        _show([*sink, *error.diagnostics], language, quiet="--quiet" in arguments)
        return _EXIT_CODES.get(error.diagnostics[0].code, REFUSED)


def _own_up(error: Exception, language: str) -> int:
    if os.environ.get("KANKE_DEBUG"):
        raise error
    _say(
        language,
        f"刊刻内部出错，这不是您的问题：{type(error).__name__}: {error}（设 KANKE_DEBUG=1 再运行可看到细节）",
        f"kanke made a mistake, and it is not yours: {type(error).__name__}: {error} (run again with KANKE_DEBUG=1 for the details)",
    )
    return OUR_BUG


# --------------------------------------------------------------------------------------------------------------- commands


def _run(run: Run, language: str, sink: Sink) -> int:
    match run.command:
        case "formats":
            return _list_formats(language)
        case "styles":
            return _make_samples(run, language, sink) if run.output else _list_styles(language)
        case "init":
            return _init(run, language, sink)
        case "explain":
            return _explain(run, language, sink)
        case _:
            return _convert(run, language, sink)


class _Made(NamedTuple):
    """An edition, what it is an edition of, its suffix, and what was asked about it: how its pages came about, what it shows shortened."""

    document: Document
    suffix: str
    edition: Edition
    answers: tuple[Diagnostic, ...] = ()


def _convert(run: Run, language: str, sink: Sink) -> int:
    """Make the editions. Nothing is written where `--strict` finds a warning."""
    names = ["pdf", "docx", "epub", "md", "html", "json"] if run.command == "all" else [run.command]
    several = len(names) > 1 or run.each
    _refuse_impossible(run, names, several)
    made = _make(run, names, language, sink)
    places = [] if _to_stdout(run) else _places(run, made, several, sink)
    _show(sink.diagnostics, language, run.quiet)
    if run.strict and sink.worst() in (Severity.WARNING, Severity.ERROR):
        return WARNED
    for one, path in zip(made, places, strict=False):
        conversion.store(one.edition, path)
        if not run.quiet:
            _say(language, f"已写出 {path}", f"wrote {path}")
    if not places:
        _print(made[0].edition)
    for found in (found for one in made for found in one.answers):
        place = f"{found.span}: " if found.span else ""
        print(place + found.message(language), file=sys.stdout if places else sys.stderr)
    return DONE


def _make(run: Run, names: list[str], language: str, sink: Sink) -> list[_Made]:
    """Every edition asked for, in memory: a run that fails half-way leaves nothing behind."""
    writers = {name: registry.writer(name) for name in names}
    made = []
    with _progress(language) as step:
        document, sources = _document(run, sink, step)
        numbered = "docx" in names and (sources.collected or run.options.page_numbers)
        for one in _editions(document, run):
            one, context = conversion.make_context(one, sources, replace(run.options, language=language), sink)
            context = conversion.numbered(one, context, sink) if numbered else context
            if WITH_RENDITIONS.intersection(names):
                conversion.declare_labels(one, context, sink)
            with sink.told_from(sources.folder):
                for name, writer in writers.items():
                    asked = conversion.layout_report(one, context) if run.layout_report else ()
                    listed = conversion.renditions_report(one, context) if run.list_renditions else ()
                    answers = tuple(map(sink.placed, (*asked, *listed)))
                    made.append(_Made(one, writer.suffix, conversion.write(one, name, context, sink), answers))
                    step()
    return made


def _editions(document: Document, run: Run) -> Iterator[Document]:
    """What to make an edition of: the book, or each of its articles."""
    if not run.each:
        yield document
        return
    from converters.editing.arrange import each

    yield from each(document)


def _document(run: Run, sink: Sink, step: Callable[[], None]) -> tuple[Document, Sources]:
    if run.sources == ("-",):
        if sys.stdin is None:
            raise refuse("source-not-found")
        sources = Sources((Path("stdin"),), Path())
        readings = [conversion.Reading(conversion.document_from(sys.stdin.buffer.read(), "stdin", run.options, sink))]
    else:
        sources = conversion.locate(run.sources, Path())
        if sources.demo:
            sink.report("packaged-demo")
        readings = list(conversion.read_documents(sources, run.options, sink, step))
    return conversion.compose(readings, sources, run.options, sink), sources


def _places(run: Run, made: list[_Made], several: bool, sink: Sink) -> list[Path]:
    """Where each edition goes; one whose name another has taken gets a number."""
    places: list[Path] = []
    for one in made:
        first = path = conversion.edition_path(run.output, one.document, one.suffix, several)
        number = 1
        while path in places:
            number += 1
            path = first.with_name(f"{first.name.removesuffix(one.suffix)}_{number}{one.suffix}")
        if number > 1:
            sink.report("edition-numbered", path=path)
        places.append(path)
    return places


def _print(edition: Edition) -> None:
    assert isinstance(edition, bytes), "a tree of files was sent to standard output"
    try:
        sys.stdout.buffer.write(edition)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter would try again at its end
        raise refuse("output-not-written", problem=error.strerror or str(error)) from None


def _to_stdout(run: Run) -> bool:
    return run.output == "-" or (run.sources == ("-",) and not run.output)


def _refuse_impossible(run: Run, names: list[str], several: bool) -> None:
    """One file or one stream cannot hold several editions; a terminal cannot show a binary one."""
    a_file = bool(Path(run.output).suffix) and not run.output.endswith(("/", os.sep)) and not is_folder(Path(run.output))
    if several and (_to_stdout(run) or a_file):
        raise refuse("output-many")
    if _to_stdout(run) and sys.stdout.isatty() and names[0] in ("pdf", "docx", "epub"):
        raise refuse("binary-to-terminal", format=names[0])


def _list_formats(language: str) -> int:
    for name in registry.writer_names():
        try:
            writer = registry.writer(name)
            print(f"{name:<8}{writer.suffix:<14}{writer.summary[language]}")
        except ConversionError as error:
            print(f"{name:<8}{'':<14}{error.diagnostics[0].message(language)}")
    return DONE


def _list_styles(language: str) -> int:
    for name in conversion.style_names():
        style = conversion.load_style(name)
        print(f"{name:<13}{style.summary_zh if language == 'zh' else style.summary_en}")
    command = "python -m converters styles --samples"
    _say(language, f"各样式的样张：{command} 文件夹", f"sample pages of each: {command} FOLDER")
    return DONE


def _make_samples(run: Run, language: str, sink: Sink) -> int:
    """Sample pages of every style, each named after it."""
    from converters.conversion.samples import sample

    made = {name: sample(name, replace(run.options, language=language), sink) for name in conversion.style_names()}
    _show(sink.diagnostics, language, run.quiet)
    for name, edition in made.items():
        path = Path(run.output) / f"{name}.pdf"
        conversion.store(edition, path)
        if not run.quiet:
            _say(language, f"已写出 {path}", f"wrote {path}")
    return DONE


def _init(run: Run, language: str, sink: Sink) -> int:
    """Write a commented collection.toml from guesses; one that exists is never touched."""
    from converters.editing.draft import draft_collection

    folder = Path(run.sources[0] if run.sources else ".")
    path = folder / conversion.COLLECTION
    if path.exists():
        raise refuse("collection-exists", path=path)
    sources = conversion.locate([str(folder)], Path())
    readings = list(conversion.read_documents(sources, run.options, sink))
    text = draft_collection(conversion.compose(readings, sources, run.options, sink), language)
    conversion.store(text.encode("utf-8"), path)
    _show(sink.diagnostics, language, run.quiet)
    command = f"python -m converters pdf {folder}"
    _say(language, f"已写出 {path}，请改成您要的样子，再运行 {command}", f"wrote {path}: edit it, then run {command}")
    return DONE


def _explain(run: Run, language: str, sink: Sink) -> int:
    """Show how the sources were read, or write down what an editor accepts of it."""
    from converters.conversion.explaining import STDIN, Acceptance, accept, page_of, read_accounts, records_of

    asked = run.explaining
    sources = Sources((STDIN,), Path()) if run.sources == ("-",) else conversion.locate(run.sources, Path())
    if asked.accept:
        accept(sources, Acceptance(asked.accept, asked.editor, language), sink)
        _show(sink.diagnostics, language, run.quiet)
        return DONE
    accounts = list(read_accounts(sources, sink))
    _show(sink.diagnostics, language, run.quiet)
    if asked.page:
        conversion.store(page_of(accounts, language), Path(asked.page))
        if not run.quiet:
            _say(language, f"已写出 {asked.page}", f"wrote {asked.page}")
    elif asked.json:
        _print(records_of(accounts))
    else:
        _print_accounts(accounts, asked.everything, language)
    return DONE


def _print_accounts(accounts: Sequence["Account"], everything: bool, language: str) -> None:
    """On a terminal as wide as it is, in colours where it has them; elsewhere in lines of 100 columns."""
    from shutil import get_terminal_size

    from converters.explain.terminal import Screen, show_all
    from converters.explain.wording import Wording

    coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = min(max(get_terminal_size((100, 24)).columns, 60), 160)
    for line in show_all(accounts, Screen(width, coloured, everything, Wording(language))):
        print(line)


# --------------------------------------------------------------------------------------------------------------- speaking


def _speak_anywhere() -> None:
    """A console that cannot show a character shows an escape in its place; it never stops a run."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _show(diagnostics: Sequence[Diagnostic], language: str, quiet: bool) -> None:
    for found in diagnostics:
        if not (quiet and found.severity is Severity.NOTICE):
            print(found.render(language), file=sys.stderr)


def _say(language: str, zh: str, en: str) -> None:
    print(zh if language == "zh" else en, file=sys.stderr)


@contextmanager
def _progress(language: str) -> Iterator[Callable[[], None]]:
    """A counter on the terminal for a run that takes more than a second; gives the function that counts one step."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from threading import Event, Thread

    done: list[None] = []  # one entry for each step: appending is safe between threads
    finished = Event()

    def show() -> None:
        from tqdm import tqdm

        with tqdm(desc="正在制作" if language == "zh" else "working", unit="", bar_format="{desc} {n_fmt} [{elapsed}]", leave=False) as bar:
            while not finished.wait(0.2):
                bar.update(len(done) - bar.n)
                bar.refresh()

    watcher = Thread(target=lambda: None if finished.wait(1.0) else show(), daemon=True)
    watcher.start()
    try:
        yield lambda: done.append(None)
    finally:
        finished.set()
        watcher.join()
