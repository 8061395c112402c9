//! Something between our server and the platform that can answer in its place with everything it was
//! asked: errors that repeat tokens are nothing unusual.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use e2e::process::Failure;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the mirror does with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Mode {
    /// Hands it on, and the answer back.
    Pass,
    /// Answers with an error of the platform whose message is the request.
    Message,
    /// Answers with a page that shows the request.
    Page,
    /// Answers with a redirect to the request's address.
    Redirect,
    /// Breaks off after half of such an answer.
    Half,
    /// Closes the connection.
    Drop,
}

impl Mode {
    pub(crate) const WRONG: [Self; 5] = [
        Self::Message,
        Self::Page,
        Self::Redirect,
        Self::Half,
        Self::Drop,
    ];

    fn of(number: u8) -> Self {
        let all = [
            Self::Pass,
            Self::Message,
            Self::Page,
            Self::Redirect,
            Self::Half,
            Self::Drop,
        ];
        all.into_iter()
            .find(|m| *m as u8 == number)
            .unwrap_or(Self::Pass)
    }
}

/// A running mirror.
#[derive(Debug)]
pub(crate) struct Mirror {
    pub(crate) address: SocketAddr,
    mode: Arc<AtomicU8>,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Mirror {
    /// Starts one before what listens at `behind`.
    pub(crate) async fn start(behind: String) -> Result<Self, Failure> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let mirror = Self {
            address: listener.local_addr()?,
            mode: Arc::new(AtomicU8::new(Mode::Pass as u8)),
            heads: Arc::default(),
        };
        let (mode, heads) = (Arc::clone(&mirror.mode), Arc::clone(&mirror.heads));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (behind, heads) = (behind.clone(), Arc::clone(&heads));
                let mode = Mode::of(mode.load(Ordering::Relaxed));
                tokio::spawn(async move { drop(serve(client, &behind, mode, &heads).await) });
            }
        });
        Ok(mirror)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Calls from now on.
    pub(crate) fn set(&self, mode: Mode) {
        self.mode.store(mode as u8, Ordering::Relaxed);
    }

    /// The heads of every request so far.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// One call a connection: that is all that a proxy in the way needs to understand of HTTP.
async fn serve(
    mut client: TcpStream,
    behind: &str,
    mode: Mode,
    heads: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let Some(request) = request(&mut client).await? else {
        return Ok(());
    };
    let text = String::from_utf8_lossy(&request).into_owned();
    let head = text.split("\r\n\r\n").next().unwrap_or_default().to_owned();
    heads
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(head.clone());
    let answer = match mode {
        Mode::Pass => return pass(client, behind, &request).await,
        Mode::Drop => return Ok(()),
        Mode::Message => {
            let error = serde_json::json!({ "error": { "message": text, "type": "OAuthException",
                "code": 100, "error_user_msg": text, "error_data": { "echo": text }, "fbtrace_id": "A1" } });
            answer(
                "400 Bad Request",
                "content-type: application/json\r\n",
                &error.to_string(),
            )
        }
        Mode::Page | Mode::Half => answer(
            "502 Bad Gateway",
            "content-type: text/html\r\n",
            &format!("<pre>{text}</pre>"),
        ),
        Mode::Redirect => {
            let path = head.split_whitespace().nth(1).unwrap_or("/").to_owned();
            answer(
                "302 Found",
                &format!("location: http://127.0.0.1:1{path}\r\n"),
                "",
            )
        }
    };
    let end = if mode == Mode::Half {
        answer.len() / 2
    } else {
        answer.len()
    };
    client.write_all(&answer.as_bytes()[..end]).await
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// A whole request; `None` when the client had none.
async fn request(client: &mut TcpStream) -> std::io::Result<Option<Vec<u8>>> {
    let mut request = Vec::new();
    loop {
        if let Some(at) = memchr::memmem::find(&request, b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&request[..at]).to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|l| l.strip_prefix("content-length:")?.trim().parse().ok());
            if request.len() >= at + 4 + length.unwrap_or(0) {
                return Ok(Some(request));
            }
        }
        if client.read_buf(&mut request).await? == 0 {
            return Ok(None);
        }
    }
}

async fn pass(mut client: TcpStream, behind: &str, request: &[u8]) -> std::io::Result<()> {
    let mut server = TcpStream::connect(behind).await?;
    // The connection ends with the answer.
    let at = memchr::memmem::find(request, b"\r\n").unwrap_or(0);
    server.write_all(&request[..at]).await?;
    server.write_all(b"\r\nconnection: close").await?;
    server.write_all(&request[at..]).await?;
    tokio::io::copy(&mut server, &mut client).await?;
    client.shutdown().await
}
