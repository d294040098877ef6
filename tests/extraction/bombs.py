"""Pages made to make extraction hang or swell; `python -m benchmarks.hostile_pages` measures them."""

BOMBS = {
    "nested 100,000 deep": b"<div>" * 100_000 + "长三角。".encode() + b"</div>" * 100_000,
    "nested inline": b"<p><span>" * 60_000 + "长三角。".encode(),
    "tables never closed": b"<table><tr><td>" * 50_000,
    "50 MB of one tag": b"<a" + b"a" * 50_000_000 + b">",
    "50 MB of tags": b"<div></div>" * 4_600_000,
    "50 MB of brackets": b"<" * 50_000_000,
    "one paragraph without end": "长三角一体化，".encode() * 300_000,
    "paragraphs without end": "<p>长三角一体化，协同发展。</p>".encode() * 100_000,
    "paragraphs that differ": "".join(f"<p>长三角第{n}次会议，共同发展。</p>" for n in range(60_000)).encode(),
    "links without end": '<li><a href="/a">长三角一体化又有新进展</a></li>'.encode() * 50_000,
    "line breaks": "长三角一体化，发展。<br>".encode() * 100_000,
    "a title without end": ("<title>" + "题" * 200_000 + "</title><h1>" + "题" * 200_000 + "</h1>").encode(),
    "glosses without end": "汉(hàn".encode() * 300_000,
    "dates without end": b"2025-07-01 09:31 " * 200_000,
    "labels without end": "来源：责任编辑：记者".encode() * 100_000,
    "script without end": b'<script>x="' + "长三角。".encode() * 500_000,
    "JSON nested deep": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>",
    "NULs alone": b"\x00" * 5_000_000,
    "attributes": b"<div " + b"a=1 " * 500_000 + b">x</div>",
}
