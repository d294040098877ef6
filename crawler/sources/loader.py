"""Source files read, validated and decided on: which sources there are, and which of them are on."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from core.errors import UsageError, system_reason
from crawler.addresses import is_public_host
from crawler.sources.decision import decide
from crawler.sources.mistakes import mistakes
from crawler.sources.model import Source
from crawler.sources.rendering import HOW_TO_RENDER, can_render

BUNDLED = Path(__file__).parent
"""The folder of the source files that come with DeltaNews."""


class SourceError(UsageError):
    """A source file is wrong; the message names the file, the key and the reason."""


@dataclass(frozen=True)
class SourceFiles:
    """What the source files say."""

    sources: dict[str, Source]
    """Every source, the disabled ones too, by name in order of names, with `enabled` decided."""
    broken: dict[str, SourceError]
    """What is wrong with the others, by the name of the file. A bundled source of that name stands in for none."""

    @property
    def delta_lists(self) -> frozenset[tuple[str, str]]:
        """The sections that are all about the delta, as source and name."""
        return frozenset(
            (source.name, section.name)
            for source in self.sources.values()
            for section in source.sections
            if section.all_delta
        )

    def whole(self) -> dict[str, Source]:
        """Return the sources; raises the SourceError of the first file that is wrong."""
        for error in self.broken.values():
            raise error
        return self.sources


def load_sources(*, bundled: bool = True, folders: Sequence[Path] = (), party_media: bool = False) -> dict[str, Source]:
    """Return every source as `load_source_files` does; raises SourceError where one of the files is wrong."""
    return load_source_files(bundled=bundled, folders=folders, party_media=party_media).whole()


def load_source_files(*, bundled: bool = True, folders: Sequence[Path] = (), party_media: bool = False) -> SourceFiles:
    """Read every source file; what is wrong with one is no reason to go without the others.

    `folders` are a user's own, read beside the bundled folder (or instead of it); of one name the last one read counts.
    Which of them are on, `decision.decide` says. Raises SourceError for a folder that is not there.
    """
    sources: dict[str, Source] = {}
    broken: dict[str, SourceError] = {}
    replaced: dict[str, Source] = {}
    for folder in [*([BUNDLED] if bundled else []), *folders]:
        if not folder.is_dir():
            raise SourceError(f"{folder}: there is no such folder")
        for path in sorted(folder.glob("*.toml")):
            if path.stem in sources:
                replaced[path.stem] = sources.pop(path.stem)
            broken.pop(path.stem, None)
            try:
                sources[path.stem] = read_source(path, bundled=folder == BUNDLED)
            except SourceError as error:
                broken[path.stem] = error
    # A source that is broken for an hour is no reason to put party media in its place meanwhile.
    counted = [*sources.values(), *(replaced[name] for name in broken if name in replaced)]
    decided = [source for source in decide(counted, party_media=party_media) if source.name not in broken]
    return SourceFiles({source.name: source for source in sorted(decided, key=lambda source: source.name)}, broken)


def active_sources(sources: Mapping[str, Source], names: Sequence[str] = ()) -> tuple[Source, ...]:
    """Return the sources to crawl: those named, off or not, or all that are on.

    Raises SourceError for a name that no source has, and for a named source that is unsupported, or whose pages need a
    browser where the extra `js` is not installed.
    """
    if not names:
        return tuple(source for source in sources.values() if source.enabled)
    for name in names:
        if name not in sources:
            raise SourceError(f"there is no source {name!r}; known: {', '.join(sources)}")
        if reason := sources[name].unsupported:
            raise SourceError(f"{name} is not supported: {reason}")
        if sources[name].render == "browser" and not can_render():
            raise SourceError(f"{name} cannot be crawled here: {HOW_TO_RENDER}")
    return tuple(sources[name] for name in dict.fromkeys(names))


def source_path(name: str, *, bundled: bool = True, folders: Sequence[Path] = ()) -> Path | None:
    """Return the file that `load_sources` took a source from."""
    candidates = [folder / f"{name}.toml" for folder in [*([BUNDLED] if bundled else []), *folders]]
    return next((path for path in reversed(candidates) if path.is_file()), None)


def read_source(path: Path, *, bundled: bool = False) -> Source:
    """Return the source of one file; SourceError where it is not valid.

    A bundled file may not reach into private networks, and must say why it is off and which addresses are articles.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError(f"{path}: {system_reason(error)}") from error
    try:
        source = Source.model_validate(data)
    except ValidationError as error:
        raise SourceError(f"{path}: {mistakes(error.errors())}") from error
    if source.name != path.stem:
        raise SourceError(f"{path}: name: it is {source.name!r}, but the file is named {path.stem!r}")
    for host in source.hosts:
        if not source.private and not is_public_host(host.lstrip(".")):
            raise SourceError(f"{path}: hosts: {host} is a loopback or private address; say `private = true`")
    if bundled and source.private:
        raise SourceError(f"{path}: private: a bundled source may not use private addresses")
    if bundled and not source.article:
        raise SourceError(f"{path}: article: a bundled source must say which addresses are articles")
    if not source.enabled and not source.disabled_because:
        raise SourceError(f"{path}: disabled_because: say why it is off")
    return source
