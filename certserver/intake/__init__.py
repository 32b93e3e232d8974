"""Takes in the registers as a core system hands them over: checks a delivery whole, then puts it in force."""
