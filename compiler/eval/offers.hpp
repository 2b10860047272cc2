// What is offered where something has not the shape that the table knows: the name, the place or
// the form that is most likely meant, and the edits where that is certain.
#pragma once

#include "report/report.hpp"
#include "schema/row.hpp"
#include "syntax/ast.hpp"

namespace bkfc::eval {

// Beside a name that a body of this type does not know. `type` is null at the top of a file.
void offer_meant(Report::Draft& draft, FileId file, const syntax::ast::Attribute& attribute,
                 const schema::BlockType& type);
void offer_meant(Report::Draft& draft, FileId file, const syntax::ast::Block& block,
                 const schema::BlockType* type);
void offer_meant(Report::Draft& draft, FileId file, const syntax::ast::Unset& unset,
                 const schema::BlockType& type);

// `gc = false`: a block that can be switched off is, by its `enabled`.
void offer_switch(Report::Draft& draft, FileId file, const syntax::ast::Attribute& attribute,
                  const schema::BlockType& type);

// `replicas { min = 2, max = 8 }` is a range.
void offer_range(Report::Draft& draft, FileId file, const syntax::ast::Block& block,
                 const schema::Attribute& row);

// `fleet { name = "ci" … }`: the attribute that says what the label should; empty if there is none.
syntax::ast::Attribute name_inside(const syntax::ast::Block& block);
void offer_label(Report::Draft& draft, FileId file, const syntax::ast::Block& block);

}  // namespace bkfc::eval
