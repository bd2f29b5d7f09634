"""What each command of `gipr` does, apart from the command line itself."""
