"""The `arznoma` command: arguments in, messages out, exit codes."""

from generator.cli.main import main, program

__all__ = ["main", "program"]
