"""Programs that make a file once, to be kept: none of them runs in the service, nor when it is trained."""
