"""multilingual-e5-small (MIT): its packaged 4-bit weights, a graph of our own for onnxruntime, and its tokens."""
