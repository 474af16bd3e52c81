#pragma once

#include "http/json.h"
#include "publish/bulletin.h"
#include "publish/opening.h"
#include "publish/service.h"

namespace publish {

/// Body → what is written of a bulletin; the unit only when it is a new one.
Bulletin read_bulletin(http::Fields& fields, bool is_new);

/// A bulletin in a list.
http::json::object head_json(store::Tx& tx, const Bulletin& bulletin, Now now);
/// All of it, with what the actor may do.
http::json::object page_json(store::Tx& tx, const Bulletin& bulletin, const auth::Actor& actor,
                             Now now);
/// How a publication stands to everybody; `opening` none when it never was open.
http::json::object opening_json(report::PublicationId id, const std::optional<Opening>& opening);

}  // namespace publish
