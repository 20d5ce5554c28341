"""What every chat that listens does with what comes in, whatever its platform: told once, waited for, tried again."""
