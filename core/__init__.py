"""What every package needs: settings, errors, time, locks, console. Imports nothing of ours."""
