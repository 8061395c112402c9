#!/usr/bin/env python3
"""Meta's own SDK against the sandbox: a client that knows nothing of this project.

    python3 -m venv sdk-venv && sdk-venv/bin/pip install facebook_business==26.0.3
    cargo run -- sandbox --listen 127.0.0.1:8090
    sdk-venv/bin/python e2e/independent/meta_sdk.py http://127.0.0.1:8090 contentzavod-server/assets/reel.mp4

Publishes one Reel that the sandbox fetches and one that is pushed, both by Facebook Login, with signed
calls, and tries what the platform refuses. Ends with 1 where something is not as on the platform.
It is no part of the tests: it needs PyPI.
"""

import functools
import hashlib
import http.server
import json
import os
import sys
import threading
import time

import requests
from facebook_business.adobjects.igmedia import IGMedia
from facebook_business.adobjects.iguser import IGUser
from facebook_business.adobjects.page import Page
from facebook_business.adobjects.user import User
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

APP_ID, APP_SECRET = "2000000000000002", "sandbox-meta-app-secret"
PERSON = "EAA-sandbox-sdk"


class Files(http.server.SimpleHTTPRequestHandler):
    """Serves one folder with HEAD and ranges, as the platform needs it."""

    def log_message(self, *_):
        pass

    def do_GET(self):
        with open(self.translate_path(self.path), "rb") as file:
            data = file.read()
        wanted = self.headers.get("Range", "bytes=0-")
        first, last = wanted[len("bytes="):].split("-")
        first, last = int(first), int(last or len(data) - 1)
        self.send_response(206)
        self.send_header("Content-Type", "video/mp4")
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        self.wfile.write(data[first:last + 1])


def serve(folder):
    handler = functools.partial(Files, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def ready(container):
    """Waits until the container reads FINISHED."""
    for _ in range(60):
        status = call("GET", [container], {"fields": "status_code,status"})
        if status["status_code"] == "FINISHED":
            return
        assert status["status_code"] == "IN_PROGRESS", status
        time.sleep(0.3)
    raise AssertionError("the container is never ready")


def call(method, path, params):
    """A call of the SDK for which it has no object: containers."""
    api = FacebookAdsApi.get_default_api()
    return api.call(method, path, params).json()


def publish(user, params):
    made = user.create_media(params=params)
    container = made["id"]
    return container, made


def live(user, container):
    media = user.create_media_publish(params={"creation_id": container})["id"]
    shown = IGMedia(media).api_get(fields=["permalink", "media_product_type", "caption"])
    assert shown["media_product_type"] == "REELS", shown
    return media, shown["permalink"]


def refused(what, code, act):
    try:
        act()
    except FacebookRequestError as error:
        assert error.api_error_code() == code, (what, error)
        print(f"refused as it must be: {what} ({code})")
        return
    raise AssertionError(f"{what} was taken")


def main(sandbox, video):
    FacebookSession.GRAPH = sandbox
    FacebookAdsApi.init(APP_ID, APP_SECRET, PERSON, api_version="v25.0")
    pages = list(User("me").get_accounts(fields=[
        Page.Field.name, Page.Field.access_token, "instagram_business_account{id,username}"]))
    account = pages[0]["instagram_business_account"]
    print(f"found @{account['username']} behind {pages[0]['name']}")
    user = IGUser(account["id"])
    with open(video, "rb") as file:
        data = file.read()
    files = serve(os.path.dirname(os.path.abspath(video)))

    container, _ = publish(user, {
        "media_type": "REELS",
        "video_url": f"{files}/{os.path.basename(video)}",
        "caption": "fetched, by Meta's SDK",
        "share_to_feed": True,
        "collaborators": ["friend.one"],
        "trial_params": {"graduation_strategy": "MANUAL"},
    })
    ready(container)
    print("fetched and live:", *live(user, container))

    # The SDK has no call for pushing; its own HTTP library does it as Meta's guide says.
    container, made = publish(user, {
        "media_type": "REELS", "upload_type": "resumable", "caption": "pushed, by Meta's SDK"})
    answer = requests.post(made["uri"], data=data, headers={
        "Authorization": f"OAuth {PERSON}", "offset": "0", "file_size": str(len(data))})
    assert answer.json()["success"] is True, answer.text
    ready(container)
    print("pushed and live:", *live(user, container))

    refused("11 collaborators", 100, lambda: publish(user, {
        "media_type": "REELS", "upload_type": "resumable",
        "collaborators": [f"friend{n}" for n in range(11)]}))
    refused("a single video as VIDEO", 100, lambda: publish(user, {
        "media_type": "VIDEO", "video_url": f"{files}/x.mp4"}))
    refused("publishing it a second time", 9007, lambda: live(user, container))
    stranger = FacebookAdsApi(FacebookSession(APP_ID, "not the secret", PERSON), api_version="v25.0")
    refused("a proof by another secret", 100, lambda: stranger.call("GET", ["me"], {}))

    ledger = requests.get(f"{sandbox}/__ledger?kind=publish").json()
    mine = [entry for entry in ledger if entry["username"] == "sdk"]
    digest = hashlib.sha256(data).hexdigest()
    assert [entry["sha256"] for entry in mine[-2:]] == [digest] * 2, json.dumps(mine)
    print(f"the ledger has both, with the bytes of {video}")


if __name__ == "__main__":
    main(*sys.argv[1:])
