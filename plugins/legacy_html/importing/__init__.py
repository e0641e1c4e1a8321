"""From a scrape on the disk to items in ``content/``, each with its record and its raw bytes."""
