from django.core.checks import Error, register

from . import faults


@register
def no_faults_in_production(**_kwargs: object) -> list[Error]:
    """A production process with armed fault points must not start."""
    if faults.armed() and not faults.allowed():
        return [Error("Fault points are armed in production.", hint="Remove ACR_FAULTS from the environment.")]
    return []
