"""``python -m benchmarks`` (``make bench``) runs what needs no data of its own; ``python -m benchmarks grading PATH`` the rest."""

import sys

from benchmarks import crashes, grading


def main(argv: list[str]) -> int:
    match argv:
        case []:
            return crashes.main([])
        case ["crashes", *rest]:
            return crashes.main(rest)
        case ["grading", *rest]:
            return grading.main(rest)
        case _:
            print("Say nothing, or one of: crashes, grading PATH.")
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
