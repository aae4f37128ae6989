"""Who may reach whom, as the network policies say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from tests.deploy.rendering import Object, container, labels, of_kind, selects


@dataclass(frozen=True)
class End:
    """One end of a connection: a pod of ours, a pod of another namespace, or an address."""

    pod: dict[str, str] | None = None
    namespace: dict[str, str] | None = None
    address: str | None = None


@dataclass(frozen=True)
class Network:
    """The pods of an overlay and the policies between them."""

    objects: tuple[Object, ...]

    def pods(self) -> Iterator[tuple[str, End]]:
        for workload in of_kind(self.objects, "Deployment", "Job"):
            yield workload["metadata"]["name"], End(pod=labels(workload))

    def port(self, name: str) -> int | None:
        """Return the port that a process listens on; a migration listens on none."""
        for workload in of_kind(self.objects, "Deployment"):
            if workload["metadata"]["name"] == name:
                port: int = container(workload)["ports"][0]["containerPort"]
                return port
        return None

    def lets_in(self, pod: End, other: End, port: int) -> bool:
        return self._opens("Ingress", "from", pod, other, ("TCP", port))

    def lets_out(self, pod: End, other: End, port: int, protocol: str = "TCP") -> bool:
        return self._opens("Egress", "to", pod, other, (protocol, port))

    def _opens(
        self, direction: str, peers: str, pod: End, other: End, port: tuple[str, int]
    ) -> bool:
        governing = [
            policy["spec"]
            for policy in of_kind(self.objects, "NetworkPolicy")
            if direction in policy["spec"]["policyTypes"]
            and selects(policy["spec"]["podSelector"], pod.pod or {})
        ]
        rules = [rule for spec in governing for rule in spec.get(direction.lower(), [])]
        return not governing or any(
            _is_among(other, rule.get(peers)) and _is_open(port, rule.get("ports"))
            for rule in rules
        )


def _is_open(port: tuple[str, int], ports: Iterable[Object] | None) -> bool:
    return ports is None or any(
        (listed["protocol"], listed.get("port", port[1])) == port for listed in ports
    )


def _is_among(other: End, peers: Iterable[Object] | None) -> bool:
    return peers is None or any(_is(other, peer) for peer in peers)


def _is(other: End, peer: Object) -> bool:
    if block := peer.get("ipBlock"):
        return other.address is not None and _lies_in(other.address, block)
    if "namespaceSelector" in peer:
        assert "podSelector" not in peer
        return other.namespace is not None and selects(peer["namespaceSelector"], other.namespace)
    return other.pod is not None and selects(peer["podSelector"], other.pod)


def _lies_in(address: str, block: Object) -> bool:
    asked = ip_address(address)
    return asked in ip_network(block["cidr"]) and not any(
        asked in ip_network(hole) for hole in block.get("except", [])
    )
