"""The played sites, one module a family of pages."""

from tests.replica.sites.ahtv import Ahtv
from tests.replica.sites.ahwang import Ahwang
from tests.replica.sites.anhuinews import Anhuinews
from tests.replica.sites.cctv import Cctv
from tests.replica.sites.chinanews import Chinanews
from tests.replica.sites.cnr import Cnr
from tests.replica.sites.cztv import Cztv
from tests.replica.sites.eastday import Eastday
from tests.replica.sites.epapers import Epapers
from tests.replica.sites.jiangsheng import Jiangsheng
from tests.replica.sites.jspress import JiangsuPress
from tests.replica.sites.jstv import Jstv
from tests.replica.sites.kankanews import Kankanews
from tests.replica.sites.newscn import Newscn
from tests.replica.sites.people import People
from tests.replica.sites.shobserver import Shobserver
from tests.replica.sites.site import Site
from tests.replica.sites.sz2500 import Sz2500
from tests.replica.sites.thepaper import Thepaper
from tests.replica.sites.yicai import Yicai
from tests.replica.sites.zhejiang import Zhejiang
from tests.replica.sites.zhuanfa import Zhuanfa
from tests.replica.sites.zjol import Zjol

SITES: tuple[type[Site], ...] = (
    Ahtv,
    Ahwang,
    Anhuinews,
    Cctv,
    Chinanews,
    Cnr,
    Cztv,
    Eastday,
    Epapers,
    Jiangsheng,
    JiangsuPress,
    Jstv,
    Kankanews,
    Newscn,
    People,
    Shobserver,
    Sz2500,
    Thepaper,
    Yicai,
    Zhejiang,
    Zhuanfa,
    Zjol,
)
