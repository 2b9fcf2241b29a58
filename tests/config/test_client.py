import pytest

from acr_program.config.client import address

CASES = [  # X-Forwarded-For, the peer, how many proxies of ours, the address believed
    ("", "10.0.0.9", 0, "10.0.0.9"),
    ("6.6.6.6", "10.0.0.9", 0, "10.0.0.9"),  # nobody of ours stands before us: the header is somebody's word
    ("6.6.6.6, 203.0.113.5", "10.0.0.9", 1, "203.0.113.5"),  # the proxy's own entry counts, not the forged one
    ("6.6.6.6, 203.0.113.5, 10.0.0.7", "10.0.0.9", 2, "203.0.113.5"),
    ("203.0.113.5", "10.0.0.9", 2, "10.0.0.9"),  # too short: it did not come the way it should
    ("nonsense", "10.0.0.9", 1, "10.0.0.9"),
    ("2001:db8::1", "10.0.0.9", 1, "2001:db8::1"),
    ("", "", 0, "127.0.0.1"),
]


@pytest.mark.parametrize(("forwarded", "peer", "proxies", "believed"), CASES)
def test_only_the_last_trusted_hop_is_believed(forwarded, peer, proxies, believed):
    assert address(forwarded, peer, proxies) == believed
