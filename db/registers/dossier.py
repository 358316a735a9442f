"""The way to recognition: its steps and papers, what is done and what is missing.

The steps follow Quyết định 18/2022/QĐ-TTg as far as could be checked; days and form numbers differ
by province, so the office writes them in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from db.criteria.definitions import Tier
from db.engine import query_of
from db.kinds import Line
from db.models import DossierStep
from db.models.base import KEY_SEPARATOR
from db.registers.register import (
    NEVER,
    Column,
    Context,
    Finding,
    Record,
    Register,
    Values,
    done_today,
)
from db.sheet.commune import CommuneProfile, read_profile


@dataclass(frozen=True)
class Step:
    """One step or paper. `percent` is the share that must agree, where people are asked."""

    id: str
    name: str
    percent: Mapping[Tier, int] | None = None


_NINETY = dict.fromkeys(Tier, 90)
_CONTENT = {Tier.NTM: 90, Tier.ADVANCED: 95, Tier.MODEL: 95}

STEPS = (
    Step("self_assessment", "Xã tự đánh giá"),
    Step("published", "Công khai kết quả, lấy ý kiến nhân dân"),
    Step("opinions", "Báo cáo tổng hợp ý kiến tham gia"),
    Step("meeting", "Biên bản họp đề nghị công nhận", _NINETY),
    Step("result_report", "Báo cáo kết quả, kèm biểu chi tiết"),
    Step("pictures", "Hình ảnh minh họa"),
    Step("debt", "Xác nhận không nợ đọng xây dựng cơ bản"),
    Step("application", "Tờ trình đề nghị xét, công nhận"),
    Step("verification", "Huyện thẩm tra từng tiêu chí"),
    Step("survey", "Mặt trận lấy ý kiến hài lòng của dân", _CONTENT),
    Step("appraisal", "Tỉnh thẩm định"),
    Step("decision", "Quyết định công nhận"),
)

MODEL_CONDITIONS = (
    Step("income", "Thu nhập cao hơn ít nhất 10 % mức nâng cao"),
    Step("smart_village", "Có ít nhất một thôn thông minh"),
    Step("outstanding", "Nổi trội ít nhất một lĩnh vực"),
)
"""What kiểu mẫu asks for beyond nâng cao (Quyết định 319/QĐ-TTg)."""


def steps_of(tier: Tier) -> Sequence[Step]:
    """Give the steps to a title, in their order."""
    return (*MODEL_CONDITIONS, *STEPS) if tier is Tier.MODEL else STEPS


def _commune(session: Session) -> CommuneProfile:
    return read_profile(query_of(session))


def _keys(session: Session, context: Context) -> Sequence[str]:
    commune = _commune(session)
    return [
        DossierStep.row_id(commune.tier.value, context.sheet.year, one.id)
        for one in steps_of(commune.tier)
    ]


def _names(_session: Session, context: Context, rows: Mapping[str, Values]) -> Mapping[str, Values]:
    known = {one.id: one for one in (*MODEL_CONDITIONS, *STEPS)}
    places = {one.id: place for place, one in enumerate((*MODEL_CONDITIONS, *STEPS), 1)}
    found: dict[str, Values] = {}
    for row in rows:
        tier, year, step = row.split(KEY_SEPARATOR)
        name = known[step].name if step in known else step
        if year != str(context.sheet.year):
            name = f"{name} (năm {year})"
        found[row] = {"name": name, "step": step, "tier": tier, "place": places.get(step, 99)}
    return found


def _check(values: Values, context: Context) -> Iterable[Finding]:
    agreed, asked = values.get("agreed"), values.get("asked")
    if agreed is not None and asked is not None and agreed > asked:
        yield Finding("agreed", "Số đồng ý nhiều hơn tổng số.", refused=True)
    elif agreed is not None and asked:
        yield from _share(values, agreed, asked)
    done = values.get("done_on")
    if done is not None and done > context.today:
        yield Finding("done_on", "Ngày xong còn ở phía trước.", refused=True)


def percent_needed(step: str, tier: Tier) -> int:
    """Give the share of those asked that must agree; 0 where nobody is asked."""
    found = next((one.percent for one in STEPS if one.id == step), None)
    return found[tier] if found is not None else 0


def still_to_agree(step: str, tier: Tier, agreed: int, asked: int) -> int:
    """Tell how many more must agree, in whole numbers: 899 of 1000 is not 90 %."""
    return max(-(-percent_needed(step, tier) * asked // 100) - agreed, 0)


def _share(values: Values, agreed: int, asked: int) -> Iterable[Finding]:
    if values.get("tier") not in set(Tier):
        return
    step, tier = values.get("step", ""), Tier(values["tier"])
    if lacking := still_to_agree(step, tier, agreed, asked):
        wanted = percent_needed(step, tier)
        yield Finding("agreed", f"Chưa đủ {wanted} %: còn thiếu {lacking} người đồng ý.")


def _notices(all_records: Sequence[Record], context: Context) -> Sequence[str]:
    records = [one for one in all_records if not one.other]
    done = sum(one.closed for one in records)
    waiting = [one for one in records if not one.closed]
    lines = [f"Xong {done}/{len(records)} bước"]
    if waiting:
        lines[0] += f" · bước tới: {waiting[0].values['name']}"
        planned = [one.values["planned_on"] for one in waiting if one.values.get("planned_on")]
        if planned:
            left = (max(planned) - context.today).days
            lines[0] += (
                f" · còn {left} ngày tới bước cuối"
                if left >= 0
                else " · đã quá ngày dự kiến của bước cuối"
            )
    return lines


DOSSIER = Register(
    model=DossierStep,
    help=(
        "Các bước và giấy tờ để được công nhận: dự kiến ngày nào, xong ngày nào, số văn bản, mẫu "
        "số theo quy định của tỉnh. Phím cách là xong hôm nay."
    ),
    listed=("name", "planned_on", "done_on", "number", "form", "agreed", "asked"),
    order=lambda record: (record.values.get("place", 99), record.values.get("planned_on") or NEVER),
    derived=(Column("name", "Bước, giấy tờ", Line(), derived=True),),
    derive=_names,
    keys=_keys,
    due=lambda values: values.get("planned_on"),
    closed=lambda values: bool(values.get("done_on")),
    step=done_today("done_on"),
    step_text="Xong hôm nay",
    check=_check,
    notices=_notices,
)
