"""What do the tests of the whole house share? See phueng/commandline/testing.py."""
