try:
    import matplotlib.pyplot as plt
except ImportError:
    plt = None
print("go on")
