//! The wrapper: what it may do wrong, and what it remembers to do so.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard};

use contentzavod_core::model::{
    Account, AccountId, ApiKeyId, Login, MediaId, PostId, PublicationId, Sealed, User, WorkspaceId,
};
use contentzavod_core::ports::Store;
use contentzavod_core::ports::store::{FoundKey, Hash, Item, KeyHash, PostView};
use contentzavod_store::SqliteStore;

/// What a store does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    Nothing,
    ClaimIgnoresTheLease,
    ClaimKeepsTheEpoch,
    ClaimIgnoresTheLane,
    ClaimHoldsEverything,
    ClaimTakesOneMore,
    ClaimHasNoOrder,
    ClaimForgetsLosses,
    SuspectsComeAlong,
    RecordIgnoresTheEpoch,
    RecordIgnoresTheState,
    RecordStopsAtTheFirstFenced,
    RecordJudgesAllByTheStart,
    RecordHoldsOn,
    RecordDropsNotices,
    FencedNoticesAreWritten,
    RecordDropsTheAccount,
    RecordIgnoresTheToken,
    ArmIgnoresTheAccount,
    ArmIgnoresTheContent,
    ArmIgnoresTheSlot,
    ArmIgnoresTheCaption,
    ArmNamesTheLastReason,
    DenialReleases,
    RenewAlwaysAgrees,
    RenewDoesNothing,
    VoidDoesNothing,
    NextDueMixesLanes,
    NextDueSeesTheFutureOnly,
    BoundCountsItself,
    BoundIsBlind,
    ScheduleForgetsTheKey,
    ScheduleWritesHalf,
    MismatchWrites,
    ReplayAnswersAnew,
    KeysAreShared,
    AccountsAreSorted,
    ForeignPostsShow,
    ForeignFilesShow,
    ForeignAccountsShow,
    EndsAreNotTold,
    NobodyShares,
    EndsAreToldAgain,
    ChangeOneByOne,
    ChangeIgnoresRevisions,
    ChangeDropsNotices,
    ChangeDeletesTheFileApart,
    DeleteOnlyHides,
    DeletedPostsShow,
    DeleteAgreesToAll,
    PagesOverlap,
    PagesNeverEnd,
    ToIsIncluded,
    StatusIsIgnored,
    ZoneRulesAreKept,
    WallClocksOfOneWorkspace,
    WallClocksSkipDrafts,
    WallClocksHaveNoOrder,
    WallClocksEndEarly,
    WallClocksSeeWhatIsArmed,
    HeldFilesAreDeleted,
    DeletedRowsVanish,
    CallersExpiryCounts,
    ExpiryHasNoLimit,
    BytesAreListedOnce,
    HoursAreNotTold,
    FilesNeverExpire,
    ProvidersAreOne,
    EverybodyIsLetIn,
    OldSessionsGoOn,
    IdleSessionsOpen,
    TakenIdentitiesAreLinked,
    SignInsAreTakenAgain,
    LookingUsesUp,
    MarksAreMadeAgain,
    OwnersMayGo,
    WhoLeavesStays,
    AskingBeginsAnew,
    ForeignFixesShow,
    FixesAreHeldByAll,
    FixesAreNeverLost,
    FixEndsForgetTheFile,
    FixesAreNotGivenBack,
    FixEndsIgnoreTheEpoch,
    ConnectMakesTwins,
    DisconnectKeepsTheToken,
    RemovalsKeepTheToken,
    RemovalsAreReplayed,
    RemovalsKnowAccountsOnly,
    TokensAreUnconditional,
    EverySealIsAnothers,
    SealingAnewIsUnconditional,
    StatusIsUnconditional,
    StatusIsToldAgain,
    OnlyLeavingActiveIsTold,
    NobodyWakes,
    RefreshIsClaimedTwice,
    EventsOfEverybody,
    PositionsAreIncluded,
    MovesWithinAStateAreTold,
    InboxesAreShared,
    DeletedKeysOpen,
    KeysOpenAnything,
    ForeignKeysAreDeleted,
    EndedKeysOpen,
    KeysKeepTheirRole,
    KeysMayEverything,
    KeysHaveNoLimit,
    ExchangedKeysGoOn,
    AnythingIsExchanged,
    DeletedPeopleStay,
    LastOwnersAreDeleted,
    TokensAreLost,
    OrphansAreForgotten,
    DeletionsAreDoneAtOnce,
    LateFilesAreTaken,
    NobodyIsBuried,
    BackupsBringBack,
    RequestsAreNotMarked,
    ScopedIdsAreUnknown,
    AnyCodeIsGood,
    HalfOfMeIsWritten,
    EveryPolicyIsNew,
}

/// What the wrapper has seen go by.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// Rows as they were claimed last.
    pub(crate) claimed: HashMap<PublicationId, Item>,
    pub(crate) keys: HashMap<String, Vec<u8>>,
    pub(crate) homes: HashMap<PostId, WorkspaceId>,
    pub(crate) deleted: HashMap<PostId, PostView>,
    pub(crate) hidden: HashSet<PostId>,
    pub(crate) files: HashMap<MediaId, WorkspaceId>,
    pub(crate) listed: HashSet<MediaId>,
    pub(crate) accounts: HashMap<AccountId, Account>,
    pub(crate) tokens: HashMap<AccountId, Sealed>,
    pub(crate) refreshed: Vec<Account>,
    pub(crate) workspaces: Vec<WorkspaceId>,
    pub(crate) users: Vec<User>,
    pub(crate) opened: HashMap<KeyHash, FoundKey>,
    pub(crate) key_homes: HashMap<ApiKeyId, WorkspaceId>,
    /// Files whose rows went with their workspace.
    pub(crate) orphans: HashSet<MediaId>,
    pub(crate) codes: Vec<Hash>,
    pub(crate) logins: HashMap<Hash, Login>,
    /// Removals so far.
    pub(crate) removals: u8,
    /// The account was restricted.
    pub(crate) restricted: bool,
    /// Events told beyond those of the store.
    pub(crate) extra: i64,
}

/// A store that is right but for one thing.
#[derive(Debug)]
pub(crate) struct Crooked {
    pub(crate) inner: Arc<SqliteStore>,
    pub(crate) wrong: Wrong,
    memory: Mutex<Memory>,
}

impl Crooked {
    pub(crate) fn new(inner: Arc<SqliteStore>, wrong: Wrong) -> Self {
        Self {
            inner,
            wrong,
            memory: Mutex::default(),
        }
    }

    pub(crate) fn is(&self, wrong: Wrong) -> bool {
        self.wrong == wrong
    }

    pub(crate) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap()
    }

    /// The straight store as the port, for its defaults.
    pub(crate) fn straight(&self) -> &dyn Store {
        &*self.inner
    }
}
