"""The nginx configuration without a project around it: ``python -m plugins.publishing --site … --server-name …``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from plugins.publishing.nginx import NginxSettings, site_configuration


def main(arguments: Sequence[str]) -> int:
    """Print the configuration for the given host."""
    usual = NginxSettings(server_name="", site="")
    parser = argparse.ArgumentParser(prog="python -m plugins.publishing", description="生成 nginx 配置。")
    parser.add_argument("--site", required=True, help="服务器上存放各版本的文件夹")
    parser.add_argument("--server-name", required=True, help="网站的域名")
    parser.add_argument("--listen", default=usual.listen, help="nginx 的 listen 值")
    parser.add_argument("--listen-plain", default=usual.listen_plain, help="转到 HTTPS 的端口，没有则留空")
    parser.add_argument("--service", default=usual.service, help="搜索服务的地址，没有则留空")
    parser.add_argument("--certificate", default="", help="证书文件")
    parser.add_argument("--certificate-key", default="", help="证书的私钥文件")
    parser.add_argument("--cache", default=usual.cache, help="搜索结果暂存的文件夹")
    parser.add_argument("--brotli", action="store_true", help="nginx 带有 brotli_static 模块")
    print(site_configuration(NginxSettings(**vars(parser.parse_args(arguments)))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
