#!/bin/sh
# What the container runs: the pages (default) or the search service.
set -eu
case "${1:-pages}" in
pages)
    exec nginx -g 'daemon off;'
    ;;
search)
    site=/srv/xiehui/site/current
    exec python -m plugins.search serve --index "$site/search-index" --page "$site/www/search/index.html" --bind 127.0.0.1:8001
    ;;
*)
    exec "$@"
    ;;
esac
