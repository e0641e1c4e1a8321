"""Photos become pictures in true sizes, without secrets, in the same bytes every time."""

from __future__ import annotations

import io
import pickle
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from plugins.images.encode import encode
from plugins.images.photo import read_photo
from plugins.images.pictures import is_shareable, picture_outputs
from plugins.images.recipes import MEDIA_TYPES, ROLES, scale

GPS = 0x8825


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wide gradient with a camera, an owner and a place in its EXIF, lying on its side."""
    path = tmp_path_factory.mktemp("photos") / "photo.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera"
    exif[0x013B] = "Owner"
    exif[GPS] = {1: "N", 2: (39.0, 54.0, 0.0)}
    gradient = Image.linear_gradient("L").resize((700, 1000))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.merge("RGB", (gradient, gradient, gradient.rotate(180))).save(
        path, exif=exif, icc_profile=profile, comment=b"secret"
    )
    return path


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("role", ROLES)
def test_addresses_types_and_sizes_are_true(photo: Path, tmp_path: Path, role: str) -> None:
    picture, outputs = picture_outputs(photo, cache=tmp_path, role=role, alt="说明")
    made = {"/" + output.path: opened(output.make()) for output in outputs}
    assert made[picture.src].size == (picture.width, picture.height)
    for source in picture.sources:
        for candidate in source.srcset.split(", "):
            url, width = candidate.split(" ")
            assert made[url].width == int(width.removesuffix("w"))
            assert MEDIA_TYPES[made[url].format or ""] == source.type
    assert len(made) == len(outputs)


def test_nothing_is_enlarged_or_repeated(tmp_path: Path) -> None:
    path = tmp_path / "small.png"
    Image.new("RGB", (450, 300), "#8a6").save(path)
    picture, _ = picture_outputs(path, cache=tmp_path)
    assert (picture.width, picture.height) == (450, 300)
    assert [part.split(" ")[1] for part in picture.sources[0].srcset.split(", ")] == ["400w", "450w"]


def test_the_picture_is_known_without_encoding(photo: Path, tmp_path: Path) -> None:
    picture_outputs(photo, cache=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("kind", ["AVIF", "WEBP", "JPEG"])
def test_camera_owner_and_place_are_gone_and_the_picture_is_upright(photo: Path, kind: str) -> None:
    content = encode(read_photo(photo), scale("preview", kind))
    image = opened(content)
    assert image.size == (400, 280)
    assert not image.getexif()
    assert "icc_profile" not in image.info
    for secret in (b"Camera", b"Owner", b"secret", b"Exif"):
        assert secret not in content
    left, right = image.convert("RGB").getpixel((5, 140)), image.convert("RGB").getpixel((394, 140))
    assert left[0] > right[0] + 100  # the dark top of the sensor is the right side of the upright picture


@pytest.mark.parametrize("kind", ["AVIF", "WEBP", "JPEG"])
def test_the_same_photo_gives_the_same_bytes(photo: Path, kind: str) -> None:
    recipe = scale("preview", kind)
    assert encode(read_photo(photo), recipe) == encode(read_photo(photo), recipe)


def test_a_second_build_encodes_nothing(photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, outputs = picture_outputs(photo, cache=tmp_path)
    first = [output.make() for output in outputs]
    monkeypatch.setattr("plugins.images.encode.encode", None)  # calling it would be an error
    assert [output.make() for output in outputs] == first


def test_outputs_can_be_made_in_another_process(photo: Path, tmp_path: Path) -> None:
    _, outputs = picture_outputs(photo, cache=tmp_path, role="share")
    assert pickle.loads(pickle.dumps(outputs[0].make))() == outputs[0].make()


@pytest.mark.parametrize(("size", "expected"), [((300, 900), True), ((299, 900), False)])
def test_cards_want_three_hundred_pixels(tmp_path: Path, size: tuple[int, int], expected: bool) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", size).save(path)
    assert is_shareable(path) is expected


def test_transparency_becomes_white(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(path)
    assert opened(encode(read_photo(path), scale("mini", "JPEG"))).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_every_mode_can_be_published(tmp_path: Path, mode: str) -> None:
    path = tmp_path / ("a.jpg" if mode == "CMYK" else "a.png")
    Image.new(mode, (10, 10)).save(path)
    assert opened(encode(read_photo(path), scale("mini", "WEBP"))).size == (10, 10)
