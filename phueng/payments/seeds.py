"""How is it settled, before any money leaves, who will be asked whether it arrived?

The seed of the sample is drawn when the list is frozen and only its SHA-256 is shown. Whoever knows the seed could skim
the payments that nobody asks about: so it stays sealed until the bank has answered (phueng.spotchecks draws from it).
"""

import secrets
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from phueng.payments.models import SampleSeed

SEED_BYTES = 32


def commitment_of(seed: str) -> str:
    """The SHA-256 of a seed given in hex."""
    return sha256(bytes.fromhex(seed)).hexdigest()


def commit_seeds(runs: Iterable[tuple[UUID, datetime]]) -> None:
    """Draw a seed for each of these frozen runs, with the moment of its freezing, in one statement."""
    seeds = [(run_id, at, secrets.token_hex(SEED_BYTES)) for run_id, at in runs]
    SampleSeed.objects.bulk_create(
        [
            SampleSeed(run_id=run_id, commitment=commitment_of(seed), sealed_seed=seed, committed_at=at)
            for run_id, at, seed in seeds
        ],
        batch_size=500,
    )
