// SPDX-License-Identifier: GPL-3.0-or-later

/* Translations are where the program was installed; a test has its own. The linker puts this before the real one. */

#include <libintl.h>
#include <stdlib.h>

char *__real_bindtextdomain (const char *domain,
                             const char *folder);
char *__wrap_bindtextdomain (const char *domain,
                             const char *folder);

char *
__wrap_bindtextdomain (const char *domain,
                       const char *folder)
{
  const char *own = getenv ("DRILL_TEST_LOCALEDIR");

  return __real_bindtextdomain (domain, own != NULL ? own : folder);
}
