"""Links between pages, and which addresses a page may link to."""

import pytest

from safeguard_rules.reports.html.rendering import relative, web_address


@pytest.mark.parametrize(
    ("page", "target", "link"),
    [
        ("index.html", "packs/a.html", "packs/a.html"),
        ("packs/a.html", "index.html", "../index.html"),
        ("rules/a/b.html", "rules/a/c.html", "c.html"),
        ("rules/a/b.html", "actions/a.html#action-x", "../../actions/a.html#action-x"),
        ("packs/a.html", "packs/a.html#threshold-x", "#threshold-x"),
    ],
)
def test_links_are_relative_so_that_a_folder_can_lie_anywhere(page: str, target: str, link: str) -> None:
    assert relative(page, target) == link


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https://example.org/ and more", False),
        (None, False),
    ],
)
def test_only_addresses_on_the_web_are_linked(text: str | None, leads: bool) -> None:
    assert web_address(text) == (text if leads else None)
