#include "driver/messages.hpp"

namespace bkfc::driver {

std::span<const MessageRow> message_rows() {
  static const MessageRow rows[] = {
      unknown_word.row(),
      unknown_option.row(),
      unreadable_option.row(),
      misplaced_option.row(),
      no_files.row(),
      no_destination.row(),
      excluding_options.row(),
      unknown_topic.row(),
      unusable_words.row(),
      unusable_name.row(),
      taken_name.row(),
      nothing_to_write.row(),
      several_clusters_printed.row(),
      unwritable_file.row(),
      unfixable_input.row(),
      unreadable_file.row(),
      edited_file.row(),
      foreign_file.row(),
      other_program.row(),
      no_room_for_file.row(),
      unwritable_folder.row(),
      interrupted_run.row(),
      not_current.row(),
      kept_file.row(),
      no_place_named.row(),
      no_such_line.row(),
      not_generated.row(),
      lost_program.row(),
      stale_file.row(),
  };
  return rows;
}

}  // namespace bkfc::driver
