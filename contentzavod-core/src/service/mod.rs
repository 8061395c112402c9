//! Use cases, behind one facade: [`Contentzavod`]. An API or a host program calls these; each checks
//! whose rows it touches, reports every broken rule at once, and writes all or nothing.

mod accounts;
mod again;
mod change;
mod connect;
mod crowd;
mod error;
pub mod export;
mod facade;
mod fixes;
mod intake;
mod keys;
mod lateness;
mod media;
mod members;
mod notifications;
mod patch;
mod posts;
mod publications;
mod quota;
mod request;
mod reseal;
mod resolve;
mod retry_loop;
mod rights;
mod sign_in;
mod users;
mod validate;

pub use accounts::Which;
pub use connect::{Bound, Choice, ConnectBack, ConnectEnd, ConnectStarted, Offer};
pub use error::{Conflict, ServiceError, Standing};
pub use facade::{Contentzavod, Parts};
pub use fixes::FixPlan;
pub use intake::Intake;
pub use keys::{KeyAuth, NewKey};
pub use media::Upload;
pub use members::{INVITED_FOR, Invited};
pub use patch::PostPatch;
pub use posts::{Idempotency, Made};
pub use request::PostRequest;
pub use reseal::Resealed;
pub use resolve::Resolution;
pub use rights::{Buried, Deletion, Farewell, Shared};
pub use sign_in::{
    ABSOLUTE, Back, FRESH, Front, IDLE, LINK, Newcomer, SignInError, SignedIn, Started,
    path_of_ours,
};
pub use users::MePatch;
pub use validate::Validation;
