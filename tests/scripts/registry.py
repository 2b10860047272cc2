"""A registry on loopback with one image: busybox, in one layer."""

import hashlib
import http.server
import io
import json
import tarfile
import threading

MANIFEST = "application/vnd.oci.image.manifest.v1+json"


def described(media_type, content):
    return {"mediaType": media_type, "size": len(content),
            "digest": "sha256:" + hashlib.sha256(content).hexdigest()}


def image(busybox):
    """The blobs of the image by digest, and its manifest."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as layer:
        program = tarfile.TarInfo("bin/sh")
        program.mode, program.size = 0o755, busybox.stat().st_size
        with busybox.open("rb") as file:
            layer.addfile(program, file)
    layer = stream.getvalue()
    digest = "sha256:" + hashlib.sha256(layer).hexdigest()
    config = json.dumps({"architecture": "amd64", "os": "linux", "config": {},
                         "rootfs": {"type": "layers", "diff_ids": [digest]}}).encode()
    manifest = {"schemaVersion": 2, "mediaType": MANIFEST,
                "config": described("application/vnd.oci.image.config.v1+json", config),
                "layers": [described("application/vnd.oci.image.layer.v1.tar", layer)]}
    blobs = {described("", blob)["digest"]: blob for blob in (layer, config)}
    return blobs, json.dumps(manifest).encode()


def serve(busybox):
    """A running server; its image is called `HOST:PORT/busybox:1`."""
    blobs, manifest = image(busybox)
    blobs[described("", manifest)["digest"]] = manifest

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            name = self.path.rsplit("/", 1)[-1]
            content = manifest if self.path.endswith("/manifests/1") else blobs.get(name)
            self.send_response(200 if content or self.path == "/v2/" else 404)
            self.send_header("Content-Type",
                             MANIFEST if content == manifest else "application/octet-stream")
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(content or b"")

        do_HEAD = do_GET

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
