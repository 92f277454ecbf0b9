"""Does the service keep its promises when somebody, or the power supply, works against it?"""
