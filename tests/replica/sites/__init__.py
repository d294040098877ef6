"""The played sites, one module a family of pages."""

from tests.replica.sites.ahtv import Ahtv
from tests.replica.sites.anhuinews import Anhuinews
from tests.replica.sites.cctv import Cctv
from tests.replica.sites.cnr import Cnr
from tests.replica.sites.cztv import Cztv
from tests.replica.sites.eastday import Eastday
from tests.replica.sites.jiangsheng import Jiangsheng
from tests.replica.sites.jspress import JiangsuPress
from tests.replica.sites.jstv import Jstv
from tests.replica.sites.kankanews import Kankanews
from tests.replica.sites.shobserver import Shobserver
from tests.replica.sites.site import Site
from tests.replica.sites.thepaper import Thepaper
from tests.replica.sites.zhuanfa import Zhuanfa
from tests.replica.sites.zjol import Zjol

SITES: tuple[type[Site], ...] = (
    Ahtv,
    Anhuinews,
    Cctv,
    Cnr,
    Cztv,
    Eastday,
    Jiangsheng,
    JiangsuPress,
    Jstv,
    Kankanews,
    Shobserver,
    Thepaper,
    Zhuanfa,
    Zjol,
)
