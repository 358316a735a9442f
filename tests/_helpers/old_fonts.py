"""Vietnamese typed as it was before Unicode, for workbooks of that time.

Written from the published tables of TCVN 5712 (VN3) and VNI on its own, so that the program's
tables are checked against something else than themselves.
"""

from __future__ import annotations

TCVN3_FROM = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂĐÊÔƠƯ"
TCVN3_TO = "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢§£¤¥¦"
_TCVN3 = str.maketrans(TCVN3_FROM, TCVN3_TO)
_VNI = {
    "á": "aù", "à": "aø", "ả": "aû", "ã": "aõ", "ạ": "aï", "ă": "aê", "ắ": "aé", "ằ": "aè",
    "ẳ": "aú", "ẵ": "aü", "ặ": "aë", "â": "aâ", "ấ": "aá", "ầ": "aà", "ẩ": "aå", "ẫ": "aã",
    "ậ": "aä", "đ": "ñ", "é": "eù", "è": "eø", "ẻ": "eû", "ẽ": "eõ", "ẹ": "eï", "ê": "eâ",
    "ế": "eá", "ề": "eà", "ể": "eå", "ễ": "eã", "ệ": "eä", "í": "í", "ì": "ì", "ỉ": "æ",
    "ĩ": "ó", "ị": "ò", "ó": "où", "ò": "oø", "ỏ": "oû", "õ": "oõ", "ọ": "oï", "ô": "oâ",
    "ố": "oá", "ồ": "oà", "ổ": "oå", "ỗ": "oã", "ộ": "oä", "ơ": "ô", "ớ": "ôù", "ờ": "ôø",
    "ở": "ôû", "ỡ": "ôõ", "ợ": "ôï", "ú": "uù", "ù": "uø", "ủ": "uû", "ũ": "uõ", "ụ": "uï",
    "ư": "ö", "ứ": "öù", "ừ": "öø", "ử": "öû", "ữ": "öõ", "ự": "öï", "ý": "yù", "ỳ": "yø",
    "ỷ": "yû", "ỹ": "yõ", "ỵ": "î",
}  # fmt: skip
_VNI |= {letter.upper(): typed.upper() for letter, typed in _VNI.items()}
_PLAIN_CAPITALS = "ĂÂĐÊÔƠƯ"


def to_tcvn3(text: str) -> str:
    """Type a text for a .VnTime font; its capitals with a tone become small, as people typed."""
    typed = (one if one in _PLAIN_CAPITALS or one.isascii() else one.lower() for one in text)
    return "".join(typed).translate(_TCVN3)


def to_vni(text: str) -> str:
    """Type a text for a VNI font."""
    return "".join(_VNI.get(one, one) for one in text)
