"""PyTorch checkpoints to the ONNX graphs, raw weights and manifests that the app loads."""
