"""How Zhengbu is run: the local stack, the cluster's manifests and the command line."""
