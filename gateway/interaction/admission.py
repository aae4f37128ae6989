"""How what a reader shows, a query code or a proof of work, is handed on."""

from urllib.parse import quote

from gateway.upstream import segment


def showing(query_code: str, proof: str | None) -> dict[str, str]:
    """Return the headers that show a query code, with a proof for when wrong ones closed it."""
    return {"X-Query-Code": segment(query_code)} | proving(proof)


def proving(proof: str | None) -> dict[str, str]:
    """Return the header that shows a proof: base64 as it is, anything else escaped."""
    return {} if proof is None else {"X-Proof-Of-Work": quote(proof, safe="+/=")}
