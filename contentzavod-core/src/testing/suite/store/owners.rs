//! Owners: who is one no more.

use chrono::TimeDelta;

use super::Fresh;
use super::world::{World, ok};
use crate::model::{Invitation, InvitationId, Role};
use crate::ports::store::{Arrival, MemberChanged};
use crate::testing::suite::cases;

cases!(
    "owners", world Fresh:
    whoever_is_an_owner_no_more_lets_nobody_in,
);

/// Themselves least of all.
pub async fn whoever_is_an_owner_no_more_lets_nobody_in(w: World) {
    for (n, leaves) in [(1, true), (2, false)] {
        w.invited(Some(w.workspace), Role::Owner, 10 + n).await;
        let with = Arrival {
            invitation: Some([10 + n; 32]),
            ..w.arrival(&n.to_string(), n)
        };
        let (session, _) = w.admitted(with).await;
        let theirs = Invitation {
            id: InvitationId::generate(w.now()),
            workspace: Some(w.workspace),
            role: Role::Owner,
            made_by: Some(session.user),
            created_at: w.now(),
            ends_at: w.now() + TimeDelta::days(7),
        };
        ok(w.store.invite(theirs, [20 + n; 32]).await);
        let changed = if leaves {
            w.store.remove_member(w.workspace, session.user).await
        } else {
            let less = Role::Editor;
            w.store.set_role(w.workspace, session.user, less).await
        };
        assert_eq!(ok(changed), MemberChanged::Done);
        assert_eq!(ok(w.store.invitation([20 + n; 32]).await), None);
        assert_eq!(ok(w.store.join(session.user, [20 + n; 32]).await), None);
    }
}
