"""The file of phrases: valid as it comes, and an error names file, key and reason."""

import pytest

from crawler.extraction.boilerplate import BoilerplateError, bundled_boilerplate, read_boilerplate

END = '[[end]]\nname = "x"\nmost = 9\npatterns = ["x"]\n[[head]]\nname = "x"\nmost = 9\npatterns = ["x"]\n'


def test_the_bundled_file_is_valid() -> None:
    phrases = bundled_boilerplate()
    assert all((phrases.line, phrases.end, phrases.head))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('[[line]]\nname = "x"\nmost = 9\npatterns = ["("]', "line.0.patterns"),
        ('[[line]]\nname = "x"\nmost = 0\npatterns = ["x"]', "line.0.most"),
        ('[[line]]\nname = "x"\npatterns = ["x"]', "line.0.most"),
        ('[[line]]\nname = "x"\nmost = 9\npatterns = []', "patterns is empty"),
        ('[[line]]\nname = "x"\nmost = 9\npatterns = ["x"]\nsite = "y"', "line.0.site"),
        ("[[line", "mine.toml"),
    ],
)
def test_a_mistake_is_named(line: str, said: str) -> None:
    with pytest.raises(BoilerplateError, match=r"mine\.toml") as error:
        read_boilerplate(f"{END}{line}", "mine.toml")
    assert said in str(error.value)
