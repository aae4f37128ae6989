"""Query codes: 80 bits of chance in Crockford's base 32, which has no I, L, O or U to mistake."""

from typing import NamedTuple

from services.interaction.admission.gate import Stranger

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_BYTES = 10
GROUP = 4
LOOKALIKES = str.maketrans("OIL", "011", "- ")


class ShownCode(NamedTuple):
    """A query code as it is shown to follow something, and who shows it."""

    code: str
    by: Stranger


def query_code(chance: bytes) -> str:
    """Spell `chance` in groups of four: `7KQF-2M3N-9XZT-4HBD`."""
    bits = int.from_bytes(chance)
    length = len(chance) * 8 // 5
    signs = "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(length)))
    return "-".join(signs[start : start + GROUP] for start in range(0, length, GROUP))


def as_typed(text: str) -> str:
    """Return the code someone typed, whatever its case, its gaps and its lookalikes."""
    return text.upper().translate(LOOKALIKES)
