"""A slow, plain evaluator of the tree, written after Velocity 1.7's own classes; the compiled engine must print the same.

Operators, methods and texts come from vtl.values; contexts, scopes, macros and blocks are its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from tests.reference.contexts import Context, ForeachScope, MacroContext, NullItemContext, StopCommand, UserContext
from vtl.dialect import Dialect
from vtl.errors import JavaError, RenderError
from vtl.lang import nodes as n
from vtl.lang.parser import Syntax, parse
from vtl.limits import Limits
from vtl.source import Source
from vtl.values import access, iteration, kinds, methods, numbers, truth
from vtl.values.call import PlainCall
from vtl.values.hosted import Hosted
from vtl.values.text import to_text

INCLUDE_ERROR = "<!-- include error : error with arg {} please see log. see error log -->"
DEFINE_DEPTH = 2


class BlockReference(Hosted):
    """What #define and #@call leave in the context: a block, rendered where it is printed."""

    java_name = "org.apache.velocity.runtime.directive.Block$Reference"
    java_methods: Mapping[str, Any] = {"toString": (((), lambda call, self: self.java_text()),)}

    def __init__(self, evaluator: Evaluator, context: Context, node: n.Define | n.MacroCall, depth: int):
        self.evaluator = evaluator
        self.context = context
        self.node = node
        self.allowed = depth
        self.depth = 0

    def render(self, context: Context, out: list[str]) -> bool:
        """Renders in the context of the place that prints it; False when it stands in itself too deep."""
        self.depth += 1
        if self.depth > self.allowed:
            self.depth -= 1
            return False
        try:
            assert self.node.body is not None
            self.evaluator.render(self.node.body, context, out)
        except StopCommand as stop:
            if not stop.is_for(self.node):
                raise
        self.depth -= 1
        return True

    def text(self) -> str | None:
        """toString(), which renders in the context of the definition, and may be null."""
        out: list[str] = []
        return "".join(out) if self.render(self.context, out) else None

    def java_text(self) -> str:
        """See Hosted."""
        text = self.text()
        return "null" if text is None else text


class Evaluator:
    """One run of one template."""

    def __init__(self, dialect: Dialect, source: str, limits: Limits):
        self.dialect = dialect
        self.call = PlainCall(limits, dialect.class_access)
        self.macros: dict[str, n.Macro] = {}
        self.tree = self.parse(source)

    def parse(self, source: str) -> n.Template:
        """The tree of a text; its macros are known from now on, inner ones first, the first of a name staying."""
        tree = parse(Source("template", source), Syntax.of(self.dialect, self.call.limits))
        for node in nodes_of(tree):
            if isinstance(node, n.Invalid):
                raise RenderError(node.message)
            if isinstance(node, n.Macro) and self.dialect.inline_macros:
                self.macros.setdefault(node.name, node)
        return tree

    def run(self, variables: dict[str, Any]) -> str:
        """The rendered text; a VtlError where Velocity throws."""
        out: list[str] = []
        try:
            self.render(self.tree.body, UserContext(variables), out)
        except StopCommand as stop:
            if not stop.is_for(self, whole=True):
                raise RenderError("a #break for something that is not running") from None
        return "".join(out)

    def render(self, node: Any, context: Context, out: list[str]) -> None:
        """Prints a statement."""
        getattr(self, f"render_{type(node).__name__}")(node, context, out)

    def render_Block(self, node: n.Block, context: Context, out: list[str]) -> None:  # noqa: N802
        for child in node.children:
            self.render(child, context, out)

    def render_Text(self, node: n.Text, context: Context, out: list[str]) -> None:  # noqa: N802
        out.append(node.text)

    render_Textblock = render_Literal = render_Text  # noqa: N815

    def render_LineComment(self, node: n.LineComment, context: Context, out: list[str]) -> None:  # noqa: N802
        out.append(node.prefix)

    render_BlockComment = render_LineComment  # noqa: N815

    def render_Macro(self, node: n.Macro, context: Context, out: list[str]) -> None:  # noqa: N802
        pass

    def render_Reference(self, node: n.Reference, context: Context, out: list[str]) -> None:  # noqa: N802
        value = self.execute(node, context)
        if node.escaped:
            out += [node.escape, "" if value is not None else "\\", self.null_text(node, context)]
            return
        if isinstance(value, BlockReference):
            if value.render(context, out):
                return
            text = value.text()
        else:
            text = None if value is None else to_text(value)
        if text is None:
            out += [node.escape, node.escape, node.prefix, self.null_text(node, context)]
        else:
            out += [node.escape, node.prefix, text]

    def null_text(self, node: n.Reference, context: Context) -> str:
        """What stands for null: in a macro, the text of the argument."""
        argument = context.get(f".literal.{node.null_text}")
        return node.null_text if argument is None else str(argument)

    def render_Set(self, node: n.Set, context: Context, out: list[str]) -> None:  # noqa: N802
        value = self.value(node.value, context)
        if value is None:
            return
        target = node.target
        if not target.parts:
            hidden = target.quiet or target.formal or not target.computable
            context.put(f"\0{target.name}" if hidden else target.name, value)
            return
        owner = context.get(target.name)
        for part in target.parts[:-1]:
            if owner is not None:
                owner = self.step(owner, part, context)
        last = target.parts[-1]
        if owner is None:
            return
        if isinstance(last, n.Index):
            access.set_index(self.call, owner, self.value(last.argument, context), value)
        else:
            access.set_property(self.call, owner, last.name, value)

    def render_If(self, node: n.If, context: Context, out: list[str]) -> None:  # noqa: N802
        for branch in node.branches:
            if self.evaluate(branch.condition, context):
                return self.render(branch.body, context, out)
        return self.render(node.otherwise, context, out) if node.otherwise is not None else None

    def render_Foreach(self, node: n.Foreach, context: Context, out: list[str]) -> None:  # noqa: N802
        if node.source is None:
            raise RenderError("#foreach without a list")
        walked = self.value(node.source, context)
        iterator = None if walked is None else iteration.iterate(self.call, walked)
        if iterator is None:
            return
        names = (node.variable, "velocityCount", "velocityHasNext")
        saved = [context.get(name) for name in names]
        scope = ForeachScope(node, context.get("foreach"))
        context.put("foreach", scope)
        try:
            self.loop(node, context, out, iterator, scope)
        except StopCommand as stop:
            self.clean(context, names, saved)
            if not stop.is_for(node):
                raise
        else:
            self.clean(context, names, saved)

    def loop(self, node: n.Foreach, context: Context, out: list[str], iterator: Any, scope: ForeachScope) -> None:
        """The rounds of a #foreach."""
        holder: NullItemContext | None = None
        count = 0
        while count != self.dialect.loop_rounds and iterator.has_next():
            count += 1
            context.put("velocityCount", count)
            item = iterator.next()
            context.put("velocityHasNext", iterator.has_next())
            context.put(node.variable, item)
            scope.index, scope.has_next = count - 1, iterator.has_next()
            if item is None and holder is None:
                holder = NullItemContext(context, node.variable)
            self.render(node.body, context if item is not None or holder is None else holder, out)

    def clean(self, context: Context, names: tuple[str, ...], saved: list[Any]) -> None:
        """Puts back what the loop variables were, and the outer $foreach."""
        for name, value in zip(names, saved, strict=True):
            context.remove(name) if value is None else context.put(name, value)
        scope = context.get("foreach")
        if isinstance(scope, ForeachScope):
            outer = scope.parent if scope.parent is not None else scope.replaced
            context.remove("foreach") if outer is None else context.put("foreach", outer)

    def render_Break(self, node: n.Break, context: Context, out: list[str]) -> None:  # noqa: N802
        if node.scope is None:
            raise StopCommand(nearest=True)
        scope = self.value(node.scope, context)
        if not isinstance(scope, ForeachScope):
            raise RenderError("#break wants a scope")
        raise StopCommand(owner=scope.owner)

    def render_Stop(self, node: n.Stop, context: Context, out: list[str]) -> None:  # noqa: N802
        if node.message is not None:
            self.value(node.message, context)
        raise StopCommand

    def render_MacroCall(self, node: n.MacroCall, context: Context, out: list[str]) -> None:  # noqa: N802
        macro = self.macros.get(node.name)
        if macro is None:
            out.append(node.literal)
            return
        if any(isinstance(argument, n.Word) for argument in node.arguments):
            raise RenderError("a bare word is no argument")
        inner = MacroContext(context, self.argument_value)
        for parameter, argument in zip(macro.parameters, node.arguments, strict=False):
            if isinstance(argument, (n.IntegerLiteral, n.FloatLiteral, n.BooleanLiteral)):
                inner.local[parameter] = self.value(argument, context)
            else:
                inner.arguments[parameter] = argument
                inner.local[f".literal.${parameter}"] = source_of(argument, node)
        if node.body is not None:
            inner.local["bodyContent"] = BlockReference(self, context, node, self.call.limits.macro_depth)
        if len(inner.calls) == self.call.limits.macro_depth:
            inner.calls.clear()
            raise RenderError("too many macro calls inside each other")
        inner.calls.append(macro.name)
        try:
            self.render(macro.body, inner, out)
            inner.calls.pop()
        except StopCommand as stop:  # the name stays on the stack, as it does in VelocimacroProxy
            if not stop.is_for(node):
                raise

    def argument_value(self, node: n.Expression, context: Context) -> Any:
        """A macro argument, each time it is read (ProxyVMContext.get)."""
        if isinstance(node, n.Reference):
            return self.execute(node, context) if node.parts else context.get(node.name)
        return self.value(node, context)

    def render_Define(self, node: n.Define, context: Context, out: list[str]) -> None:  # noqa: N802
        context.put(node.name, BlockReference(self, context, node, DEFINE_DEPTH))

    def render_Evaluate(self, node: n.Evaluate, context: Context, out: list[str]) -> None:  # noqa: N802
        value = self.value(node.argument, context)
        tree = self.parse("" if value is None else to_text(value))
        try:
            self.render(tree.body, context, out)
        except StopCommand as stop:
            if not stop.is_for(node, whole=True):
                raise

    def render_Include(self, node: n.Include, context: Context, out: list[str]) -> None:  # noqa: N802
        for number, argument in enumerate(node.arguments):
            if not isinstance(argument, (n.Reference, n.StringLiteral, n.InterpolatedString)):
                raise RenderError("#include wants strings")
            if self.value(argument, context) is not None:
                raise RenderError("there is no such resource")
            out.append(INCLUDE_ERROR.format(number))

    def render_Parse(self, node: n.Parse, context: Context, out: list[str]) -> None:  # noqa: N802
        if node.argument is None or self.value(node.argument, context) is not None:
            raise RenderError("there is no such template")

    def value(self, node: Any, context: Context) -> Any:
        """The value of an expression."""
        match node:
            case n.Reference():
                return self.execute(node, context) if node.computable else None
            case n.StringLiteral() | n.IntegerLiteral() | n.FloatLiteral() | n.BooleanLiteral():
                return node.value
            case n.InterpolatedString():
                out: list[str] = []
                self.render(node.body, context, out)
                text = "".join(out)
                return text[:-1] if node.cut else text
            case n.ListLiteral():
                return [self.value(item, context) for item in node.items]
            case n.MapLiteral():
                return {kinds.key(self.value(key, context)): self.value(item, context) for key, item in node.entries}
            case n.RangeLiteral():
                return self.range_value(self.value(node.start, context), self.value(node.end, context))
            case n.Binary() if node.operator in "+-*/%":
                return self.arithmetic(node, self.value(node.left, context), self.value(node.right, context))
            case n.Binary() | n.Not():
                return self.evaluate(node, context)
            case _:
                return None

    def execute(self, node: n.Reference, context: Context) -> Any:
        """The value of a reference; what does not resolve is null, or "" in the dialect that says so."""
        value = context.get(node.name)
        for part in node.parts:
            if value is None:
                break
            value = self.step(value, part, context)
        return "" if value is None and self.dialect.empty_invalid_references else value

    def step(self, value: Any, part: n.Property | n.MethodCall | n.Index, context: Context) -> Any:
        """One step of a reference."""
        if isinstance(part, n.Property):
            return access.get_property(self.call, value, part.name)
        if isinstance(part, n.Index):
            return access.get_index(self.call, value, self.value(part.argument, context))
        arguments = tuple(self.value(argument, context) for argument in part.arguments)
        return methods.invoke(self.call, value, part.name, arguments)

    def range_value(self, start: Any, end: Any) -> list[int] | None:
        """`[start..end]`; null unless both ends are numbers."""
        if not (numbers.is_number(start) and numbers.is_number(end)):
            return None
        first, last = (methods.invoke(self.call, end_, "intValue", ()) for end_ in (start, end))
        return list(range(first, last + 1)) if first < last else list(range(first, last - 1, -1))

    def arithmetic(self, node: n.Binary, left: Any, right: Any) -> Any:
        """A sum, product... ; `+` joins texts when one side is a String."""
        if node.operator == "+" and (type(left) is str or type(right) is str):
            first = node.left.literal if left is None else to_text(left)  # type: ignore[union-attr]
            return first + (node.right.literal if right is None else to_text(right))  # type: ignore[union-attr]
        operations = {"+": numbers.add, "-": numbers.subtract, "*": numbers.multiply, "/": numbers.divide, "%": numbers.modulo}
        return operations[node.operator](self.call, left, right)

    def equal(self, left: Any, right: Any) -> bool:
        """`==`; beside null a block is rendered all the same, for its text (ASTEQNode)."""
        for one, other in ((left, right), (right, left)):
            if one is None and isinstance(other, BlockReference):
                return other.text() is None
        return truth.equals(left, right)

    def evaluate(self, node: Any, context: Context) -> bool:
        """An expression as a condition: only references, true and the boolean operators can be true."""
        match node:
            case n.Reference():
                value = self.execute(node, context)
                if value is None or isinstance(value, bool):
                    return bool(value)
                return (value.text() if isinstance(value, BlockReference) else to_text(value)) is not None
            case n.BooleanLiteral():
                return node.value
            case n.Not():
                return not self.evaluate(node.operand, context)
            case n.Binary(operator="&&"):
                return self.evaluate(node.left, context) and self.evaluate(node.right, context)
            case n.Binary(operator="||"):
                return self.evaluate(node.left, context) or self.evaluate(node.right, context)
            case n.Binary(operator="==" | "!="):
                return self.equal(self.value(node.left, context), self.value(node.right, context)) == (node.operator == "==")
            case n.Binary(operator="<" | ">" | "<=" | ">="):
                left, right = self.value(node.left, context), self.value(node.right, context)
                if not (numbers.is_number(left) and numbers.is_number(right)):
                    return False
                order = numbers.compare(left, right)
                return {"<": order == -1, ">": order == 1, "<=": order != 1, ">=": order != -1}[node.operator]
            case _:
                return False


def source_of(argument: n.Expression, call: n.MacroCall) -> str:
    """The source text of a macro call's argument."""
    if isinstance(argument, (n.Reference, n.RangeLiteral)):
        return argument.literal
    start = call.span.start
    return call.literal[argument.span.start - start : argument.span.end - start]


def nodes_of(node: Any) -> Iterator[Any]:
    """All nodes of a tree, those inside another before it."""
    if isinstance(node, tuple):
        for child in node:
            yield from nodes_of(child)
    elif is_dataclass(node):
        for field in fields(node):
            yield from nodes_of(getattr(node, field.name))
        yield node


def render(source: str, variables: dict[str, Any], dialect: Dialect, limits: Limits | None = None) -> str:
    """The output of a template; a VtlError where Velocity refuses it or throws."""
    try:
        return Evaluator(dialect, source, limits or Limits()).run(variables)
    except JavaError as error:
        raise RenderError(error.message) from error
