"""``python -m benchmarks`` (``make bench``) runs what needs no data of its own; ``python -m benchmarks grading PATH`` the rest."""

import sys

from benchmarks import grading


def main(argv: list[str]) -> int:
    match argv:
        case ["grading", *rest]:
            return grading.main(rest)
        case _:
            print("Say one of: grading PATH.")
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
