"""Where a release is delivered: a folder, a host, a bucket, a branch."""
