"""Elements in words, for the origin of a field."""

from lxml.html import HtmlElement


def described(element: HtmlElement) -> str:
    """Return an element as a person writes it in CSS: `div#endText`, `span.time`, `p`."""
    name = str(element.tag)
    if identity := (element.get("id") or "").strip():
        return f"{name}#{identity.split()[0]}"
    classes = (element.get("class") or "").split()
    return f"{name}.{classes[0]}" if classes else name
