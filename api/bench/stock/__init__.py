"""Stock Rasa, the reference: its default configuration on frozen examples, without our server, store or actions."""
