with open("notes.txt", "w") as f:
    f.write("hi")
print("ok")
