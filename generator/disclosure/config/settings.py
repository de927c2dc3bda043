"""What the pages need to know of the site itself."""

from __future__ import annotations

from msgspec import Struct, field


class Government(Struct, frozen=True):
    """What a government site says of itself on every page; "" is not configured, and left out.

    Attributes:
        sponsor: 主办单位.
        operator: 承办单位.
        site_code: 网站标识码, ten characters.
        icp: ICP备案号, such as `冀ICP备12345678号-1`.
        police: 公安备案号, such as `冀公网安备13080302000001号`.
        contact: How to reach those who run the site, in words.
        licence: How the data may be used, in words; "" for what holds where nobody says more.
        report: Where errors are reported: `mailto:` with an address, or an https address.
    """

    sponsor: str = ""
    operator: str = ""
    site_code: str = ""
    icp: str = ""
    police: str = ""
    contact: str = ""
    licence: str = ""
    report: str = ""


class Settings(Struct, frozen=True):
    """What the pages need to know of the site itself.

    Attributes:
        name: The site's name.
        description: What the site is, in one sentence.
        url: Its public address ending in `/`, or "" when none is configured.
        pdf: Whether a PDF stands beside every page that can be filed.
        government: What a government site says of itself.
    """

    name: str
    description: str = ""
    url: str = ""
    pdf: bool = False
    government: Government = field(default_factory=Government)
