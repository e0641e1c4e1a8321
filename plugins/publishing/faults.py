"""What stops a publication."""

from __future__ import annotations


class PublishingError(Exception):
    """A publication cannot go on; the message is Chinese and says what to do. What is being served is untouched."""


class PublisherBusyError(PublishingError):
    """Another publisher holds the lock; the message says who and since when."""
