"""``slack-manifest``: what Slack asks for when the app is made."""

import argparse
from urllib.parse import urlsplit

from bot.ports import StartError


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``slack-manifest``. Its function raises StartError for an address that Slack would not take."""
    parser = commands.add_parser("slack-manifest", help="print the manifest to make the Slack app from")
    parser.add_argument("--http", metavar="URL", default="", help="for HTTP mode, behind this public https:// address")
    parser.add_argument(
        "--link", action="store_true", help="print the address of Slack's page with the manifest filled in"
    )
    parser.set_defaults(run=_manifest)


def _manifest(args: argparse.Namespace) -> int:
    from adapters.slack.manifest import as_yaml, link  # noqa: PLC0415 - no other command needs anything of Slack's

    address = urlsplit(args.http)
    if args.http and (address.scheme != "https" or not address.hostname):
        raise StartError(f"--http takes an address that begins with https://, not {args.http}.", code=2)
    print(link(args.http) if args.link else as_yaml(args.http).rstrip())
    return 0
