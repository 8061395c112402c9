//! What the stories of the whole share: the server within the test, and the real binary as
//! processes of its own.

pub mod api;
pub mod front;
pub mod process;
pub mod races;
pub mod server;
pub mod slow;
pub mod soak;
pub mod stop;
pub mod world;

/// The programs that the crates' READMEs show, held against the crates by the doc tests.
#[cfg(doctest)]
mod readmes {
    macro_rules! compiled {
        ($($name:ident $file:literal),+ $(,)?) => {
            $(#[doc = include_str!($file)] struct $name;)+
        };
    }

    compiled! {
        Core "../../contentzavod-core/README.md",
        Instagram "../../contentzavod-instagram/README.md",
        Preflight "../../contentzavod-preflight/README.md",
        Server "../../contentzavod-server/README.md",
        Store "../../contentzavod-store/README.md",
        Whole "../../README.md",
    }
}
