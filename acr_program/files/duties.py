from datetime import time, timedelta
from time import time as seconds

from acr_program.jobs.clock import duty

from . import disk
from .errors import Corrupt
from .models import StoredFile

LEFT_ASIDE = timedelta(days=7)


@duty("files.verify", at=time(3))
def verify(_moment: object = None) -> int:
    """Prove every stored file each night, so that damage is known before somebody needs the file (P9)."""
    proved, damaged = 0, []
    for file in StoredFile.objects.order_by("pk").iterator(chunk_size=500):
        try:
            file.read()
            proved += 1
        except Corrupt as error:
            damaged.append(error.sentence)
    if damaged:
        raise Corrupt(" ".join(damaged[:20]))
    return proved


@duty("files.clean", at=time(4))
def clean(_moment: object = None) -> int:
    """Take away week-old files that no row names: what a rolled-back step or a dead process left."""
    limit = seconds() - LEFT_ASIDE.total_seconds()
    old = [path for path in disk.every_file() if path.stat().st_mtime < limit]
    removed = 0
    for start in range(0, len(old), 500):
        batch = old[start : start + 500]
        named = set(StoredFile.objects.filter(sha256__in=[p.name for p in batch]).values_list("sha256", flat=True))
        for path in batch:
            if path.name not in named:
                path.unlink(missing_ok=True)
                removed += 1
    return removed
