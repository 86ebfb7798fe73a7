/** What Slack's reference of each method in use lists as its errors, read in November 2026. `every` may come from any of them. */
export const documentedErrors = {
  every: `access_denied accesslimited account_inactive deprecated_endpoint ekm_access_denied enterprise_is_restricted fatal_error
    internal_error invalid_arg_name invalid_arguments invalid_array_arg invalid_auth invalid_charset invalid_form_data
    invalid_post_type method_deprecated missing_post_type missing_scope no_permission not_allowed_token_type not_authed
    org_login_required ratelimited request_timeout service_unavailable team_access_not_granted team_added_to_org token_expired
    token_revoked two_factor_setup_required`,
  'chat.postMessage': `as_user_not_supported attachment_payload_limit_exceeded cannot_reply_to_message channel_not_found
    duplicate_channel_not_found duplicate_message_not_found ekm_access_denied invalid_blocks invalid_blocks_format
    invalid_metadata_format invalid_metadata_schema is_archived markdown_text_conflict message_limit_exceeded
    messages_tab_disabled metadata_must_be_sent_from_app metadata_too_large missing_file_data msg_blocks_too_long msg_too_long
    no_text not_in_channel rate_limited restricted_action restricted_action_non_threadable_channel
    restricted_action_read_only_channel restricted_action_thread_locked restricted_action_thread_only_channel
    send_on_behalf_not_allowed slack_connect_canvas_sharing_blocked slack_connect_file_link_sharing_blocked
    slack_connect_lists_sharing_blocked team_not_found too_many_attachments too_many_contact_cards`,
  'conversations.open': `app_cannot_join_channel channel_not_found invalid_user_combination method_not_supported_for_channel_type
    missing_scope not_enough_users restricted_action too_many_users user_disabled user_not_found user_not_visible
    users_list_not_supplied`,
  'conversations.history': `channel_is_limited_access channel_not_found invalid_cursor invalid_limit invalid_metadata_filter_keys
    invalid_ts_latest invalid_ts_oldest not_in_channel restricted_action`,
  'conversations.replies': `channel_not_found invalid_cursor invalid_limit invalid_metadata_filter_keys invalid_ts_latest
    invalid_ts_oldest list_record_comment_fetch_failed method_not_supported_for_channel_type missing_scope thread_not_found`,
  'conversations.list': `invalid_cursor invalid_limit invalid_types method_not_supported_for_channel_type missing_argument missing_scope`,
  'conversations.create': `cannot_create_channel canvas_disabled_user_team invalid_name invalid_name_maxlength invalid_name_punctuation
    invalid_name_required invalid_name_specials missing_argument missing_scope name_taken no_channel restricted_action`,
  'conversations.join': `channel_is_limited_access channel_not_found is_archived method_not_supported_for_channel_type missing_scope
    too_many_members`,
  'conversations.setTopic': `channel_not_found is_archived method_not_supported_for_channel_type missing_scope not_in_channel too_long
    user_is_restricted`,
  'conversations.archive': `already_archived cant_archive_general cant_archive_required channel_not_found
    method_not_supported_for_channel_type missing_scope not_in_channel restricted_action`,
  'conversations.unarchive': `channel_not_found method_not_supported_for_channel_type missing_scope not_archived`,
  'chat.update': `as_user_not_supported block_mismatch cant_broadcast_message cant_update_message channel_not_found edit_window_closed
    external_channel_migrating invalid_attachments invalid_blocks invalid_blocks_format invalid_metadata_format invalid_metadata_schema
    is_inactive markdown_text_conflict message_not_found metadata_must_be_sent_from_app metadata_too_large msg_too_long
    no_dual_broadcast_content_update no_text slack_connect_file_link_sharing_blocked streaming_state_conflict team_not_found
    too_many_attachments update_failed`,
  'pins.add': `already_pinned bad_timestamp channel_not_found external_channel_migrating file_not_found file_not_shared message_not_found
    no_item_specified not_in_channel not_pinnable restricted_action too_many_pins`,
  'bookmarks.list': `access_denied channel_not_found not_implemented`,
  'bookmarks.add': `access_denied cannot_bookmark_from_external_org cannot_bookmark_restricted_sharing_enabled channel_not_found
    file_already_added file_not_found invalid_app_action_type invalid_bookmark_type invalid_child_type invalid_emoji invalid_entity_id
    invalid_link invalid_parent_type invalid_shortcut_type not_implemented parent_bookmark_disabled parent_with_link permission_denied
    slack_connect_blocked_file_type slack_connect_clip_sharing_blocked slack_connect_file_upload_sharing_blocked too_many_bookmarks
    too_many_tabs`,
  'bookmarks.edit': `access_denied channel_not_found invalid_bookmark_type invalid_emoji invalid_link not_found not_implemented
    parent_with_link permission_denied slack_connect_blocked_file_type slack_connect_clip_sharing_blocked
    slack_connect_file_upload_sharing_blocked`,
} as const

export const namesOf = (list: string): string[] => list.split(/\s+/)
