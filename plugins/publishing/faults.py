"""What stops a publication."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class PublishingError(Exception):
    """A publication cannot go on; the message is Chinese and says what to do. What is being served is untouched."""


class PublisherBusyError(PublishingError):
    """Another publisher holds the lock; the message says who and since when."""


@contextmanager
def plain_faults() -> Iterator[None]:
    """Say in Chinese what the disk refuses."""
    try:
        yield
    except OSError as error:
        raise PublishingError(
            f"读写 {error.filename or '文件'} 时出错：{error.strerror or error}。线上内容没有变化。"
        ) from error
