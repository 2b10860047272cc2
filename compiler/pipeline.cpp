#include "pipeline.hpp"

namespace bkfc {
namespace {

constexpr std::size_t largest_file = 16 * 1024 * 1024;
constexpr Message<std::string_view, std::string_view> unreadable_file{"E0001", Severity::error,
                                                                      "cannot read `{}`: {}"};

}  // namespace

Analysis analyse(Sources& sources, Origins&, Files& files, const Request& request, Report& report) {
  for (const std::string& path : request.files) {
    Result<std::string> text = files.read(path, largest_file);
    if (text)
      sources.add(path, std::move(text).value());
    else
      report.add(unreadable_file, path, text.error());
  }
  return {};
}

std::vector<emit::File> produce(const Analysis&) { return {}; }

}  // namespace bkfc
