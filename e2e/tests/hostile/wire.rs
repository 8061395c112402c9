//! Bytes to the server and back, with nothing between.

use e2e::world::World;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::story::PATIENCE;

pub(crate) async fn connect(world: &World) -> TcpStream {
    let address = world.api.base.trim_start_matches("http://");
    TcpStream::connect(address).await.unwrap()
}

/// The head of a call with a valid key and these further lines.
pub(crate) fn post(world: &World, path: &str, lines: &str) -> String {
    let key = world.api.key();
    format!("POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\n{lines}\r\n")
}

/// Sends bytes again and again, up to `times`, while reading; what came until the server closed.
///
/// Our side stays open: after a half-close hyper would leave the rest unanswered, and what an attack
/// brought about would go unseen.
pub(crate) async fn flood(socket: TcpStream, head: &[u8], piece: &[u8], times: usize) -> String {
    let (mut read, mut write) = socket.into_split();
    let sending = async {
        let mut sent = write.write_all(head).await;
        for _ in 0..times {
            // Whoever has been answered already may be gone.
            if sent.is_err() {
                break;
            }
            sent = write.write_all(piece).await;
        }
    };
    let reading = async {
        let mut bytes = Vec::new();
        // A reset ends it as well as a close.
        drop(read.read_to_end(&mut bytes).await);
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let both = async { tokio::join!(sending, reading).1 };
    tokio::time::timeout(PATIENCE, both).await.expect("in time")
}

/// What the server says to these bytes until it closes.
pub(crate) async fn says(world: &World, bytes: &[u8]) -> String {
    flood(connect(world).await, bytes, b"", 0).await
}

/// What the server says to each of these until it closes, all at once: some are waited for.
pub(crate) async fn says_to_all<'a>(
    world: &World,
    all: impl IntoIterator<Item = &'a [u8]>,
) -> Vec<String> {
    futures::future::join_all(all.into_iter().map(|bytes| says(world, bytes))).await
}

/// The status codes of the answers in what came.
pub(crate) fn statuses(answers: &str) -> Vec<u16> {
    let lines = answers.split("HTTP/1.1 ").skip(1);
    lines.map(|rest| rest[..3].parse().unwrap()).collect()
}
