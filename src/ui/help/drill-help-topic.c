// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/drill-help-topic.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define END { DRILL_HELP_END, NULL }

/* What a menu or a button is called has to be called the same here. */

static const DrillHelpBlock release_manager[] = {
  { DRILL_HELP_TEXT,
    N_("Each line of Routes is one notification of a stale rollback drill: to one owner, over one provider. The icon and the "
       "word in front say whether somebody has taken care of it.") },
  { DRILL_HELP_HEADING, N_("What is left") },
  { DRILL_HELP_TEXT,
    N_("Click Outstanding routes in the row of numbers above the table. The filters on the left then show what it set, and each "
       "can be taken back one by one. Every number counts what is loaded; where the service counts otherwise, a mark says so.") },
  { DRILL_HELP_HEADING, N_("Acknowledge a route") },
  { DRILL_HELP_TEXT,
    N_("Select a route and press Acknowledge in the details, in the menu of the right mouse button, or Ctrl+Shift+A. The "
       "dialog shows what will be recorded, about which route and under which name. Give a reference, such as a ticket, and "
       "notes if you like, and send it with Ctrl+Enter.") },
  { DRILL_HELP_TEXT,
    N_("An acknowledgement is for a schedule and a provider. Where two owners share a provider it closes the routes of both, and "
       "the dialog says so. It also says when the route has changed since it was shown to you.") },
  { DRILL_HELP_TEXT,
    N_("What you type is kept until it is recorded, even when the service refuses it or the connection breaks.") },
  END
};

static const DrillHelpBlock incident_commander[] = {
  { DRILL_HELP_TEXT,
    N_("Click Breached routes above the table. What is left are the routes that nobody acknowledged before their deadline, with "
       "owner, provider, escalation owner and how long they are overdue. Click a column's title to sort by it.") },
  { DRILL_HELP_TEXT,
    N_("Due soon, in the filters under SLO, are the routes that will be late next. How many minutes count as soon is set in the "
       "preferences.") },
  { DRILL_HELP_HEADING, N_("One route") },
  { DRILL_HELP_TEXT,
    N_("The details show what happened and when: planned, delivered or failed, acknowledged, deadline. Below are the original "
       "records, byte for byte as the service sent them.") },
  { DRILL_HELP_HEADING, N_("Escalate or resolve") },
  { DRILL_HELP_TEXT,
    N_("Escalate (Ctrl+Shift+E) records that it was handed on; the route stays outstanding until somebody acknowledges or "
       "resolves it. Resolve (Ctrl+Shift+R) records that it is done.") },
  { DRILL_HELP_TEXT,
    N_("To escalate all that is late in one go, set the filters and choose Escalate Breached in Filter… in the main menu.") },
  END
};

static const DrillHelpBlock platform_owner[] = {
  { DRILL_HELP_TEXT,
    N_("Filters narrow what is shown: several values of one filter mean any of them, several filters mean all of them. The "
       "search finds text in any column. What is exported and what a bulk action touches is what the filters show.") },
  { DRILL_HELP_HEADING, N_("Export") },
  { DRILL_HELP_TEXT,
    N_("Export… in the main menu (Ctrl+E) saves the routes shown, or the selected ones, with escalation owner, deadline and "
       "recommended action, as JSON or as CSV that is safe to open in a spreadsheet. The file says where the data came from, "
       "which filters were set and how many routes were left out.") },
  { DRILL_HELP_TEXT, N_("Ctrl+C copies the selected rows as text.") },
  { DRILL_HELP_HEADING, N_("Many at once") },
  { DRILL_HELP_TEXT,
    N_("Select several routes, or all with Ctrl+A, and press one of the four actions; or choose Acknowledge Outstanding in "
       "Filter… in the main menu. See “Many Routes, and Interruptions”.") },
  { DRILL_HELP_HEADING, N_("What was held back") },
  { DRILL_HELP_TEXT,
    N_("Suppressions shows what was not sent, by reason: a maintenance window, a calendar, a healthy schedule. Click a reason to "
       "see its routes.") },
  END
};

static const DrillHelpBlock auditor[] = {
  { DRILL_HELP_TEXT,
    N_("An audit package says which notifications were delivered and what became of them: by whom, when and under which "
       "reference. It holds no credential. Audit lists those that were made, and where they were delivered.") },
  { DRILL_HELP_TEXT,
    N_("To be sure that nothing is recorded by accident, have the connection saved as read-only: nothing leaves the program "
       "then, whatever is clicked.") },
  { DRILL_HELP_HEADING, N_("Save a package") },
  { DRILL_HELP_TEXT,
    N_("Choose New Audit Package… in the main menu (Ctrl+S). A package can be narrowed to a schedule, a provider and an owner, "
       "and to nothing else; the dialog says which of your filters it cannot express, and what it will cover.") },
  { DRILL_HELP_TEXT,
    N_("The service cuts a package at 500 routes. Drill Console compares it with the evidence, says when it is incomplete, and "
       "offers to get it in parts, saved as one archive with an index.") },
  { DRILL_HELP_TEXT,
    N_("The package is saved byte for byte as the service sent it, with a file beside it that holds its checksum.") },
  { DRILL_HELP_HEADING, N_("Verify a package") },
  { DRILL_HELP_TEXT,
    N_("Choose Verify File… in the main menu, or drop the file onto that window. It tells whether the package is whole, altered, "
       "or no package at all, and, when connected, which routes have changed since it was made.") },
  { DRILL_HELP_HEADING, N_("Have it delivered") },
  { DRILL_HELP_TEXT,
    N_("Deliver… has the service make a package and send it to a SIEM, an ITSM, a chat or a webhook. The result names each "
       "connector: delivered, failed and how often it was tried, or not configured.") },
  END
};

static const DrillHelpBlock connecting[] = {
  { DRILL_HELP_TEXT,
    N_("Choose Connections… in the main menu to add, test, change and forget services. A connection has an address, a name, and "
       "if need be a file with the certificate authorities of your organisation. Test shows who the service says you are and "
       "what you may do.") },
  { DRILL_HELP_HEADING, N_("Signing in") },
  { DRILL_HELP_TEXT,
    N_("A service that wants to know who you are takes a token. Choose Sign In… behind the button with the name of the service, "
       "and paste it. It is kept in the keyring of your desktop, or only until the program ends, and nowhere else. When it has "
       "expired, you are asked for a new one, and what you were doing goes on.") },
  { DRILL_HELP_TEXT,
    N_("A service without sign-in takes your name from the connection, and records it as it is.") },
  { DRILL_HELP_HEADING, N_("What keeps it safe") },
  { DRILL_HELP_TEXT,
    N_("A token never travels over plain HTTP to another machine, and never to an address that the service redirects to. A "
       "certificate that is not trusted is explained and not accepted; name the right authorities in the connection.") },
  { DRILL_HELP_TEXT,
    N_("When the keyring is locked or missing, sign in for this session only: everything else works as usual.") },
  END
};

static const DrillHelpBlock offline[] = {
  { DRILL_HELP_TEXT,
    N_("Without a service, Drill Console shows sample data: invented, and marked as such in the window and in every export.") },
  { DRILL_HELP_TEXT,
    N_("Open… (Ctrl+O) shows a saved history, a list of records, or an audit package.") },
  { DRILL_HELP_TEXT,
    N_("With the sample and with a file, whatever you record is a simulation: you see what it would look like, nothing leaves "
       "this machine, and nothing is kept.") },
  { DRILL_HELP_HEADING, N_("When the service does not answer") },
  { DRILL_HELP_TEXT,
    N_("What was loaded last stays, and the line below the header says since when it is not up to date. The service is asked "
       "again by itself. Sample data never takes the place of what was loaded from a service.") },
  { DRILL_HELP_TEXT,
    N_("Partial means that there is more than could be loaded: counts and exports then cover only what is shown, and say so.") },
  END
};

static const DrillHelpBlock words[] = {
  { DRILL_HELP_HEADING, N_("State") },
  { DRILL_HELP_TEXT, N_("Outstanding: nobody has recorded anything yet.") },
  { DRILL_HELP_TEXT, N_("Acknowledged: somebody has seen it and takes care of it.") },
  { DRILL_HELP_TEXT, N_("Resolved: it is done.") },
  { DRILL_HELP_TEXT, N_("Escalated: it was handed on. It still counts as outstanding.") },
  { DRILL_HELP_TEXT, N_("Dismissed: somebody said that it does not matter. It still counts as outstanding.") },
  { DRILL_HELP_TEXT, N_("Suppressed: it was not sent, so there is nothing to acknowledge.") },
  { DRILL_HELP_TEXT,
    N_("The newest record for a schedule and provider counts. Predates this plan means that it was made before the plan that is "
       "current now: look whether it was meant for it.") },
  { DRILL_HELP_HEADING, N_("SLO") },
  { DRILL_HELP_TEXT,
    N_("Every route has a number of minutes in which it has to be acknowledged or resolved, counted from when it was planned.") },
  { DRILL_HELP_TEXT, N_("On time: acknowledged, or the deadline is not near.") },
  { DRILL_HELP_TEXT, N_("Due soon: not acknowledged, and the deadline is near.") },
  { DRILL_HELP_TEXT, N_("Breached: not acknowledged, and the deadline is over.") },
  { DRILL_HELP_HEADING, N_("Current plans and all plans") },
  { DRILL_HELP_TEXT,
    N_("The newest plan of each schedule is current. Older ones are history: choose All plans in the filters to see them. They "
       "are not judged.") },
  END
};

static const DrillHelpBlock bulk[] = {
  { DRILL_HELP_TEXT,
    N_("Before anything is sent, the dialog shows the exact list, counted by owner and provider. From then on the list does not "
       "change, whatever the service reports meanwhile. Each schedule and provider is sent once, at most 100 in a request. "
       "Cancel stops between two requests.") },
  { DRILL_HELP_TEXT,
    N_("At the end each route is listed: recorded, already so, failed with the reason, or unknown. Retry Failed sends only what "
       "failed. The result can be exported.") },
  { DRILL_HELP_HEADING, N_("Unknown") },
  { DRILL_HELP_TEXT,
    N_("When an answer is lost, Drill Console reads the history and looks for the record before it says anything. What it cannot "
       "find out is called unknown and is not sent again. Check Again looks once more.") },
  { DRILL_HELP_HEADING, N_("When the program is interrupted") },
  { DRILL_HELP_TEXT,
    N_("What is about to be sent is written to the disk first. After a crash or a power cut, the next start says what was "
       "interrupted: Review… shows what was recorded and what was not, and lets you finish the rest or drop it. Nothing is sent "
       "twice.") },
  { DRILL_HELP_TEXT, N_("In a terminal, the same is:") },
  { DRILL_HELP_COMMAND, "drillctl --connection home unfinished" },
  { DRILL_HELP_COMMAND, "drillctl --connection home unfinished --finish" },
  END
};

static const DrillHelpBlock verifying[] = {
  { DRILL_HELP_TEXT,
    N_("A saved package can be checked on any machine, without a service and without Drill Console's window.") },
  { DRILL_HELP_HEADING, N_("Unchanged since it was saved") },
  { DRILL_HELP_TEXT,
    N_("The file that ends in .sha256 holds the checksum of the package. In the folder of both:") },
  { DRILL_HELP_COMMAND, "sha256sum --check audit.json.sha256" },
  { DRILL_HELP_TEXT,
    N_("It says OK, or FAILED when a byte is different. Keep the checksum apart from the package, so that not both can be changed "
       "by the same hand.") },
  { DRILL_HELP_HEADING, N_("Whole, as the service made it") },
  { DRILL_HELP_COMMAND, "drillctl verify audit.json" },
  { DRILL_HELP_TEXT,
    N_("The audit id of a package was computed from its routes, its filters and its author. This computes it again and compares "
       "all counts. The exit status is 0 when it is whole, 1 when it was altered, and 2 when it is no package.") },
  { DRILL_HELP_TEXT, N_("What has changed on the service since:") },
  { DRILL_HELP_COMMAND, "drillctl --connection home verify audit.json" },
  { DRILL_HELP_HEADING, N_("An archive of several packages") },
  { DRILL_HELP_TEXT, N_("Unpack it. In its folder:") },
  { DRILL_HELP_COMMAND, "sha256sum --check SHA256SUMS" },
  END
};

static const DrillHelpBlock keyboard[] = {
  { DRILL_HELP_TEXT,
    N_("Everything can be done without a mouse. Tab goes from part to part, the arrow keys move within one, and F10 opens the "
       "main menu. Ctrl+? lists all shortcuts.") },
  { DRILL_HELP_HEADING, N_("Getting around") },
  { DRILL_HELP_TEXT, N_("Ctrl+1 to Ctrl+4 show Routes, History, Suppressions and Audit.") },
  { DRILL_HELP_TEXT, N_("Ctrl+F searches. Escape clears the search, then the selection, then the filters.") },
  { DRILL_HELP_TEXT, N_("F9 shows or hides the filters, Shift+F9 the details. Enter opens the details of a route.") },
  { DRILL_HELP_TEXT, N_("F5 or Ctrl+R asks the service for news.") },
  { DRILL_HELP_HEADING, N_("Working on routes") },
  { DRILL_HELP_TEXT, N_("In the table, j and k go down and up like the arrow keys, and typing another letter begins a search.") },
  { DRILL_HELP_TEXT, N_("Shift and the arrow keys select several routes, Ctrl+A all of them. Shift+F10 opens their menu.") },
  { DRILL_HELP_TEXT,
    N_("Ctrl+Shift+A acknowledges, Ctrl+Shift+E escalates, Ctrl+Shift+R resolves, and Ctrl+Shift+D dismisses. Ctrl+Enter sends "
       "what was typed.") },
  { DRILL_HELP_TEXT, N_("Ctrl+Shift+B acknowledges what is outstanding in the filter.") },
  { DRILL_HELP_HEADING, N_("Files") },
  { DRILL_HELP_TEXT, N_("Ctrl+O opens a file, Ctrl+E exports, and Ctrl+S makes an audit package.") },
  END
};

static const DrillHelpTopic topics[] = {
  { "release-manager", N_("See and Acknowledge"), N_("For release managers"), release_manager },
  { "incident-commander", N_("Find What Is Late"), N_("For incident commanders"), incident_commander },
  { "platform-owner", N_("Filter, Export, Handle Many"), N_("For platform owners"), platform_owner },
  { "auditor", N_("Audit Packages"), N_("For auditors"), auditor },
  { "connecting", N_("Connecting and Signing In"), N_("Services, tokens, the keyring"), connecting },
  { "offline", N_("Offline and Sample Data"), N_("Files, simulation, out of date"), offline },
  { "words", N_("What the Words Mean"), N_("States, SLO, plans"), words },
  { "bulk", N_("Many Routes, and Interruptions"), N_("Bulk, unknown results, crashes"), bulk },
  { "verifying", N_("Verifying Elsewhere"), N_("sha256sum and drillctl"), verifying },
  { "keyboard", N_("Keyboard"), N_("The most useful keys"), keyboard },
};

const DrillHelpTopic *
drill_help_topics_get (guint *n_topics)
{
  *n_topics = G_N_ELEMENTS (topics);

  return topics;
}

const DrillHelpTopic *
drill_help_topic_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (topics); i++)
    if (g_str_equal (topics[i].id, id))
      return &topics[i];

  return NULL;
}

const char *
drill_help_block_get_text (const DrillHelpBlock *block)
{
  return block->kind == DRILL_HELP_COMMAND ? block->text : _(block->text);
}

static gboolean
has_word (const DrillHelpTopic *topic,
          const char           *word)
{
  g_autoptr(GString) text = g_string_new (_(topic->title));
  g_autofree char *folded = NULL;

  g_string_append_printf (text, "\n%s", _(topic->who));
  for (const DrillHelpBlock *block = topic->blocks; block->kind != DRILL_HELP_END; block++)
    g_string_append_printf (text, "\n%s", drill_help_block_get_text (block));
  folded = g_utf8_casefold (text->str, -1);

  return strstr (folded, word) != NULL;
}

gboolean
drill_help_topic_matches (const DrillHelpTopic *topic,
                          const char           *search)
{
  g_autofree char *folded = g_utf8_casefold (search != NULL ? search : "", -1);
  g_auto(GStrv) words_of = g_strsplit_set (folded, " \t", -1);

  for (guint i = 0; words_of[i] != NULL; i++)
    if (!has_word (topic, words_of[i]))
      return FALSE;

  return TRUE;
}
