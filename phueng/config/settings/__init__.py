"""Which settings does this process run with? One file a topic, read in the order below.

Everything that differs between installations comes from the environment (see environment.py);
everything else is written down here, the same for demo, test and production.
"""

from phueng.config.settings.core import *  # noqa: F403
from phueng.config.settings.database import *  # noqa: F403
from phueng.config.settings.jobs import *  # noqa: F403
from phueng.config.settings.outside import *  # noqa: F403
from phueng.config.settings.packages import *  # noqa: F403
from phueng.config.settings.security import *  # noqa: F403
from phueng.config.settings.static import *  # noqa: F403
