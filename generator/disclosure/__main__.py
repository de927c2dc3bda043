"""`python -m disclosure` does the same as the command `disclosure`."""

from disclosure.cli import main

if __name__ == "__main__":
    main()
