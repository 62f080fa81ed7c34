try:
    raise OSError("disk")
except OSError as e:
    print(e)
