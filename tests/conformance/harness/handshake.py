"""handshake.py HOST PORT CA [CERT KEY]   Shakes hands over TLS as a client, then waits for the
server's first word.

Prints `let in`, or the alert that the server sends. A client that writes at once, as buildctl does,
may only see that the connection is gone."""

import socket
import ssl
import sys


def main(host, port, authority, *own):
    context = ssl.create_default_context(cafile=authority)
    context.set_alpn_protocols(["h2"])
    if own:
        context.load_cert_chain(*own)
    try:
        with socket.create_connection((host, int(port)), 10) as plain:
            with context.wrap_socket(plain, server_hostname=host) as connection:
                # HTTP/2 begins with the server's settings.
                print("let in" if connection.recv(1) else "closed")
    except ssl.SSLError as error:
        print(error.reason)


if __name__ == "__main__":
    main(*sys.argv[1:])
