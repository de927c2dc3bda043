"""What is done with the repository as a whole; no part of the program."""
