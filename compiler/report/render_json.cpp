#include <nlohmann/json.hpp>

#include "report/formats.hpp"

namespace bkfc::formats {
namespace {

using Json = nlohmann::ordered_json;

Json place(const Sources& sources, Span span) {
  const Extent at = extent(sources, span);
  return {{"file_name", sources.path(span.file)},
          {"byte_start", span.begin},
          {"byte_end", span.end},
          {"line_start", at.begin.line},
          {"line_end", at.end.line},
          {"column_start", at.begin.column},
          {"column_end", at.end.column}};
}

Json labelled(const Sources& sources, const Label& label, bool is_primary) {
  Json out = place(sources, label.span);
  out["is_primary"] = is_primary;
  out["label"] = label.text.empty() ? Json() : Json(label.text);
  return out;
}

Json spans(const Diagnostic& diagnostic, const Sources& sources) {
  Json out = Json::array();
  if (diagnostic.primary) out.push_back(labelled(sources, *diagnostic.primary, true));
  for (const Label& label : diagnostic.labels) out.push_back(labelled(sources, label, false));
  return out;
}

Json child(std::string_view level, const std::string& message, Json spans) {
  return {{"message", message}, {"level", level}, {"spans", std::move(spans)}};
}

Json suggestion(const Fix& fix, const Sources& sources) {
  Json replaced = Json::array();
  for (const Edit& edit : fix.edits) {
    Json span = place(sources, edit.span);
    span["is_primary"] = true;
    span["suggested_replacement"] = edit.text;
    span["suggestion_applicability"] = fix.certain ? "MachineApplicable" : "MaybeIncorrect";
    replaced.push_back(std::move(span));
  }
  return child("help", fix.title, std::move(replaced));
}

Json children(const Diagnostic& diagnostic, const Sources& sources) {
  Json out = Json::array();
  for (const std::string& note : diagnostic.notes)
    out.push_back(child("note", note, Json::array()));
  for (const Fix& fix : diagnostic.fixes) out.push_back(suggestion(fix, sources));
  return out;
}

}  // namespace

std::string json(const std::vector<Diagnostic>& sorted, const Sources& sources) {
  std::string out;
  for (const Diagnostic& d : sorted) {
    const Json name = d.name.empty() ? Json() : Json(d.name);
    const Json object = {{"message", d.sentence},
                         {"code", {{"code", d.id}, {"name", name}}},
                         {"level", to_text(d.severity)},
                         {"spans", spans(d, sources)},
                         {"children", children(d, sources)},
                         {"subjects", d.subjects},
                         {"rendered", plain_text(d, sources)}};
    out += object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  }
  return out;
}

}  // namespace bkfc::formats
