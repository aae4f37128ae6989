from itertools import product

import pytest

from tests.deploy.network import End, Network
from tests.deploy.rendering import Object, of_kind, render

CALLS = {
    ("gateway", "content"),
    ("gateway", "interaction"),
    ("gateway", "audit"),
    ("interaction", "content"),
    ("audit", "content"),
}
OUTSIDE = End(namespace={"zhengbu/ingress": "allowed"})
STRANGERS = End(namespace={"kubernetes.io/metadata.name": "other"})
INSIDE = End(address="10.3.2.1")
PUBLIC = ("8.8.8.8", "2400:3200::1")
NOT_PUBLIC = (
    *("0.0.0.1", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1"),
    *("192.168.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255"),
    *("::1", "::ffff:10.0.0.1", "2001::1", "fc00::1", "fe80::1", "ff02::1"),
)
EMBEDDED = ("64:ff9b::a00:1", "2002:a00:1::")  # they lead to 10.0.0.1 where a gateway translates


@pytest.fixture
def network(objects: tuple[Object, ...]) -> Network:
    return Network(objects)


def those_let_in(network: Network, other: End) -> set[str]:
    return {
        name
        for name, pod in network.pods()
        if (port := network.port(name)) and network.lets_in(pod, other, port)
    }


def those_let_out(network: Network, other: End, port: int, protocol: str = "TCP") -> set[str]:
    return {name for name, pod in network.pods() if network.lets_out(pod, other, port, protocol)}


def test_everything_is_denied_first(network: Network) -> None:
    policies = [policy["spec"] for policy in of_kind(network.objects, "NetworkPolicy")]
    assert {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]} in policies


def test_the_gateway_calls_the_services_and_they_ask_content_for_its_keys(
    network: Network,
) -> None:
    pairs = [
        (caller, called, port)
        for caller, called in product(network.pods(), repeat=2)
        if (port := network.port(called[0]))
    ]
    let_out = {
        (a, b) for (a, one), (b, other), port in pairs if network.lets_out(one, other, port)
    }
    let_in = {(a, b) for (a, one), (b, other), port in pairs if network.lets_in(other, one, port)}
    assert let_out == let_in == CALLS


def test_the_base_lets_the_public_reach_the_gateway_alone() -> None:
    assert those_let_in(Network(render("base")), OUTSIDE) == {"gateway"}


def test_the_public_reaches_the_gateway_and_what_of_rest_is_public(network: Network) -> None:
    assert those_let_in(network, OUTSIDE) == {"gateway", "content", "interaction"}


def test_strangers_in_the_cluster_reach_nothing(network: Network) -> None:
    assert those_let_in(network, STRANGERS) == set()


def test_every_process_can_be_measured(network: Network) -> None:
    measured = those_let_in(network, End(namespace={"zhengbu/measures": "allowed"}))
    assert measured == {name for name, _ in network.pods() if network.port(name)}


@pytest.mark.parametrize("protocol", ["UDP", "TCP"])
def test_everyone_can_look_names_up(network: Network, protocol: str) -> None:
    names = End(namespace={"kubernetes.io/metadata.name": "kube-system"})
    assert those_let_out(network, names, 53, protocol) == {name for name, _ in network.pods()}


def test_all_but_the_gateway_reach_a_database(network: Network) -> None:
    everyone = {name for name, _ in network.pods()}
    assert those_let_out(network, INSIDE, 5432) == everyone - {"gateway"}


def test_workers_alone_reach_the_bus(network: Network) -> None:
    assert those_let_out(network, INSIDE, 4222) == {
        "content-worker",
        "interaction-worker",
        "audit-worker",
    }


def test_those_with_files_reach_the_object_store_and_their_workers_the_virus_scanner(
    network: Network,
) -> None:
    workers = {"content-worker", "interaction-worker"}
    assert those_let_out(network, INSIDE, 9000) == {"content", "interaction", *workers}
    assert those_let_out(network, INSIDE, 3310) == workers


@pytest.mark.parametrize("address", PUBLIC)
def test_the_content_worker_alone_calls_out(network: Network, address: str) -> None:
    for port in (443, 8443):
        assert those_let_out(network, End(address=address), port) == {"content-worker"}
    assert those_let_out(network, INSIDE, 443) == set()


@pytest.mark.parametrize("address", [*NOT_PUBLIC, *EMBEDDED])
def test_nobody_calls_what_is_not_public(network: Network, address: str) -> None:
    assert those_let_out(network, End(address=address), 443) == set()
