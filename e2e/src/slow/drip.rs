//! One slow client.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;

use crate::api::Api;
use crate::process::Failure;

/// What a slow client does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A request head, byte by byte.
    Head,
    /// The body of a new post, byte by byte, with a valid key.
    Json,
    /// An upload, byte by byte, with a valid key.
    Upload,
    /// Nothing at all.
    Idle,
    /// Asks for a big document again and again and reads nothing.
    Deaf,
    /// Half of a head, then the end of what it sends; it still listens.
    Half,
}

/// All of them.
pub const KINDS: [Kind; 6] = [
    Kind::Head,
    Kind::Json,
    Kind::Upload,
    Kind::Idle,
    Kind::Deaf,
    Kind::Half,
];

/// Where slow clients go, and with which key.
#[derive(Debug, Clone)]
pub struct Target {
    /// `127.0.0.1:8080`.
    pub address: String,
    key: String,
    /// The time between two bytes.
    pub pace: Duration,
}

impl Target {
    /// The server that this client calls; a byte a second.
    #[must_use]
    pub fn of(api: &Api) -> Self {
        Self {
            address: api.base.trim_start_matches("http://").to_owned(),
            key: api.key().to_owned(),
            pace: Duration::from_secs(1),
        }
    }

    /// Connects, with a small window for answers that are not read.
    async fn connect(&self) -> Result<tokio::net::TcpStream, Failure> {
        let socket = TcpSocket::new_v4()?;
        socket.set_recv_buffer_size(4 << 10)?;
        Ok(socket.connect(self.address.parse()?).await?)
    }

    /// Is slow until the server has had enough; for how long it was let.
    ///
    /// # Errors
    ///
    /// When there is no connection.
    pub async fn drip(&self, kind: Kind) -> Result<Duration, Failure> {
        let socket = self.connect().await?;
        let begun = Instant::now();
        let (mut read, mut write) = socket.into_split();
        // What cannot be written any more was closed; so was what cannot be read.
        let sent = write.write_all(self.opening(kind).as_bytes()).await;
        if sent.is_ok() {
            match kind {
                Kind::Head | Kind::Json | Kind::Upload => {
                    let mut answer = Vec::new();
                    tokio::select! {
                        () = self.bytes(&mut write) => {}
                        end = read.read_to_end(&mut answer) => drop(end),
                    }
                }
                Kind::Deaf => {
                    while write.write_all(self.opening(kind).as_bytes()).await.is_ok() {
                        tokio::time::sleep(self.pace).await;
                    }
                }
                Kind::Idle | Kind::Half => {
                    if kind == Kind::Half {
                        drop(write.shutdown().await);
                    }
                    drop(read.read_to_end(&mut Vec::new()).await);
                }
            }
        }
        Ok(begun.elapsed())
    }

    async fn bytes(&self, write: &mut tokio::net::tcp::OwnedWriteHalf) {
        while write.write_all(b"a").await.is_ok() {
            tokio::time::sleep(self.pace).await;
        }
    }

    /// What is said before it becomes slow.
    fn opening(&self, kind: Kind) -> String {
        let post = |path: &str, content: &str, length: usize| {
            let key = &self.key;
            format!(
                "POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\n\
                 content-type: {content}\r\ncontent-length: {length}\r\n\r\n"
            )
        };
        match kind {
            Kind::Head => "GET /v1/posts HTTP/1.1\r\nhost: x\r\nx-slow: ".into(),
            Kind::Json => post("/v1/posts", "application/json", 100_000),
            Kind::Upload => post("/v1/media", "application/octet-stream", 50_000_000),
            Kind::Idle => String::new(),
            Kind::Deaf => "GET /openapi.json HTTP/1.1\r\nhost: x\r\n\r\n".repeat(50),
            Kind::Half => "GET /v1/posts HTTP/1.1\r\nhost:".into(),
        }
    }
}
