s = "Hello, World"
print(s.lower(), s.replace("l", "L"), s.split(", "), s.partition(","), s.casefold(), s.isalnum(), s.rsplit(",", 1), s.encode())
