"""What the toolkit has to say to an editor: places in a source, findings, and where they go.

Invariant: a finding is data (a stable code and its values); its words are chosen when it is shown, in the reader's language.
"""

import os.path
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a source: whole lines of one file, with the column at which the text begins.

    line, column, end_line: counted from 1, as editors count; 0 = the whole file.
    """

    path: str
    line: int = 0
    column: int = 0
    end_line: int = 0

    def __str__(self) -> str:
        places = [str(number) for number in (self.line, self.column) if number]
        return ":".join([self.path, *places])

    def to(self, other: "Span | None") -> "Span":
        """The span from here to the end of `other` in the same file."""
        if other is None or other.path != self.path:
            return self
        return Span(self.path, self.line, self.column, max(self.end_line, other.end_line))


class Severity(StrEnum):
    """How much a finding matters: a notice is for the record, `--strict` refuses warnings, an error ends the run."""

    NOTICE = "notice"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a code that never changes its meaning, and the values its message names.

    Codes, severities, messages and hints stand in `messages/*.toml`, in Chinese and English.
    """

    code: str
    span: Span | None = None
    values: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        return Severity(_entry(self.code)["severity"])

    def message(self, language: str) -> str:
        return _entry(self.code)[language].format_map(dict(self.values))

    def hint(self, language: str) -> str:
        """What to do next; empty where the message says it all."""
        return _entry(self.code).get(f"{language}_hint", "").format_map(dict(self.values))

    def render(self, language: str) -> str:
        """`path:line:column: severity[code]: message`, and the hint on a line of its own."""
        place = f"{self.span}: " if self.span else ""
        text = f"{place}{_severity_name(self.severity, language)}[{self.code}]: {self.message(language)}"
        hint = self.hint(language)
        label = "提示：" if language == "zh" else "hint: "
        return f"{text}\n    {label}{hint}" if hint else text


@dataclass(slots=True)
class Sink:
    """Where a stage reports what it found before it goes on."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    folder: Path | None = None

    def report(self, code: str, span: Span | None = None, **values: object) -> None:
        """Keep one finding. code: a key of `messages/*.toml`; values: what its message names."""
        self.diagnostics.append(self.placed(diagnostic(code, span, **values)))

    @contextmanager
    def told_from(self, folder: Path) -> Iterator[None]:
        """While this lasts, spans name files from `folder`, and findings name them as the editor who gave the folder does."""
        outside, self.folder = self.folder, folder
        try:
            yield
        finally:
            self.folder = outside

    def placed(self, found: Diagnostic) -> Diagnostic:
        """The finding with its file named as the editor does."""
        if found.span is None or self.folder is None:
            return found
        return replace(found, span=replace(found.span, path=os.path.normpath(self.folder / found.span.path)))

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.diagnostics)

    def worst(self) -> Severity | None:
        order = list(Severity)
        return max((found.severity for found in self.diagnostics), key=order.index, default=None)


class ConversionError(Exception):
    """No output makes sense any more; carries the findings that say why."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*diagnostics)
        self.diagnostics = diagnostics


def diagnostic(code: str, span: Span | None = None, **values: object) -> Diagnostic:
    """A finding with its values as text, in the order given."""
    return Diagnostic(code, span, tuple((name, str(value)) for name, value in values.items()))


def refuse(code: str, span: Span | None = None, **values: object) -> ConversionError:
    """The error to raise when one finding ends the run."""
    return ConversionError(diagnostic(code, span, **values))


_MESSAGES = Path(__file__).parent / "messages"


@cache
def _entry(code: str) -> Mapping[str, str]:
    """One table of the catalogue, cut out of its file: a run says one or two things, and parsing all of them costs as much as a text.

    A code stands in one file only.
    """
    import tomllib  # a run that has nothing to say needs no words

    for file in sorted(_MESSAGES.glob("*.toml")):
        _, head, rest = file.read_text(encoding="utf-8").partition(f"[{code}]\n")
        if head:
            entry: Mapping[str, str] = tomllib.loads(rest.partition("\n[")[0])
            return entry
    raise KeyError(code)


def _severity_name(severity: Severity, language: str) -> str:
    if language != "zh":
        return str(severity)
    return {Severity.NOTICE: "说明", Severity.WARNING: "注意", Severity.ERROR: "错误"}[severity]
