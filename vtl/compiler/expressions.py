"""Values and conditions: literals, operators, interpolated strings."""

from __future__ import annotations

from collections.abc import Sequence

from vtl.compiler import references, runs
from vtl.compiler.emitter import Emitter, Operand
from vtl.lang import nodes

_INTEGER_MIN, _INTEGER_MAX = -(2**31), 2**31 - 1
_COMPARISONS = {"<": "less", ">": "greater", "<=": "less_equal", ">=": "greater_equal"}
_ARITHMETIC = {"-": "subtract", "*": "multiply", "/": "divide", "%": "modulo"}
_LOGIC = frozenset({"&&", "||"})
_BOOLEAN = _LOGIC | _COMPARISONS.keys() | {"==", "!="}


def values(e: Emitter, expressions: Sequence[nodes.Expression]) -> list[str]:
    """Codes of several values, evaluated in order."""
    return [e.atom(value(e, expression)).code for expression in expressions]


def value(e: Emitter, node: nodes.Expression) -> Operand:
    """Writes what computes the value, and gives the code that names it."""
    if isinstance(node, nodes.Reference):
        return references.value(e, node)
    if isinstance(node, nodes.StringLiteral):
        return Operand(repr(node.value), "str")
    if isinstance(node, nodes.IntegerLiteral):
        if _INTEGER_MIN <= node.value <= _INTEGER_MAX:
            return Operand(repr(node.value) if node.value >= 0 else f"({node.value})", "int")
        return Operand(e.constant(node.value))
    if isinstance(node, nodes.BooleanLiteral):
        return Operand(repr(node.value), "bool")
    if isinstance(node, nodes.FloatLiteral):
        return Operand(e.constant(node.value))
    if isinstance(node, nodes.Binary):
        return _binary(e, node)
    if isinstance(node, nodes.Not):
        return Operand(condition(e, node), "bool", atomic=False)
    if isinstance(node, nodes.InterpolatedString):
        return interpolated(e, node)
    return _collection(e, node)


def _collection(
    e: Emitter, node: nodes.ListLiteral | nodes.MapLiteral | nodes.RangeLiteral | nodes.Word | nodes.Invalid
) -> Operand:
    if isinstance(node, nodes.ListLiteral):
        return Operand(f"[{', '.join(values(e, node.items))}]", atomic=False)
    if isinstance(node, nodes.RangeLiteral):
        start, end = values(e, (node.start, node.end))
        both = isinstance(node.start, nodes.IntegerLiteral) and isinstance(node.end, nodes.IntegerLiteral)
        return Operand(f"make_range(run, {start}, {end})", null=not both, atomic=False)
    if isinstance(node, nodes.MapLiteral):
        flat = values(e, [each for entry in node.entries for each in entry])
        pairs = [
            f"{key}: {each}" if isinstance(entry[0], nodes.StringLiteral) else f"as_key({key}): {each}"
            for entry, key, each in zip(node.entries, flat[::2], flat[1::2], strict=True)
        ]
        return Operand(f"{{{', '.join(pairs)}}}", atomic=False)
    return Operand("None", null=True)


def _spine(node: nodes.Binary, operators: frozenset[str]) -> tuple[nodes.Expression, list[nodes.Binary]]:
    """The leftmost operand and the operations on it, innermost first: a long sum is flat, not deep."""
    chain = [node]
    left = node.left
    while isinstance(left, nodes.Binary) and left.operator in operators:
        chain.append(left)
        left = left.left
    return left, chain[::-1]


def _binary(e: Emitter, node: nodes.Binary) -> Operand:
    if node.operator in _BOOLEAN:
        return Operand(condition(e, node), "bool", atomic=False)
    first, chain = _spine(node, frozenset("+-*/%"))
    left = e.atom(value(e, first))
    left_node: nodes.Expression = first
    for each in chain:
        right = e.atom(value(e, each.right))
        with e.at(each.span):
            left = _arithmetic(e, each, left_node, left, right)
        left_node = each
    return left


def _source_text(node: nodes.Expression) -> str:
    return node.literal if isinstance(node, nodes.Reference | nodes.Binary | nodes.RangeLiteral) else ""


def _arithmetic(e: Emitter, node: nodes.Binary, left_node: nodes.Expression, left: Operand, right: Operand) -> Operand:
    """Both sides plain Integers: Python's own operation, whose result is of Java's class by its size. Else the exact way."""
    a, b = left.code, right.code
    if node.operator == "+":
        slow = f"plus(run, {a}, {b}, {_source_text(left_node)!r}, {_source_text(node.right)!r})"
    else:
        slow = f"{_ARITHMETIC[node.operator]}(run, {a}, {b})"
    if left.kind == "str" or right.kind == "str":
        return Operand(e.store(slow), "str" if node.operator == "+" else "any", null=node.operator != "+")
    checks = [
        f"type({each.code}) is int and -2147483648 <= {each.code} <= 2147483647" for each in (left, right) if each.kind != "int"
    ]
    operator = node.operator
    if operator in "/%":
        operator = "//" if operator == "/" else "%"
        checks += [f"{a} >= 0"] if not a.isdigit() else []
        checks += [f"{b} > 0"] if not (b.isdigit() and int(b)) else []
    null = left.kind != "int" or right.kind != "int" or node.operator in "/%"
    if not checks:
        return Operand(e.store(f"{a} {operator} {b}"))
    return Operand(e.store(f"{a} {operator} {b} if {' and '.join(checks)} else {slow}"), null=null)


def condition(e: Emitter, node: nodes.Expression) -> str:
    """Code of a Python bool: SimpleNode.evaluate. Only references, booleans and boolean operators can be true."""
    negated = False
    while isinstance(node, nodes.Not):
        node = node.operand
        negated = not negated
    code = _positive(e, node)
    return f"not ({code})" if negated else code


def _positive(e: Emitter, node: nodes.Expression) -> str:
    if isinstance(node, nodes.BooleanLiteral):
        return repr(node.value)
    if isinstance(node, nodes.Reference):
        return _truth(e, references.value(e, node, sparse=True))
    if isinstance(node, nodes.Binary) and node.operator in _LOGIC:
        return _logic(e, node)
    if isinstance(node, nodes.Binary) and node.operator in _BOOLEAN:
        return _comparison(e, node)
    return "False"


def _truth(e: Emitter, operand: Operand) -> str:
    if operand.kind == "bool":
        return operand.code
    if operand.kind != "any":
        return "True"
    code = e.atom(operand).code
    if e.facts.blocks:
        return f"is_true({code})"
    return f"{code} is not None and {code} is not False" if operand.null else f"{code} is not False"


def _logic(e: Emitter, node: nodes.Binary) -> str:
    """`&&` and `||` stop early; an operand that needs statements of its own is written under an `if`."""
    first, chain = _spine(node, frozenset({node.operator}))
    word = "and" if node.operator == "&&" else "or"
    code = f"({condition(e, first)})"
    for each in chain:
        mark = e.writer.mark()
        e.writer.depth += 1
        right = condition(e, each.right)
        e.writer.depth -= 1
        if e.writer.mark() == mark:
            code = f"{code} {word} ({right})"
            continue
        result = e.temporary()
        with e.at(each.span):
            e.writer.insert(mark, f"{result} = {code}", e.writer.depth)
            e.writer.insert(mark + 1, f"if {result if word == 'and' else f'not {result}'}:", e.writer.depth)
            with e.indented():
                e.line(f"{result} = {right}")
        code = result
    return code


def _comparison(e: Emitter, node: nodes.Binary) -> str:
    first, chain = _spine(node, frozenset(_COMPARISONS.keys() | {"==", "!="}))
    left = e.atom(value(e, first))
    for each in chain:
        right = e.atom(value(e, each.right))
        with e.at(each.span):
            code = _compare(e, each.operator, left, right)
        if each is not chain[-1]:
            left = Operand(e.store(code), "bool")
    return code


def _compare(e: Emitter, operator: str, left: Operand, right: Operand) -> str:
    a, b = left.code, right.code
    if operator in _COMPARISONS:
        checks = " and ".join(f"type({each.code}) is int" for each in (left, right) if each.kind != "int")
        slow = f"{_COMPARISONS[operator]}({a}, {b})"
        return f"{a} {operator} {b} if {checks} else {slow}" if checks else f"{a} {operator} {b}"
    if left.kind == right.kind in ("str", "int"):
        return f"{a} {operator} {b}"
    slow = f"equals({a}, {b})" if operator == "==" else f"not equals({a}, {b})"
    if "str" in (left.kind, right.kind) or "int" in (left.kind, right.kind):
        kind = "str" if "str" in (left.kind, right.kind) else "int"
        unknown = b if left.kind == kind else a
        return f"{a} {operator} {b} if type({unknown}) is {kind} else {slow}"
    return f"{a} {operator} {b} if (k := type({a})) is type({b}) and (k is str or k is int) else {slow}"


def interpolated(e: Emitter, node: nodes.InterpolatedString) -> Operand:
    """A string that is rendered: text and references become one f-string, anything else an output of its own."""
    statements = node.body.children
    if not node.cut and all(isinstance(each, nodes.Text | nodes.Textblock | nodes.Reference) for each in statements):
        code = runs.run_code(e, statements)
        return Operand(e.store(f"checked(run, {code})") if code.startswith("f") else code, "str")
    pieces, put = e.temporary("o"), e.temporary("p")
    e.line(f"{pieces} = []; {put} = {pieces}.append")
    with e.output_to(put):
        e.emit_block(e, node.body)
    joined = f"''.join({pieces}){'[:-1]' if node.cut else ''}"
    return Operand(e.store(f"checked(run, {joined})"), "str")
