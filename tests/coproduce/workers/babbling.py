print("This is no JSON.")
