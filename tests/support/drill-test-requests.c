// SPDX-License-Identifier: GPL-3.0-or-later

/* What was asked of the double, for tests to look at. */

#include "drill-test-requests.h"

#include <json-glib/json-glib.h>

static void
request_free (DrillTestRequest *request)
{
  g_hash_table_unref (request->headers);
  g_bytes_unref (request->body);
  g_free (request->method);
  g_free (request->path);
  g_free (request->target);
  g_free (request);
}

GPtrArray *
drill_test_requests_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
}

static void
keep_header_cb (const char *name,
                const char *value,
                gpointer    data)
{
  g_hash_table_replace (data, g_ascii_strdown (name, -1), g_strdup (value));
}

/**
 * drill_test_requests_add:
 * @requests: (element-type DrillTestRequest): those before
 *
 * Returns: (transfer none): what is kept of @message
 */
DrillTestRequest *
drill_test_requests_add (GPtrArray         *requests,
                         SoupServerMessage *message)
{
  DrillTestRequest *request = g_new0 (DrillTestRequest, 1);
  GUri *url = soup_server_message_get_uri (message);

  request->method = g_strdup (soup_server_message_get_method (message));
  request->path = g_strdup (g_uri_get_path (url));
  request->target = g_uri_get_query (url) != NULL ? g_strconcat (request->path, "?", g_uri_get_query (url), NULL)
                                                  : g_strdup (request->path);
  request->body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  request->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), keep_header_cb, request->headers);
  g_ptr_array_add (requests, request);

  return request;
}

/* @request: number of a request, from 0. Returns NULL for one that has not come. */
DrillTestRequest *
drill_test_requests_get (GPtrArray *requests,
                         guint      request)
{
  return request < requests->len ? g_ptr_array_index (requests, request) : NULL;
}

/* @path: (nullable): how their paths end, or %NULL for all */
guint
drill_test_requests_count (GPtrArray  *requests,
                           const char *path)
{
  guint n = 0;

  for (guint i = 0; i < requests->len; i++)
    {
      DrillTestRequest *request = g_ptr_array_index (requests, i);

      if (path == NULL || g_str_has_suffix (request->path, path))
        n++;
    }

  return n;
}

/**
 * drill_test_requests_to_json:
 *
 * Returns: (transfer full): `[{"method", "target", "body"}]`, without what else is said in headers
 */
char *
drill_test_requests_to_json (GPtrArray *requests)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < requests->len; i++)
    {
      DrillTestRequest *request = g_ptr_array_index (requests, i);
      gsize length;
      const char *text = g_bytes_get_data (request->body, &length);
      g_autofree char *body = g_utf8_make_valid (text != NULL ? text : "", (gssize) length);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "method");
      json_builder_add_string_value (builder, request->method);
      json_builder_set_member_name (builder, "target");
      json_builder_add_string_value (builder, request->target);
      json_builder_set_member_name (builder, "body");
      json_builder_add_string_value (builder, body);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}
