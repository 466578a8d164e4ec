"""The methods of java.math.BigInteger."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from vtl.errors import LimitExceeded
from vtl.values.call import Call
from vtl.values.comparison import null_message
from vtl.values.decimals import arithmetic, check_bits
from vtl.values.failures import null_pointer
from vtl.values.scalars import Byte, JavaArray, Short, as_big, as_long
from vtl.values.signatures import Method, declare

_BIG = "java.math.BigInteger"
_WITNESSES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
_SEARCH_BITS = 1024
_POWER_BITS = 4096
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def _given(value: int | None, field: str = "signum", parameter: str = "val") -> int:
    """A BigInteger argument as a plain int; null fails as Java words it."""
    if value is None:
        raise null_pointer(f'Cannot read field "{field}" because "{parameter}" is null')
    return int(value)


def _add(call: Call, self: int, other: int | None) -> int:
    result = int(self) + _given(other)
    check_bits(call.limits, result.bit_length() - 1)
    return as_big(result)


def _subtract(call: Call, self: int, other: int | None) -> int:
    result = int(self) - _given(other)
    check_bits(call.limits, result.bit_length() - 1)
    return as_big(result)


def _multiply(call: Call, self: int, other: int | None) -> int:
    right = _given(other)
    check_bits(call.limits, self.bit_length() + right.bit_length() - 1)
    return as_big(int(self) * right)


def _divmod(self: int, other: int | None, field: str = "mag") -> tuple[int, int]:
    right = _given(other, field)
    if right == 0:
        raise arithmetic("BigInteger divide by zero")
    quotient = abs(self) // abs(right)
    if (self < 0) != (right < 0):
        quotient = -quotient
    return quotient, int(self) - quotient * right


def _divide(call: Call, self: int, other: int | None) -> int:
    return as_big(_divmod(self, other)[0])


def _remainder(call: Call, self: int, other: int | None) -> int:
    return as_big(_divmod(self, other)[1])


def _divide_and_remainder(call: Call, self: int, other: int | None) -> JavaArray:
    return JavaArray(map(as_big, _divmod(self, other)), _BIG)


def _modulus(value: int | None, parameter: str = "m") -> int:
    modulus = _given(value, "signum", parameter)
    if modulus <= 0:
        raise arithmetic("BigInteger: modulus not positive")
    return modulus


def _mod(call: Call, self: int, other: int | None) -> int:
    return as_big(int(self) % _modulus(other))


def _mod_pow(call: Call, self: int, exponent: int | None, modulus: int | None) -> int:
    base, power = _modulus(modulus), _given(exponent, "signum", "exponent")
    if base.bit_length() * power.bit_length() > _POWER_BITS * _POWER_BITS:
        raise LimitExceeded("integer_digits", f"modPow takes numbers of up to {_POWER_BITS:,} bits")
    try:
        return as_big(pow(int(self), power, base))
    except ValueError:
        raise arithmetic("BigInteger not invertible.") from None


def _mod_inverse(call: Call, self: int, modulus: int | None) -> int:
    try:
        return as_big(pow(int(self), -1, _modulus(modulus)))
    except ValueError:
        raise arithmetic("BigInteger not invertible.") from None


def _pow(call: Call, self: int, exponent: int) -> int:
    if exponent < 0:
        raise arithmetic("Negative exponent")
    if abs(self) > 1:
        check_bits(call.limits, (abs(self).bit_length() - 1) * exponent)
    else:
        exponent = min(exponent, 2 + exponent % 2)
    result = int(self) ** exponent
    check_bits(call.limits, result.bit_length() - 1)
    return as_big(result)


def _shift(call: Call, self: int, by: int) -> int:
    """shiftLeft; a negative distance shifts right."""
    if by <= 0:
        return as_big(int(self) >> -by)
    if self:
        check_bits(call.limits, self.bit_length() + by - 1)
    return as_big(int(self) << by if self else 0)


def _sqrt(call: Call, self: int) -> int:
    if self < 0:
        raise arithmetic("Negative BigInteger")
    return as_big(math.isqrt(self))


def _sqrt_and_remainder(call: Call, self: int) -> JavaArray:
    root = _sqrt(call, self)
    return JavaArray([root, as_big(int(self) - int(root) ** 2)], _BIG)


def _bit(call: Call, position: int) -> int:
    """The number with one bit set."""
    if position < 0:
        raise arithmetic("Negative bit address")
    check_bits(call.limits, position)
    return 1 << position


def _test_bit(call: Call, self: int, position: int) -> bool:
    if position < 0:
        raise arithmetic("Negative bit address")
    return bool(int(self) >> position & 1)


def _lowest_bit(call: Call, self: int) -> int:
    return (int(self) & -int(self)).bit_length() - 1


def _bit_count(call: Call, self: int) -> int:
    return int(self if self >= 0 else ~self).bit_count()


def _bit_length(call: Call, self: int) -> int:
    return int(self if self >= 0 else ~self).bit_length()


def _logic(operate: Callable[[int, int], int]) -> Callable[[Call, int, int | None], int]:
    def run(call: Call, self: int, other: int | None) -> int:
        if other is None:
            raise null_pointer('Cannot invoke "java.math.BigInteger.intLength()" because "val" is null')
        return as_big(operate(int(self), int(other)))

    return run


def _exact(low: int, high: int, name: str, wrap: Callable[[int], Any]) -> Callable[[Call, int], Any]:
    def run(call: Call, self: int) -> Any:
        if not low <= self <= high:
            raise arithmetic(f"BigInteger out of {name} range")
        return wrap(int(self))

    return run


def radix_text(value: int, radix: int) -> str:
    """BigInteger.toString with a radix; one out of range is 10."""
    if not 2 <= radix <= 36 or radix == 10:
        return str(Decimal(value))
    sign = "-" if value < 0 else ""
    return sign + (_radix_digits(abs(value), radix).lstrip("0") or "0")


def _radix_digits(value: int, radix: int) -> str:
    """The digits, halving the number until it is short; they may begin with zeros."""
    if value < 1 << 64:
        digits = ""
        while value:
            value, digit = divmod(value, radix)
            digits = _DIGITS[digit] + digits
        return digits or "0"
    half = max(1, int(value.bit_length() / math.log2(radix) / 2))
    high, low = divmod(value, radix**half)
    return _radix_digits(high, radix) + _radix_digits(low, radix).rjust(half, "0")


def _to_bytes(call: Call, self: int) -> JavaArray:
    size = _bit_length(call, self) // 8 + 1
    data = int(self).to_bytes(size, "big", signed=True)
    return JavaArray((Byte(byte - 256 if byte > 127 else byte) for byte in data), "byte")


def is_probable_prime(value: int) -> bool:
    """Miller and Rabin's test with fixed witnesses, which is exact for numbers below 3.3e24."""
    if value < 2:
        return False
    for prime in _WITNESSES:
        if value % prime == 0:
            return value == prime
    odd, twos = value - 1, 0
    while odd % 2 == 0:
        odd //= 2
        twos += 1
    return all(_passes(value, witness, odd, twos) for witness in _WITNESSES)


def _passes(value: int, witness: int, odd: int, twos: int) -> bool:
    power = pow(witness, odd, value)
    if power in (1, value - 1):
        return True
    for _ in range(twos - 1):
        power = power * power % value
        if power == value - 1:
            return True
    return False


def _check_search(value: int) -> None:
    if value.bit_length() > _SEARCH_BITS:
        raise LimitExceeded("integer_digits", f"prime tests take numbers of up to {_SEARCH_BITS:,} bits")


def _is_prime(call: Call, self: int, certainty: int) -> bool:
    if certainty <= 0:
        return True
    _check_search(self)
    return is_probable_prime(abs(self))


def _next_prime(call: Call, self: int) -> int:
    if self < 0:
        raise arithmetic(f"start < 0: {radix_text(self, 10)}")
    _check_search(self)
    candidate = int(self) + 1
    while not is_probable_prime(candidate):
        candidate += 1
    return as_big(candidate)


def _compare_to(call: Call, self: int, other: int | None) -> int:
    if other is None:
        raise null_pointer(null_message(_BIG))
    return (self > other) - (self < other)


def _gcd(call: Call, self: int, other: int | None) -> int:
    return as_big(math.gcd(self, _given(other)))


def _lesser(call: Call, self: int, other: int | None) -> int:
    return as_big(min(int(self), _given(other)))


def _greater(call: Call, self: int, other: int | None) -> int:
    return as_big(max(int(self), _given(other)))


def _no_random(call: Call, self: int, bits: int, random: None) -> int:
    """probablePrime, which only null can be given to as the source of chance."""
    if bits < 2:
        raise arithmetic("bitLength < 2")
    method = "nextInt()" if bits < 95 else "nextBytes(byte[])"
    raise null_pointer(f'Cannot invoke "java.util.Random.{method}" because "rnd" is null')


METHODS: tuple[Method, ...] = declare(
    _BIG,
    ("BigInteger abs()", lambda call, self: as_big(abs(int(self)))),
    ("BigInteger add(BigInteger)", _add),
    ("BigInteger and(BigInteger)", _logic(lambda a, b: a & b)),
    ("BigInteger andNot(BigInteger)", _logic(lambda a, b: a & ~b)),
    ("int bitCount()", _bit_count),
    ("int bitLength()", _bit_length),
    ("byte byteValueExact()", _exact(-128, 127, "byte", Byte)),
    ("BigInteger clearBit(int)", lambda call, self, n: as_big(int(self) & ~_bit(call, n))),
    ("int compareTo(BigInteger)", _compare_to),
    ("BigInteger divide(BigInteger)", _divide),
    ("BigInteger[] divideAndRemainder(BigInteger)", _divide_and_remainder),
    ("BigInteger flipBit(int)", lambda call, self, n: as_big(int(self) ^ _bit(call, n))),
    ("BigInteger gcd(BigInteger)", _gcd),
    ("int getLowestSetBit()", _lowest_bit),
    ("int intValueExact()", _exact(-(2**31), 2**31 - 1, "int", int)),
    ("boolean isProbablePrime(int)", _is_prime),
    ("long longValueExact()", _exact(-(2**63), 2**63 - 1, "long", as_long)),
    ("BigInteger max(BigInteger)", _greater),
    ("BigInteger min(BigInteger)", _lesser),
    ("BigInteger mod(BigInteger)", _mod),
    ("BigInteger modInverse(BigInteger)", _mod_inverse),
    ("BigInteger modPow(BigInteger, BigInteger)", _mod_pow),
    ("BigInteger multiply(BigInteger)", _multiply),
    ("BigInteger negate()", lambda call, self: as_big(-int(self))),
    ("BigInteger nextProbablePrime()", _next_prime),
    ("BigInteger not()", lambda call, self: as_big(~int(self))),
    ("BigInteger or(BigInteger)", _logic(lambda a, b: a | b)),
    ("BigInteger pow(int)", _pow),
    ("static BigInteger probablePrime(int, Random)", _no_random),
    ("BigInteger remainder(BigInteger)", _remainder),
    ("BigInteger setBit(int)", lambda call, self, n: as_big(int(self) | _bit(call, n))),
    ("BigInteger shiftLeft(int)", _shift),
    ("BigInteger shiftRight(int)", lambda call, self, n: _shift(call, self, -n)),
    ("short shortValueExact()", _exact(-(2**15), 2**15 - 1, "short", Short)),
    ("int signum()", lambda call, self: (self > 0) - (self < 0)),
    ("BigInteger sqrt()", _sqrt),
    ("BigInteger[] sqrtAndRemainder()", _sqrt_and_remainder),
    ("BigInteger subtract(BigInteger)", _subtract),
    ("boolean testBit(int)", _test_bit),
    ("byte[] toByteArray()", _to_bytes),
    ("String toString(int)", lambda call, self, radix: radix_text(int(self), radix)),
    ("static BigInteger valueOf(long)", lambda call, self, value: as_big(value)),
    ("BigInteger xor(BigInteger)", _logic(lambda a, b: a ^ b)),
)
