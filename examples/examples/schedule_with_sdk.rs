//! A Reel scheduled through the API with the generated client.
//!
//! ```sh
//! cargo run -p contentzavod-examples --example schedule_with_sdk
//! ```
//!
//! With `CONTENTZAVOD_URL`, `CONTENTZAVOD_API_KEY` and `INSTAGRAM_TOKEN` it calls a server that
//! runs elsewhere; without them it starts one here, which publishes to the sandbox.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use contentzavod_client::types::{
    Content, InstagramReel, NewAccount, NewPost, Problem, PublicationStatus, Receipt,
};
use contentzavod_client::{Client, upload};
use contentzavod_examples::server::Server;
use uuid::Uuid;

type Done<T> = Result<T, Box<dyn Error + Send + Sync>>;

const REEL: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../contentzavod-preflight/tests/data/reel.mp4"
);

#[tokio::main]
async fn main() -> ExitCode {
    let Err(error) = run().await else {
        return ExitCode::SUCCESS;
    };
    match error.downcast_ref() {
        // Every rule that was broken, with what mends it.
        Some(contentzavod_client::Error::<Problem>::ErrorResponse(problem)) => {
            eprintln!("refused: {}", **problem);
        }
        _ => eprintln!("error: {error}"),
    }
    ExitCode::FAILURE
}

async fn run() -> Done<()> {
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    let set = |name: &str| std::env::var(name);
    if let (Ok(url), Ok(key)) = (set("CONTENTZAVOD_URL"), set("CONTENTZAVOD_API_KEY")) {
        return publish(&url, &key, &set("INSTAGRAM_TOKEN")?).await;
    }
    let server = Server::start().await?;
    println!("a server of our own on {}", server.url);
    let published = publish(&server.url, &server.key, &server.token).await;
    server.stop().await?;
    published
}

async fn publish(url: &str, key: &str, token: &str) -> Done<()> {
    let client = Client::with_api_key(url, key)?;

    let account = client.account_create();
    let account = account.body(NewAccount::builder().access_token(token));
    let account = account.send().await?;
    println!("connected @{}", account.username);

    let media = client.media_create().filename("reel.mp4");
    let media = media.body(upload::file(REEL).await?).send().await?;
    println!("uploaded {} bytes, sha256 {}", media.bytes, media.sha256);

    let reel = InstagramReel::builder()
        .media_id(media.id)
        .caption("Scheduled with the SDK #demo");
    let reel: InstagramReel = reel.try_into()?;
    let post = NewPost::builder()
        .account_ids(vec![account.id])
        .content(Content::from(reel));
    // Without a time it goes out now. The key makes the call safe to repeat; another post takes
    // another one.
    let once = format!("reel-{}", media.id);
    let post = client.post_create().idempotency_key(once).body(post);
    let post = post.send().await?;
    println!("post {} is {}", post.id, post.status);

    let receipt = receipt(&client, post.id).await?;
    println!("published: {}", receipt.permalink.unwrap_or_default());
    Ok(())
}

/// Asks until it is live; a server that is far away would be asked less often.
async fn receipt(client: &Client, post: Uuid) -> Done<Receipt> {
    loop {
        let seen = client.post_get().id(post).send().await?;
        let row = seen.publications.first().ok_or("no publication")?;
        match row.status {
            PublicationStatus::Published if row.permalink.is_some() => {
                let receipt = client.publication_receipt().id(row.id);
                return Ok(receipt.send().await?.into_inner());
            }
            PublicationStatus::Failed | PublicationStatus::Missed => {
                return Err(format!("{}: {:?}", row.status, row.error).into());
            }
            _ => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    }
}
