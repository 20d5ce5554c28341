"""Stands in for ``pip install`` where there is no index: links what a lock names out of this environment, and nothing else."""

import compileall
import re
import sys
import sysconfig
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_ASKED = ["install", "--no-deps", "--only-binary", ":all:", "--require-hashes", "--no-cache-dir"]


def main(arguments: list[str]) -> None:
    missing = [one for one in _ASKED if one not in arguments]
    assert not missing, f"the image should install with {missing}"
    env = Path(arguments[arguments.index("--python") + 1]).parents[1]
    packages = Path(sysconfig.get_paths(vars={"base": str(env), "platbase": str(env)})["purelib"])
    lock = Path(arguments[arguments.index("-r") + 1]).read_text()
    for pin in map(Requirement, re.findall(r"^([a-z0-9][^\s\\]*(?: ;[^\\]*)?)", lock, re.MULTILINE)):
        if pin.marker is None or pin.marker.evaluate():
            _link(pin, packages)
    compileall.compile_dir(packages, quiet=1)  # as pip does


def _link(pin: Requirement, into: Path) -> None:
    known = distribution(canonicalize_name(pin.name))
    assert pin.specifier.contains(known.version), f"{pin} is locked, {known.version} is here"
    for top in {file.parts[0] for file in known.files or ()} - {"..", "__pycache__"}:
        target = into / top
        if not target.exists():
            target.symlink_to(Path(str(known.locate_file(top))))


if __name__ == "__main__":
    main(sys.argv[1:])
