//! The accept loop: sockets in, hyper in front of a poem endpoint, a graceful end.
