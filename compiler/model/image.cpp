#include "model/image.hpp"

#include "facts/releases.hpp"

namespace bkfc::model {

Image parse_image(std::string_view reference) {
  Image image;
  image.reference = reference;
  std::string_view rest = reference;
  if (const std::size_t at = rest.find('@'); at != std::string_view::npos) {
    image.digest = rest.substr(at + 1);
    rest = rest.substr(0, at);
  }
  // A `:` before the last `/` is of the registry's port.
  const std::size_t colon = rest.rfind(':');
  const std::size_t slash = rest.rfind('/');
  if (colon != std::string_view::npos && (slash == std::string_view::npos || colon > slash)) {
    image.tag = rest.substr(colon + 1);
    rest = rest.substr(0, colon);
  }
  image.repository = rest;
  if (image.tag.empty() && !image.digest.empty()) return image;

  const facts::ImageTag tag = facts::read_image_tag(image.tag.empty() ? "latest" : image.tag);
  image.release = tag.release;
  if (tag.flavour) image.rootless = *tag.flavour == facts::Flavour::rootless;
  image.moving = tag.moves && image.digest.empty();
  return image;
}

}  // namespace bkfc::model
