"""Long drills: what a machine does to the program, again and again, beside a run that nothing disturbed."""
