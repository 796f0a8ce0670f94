// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/drill-json-walk.hh"

// Reads the fields of one evidence item, or of one row of a routes page or an
// audit package. Private to the room.

namespace drill {

struct ItemReader : JsonWalk
{
  od::parser parser;
  DrillDecodedItem *item = nullptr;
  std::vector<DrillDecodedRoute> routes;
  std::vector<DrillSpan> texts;
  std::vector<DrillSpan> providers;
};

error_code read_item (ItemReader       *self,
                      const char       *data,
                      gsize             length,
                      gsize             capacity,
                      DrillDecodedItem *item,
                      const char      **where);

}
