"""`python -m drivers.isolated`: the child; whoever starts it says over the pipe what it is to be."""

from drivers.isolated.child import main

if __name__ == "__main__":
    main()
