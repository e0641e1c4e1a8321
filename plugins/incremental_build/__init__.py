"""Make only what changed, write only what differs, and leave nothing behind that lost its source."""
