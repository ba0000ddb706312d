"""The command line: arguments in, files and exit codes out. Only this module prints and exits.

Exit codes: 0 done, 1 our bug, 2 usage, 3 warnings under --strict, 4 input refused, 5 output could not be written, 130 interrupted.
"""

import argparse
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

from converters import __version__, convert, registry
from converters.convert import Options, Sources
from converters.diagnostics import ConversionError, Diagnostic, Severity, Sink
from converters.document import Document

DONE, OUR_BUG, USAGE, WARNED, REFUSED, NOT_WRITTEN, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130
_OTHERS = ("all", "formats", "styles", "init")
"""The commands that are no format."""

_EXIT_CODES = {
    "unknown-format": USAGE,
    "unknown-style": USAGE,
    "date-invalid": USAGE,
    "epoch-invalid": USAGE,
    "only-nothing": USAGE,
    "binary-to-terminal": USAGE,
    "output-many": USAGE,
    "output-not-written": NOT_WRITTEN,
}


@dataclass(frozen=True, slots=True)
class Run:
    """One call of the command: what it makes of what, where to, and how it speaks."""

    command: str
    sources: tuple[str, ...]
    output: str
    options: Options
    strict: bool
    each: bool
    quiet: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. Gives the exit code; never a traceback for an editor."""
    _speak_anywhere()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's thread pool costs more to start than a book's sums
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    language = _language(arguments)
    try:
        return _answered(arguments, language)
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
        return _run(_parsed(arguments, language), language, sink)
    except ConversionError as error:
        _show([*sink, *error.diagnostics], language)
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
            return _list_styles(language)
        case "init":
            return _init(run, language, sink)
        case _:
            return _convert(run, language, sink)


def _convert(run: Run, language: str, sink: Sink) -> int:
    """Make the editions. Nothing is written where `--strict` finds a warning."""
    names = ["pdf", "docx", "epub", "md", "html", "json"] if run.command == "all" else [run.command]
    writers = {name: registry.writer(name) for name in names}
    with _progress(language) as step:
        document, sources = _document(run, sink, step)
        _refuse_many(run, names)
        made = []
        for one in _editions(document, run):
            context = convert.make_context(one, sources, replace(run.options, language=language), sink)
            numbered = "docx" in writers and (sources.collected or run.options.page_numbers)
            context = convert.numbered(one, context) if numbered else context
            for name, writer in writers.items():
                made.append((one, writer.suffix, convert.write(one, name, context, sink)))
                step()
    _show(_told(sink, run), language)
    if run.strict and sink.worst() in (Severity.WARNING, Severity.ERROR):
        return WARNED
    for one, suffix, edition in made:
        _deliver(run, one, suffix, edition, language)
    return DONE


def _editions(document: Document, run: Run) -> Iterator[Document]:
    """What to make an edition of: the book, or each of its articles."""
    if not run.each:
        yield document
        return
    from converters.editing.arrange import each

    yield from each(document)


def _document(run: Run, sink: Sink, step: Callable[[], None]) -> tuple[Document, Sources]:
    if run.sources == ("-",):
        data = sys.stdin.buffer.read()
        sources = Sources((Path("stdin"),), Path())
        documents = [convert.document_from(data, "stdin", run.options, sink)]
    else:
        sources = convert.locate(run.sources, Path())
        if sources.demo:
            sink.report("packaged-demo")
        documents = list(convert.read_documents(sources, run.options, sink, step))
    return convert.compose(documents, sources, run.options, sink), sources


def _deliver(run: Run, document: Document, suffix: str, edition: registry.Edition, language: str) -> None:
    if _to_stdout(run) and isinstance(edition, bytes):
        sys.stdout.buffer.write(edition)
        sys.stdout.buffer.flush()
        return
    path = convert.edition_path(run.output, document, suffix)
    convert.store(edition, path)
    if not run.quiet:
        _say(language, f"已写出 {path}", f"wrote {path}")


def _to_stdout(run: Run) -> bool:
    return run.output == "-" or (run.sources == ("-",) and not run.output)


def _refuse_many(run: Run, names: list[str]) -> None:
    """One file or one stream cannot hold several editions; a terminal cannot show a binary one."""
    several = len(names) > 1 or run.each
    names_a_file = bool(run.output) and run.output != "-" and not run.output.endswith(("/", os.sep)) and not Path(run.output).is_dir()
    if several and (_to_stdout(run) or (names_a_file and Path(run.output).suffix)):
        raise ConversionError(Diagnostic("output-many"))
    if _to_stdout(run) and sys.stdout.isatty() and names[0] in ("pdf", "docx", "epub"):
        raise ConversionError(Diagnostic("binary-to-terminal", None, (("format", names[0]),)))


def _list_formats(language: str) -> int:
    for name in registry.writer_names():
        writer = registry.writer(name)
        print(f"{name:<8}{writer.suffix:<14}{writer.summary[language]}")
    return DONE


def _list_styles(language: str) -> int:
    for name in convert.style_names():
        style = convert.load_style(name)
        print(f"{name:<8}{style.summary_zh if language == 'zh' else style.summary_en}")
    return DONE


def _init(run: Run, language: str, sink: Sink) -> int:
    """Write a commented collection.toml from guesses; one that exists is never touched."""
    from converters.editing.draft import draft_collection

    folder = Path(run.sources[0] if run.sources else ".")
    path = folder / convert.COLLECTION
    if path.exists():
        raise ConversionError(Diagnostic("collection-exists", None, (("path", str(path)),)))
    sources = convert.locate([str(folder)], Path())
    documents = list(convert.read_documents(sources, run.options, sink))
    text = draft_collection(convert.compose(documents, sources, run.options, sink), language)
    convert.store(text.encode("utf-8"), path)
    _show(_told(sink, run), language)
    _say(
        language,
        f"已写出 {path}，请改成您要的样子，再运行 python -m converters pdf {folder}",
        f"wrote {path}: edit it, then run python -m converters pdf {folder}",
    )
    return DONE


# --------------------------------------------------------------------------------------------------------------- speaking


def _speak_anywhere() -> None:
    """A console that cannot show a character shows an escape in its place; it never stops a run."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _language(arguments: Sequence[str]) -> str:
    """--lang, else the locale's language where it is English, else Chinese: the collections are."""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if word == "--lang" or word.startswith("--lang="):
            return "en" if (following if word == "--lang" else word.partition("=")[2]) == "en" else "zh"
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "en" if locale.lower().startswith("en") else "zh"


def _told(sink: Sink, run: Run) -> list[Diagnostic]:
    return [found for found in sink if not (run.quiet and found.severity is Severity.NOTICE)]


def _show(diagnostics: Sequence[Diagnostic], language: str) -> None:
    for found in diagnostics:
        print(found.render(language), file=sys.stderr)


def _say(language: str, zh: str, en: str) -> None:
    print(zh if language == "zh" else en, file=sys.stderr)


@contextmanager
def _progress(language: str) -> Iterator[Callable[[], None]]:
    """A counter on the terminal for a run that takes more than a second; gives the function that counts one step."""
    state: dict[str, int] = {"done": 0}
    finished = threading.Event()

    def show() -> None:
        from tqdm import tqdm

        with tqdm(desc="正在制作" if language == "zh" else "working", unit="", bar_format="{desc} {n_fmt} [{elapsed}]", leave=False) as bar:
            while not finished.wait(0.2):
                bar.update(state["done"] - bar.n)
                bar.refresh()

    def count() -> None:
        state["done"] += 1

    watcher = threading.Thread(target=lambda: None if finished.wait(1.0) else show(), daemon=True)
    if sys.stderr.isatty():
        watcher.start()
    try:
        yield count
    finally:
        finished.set()
        if watcher.is_alive():
            watcher.join()


# -------------------------------------------------------------------------------------------------------------- arguments


_IN_CHINESE = {
    "unrecognized arguments": "不认识的参数",
    "the following arguments are required": "还缺少",
    "expected one argument": "后面要跟一个值",
    "invalid choice": "没有这个选择",
    "choose from": "可选的有",
    "argument": "参数",
    "usage: ": "用法：",
    "positional arguments": "位置参数",
    "options": "选项",
}
"""argparse's own words, where an editor reads them."""


class _ChineseHelp(argparse.HelpFormatter):
    """Help whose headings are Chinese."""

    def start_section(self, heading: str | None) -> None:
        super().start_section(_IN_CHINESE.get(heading or "", heading))

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _IN_CHINESE["usage: "] if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """An argument parser whose refusals are one sentence."""

    def error(self, message: str) -> NoReturn:
        if self.formatter_class is _ChineseHelp:
            for english, chinese in _IN_CHINESE.items():
                message = message.replace(english, chinese)
            print(f"命令写法不对：{message}\n    提示：用法见 python -m converters --help", file=sys.stderr)
        else:
            print(f"wrong usage: {message}\n    hint: see python -m converters --help", file=sys.stderr)
        raise SystemExit(USAGE)


def _parsed(arguments: list[str], language: str) -> Run:
    first = arguments[0] if arguments and not arguments[0].startswith("-") else ""
    known = [first] if first in {*registry.WRITERS, *_OTHERS} else _commands()
    if first and first not in known:
        raise ConversionError(Diagnostic("unknown-format", None, (("name", first), ("known", "、".join(known)))))
    found = _parser(language, known).parse_args(arguments)
    options = Options(
        style=getattr(found, "style", ""),
        labels=getattr(found, "labels", ""),
        date=getattr(found, "date", ""),
        only=getattr(found, "only", ""),
        keep_typing=getattr(found, "keep_typing", False),
        cover=not getattr(found, "no_cover", False),
        page_numbers=getattr(found, "page_numbers", False),
    )
    return Run(
        command=found.command,
        sources=tuple(getattr(found, "sources", ())),
        output=getattr(found, "output", ""),
        options=options,
        strict=getattr(found, "strict", False),
        each=getattr(found, "each", False),
        quiet=getattr(found, "quiet", False),
    )


def _commands() -> list[str]:
    """Every command, those of foreign formats among them."""
    return [*registry.writer_names(), *_OTHERS]


def _parser(language: str, known: list[str]) -> _Parser:
    """known: the commands to describe; the one that was called is enough."""

    def say(zh: str, en: str) -> str:
        return zh if language == "zh" else en

    look = _ChineseHelp if language == "zh" else argparse.HelpFormatter
    parser = _Parser(
        prog="python -m converters",
        formatter_class=look,
        add_help=False,
        description=say("刊刻：把杂乱的专栏、访谈文本变成书。", "kanke: messy column and interview texts become books."),
        epilog=say(
            "不给来源时，依次找 ./collection.toml、./seeds/collection.toml、./seeds/ 里的文本、自带的样例。"
            "例：python -m converters pdf；python -m converters docx 稿件/ -o 书稿.docx",
            "Without sources: ./collection.toml, ./seeds/collection.toml, the texts in ./seeds/, the packaged demo. "
            "Example: python -m converters docx texts/ -o book.docx",
        ),
    )
    parser.add_argument("--version", action="version", version=f"kanke {__version__}", help=say("版本号", "the version"))
    parser.add_argument("-h", "--help", action="help", help=say("这份说明", "this help"))
    commands = parser.add_subparsers(dest="command", required=True, metavar=say("命令", "COMMAND"))

    texts = _command_help(say)
    for name in known:
        text = texts.get(name, name)
        added = commands.add_parser(name, help=text, description=text, formatter_class=look, add_help=False)
        _add_common(added, say)
        if name == "init":
            added.add_argument("sources", nargs="?", default=".", type=lambda folder: (folder,), metavar=say("文件夹", "FOLDER"))
        elif name not in ("formats", "styles"):
            _add_conversion(added, say)
    return parser


Say = Callable[[str, str], str]


def _command_help(say: Say) -> dict[str, str]:
    return {
        "pdf": say("排成可以付印的书（PDF）", "a book to print (PDF)"),
        "docx": say("做成 Word/WPS 文档", "a Word document"),
        "epub": say("做成电子书（EPUB 3）", "an e-book (EPUB 3)"),
        "md": say("整理成干净的 Markdown", "clean Markdown"),
        "html": say("做成一个网页文件", "one web page"),
        "json": say("导出扁平的 JSON，供数据库和检索用", "flat JSON for databases and search"),
        "native": say("导出无损的文档模型（.native.json），可再作来源", "the lossless document model, readable again"),
        "all": say("一次做出 pdf、docx、epub、md、html、json", "pdf, docx, epub, md, html and json at once"),
        "formats": say("列出各种版本格式", "list the formats"),
        "styles": say("列出各种样式", "list the styles"),
        "init": say("为一个文件夹写一份 collection.toml 草稿", "draft a collection.toml for a folder"),
    }


def _add_conversion(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "sources",
        nargs="*",
        metavar=say("来源", "SOURCE"),
        help=say("文本文件、文件夹、collection.toml，或 - 读标准输入", "files, folders, a collection.toml, or - for standard input"),
    )
    parser.add_argument(
        "-o",
        "--output",
        default="",
        metavar=say("去处", "OUT"),
        help=say(
            "文件、文件夹（以 / 结尾）或 -；默认 editions/书名.后缀", "a file, a folder (ends in /) or -; default editions/TITLE.suffix"
        ),
    )
    parser.add_argument(
        "--style",
        default="",
        metavar=say("样式", "NAME"),
        help=say("book、16k、a4，或自己的 .toml 文件", "book, 16k, a4, or a .toml file of your own"),
    )
    parser.add_argument(
        "--labels",
        default="",
        choices=["short", "full"],
        help=say("说话人：short 首次全称其后简称，full 每次全称", "speakers: short = full label once, full = always"),
    )
    parser.add_argument(
        "--only",
        default="",
        metavar=say("栏目或标题", "WORDS"),
        help=say("只做一个栏目，或标题含这几个字的文章", "one column, or the articles whose titles hold these words"),
    )
    parser.add_argument("--each", action="store_true", help=say("每篇文章各做一份", "one edition for each article"))
    parser.add_argument(
        "--date",
        default="",
        metavar="YYYY-MM-DD",
        help=say("版本日期；不给则用集子的日期", "the edition's date; default: the collection's"),
    )
    parser.add_argument(
        "--keep-typing", action="store_true", help=say("保留原文里的空格和全角字母数字", "keep spaces and full-width letters as typed")
    )
    parser.add_argument(
        "--page-numbers",
        action="store_true",
        help=say("Word 目录按印刷版填好页码（collection.toml 总是如此）", "the print edition's page numbers in Word's contents"),
    )
    parser.add_argument("--no-cover", action="store_true", help=say("电子书不画封面", "an e-book without a drawn cover"))
    parser.add_argument(
        "--strict", action="store_true", help=say("有一条“注意”就不出书（退出码 3）", "any warning: no edition (exit code 3)")
    )


def _add_common(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument("-h", "--help", action="help", help=say("这份说明", "this help"))
    parser.add_argument("--lang", default="", choices=["zh", "en"], help=say("提示用中文或英文", "language of the messages"))
    parser.add_argument("--quiet", action="store_true", help=say("不说“说明”，只说“注意”和“错误”", "no notices"))
