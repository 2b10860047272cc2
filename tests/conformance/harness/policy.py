"""A daemon's garbage collection policy in one shape, whoever tells it: `bkfc gc`, a loader, or a
running daemon."""

import dataclasses
import json

import harness


@dataclasses.dataclass(frozen=True)
class Tier:
    all: bool
    filters: tuple
    keep_seconds: int
    reserved_space: int
    max_used_space: int
    min_free_space: int


@dataclasses.dataclass(frozen=True)
class Promise:
    disk: int
    tiers: list


def promised(fleet):
    """What `bkfc gc` says of a fleet: the disk that it reckons with, and the tiers."""
    done = harness.run([harness.bkfc(), "gc", fleet.source, "--format", "json"])
    if done.returncode:
        raise AssertionError(harness.said(done))
    for found in json.loads(done.stdout):
        if found["fleet"] == f"{fleet.cluster}/{fleet.namespace}/{fleet.name}":
            return Promise(found["volume"], [from_bkfc(t) for t in found["policies"]])
    raise AssertionError(f"`bkfc gc` says nothing of {fleet}: {done.stdout}")


def from_bkfc(tier):
    return Tier(
        tier["all"],
        tuple(tier["filters"]),
        tier["keepDuration"],
        tier["reservedSpace"],
        tier["maxUsedSpace"],
        tier["minFreeSpace"],
    )


def from_loader(rule):
    """A rule as loader prints it."""
    return Tier(
        rule["all"],
        tuple(rule["filters"]),
        int(rule["keepSeconds"]),
        rule["reservedSpace"],
        rule["maxUsedSpace"],
        rule["minFreeSpace"],
    )


def from_daemon(rule):
    """A rule as `buildctl debug workers --format '{{json .}}'` prints it; what is nil is left out
    there."""
    nanoseconds = rule.get("keepDuration") or 0
    reserved = rule.get("reservedSpace") or rule.get("keepBytes") or 0
    return Tier(
        bool(rule.get("all")),
        tuple(rule.get("filter") or ()),
        int(nanoseconds) // 10**9,
        reserved,
        rule.get("maxUsedSpace") or 0,
        rule.get("minFreeSpace") or 0,
    )
