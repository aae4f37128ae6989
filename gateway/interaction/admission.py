"""How a reader's proof of work is handed on."""

from urllib.parse import quote


def proving(proof: str | None) -> dict[str, str]:
    """Return the header that shows a proof: base64 as it is, anything else escaped."""
    return {} if proof is None else {"X-Proof-Of-Work": quote(proof, safe="+/=")}
