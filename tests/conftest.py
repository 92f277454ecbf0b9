"""What do the tests of the whole house share? Databases and the running service come from phueng/commandline/testing.py."""
