"""Do the shared parts of the gateways keep their promises?"""
