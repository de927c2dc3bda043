"""A department: what it is called, now and before, its units, and which departments it succeeds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field

from disclosure.model.fields import DepartmentId, DigitCode, NonEmptyText, Record, Year


class Region(Record):
    """The district a department belongs to."""

    code: DigitCode | None = Field(
        None, title="行政区划代码", description="六位行政区划代码，如 130803；不知道的写 ~。"
    )
    name: NonEmptyText | None = Field(
        None, title="行政区划名称", description="如 承德市双滦区；不知道的写 ~。"
    )


class Unit(Record):
    """A budget unit of a department, as in the head of the form."""

    code: DigitCode = Field(title="预算单位编码", description="如 322001。")
    name: NonEmptyText = Field(title="预算单位名称", description="与公开文件表头一致。")


class FormerNames(Record):
    """What a department, its region and its units were called up to a year.

    Pages and data of those years keep the names under which they were published.
    """

    until: Year = Field(
        title="截至年度", description="最后一个使用这些名称的年度；该年度及更早的页面沿用这些名称。"
    )
    name: NonEmptyText | None = Field(None, title="原部门名称", description="没有改名的不写。")
    region: NonEmptyText | None = Field(
        None, title="原行政区划名称", description="没有改名的不写。"
    )
    units: Mapping[DigitCode, NonEmptyText] = Field(
        default_factory=dict,
        title="原预算单位名称",
        description="预算单位编码: 原名称；没有改名的单位不写。",
    )


class Succeeded(Record):
    """A department whose tasks, all or some, went over to the one in whose file this stands."""

    department: DepartmentId = Field(
        title="原部门标识", description="被承接的部门的标识，与它的文件夹同名。"
    )
    since: Year = Field(title="起始年度", description="本部门承接以后的第一个预算年度。")
    note: NonEmptyText | None = Field(
        None, title="说明", description="公开显示的说明，如 机构改革，划入市场建设职责。"
    )


class Department(Record):
    """Who publishes: `data/<department>/department.yml`."""

    schema_: Literal["department/1"] = Field(
        alias="schema", title="文件类型", description="固定写 department/1。"
    )
    id: DepartmentId = Field(
        title="部门标识", description="与文件夹同名，由小写字母、数字和短横线组成。"
    )
    name: NonEmptyText = Field(title="部门名称", description="部门全称。")
    code: DigitCode | None = Field(
        None, title="预算部门编码", description="如 322；公开文件没有编码的写 ~。"
    )
    region: Region = Field(title="行政区划", description="部门所在的行政区划。")
    units: tuple[Unit, ...] = Field(
        (), title="预算单位", description="部门本级及所属单位；公开文件没有单位编码的写 []。"
    )
    contact: NonEmptyText | None = Field(
        None, title="联系方式", description="公开的联系电话或邮箱，没有可写 ~。"
    )
    former: tuple[FormerNames, ...] = Field(
        (),
        title="曾用名称",
        description="机构改革、撤县设区等改名以前的名称；过去年度的页面沿用当时的名称。",
    )
    succeeds: tuple[Succeeded, ...] = Field(
        (),
        title="承接的部门",
        description=(
            "由哪些部门合并、拆分或改组而来；写在后成立的部门里，原部门的页面也会显示。"
            "编码相同或名称相同的项目视为延续，其他的在项目里写 continues。"
        ),
    )

    def as_of(self, year: int) -> Self:
        """The department with the names that it, its region and its units had in `year`."""
        name, region = self.name, self.region.name
        units = {unit.code: unit.name for unit in self.units}
        for names in sorted(self.former, key=lambda names: names.until, reverse=True):
            if names.until < year:
                break
            name, region = names.name or name, names.region or region
            units |= {code: old for code, old in names.units.items() if code in units}
        return self.model_copy(
            update={
                "name": name,
                "region": self.region.model_copy(update={"name": region}),
                "units": tuple(
                    unit.model_copy(update={"name": units[unit.code]}) for unit in self.units
                ),
            }
        )
