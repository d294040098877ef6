"""Whether pages that are empty without JavaScript can be rendered here: it takes the extra `js`."""

from importlib.util import find_spec

HOW_TO_RENDER = (
    "its pages need a browser: pip install 'deltanews[js]', and Chromium from your system's packages "
    "or by `playwright install chromium`"
)
"""One line for users who lack it."""


def can_render() -> bool:
    """Tell whether the extra is installed; the browser itself is looked for when it is started."""
    return find_spec("playwright") is not None
