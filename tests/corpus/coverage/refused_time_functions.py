import time
time.perf_counter(); time.time(); t = time.process_time()
print("ok")
