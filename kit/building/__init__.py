"""What runs on the connected machine: the lock, the wheels, the guide, the kit itself."""
