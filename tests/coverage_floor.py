"""Hold the measured branch coverage against what is asked: the rules must reach 100 %.

Run after the tests: ``python -m tests.coverage_floor``. What belongs to the rules, pyproject.toml says.
"""

import sys

from coverage import Coverage


def main() -> int:
    measured = Coverage()
    measured.load()
    reached = measured.report(file=sys.stdout, show_missing=True, skip_covered=True)
    print(f"coverage of the rules, with branches: {reached:.2f} % (100 %)")
    return 0 if reached == 100 else 1


if __name__ == "__main__":
    sys.exit(main())
