import warnings
warnings.filterwarnings("ignore")
print("ok")
