// SPDX-License-Identifier: GPL-3.0-or-later

/* What goes wrong, with which request, and how often it has. */

#include "drill-test-faults.h"

#include <json-glib/json-glib.h>

#define MIN_PARTS 5 /* of a fault in words: method, path, first, count, what */

typedef struct {
  DrillTestFault fault; /* its texts are owned */
  guint n_seen;
} Fault;

struct _DrillTestFaults
{
  GPtrArray *faults; /* of Fault */
};

static const char *const names[] = {
  [DRILL_TEST_STATUS] = "status",
  [DRILL_TEST_DROP] = "drop",
  [DRILL_TEST_DROP_IN_BODY] = "drop-in-body",
  [DRILL_TEST_HOLD] = "hold",
  [DRILL_TEST_ADD_ITEM] = "add-item",
  [DRILL_TEST_REMOVE_ITEM] = "remove-item",
  [DRILL_TEST_SWAP_ITEM] = "swap-item",
  [DRILL_TEST_DO_THEN_DROP] = "do-then-drop",
  [DRILL_TEST_DO_THEN_DROP_IN_BODY] = "do-then-drop-in-body",
  [DRILL_TEST_DO_THEN_STATUS] = "do-then-status",
  [DRILL_TEST_DO_THEN_HOLD] = "do-then-hold",
  [DRILL_TEST_BREAK_BULK] = "break-bulk",
};

static void
fault_free (Fault *fault)
{
  g_free ((char *) fault->fault.method);
  g_free ((char *) fault->fault.path);
  g_free ((char *) fault->fault.type);
  g_free ((char *) fault->fault.body);
  g_free ((char *) fault->fault.header);
  g_free ((char *) fault->fault.value);
  g_free (fault);
}

DrillTestFaults *
drill_test_faults_new (void)
{
  DrillTestFaults *self = g_new0 (DrillTestFaults, 1);

  self->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) fault_free);

  return self;
}

void
drill_test_faults_free (DrillTestFaults *self)
{
  g_ptr_array_unref (self->faults);
  g_free (self);
}

/* @fault: copied. Requests are counted from now on. */
void
drill_test_faults_add (DrillTestFaults      *self,
                       const DrillTestFault *fault)
{
  Fault *copy = g_new0 (Fault, 1);

  copy->fault = *fault;
  copy->fault.first = MAX (1, fault->first);
  copy->fault.method = g_strdup (fault->method);
  copy->fault.path = g_strdup (fault->path);
  copy->fault.type = g_strdup (fault->type);
  copy->fault.body = g_strdup (fault->body);
  copy->fault.header = g_strdup (fault->header);
  copy->fault.value = g_strdup (fault->value);
  g_ptr_array_add (self->faults, copy);
}

static gboolean
find_what (const char   *name,
           DrillTestDo  *what,
           GError      **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name))
      {
        *what = (DrillTestDo) i;
        return TRUE;
      }

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "there is no fault %s", name);
  return FALSE;
}

static gboolean
parse_number (const char  *text,
              guint       *number,
              GError     **error)
{
  guint64 value;

  if (*text == '\0')
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &value, error))
    return FALSE;

  *number = (guint) value;
  return TRUE;
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static gboolean
parse_object (DrillTestFaults  *self,
              const char       *spec,
              GError          **error)
{
  g_autoptr(JsonNode) root = json_from_string (spec, error);
  JsonObject *object;
  DrillTestFault fault;

  if (root == NULL)
    return FALSE;

  object = json_node_get_object (root);
  fault = (DrillTestFault) {
    .method = get_text (object, "method"),
    .path = get_text (object, "path"),
    .first = (guint) json_object_get_int_member_with_default (object, "first", 1),
    .count = (guint) json_object_get_int_member_with_default (object, "count", 0),
    .status = (guint) json_object_get_int_member_with_default (object, "status", 500),
    .type = get_text (object, "type"),
    .body = get_text (object, "body"),
    .header = get_text (object, "header"),
    .value = get_text (object, "value"),
    .n_routes = (guint) json_object_get_int_member_with_default (object, "n_routes", 0),
  };
  if (!find_what (json_object_get_string_member_with_default (object, "do", "status"), &fault.what, error))
    return FALSE;

  drill_test_faults_add (self, &fault);
  return TRUE;
}

/**
 * drill_test_faults_parse:
 * @spec: `METHOD:PATH:FIRST:COUNT:WHAT[:NUMBER]`, or an object with the members of #DrillTestFault and the name of
 *   what happens in `do`
 *
 * Returns: whether it was understood and is among the faults now
 */
gboolean
drill_test_faults_parse (DrillTestFaults  *self,
                         const char       *spec,
                         GError          **error)
{
  g_auto(GStrv) parts = NULL;
  DrillTestFault fault = { .status = 500 };

  if (g_str_has_prefix (spec, "{"))
    return parse_object (self, spec, error);

  parts = g_strsplit (spec, ":", MIN_PARTS + 1);
  if (g_strv_length (parts) < MIN_PARTS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "not METHOD:PATH:FIRST:COUNT:WHAT: %s", spec);
      return FALSE;
    }

  fault.method = *parts[0] != '\0' && !g_str_equal (parts[0], "*") ? parts[0] : NULL;
  fault.path = *parts[1] != '\0' && !g_str_equal (parts[1], "*") ? parts[1] : NULL;
  if (!parse_number (parts[2], &fault.first, error) || !parse_number (parts[3], &fault.count, error) ||
      !find_what (parts[4], &fault.what, error))
    return FALSE;
  if (parts[5] != NULL &&
      !parse_number (parts[5], fault.what == DRILL_TEST_BREAK_BULK ? &fault.n_routes : &fault.status, error))
    return FALSE;

  drill_test_faults_add (self, &fault);
  return TRUE;
}

void
drill_test_faults_clear (DrillTestFaults *self)
{
  g_ptr_array_set_size (self->faults, 0);
}

/**
 * drill_test_faults_find:
 * @method: of a request, which is counted
 * @path: its path, as it was sent
 *
 * Returns: (nullable): what goes wrong with it
 */
const DrillTestFault *
drill_test_faults_find (DrillTestFaults *self,
                        const char      *method,
                        const char      *path)
{
  const DrillTestFault *found = NULL;

  for (guint i = 0; i < self->faults->len; i++)
    {
      Fault *fault = g_ptr_array_index (self->faults, i);

      if (fault->fault.method != NULL && !g_str_equal (method, fault->fault.method))
        continue;
      if (fault->fault.path != NULL && !g_str_has_suffix (path, fault->fault.path))
        continue;

      fault->n_seen++;
      if (found == NULL && fault->n_seen >= fault->fault.first &&
          (fault->fault.count == 0 || fault->n_seen < fault->fault.first + fault->fault.count))
        found = &fault->fault;
    }

  return found;
}
