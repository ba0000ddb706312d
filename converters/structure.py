"""Plain data (what JSON and TOML hold) to frozen dataclasses and back, and the JSON Schema of what is accepted.

Invariant: decode(type(x), encode(x)) == x, and an unknown key, a missing value or a wrong type is refused with its place.
A field that has its default is left out. Where a field may hold one of several classes, the object names its own in "type".
"""

import dataclasses
import types
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from typing import Any, ClassVar, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Plain = Any
"""None, bool, int, float, str, list or dict of these."""


class StructureError(ValueError):
    """Data that does not fit: `place` is where, as in parts[2].name; `problem` is one of the codes below, `detail` its value.

    Problems: unknown-key, missing-key, wrong-type, not-whole, wrong-value; and what a record's own module finds in it.
    """

    def __init__(self, problem: str, detail: str, place: str = "") -> None:
        super().__init__(f"{place}: {problem}: {detail}")
        self.problem, self.detail, self.place = problem, detail, place

    def within(self, step: str) -> "StructureError":
        joint = "" if not self.place or self.place.startswith("[") else "."
        return StructureError(self.problem, self.detail, f"{step}{joint}{self.place}")


class Record:
    """The base of the frozen dataclasses that hold a document, a theme, a collection: equal where their positional fields are.

    Equality, hash and repr are written once here; a class says `repr=False, eq=False` and names as keyword-only what takes no part.
    What a dataclass generates by itself is compiled anew at every start, and for fifty classes that costs more than reading a text.
    """

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]]

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__match_args__)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in self.__match_args__))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.__match_args__)})"


# ----------------------------------------------------------------------------------------------------------------- encode


def encode(value: object) -> Plain:
    """Any dataclass, tuple, enum or plain value as plain data."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _encode_object(value)
    if isinstance(value, (tuple, list)):
        return [encode(item) for item in value]
    if isinstance(value, Mapping):
        return {key: encode(item) for key, item in value.items()}
    return value.value if isinstance(value, Enum) else value


def _encode_object(value: Any) -> dict[str, Plain]:
    kind: Any = type(value)
    name, fields = _layout(kind)
    out: dict[str, Plain] = {"type": name}
    for field, default in fields:
        item = getattr(value, field)
        if item != default:
            out[field] = encode(item)
    return out


@cache
def _layout(kind: type) -> tuple[str, tuple[tuple[str, object], ...]]:
    return kind.__name__, tuple((field.name, _default(field)) for field in dataclasses.fields(kind))


def _default(field: "dataclasses.Field[Any]") -> object:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


# ----------------------------------------------------------------------------------------------------------------- decode


def decode(kind: type[T], data: Plain) -> T:
    """Plain data as an object of a dataclass. Raises: StructureError."""
    hashable: Any = kind
    decoded: T = _decoder(hashable)(data)
    return decoded


Decoder = Callable[[Plain], Any]


@cache
def _decoder(kind: Any) -> Decoder:
    """The function that turns plain data into `kind`; made once for each type, so that a book costs calls, not reflection."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is Any:
        return lambda data: data
    if origin is Literal:
        return _decode_choice(arguments)
    if origin is tuple:
        return _decode_tuple(arguments)
    if origin in (Mapping, dict):
        return _decode_mapping(arguments[1])
    if origin in (Union, types.UnionType):
        return _decode_union(arguments)
    if dataclasses.is_dataclass(kind):
        return _decode_object(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _decode_choice(tuple(member.value for member in kind), kind)
    return _decode_plain(kind)


def _decode_plain(kind: type) -> Decoder:
    accepted: tuple[type, ...] = (int, float) if kind is float else (kind,)

    def decode_plain(data: Plain) -> Any:
        fits = isinstance(data, accepted) and (kind is bool or not isinstance(data, bool))
        if not fits and kind is int and isinstance(data, float):
            raise StructureError("not-whole", f"{data:g}")
        if not fits:
            raise StructureError("wrong-type", kind.__name__)
        return float(data) if kind is float else data

    return decode_plain


def _decode_choice(values: tuple[Any, ...], make: Decoder = lambda data: data) -> Decoder:
    def decode_choice(data: Plain) -> Any:
        if data not in values:
            raise StructureError("wrong-value", " | ".join(str(value) for value in values))
        return make(data)

    return decode_choice


def _decode_tuple(arguments: tuple[Any, ...]) -> Decoder:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return _decode_sequence(arguments[0])

    def decode_tuple(data: Plain) -> Any:
        if not isinstance(data, list) or len(data) != len(arguments):
            raise StructureError("wrong-type", "list")
        return tuple(_at(f"[{number}]", _decoder(kind), item) for number, (kind, item) in enumerate(zip(arguments, data, strict=True)))

    return decode_tuple


def _decode_sequence(kind: Any) -> Decoder:
    def decode_sequence(data: Plain) -> Any:
        if not isinstance(data, list):
            raise StructureError("wrong-type", "list")
        decoder, decoded = _decoder(kind), list[Any]()
        try:
            for item in data:
                decoded.append(decoder(item))
        except StructureError as error:
            raise error.within(f"[{len(decoded)}]") from None
        return tuple(decoded)

    return decode_sequence


def _decode_mapping(value_kind: Any) -> Decoder:
    def decode_mapping(data: Plain) -> Any:
        if not isinstance(data, dict):
            raise StructureError("wrong-type", "table")
        return {key: _at(key, _decoder(value_kind), item) for key, item in data.items()}

    return decode_mapping


def _decode_union(arguments: tuple[Any, ...]) -> Decoder:
    classes: dict[str, Any] = {kind.__name__: kind for kind in arguments if isinstance(kind, type) and dataclasses.is_dataclass(kind)}
    others = [kind for kind in arguments if not dataclasses.is_dataclass(kind) and kind is not type(None)]
    optional = type(None) in arguments
    only = next(iter(classes.values())) if len(classes) == 1 and not others else None
    decoders: dict[Any, Decoder] = {}

    def decode_union(data: Plain) -> Any:
        if data is None and optional:
            return None
        if isinstance(data, dict) and classes:
            name = data.get("type", "")
            kind = (classes.get(name) if isinstance(name, str) else None) or only
            if kind is None:
                raise StructureError("wrong-value", " | ".join(classes), "type")
            if kind not in decoders:
                decoders[kind] = _decoder(kind)
            return decoders[kind](data)
        return _first_that_fits(others, data)

    return decode_union


def _first_that_fits(kinds: list[Any], data: Plain) -> Any:
    for kind in kinds:
        try:
            return _decoder(kind)(data)
        except StructureError:
            continue
    raise StructureError("wrong-type", " | ".join(getattr(kind, "__name__", str(kind)) for kind in kinds))


def _decode_object(kind: Any) -> Decoder:
    hints = get_type_hints(kind)
    names = {field.name for field in dataclasses.fields(kind)}
    required = [field.name for field in dataclasses.fields(kind) if _default(field) is dataclasses.MISSING]
    own, may_be_called = kind.__name__, "type" in names
    decoders: dict[str, Decoder] = {}

    def decode_object(data: Plain) -> Any:
        if not isinstance(data, dict):
            raise StructureError("wrong-type", own)
        if not may_be_called and data.get("type", own) != own:
            raise StructureError("wrong-value", own, "type")
        if not decoders:  # filled at first use: node classes hold one another
            decoders.update({name: _decoder(hints[name]) for name in names})
        values, key = {}, ""
        try:
            for key, item in data.items():
                if key in decoders:
                    values[key] = decoders[key](item)
                elif key != "type":
                    raise StructureError("unknown-key", key)
        except StructureError as error:
            raise error.within(key) from None
        for name in required:
            if name not in values:
                raise StructureError("missing-key", name, name)
        return kind(**values)

    return decode_object


def _at(step: str, decoder: Decoder, item: Plain) -> Any:
    try:
        return decoder(item)
    except StructureError as error:
        raise error.within(step) from None


# ----------------------------------------------------------------------------------------------------------------- schema


def schema(kind: type, title: str) -> dict[str, Plain]:
    """The JSON Schema (2020-12) of what `decode(kind, …)` accepts."""
    definitions: dict[str, Plain] = {}
    root = _schema_of(kind, definitions)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **root, "$defs": definitions}


def _schema_of(kind: Any, definitions: dict[str, Plain]) -> dict[str, Plain]:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        repeated = len(arguments) == 2 and arguments[1] is Ellipsis
        length = {} if repeated else {"minItems": len(arguments), "maxItems": len(arguments)}
        return {"type": "array", "items": _schema_of(arguments[0], definitions), **length}
    if origin in (Mapping, dict):
        return {"type": "object", "additionalProperties": _schema_of(arguments[1], definitions)}
    if origin in (Union, types.UnionType):
        named = {"required": ["type"]} if sum(dataclasses.is_dataclass(argument) for argument in arguments) > 1 else {}
        return {"anyOf": [_schema_of(argument, definitions) | named for argument in arguments]}
    if dataclasses.is_dataclass(kind):
        return _schema_of_object(kind, definitions)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    return {"type": {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}[kind]}


def _schema_of_object(kind: Any, definitions: dict[str, Plain]) -> dict[str, Plain]:
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}
        hints = get_type_hints(kind)
        properties = {field.name: _schema_of(hints[field.name], definitions) for field in dataclasses.fields(kind)}
        required = [field.name for field in dataclasses.fields(kind) if _default(field) is dataclasses.MISSING]
        definitions[name] = {
            "type": "object",
            "description": (kind.__doc__ or "").split("\n")[0],
            "properties": {"type": {"const": name}, **properties},
            "required": required,
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}
