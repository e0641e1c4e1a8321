"""``python -m plugins.content_types body``: a Markdown body on standard input, the article body as published on output."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from plugins.assembly.body import published_body

USAGE = "用法：python -m plugins.content_types body < 正文.md"


def main(arguments: Sequence[str]) -> int:
    """Return 0, or 1 where the text has a problem that would stop a build; problems go to standard error."""
    if list(arguments) != ["body"]:
        print(USAGE, file=sys.stderr)
        return 2
    html, problems = published_body(sys.stdin.buffer.read())
    sys.stdout.buffer.write(html.encode("utf-8", "replace"))
    for problem in problems:
        print(problem, file=sys.stderr)
    return int(any(problem.is_blocking for problem in problems))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
