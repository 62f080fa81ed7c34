"""watch(): what autograd does in real Python, with any library and on any device.

The same gatherers as for a run of the interpreter hear of it. What tells them is not our
interpreter but PyTorch: a TorchFunctionMode hears each operation of the thread, two hooks each
module, and one function, through which all passes go, the passes.
"""
