import logging
logging.basicConfig(level=logging.INFO)
logging.info("x")
print("ok")
