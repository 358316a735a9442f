"""Short lessons in the practice commune: they watch what a person does and say what comes next."""
