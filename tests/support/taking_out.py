"""Takes guards out of the product while a test runs: an expression of a function is another one. It touches nothing but
the code of those functions, and says so when a guard does not stand where it should."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any


@dataclass(frozen=True)
class Line:
    """The line that guards: an expression in a function, and what stands there when the guard is out."""

    function: Callable[..., Any]
    expression: str
    without: str = "False"

    def __str__(self) -> str:
        return f"{self.function.__module__}:{self.function.__qualname__}"


@contextmanager
def out(*lines: Line) -> Iterator[None]:
    """While it lasts, these lines are out. Raises `LookupError` unless each expression stands exactly once in its
    function: a guard that moved must be named anew."""
    functions = {_plain(line.function) for line in lines}
    before = {function: function.__code__ for function in functions}
    changed = {
        function: _without(function, [line for line in lines if line.function is function]) for function in before
    }
    try:
        for function, code in changed.items():
            function.__code__ = code
        yield
    finally:
        for function, code in before.items():
            function.__code__ = code


def _plain(function: Callable[..., Any]) -> FunctionType:
    assert isinstance(function, FunctionType), "a plain function or method is expected"
    return function


def _without(function: FunctionType, lines: list[Line]) -> CodeType:
    tree: ast.AST = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for line in lines:
        swap = _Swap(_tidy(line.expression), ast.parse(line.without, mode="eval").body)
        tree = swap.visit(tree)
        if swap.found != 1:
            raise LookupError(f"{line} has {swap.found} times: {line.expression}")
    assert isinstance(tree, ast.Module)
    (definition,) = tree.body
    assert isinstance(definition, ast.FunctionDef)
    definition.decorator_list = []
    names: dict[str, Any] = {}
    code = compile(ast.fix_missing_locations(tree), f"<{function.__qualname__}, without a guard>", "exec")
    exec(code, dict(function.__globals__), names)
    made = names[function.__name__]
    assert isinstance(made, FunctionType)
    return made.__code__


def _tidy(expression: str) -> str:
    return ast.unparse(ast.parse(expression, mode="eval").body)


class _Swap(ast.NodeTransformer):
    """Puts one expression in place of another."""

    def __init__(self, wanted: str, other: ast.expr) -> None:
        self.found = 0
        self._wanted, self._other = wanted, other

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, ast.expr) and ast.unparse(node) == self._wanted:
            self.found += 1
            return self._other
        return self.generic_visit(node)
