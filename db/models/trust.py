"""Trust in devices, published inside the scope it holds for."""

from typing import Any

from db.kinds import Composite
from db.models.base import STRICT, Replicated, declared, key_part


class DeviceTrust(Replicated, table=True):
    """A person's word that a device is what its card says, or is no longer to be believed."""

    __tablename__ = "device_trust"
    __table_args__ = STRICT
    subject = "Tin cậy các máy"
    called = "tin cậy"
    natural_key = ("device",)

    device: str = key_part()
    trusted: dict[str, Any] | None = declared(
        "Tin cậy", Composite(), help="Vai trò mà người dùng đã xác nhận cho máy này."
    )
    revoked: dict[str, Any] | None = declared(
        "Thu hồi", Composite(), help="Từ số thay đổi nào thì máy này không còn được tin."
    )
