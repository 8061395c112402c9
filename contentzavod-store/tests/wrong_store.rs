//! The store's suite catches stores that break one rule each: a wrapper of the store on SQLite that
//! is right but for one thing, and for each such thing the rule that must notice.
#![cfg(feature = "sqlite")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

#[path = "wrong_store/accounts.rs"]
mod accounts;
#[path = "wrong_store/crooked.rs"]
mod crooked;
#[path = "wrong_store/files.rs"]
mod files;
#[path = "wrong_store/fixes.rs"]
mod fixes;
#[path = "wrong_store/keys.rs"]
mod keys;
#[path = "wrong_store/posts.rs"]
mod posts;
#[path = "wrong_store/publications.rs"]
mod publications;
#[path = "wrong_store/rest.rs"]
mod rest;
#[path = "wrong_store/rights.rs"]
mod rights;
#[path = "wrong_store/sessions.rs"]
mod sessions;

use std::path::Path;
use std::sync::Arc;

use contentzavod_core::ports::{Clock, Store};
use contentzavod_core::testing::ManualClock;
use contentzavod_core::testing::suite::store::{Fresh, TTL, cases};
use contentzavod_core::testing::suite::{Broken, named, verdict};
use contentzavod_store::SqliteStore;
use futures::{StreamExt, stream};

use crooked::Crooked;
use crooked::Wrong::{self, *};

/// What each crooked store must be caught by.
const EXPECTED: &[(Wrong, &[&str])] = &[
    (
        ClaimIgnoresTheLease,
        &[
            "leases::a_living_lease_keeps_others_out",
            "claims::claims_at_once_share_no_row",
        ],
    ),
    (
        ClaimKeepsTheEpoch,
        &["claims::claiming_raises_the_epoch_by_one"],
    ),
    (
        ClaimIgnoresTheLane,
        &["claims::each_lane_sees_only_its_own_rows"],
    ),
    (
        ClaimHoldsEverything,
        &["claims::what_is_overdue_is_claimed_by_its_due_time"],
    ),
    (ClaimTakesOneMore, &["claims::a_claim_keeps_its_limit"]),
    (
        ClaimHasNoOrder,
        &["claims::the_most_urgent_row_comes_first"],
    ),
    (
        ClaimForgetsLosses,
        &["leases::an_ended_lease_counts_one_loss"],
    ),
    (
        SuspectsComeAlong,
        &["suspects::two_losses_make_a_suspect_that_is_claimed_alone"],
    ),
    (
        RecordIgnoresTheEpoch,
        &[
            "records::each_part_of_the_fence_counts",
            "records::a_worker_that_lost_its_row_is_fenced",
        ],
    ),
    (
        RecordIgnoresTheState,
        &["records::each_part_of_the_fence_counts"],
    ),
    (
        RecordStopsAtTheFirstFenced,
        &["records::answers_stand_in_the_order_of_the_outcomes"],
    ),
    (
        RecordJudgesAllByTheStart,
        &["records::a_later_outcome_of_one_call_sees_the_earlier"],
    ),
    (
        RecordHoldsOn,
        &["leases::an_outcome_with_a_lease_holds_on_from_now"],
    ),
    (
        RecordDropsNotices,
        &["records::notices_are_written_with_the_outcome"],
    ),
    (
        FencedNoticesAreWritten,
        &["records::a_fenced_outcome_writes_nothing"],
    ),
    (
        RecordDropsTheAccount,
        &["records::the_accounts_change_is_written_with_the_outcome"],
    ),
    (
        RecordIgnoresTheToken,
        &["records::the_accounts_change_needs_its_token"],
    ),
    (
        EverySealIsAnothers,
        &["accounts::tokens_of_other_keys_are_found_page_by_page"],
    ),
    (
        SealingAnewIsUnconditional,
        &["accounts::a_token_is_sealed_anew_only_while_it_is_the_same"],
    ),
    (
        ArmIgnoresTheAccount,
        &["arms::an_account_that_cannot_publish_denies"],
    ),
    (ArmIgnoresTheContent, &["arms::changed_content_denies"]),
    (
        ArmIgnoresTheSlot,
        &[
            "arms::a_busy_slot_denies_in_any_workspace",
            "arms::two_arms_of_one_account_in_one_call_are_one",
            "arms::arms_at_once_from_two_workspaces_are_one",
        ],
    ),
    (
        ArmIgnoresTheCaption,
        &[
            "arms::an_unsettled_twin_caption_denies",
            "arms::a_twin_that_went_live_without_a_name_denies_for_a_while",
        ],
    ),
    (
        ArmNamesTheLastReason,
        &["arms::denials_come_in_their_order"],
    ),
    (
        DenialReleases,
        &["arms::a_denied_arm_writes_nothing_and_the_claim_stands"],
    ),
    (
        RenewAlwaysAgrees,
        &[
            "leases::renewing_needs_the_fence",
            "leases::a_released_row_is_not_renewed",
            "leases::a_voided_lease_is_not_renewed",
        ],
    ),
    (RenewDoesNothing, &["leases::renewing_sets_the_lease_anew"]),
    (
        VoidDoesNothing,
        &["leases::voiding_ends_every_lease_and_makes_its_row_due"],
    ),
    (
        NextDueMixesLanes,
        &["claims::the_next_due_keeps_the_lanes_apart"],
    ),
    (
        NextDueSeesTheFutureOnly,
        &["claims::the_next_due_is_the_earliest_next_look"],
    ),
    (
        BoundCountsItself,
        &["bound::ids_of_other_publications_are_bound"],
    ),
    (BoundIsBlind, &["bound::another_workspace_binds_too"]),
    (
        ScheduleForgetsTheKey,
        &["keys::the_same_request_gets_the_first_answer_byte_for_byte"],
    ),
    (
        ScheduleWritesHalf,
        &["schedules::an_account_that_is_not_there_is_refused"],
    ),
    (
        MismatchWrites,
        &["keys::another_request_under_the_key_is_a_mismatch"],
    ),
    (
        ReplayAnswersAnew,
        &["keys::the_same_request_gets_the_first_answer_byte_for_byte"],
    ),
    (KeysAreShared, &["keys::workspaces_have_their_own_keys"]),
    (
        AccountsAreSorted,
        &["schedules::publications_keep_the_order_of_their_accounts"],
    ),
    (
        ForeignPostsShow,
        &["lists::foreign_ids_are_like_missing_ones"],
    ),
    (
        ForeignFilesShow,
        &["lists::foreign_ids_are_like_missing_ones"],
    ),
    (
        ForeignAccountsShow,
        &["lists::foreign_ids_are_like_missing_ones"],
    ),
    (
        ChangeOneByOne,
        &[
            "changes::of_several_posts_one_that_moved_refuses_all",
            "changes::a_refused_change_writes_nothing",
        ],
    ),
    (
        ChangeIgnoresRevisions,
        &[
            "changes::a_moved_post_refuses_the_change",
            "changes::a_moved_publication_refuses_the_change",
            "claims::claiming_raises_the_revision",
        ],
    ),
    (
        ChangeDropsNotices,
        &["changes::a_change_tells_feed_and_inbox"],
    ),
    (
        ChangeDeletesTheFileApart,
        &["deletes::a_file_that_is_still_held_takes_everything_back"],
    ),
    (DeleteOnlyHides, &["deletes::a_deleted_post_is_no_work"]),
    (
        DeletedPostsShow,
        &["deletes::a_deleted_post_is_gone_from_every_read"],
    ),
    (
        DeleteAgreesToAll,
        &["deletes::what_may_be_on_its_way_is_not_deleted"],
    ),
    (PagesOverlap, &["lists::pages_meet_without_gap_and_overlap"]),
    (PagesNeverEnd, &["lists::a_page_of_exactly_all_is_the_last"]),
    (ToIsIncluded, &["lists::from_is_in_and_to_is_out"]),
    (StatusIsIgnored, &["lists::each_status_finds_its_posts"]),
    (
        HeldFilesAreDeleted,
        &["media::a_file_that_is_held_is_not_deleted"],
    ),
    (
        DeletedRowsVanish,
        &["media::an_unused_file_is_deleted_and_its_row_stays"],
    ),
    (
        CallersExpiryCounts,
        &["media::a_new_file_expires_like_an_unused_one"],
    ),
    (
        ExpiryHasNoLimit,
        &["media::expiry_takes_no_more_than_asked_for"],
    ),
    (
        BytesAreListedOnce,
        &["media::bytes_are_listed_until_they_are_gone"],
    ),
    (
        HoursAreNotTold,
        &["retention::a_failure_tells_the_hour_of_its_file"],
    ),
    (FilesNeverExpire, &["retention::the_last_use_decides"]),
    (
        ConnectMakesTwins,
        &["accounts::connecting_again_renews_the_known_row"],
    ),
    (
        DisconnectKeepsTheToken,
        &["accounts::disconnecting_erases_the_token"],
    ),
    (
        RemovalsKeepTheToken,
        &["removals::what_the_platform_removed_is_erased_everywhere"],
    ),
    (
        RemovalsAreReplayed,
        &["removals::a_removal_counts_once_by_its_mark"],
    ),
    (
        RemovalsKnowAccountsOnly,
        &["removals::what_the_platform_removed_is_erased_everywhere"],
    ),
    (
        TokensAreUnconditional,
        &["refreshes::a_successor_needs_the_token_it_follows"],
    ),
    (
        StatusIsUnconditional,
        &["accounts::a_status_needs_the_token_it_was_read_with"],
    ),
    (
        StatusIsToldAgain,
        &["accounts::leaving_active_is_told_once"],
    ),
    (
        OnlyLeavingActiveIsTold,
        &["accounts::a_dead_token_is_told_of_a_restricted_account_too"],
    ),
    (
        NobodyWakes,
        &["waiting::becoming_active_makes_waiting_publications_due"],
    ),
    (
        NobodyShares,
        &["accounts::one_remote_user_may_stand_in_two_workspaces"],
    ),
    (
        EndsAreNotTold,
        &["refreshes::an_end_is_told_at_ten_three_and_one_days"],
    ),
    (
        EndsAreToldAgain,
        &["refreshes::an_end_is_told_at_ten_three_and_one_days"],
    ),
    (
        RefreshIsClaimedTwice,
        &["refreshes::a_claimed_refresh_moves_on_by_its_lease"],
    ),
    (
        EventsOfEverybody,
        &["feed::a_workspace_reads_its_own_events"],
    ),
    (
        PositionsAreIncluded,
        &["feed::positions_rise_and_pages_meet"],
    ),
    (
        MovesWithinAStateAreTold,
        &["feed::writing_on_in_a_state_is_no_event"],
    ),
    (InboxesAreShared, &["feed::the_inbox_is_the_workspaces_own"]),
    (
        DeletedKeysOpen,
        &["api_keys::a_deleted_key_opens_nothing_at_once"],
    ),
    (
        KeysOpenAnything,
        &["api_keys::an_unknown_key_opens_nothing"],
    ),
    (
        ForeignKeysAreDeleted,
        &["api_keys::a_foreign_key_is_not_deleted"],
    ),
    (
        EndedKeysOpen,
        &[
            "api_keys::a_key_that_has_ended_opens_nothing_and_is_shown_for_a_while",
            "api_keys::an_exchanged_key_ends_and_never_later_than_before",
        ],
    ),
    (
        KeysKeepTheirRole,
        &["api_keys::a_key_has_the_present_role_of_its_person"],
    ),
    (
        KeysMayEverything,
        &["api_keys::a_key_knows_what_it_may_be_used_for"],
    ),
    (
        KeysHaveNoLimit,
        &["api_keys::a_workspace_has_so_many_living_keys_and_no_more"],
    ),
    (
        ExchangedKeysGoOn,
        &["api_keys::an_exchanged_key_ends_and_never_later_than_before"],
    ),
    (
        AnythingIsExchanged,
        &["api_keys::what_has_ended_or_is_foreign_is_not_exchanged"],
    ),
    (
        ZoneRulesAreKept,
        &[
            "zones::the_version_of_the_rules_is_the_last_one_said",
            "zones::posts_by_the_wall_clock_move_with_their_zone",
        ],
    ),
    (
        WallClocksOfOneWorkspace,
        &[
            "zones::posts_with_a_local_time_that_wait_are_listed",
            "zones::posts_by_the_wall_clock_move_with_their_zone",
        ],
    ),
    (
        WallClocksSkipDrafts,
        &["zones::posts_with_a_local_time_that_wait_are_listed"],
    ),
    (
        WallClocksHaveNoOrder,
        &["zones::posts_with_a_local_time_that_wait_are_listed"],
    ),
    (
        WallClocksEndEarly,
        &["zones::posts_with_a_local_time_that_wait_are_listed"],
    ),
    (
        WallClocksSeeWhatIsArmed,
        &["zones::posts_with_a_local_time_that_wait_are_listed"],
    ),
    (
        EveryPolicyIsNew,
        &["people::a_new_policy_is_told_once_and_the_first_to_nobody"],
    ),
    (
        HalfOfMeIsWritten,
        &["people::a_change_of_nobody_changes_nothing"],
    ),
    (
        ProvidersAreOne,
        &["sessions::whoever_is_known_is_always_the_same_person"],
    ),
    (
        EverybodyIsLetIn,
        &[
            "sessions::where_newcomers_are_not_let_in_nothing_is_written",
            "sessions::an_invitation_leads_into_its_workspace_once",
        ],
    ),
    (
        OldSessionsGoOn,
        &["sessions::a_new_session_ends_the_one_before"],
    ),
    (
        IdleSessionsOpen,
        &["sessions::a_token_opens_only_while_its_session_lives"],
    ),
    (
        TakenIdentitiesAreLinked,
        &["sessions::an_identity_is_one_persons"],
    ),
    (
        SignInsAreTakenAgain,
        &["sessions::a_sign_in_under_way_is_taken_once"],
    ),
    (
        LookingUsesUp,
        &["sessions::a_sign_in_under_way_is_looked_at_without_being_taken"],
    ),
    (MarksAreMadeAgain, &["sessions::a_mark_is_made_once"]),
    (OwnersMayGo, &["sessions::a_workspace_keeps_an_owner"]),
    (WhoLeavesStays, &["sessions::whoever_leaves_is_out_at_once"]),
    (
        DeletedPeopleStay,
        &["rights::a_workspace_of_one_goes_with_everything_in_it"],
    ),
    (
        LastOwnersAreDeleted,
        &["rights::the_last_owner_of_others_stays_unless_forced"],
    ),
    (
        TokensAreLost,
        &[
            "rights::a_workspace_of_one_goes_with_everything_in_it",
            "rights::a_token_that_others_hold_is_not_given_back",
        ],
    ),
    (
        OrphansAreForgotten,
        &["rights::bytes_without_a_row_are_listed_until_they_are_gone"],
    ),
    (
        DeletionsAreDoneAtOnce,
        &["rights::bytes_without_a_row_are_listed_until_they_are_gone"],
    ),
    (
        LateFilesAreTaken,
        &["rights::nothing_is_written_into_what_went"],
    ),
    (
        NobodyIsBuried,
        &["rights::tombstones_delete_again_what_a_backup_brings_back"],
    ),
    (
        BackupsBringBack,
        &["rights::tombstones_delete_again_what_a_backup_brings_back"],
    ),
    (
        RequestsAreNotMarked,
        &["rights::a_request_is_answered_once_and_again_alike"],
    ),
    (
        ScopedIdsAreUnknown,
        &["rights::a_forgotten_account_is_nobody"],
    ),
    (
        AnyCodeIsGood,
        &["rights::a_deletion_is_found_by_its_code_alone"],
    ),
    (AskingBeginsAnew, &["fixes::asking_twice_is_asking_once"]),
    (ForeignFixesShow, &["fixes::a_foreign_fix_is_none"]),
    (
        FixesAreHeldByAll,
        &[
            "fixes::the_oldest_is_claimed_first_and_by_one",
            "fixes::an_ended_lease_gives_it_to_another",
        ],
    ),
    (
        FixesAreNeverLost,
        &[
            "fixes::what_was_called_off_goes_no_further",
            "fixes::an_older_claim_writes_nothing",
        ],
    ),
    (
        FixEndsForgetTheFile,
        &["fixes::the_new_file_is_written_with_the_end"],
    ),
    (
        FixesAreNotGivenBack,
        &["fixes::what_is_given_back_was_never_begun"],
    ),
    (
        FixEndsIgnoreTheEpoch,
        &["fixes::an_older_claim_writes_nothing"],
    ),
];

async fn crooked(folder: &Path, number: usize, wrong: Wrong) -> Fresh {
    let clock = Arc::new(ManualClock::new());
    let path = folder.join(format!("{number}.db"));
    let time = Arc::clone(&clock) as Arc<dyn Clock>;
    let inner = SqliteStore::open(&path, time, TTL).await.unwrap();
    let store = Crooked::new(Arc::new(inner), wrong);
    (Arc::new(store) as Arc<dyn Store>, clock)
}

/// The verdicts of rules on crooked stores, in order.
async fn verdicts(pairs: Vec<(Wrong, &'static str)>) -> Vec<Result<(), Broken>> {
    let folder = tempfile::tempdir().unwrap();
    let (cases, path) = (&cases(), folder.path());
    stream::iter(pairs.into_iter().enumerate())
        .map(async |(number, (wrong, rule))| {
            let fresh = crooked(path, number, wrong).await;
            verdict(&named(cases, rule), fresh).await
        })
        .buffered(8)
        .collect()
        .await
}

fn pairs() -> impl Iterator<Item = (Wrong, &'static str)> {
    let rules = |(wrong, rules): &(Wrong, &'static [&'static str])| {
        let wrong = *wrong;
        rules.iter().map(move |rule| (wrong, *rule))
    };
    EXPECTED.iter().flat_map(rules)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_wrong_store_is_caught_by_the_rules_it_breaks() {
    let pairs: Vec<_> = pairs().collect();
    let verdicts = verdicts(pairs.clone()).await;
    let missed: Vec<_> = pairs
        .iter()
        .zip(verdicts)
        .filter(|(_, verdict)| verdict.is_ok())
        .map(|(pair, _)| pair)
        .collect();
    assert!(missed.is_empty(), "not caught: {missed:?}");
}

/// The wrapper itself breaks nothing: its faults are what the suite sees.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_store_without_a_fault_passes() {
    let pairs: Vec<_> = pairs().map(|(_, rule)| (Nothing, rule)).collect();
    let broken: Vec<_> = verdicts(pairs)
        .await
        .into_iter()
        .filter_map(Result::err)
        .collect();
    assert_eq!(broken, []);
}
