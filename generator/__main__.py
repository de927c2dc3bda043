"""`python -m generator` does the same as the command `disclosure`."""

from generator.cli import main

if __name__ == "__main__":
    main()
