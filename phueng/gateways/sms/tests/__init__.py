"""Do messages leave, arrive and fail the way the SMS gateway says?"""
