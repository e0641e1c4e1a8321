"""Settings of the public build: those of ``pelicanconf.py`` with the public address."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: F403

SITEURL = os.environ.get("SITEURL", "https://www.example.org")
PREVIEW = False
