//! The core's suite for publishers, over a small Instagram that remembers what it was told.

use std::collections::HashMap;
use std::sync::Mutex;

use async_trait::async_trait;
use contentzavod_core::model::Access;
use contentzavod_core::ports::{ByteStream, MediaSource, PublishRequest, Publisher};
use contentzavod_core::testing::suite;
use contentzavod_instagram::InstagramPublisher;
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, Request, Respond, ResponseTemplate};

use crate::common::{Platform, USER, access, json as reply, pairs, request};

/// What the small Instagram knows.
#[derive(Debug, Default)]
struct Known {
    /// Caption and number of looks of each container; `None` once it is published.
    containers: HashMap<String, (String, Option<u32>)>,
    /// Id and caption, newest first.
    live: Vec<(String, String)>,
}

#[derive(Debug, Default)]
struct SmallInstagram(Mutex<Known>);

impl Respond for SmallInstagram {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut known = self.0.lock().unwrap();
        let path: Vec<&str> = request.url.path().split('/').skip(2).collect();
        let form: HashMap<String, String> = pairs(&request.body).into_iter().collect();
        let answer = match (request.method.as_str(), path.as_slice()) {
            ("POST", [USER, "media"]) => Some(known.create(&form)),
            ("POST", [USER, "media_publish"]) => known.publish(&form["creation_id"]),
            ("GET", [USER, "media"]) => Some(known.list()),
            ("GET", [id]) => known.status(id).or_else(|| known.link(id)),
            _ => None,
        };
        let missing = json!({ "error": { "code": 100, "error_subcode": 33 } });
        answer.map_or_else(|| reply(400, &missing), |body| reply(200, &body))
    }
}

impl Known {
    fn create(&mut self, form: &HashMap<String, String>) -> Value {
        let id = format!("17889{:012}", self.containers.len() + 1);
        let caption = form.get("caption").cloned().unwrap_or_default();
        self.containers.insert(id.clone(), (caption, Some(0)));
        json!({ "id": id })
    }

    fn status(&mut self, id: &str) -> Option<Value> {
        let (_, looks) = self.containers.get_mut(id)?;
        let code = match looks {
            None => "PUBLISHED",
            Some(looks) => {
                *looks += 1;
                if *looks < 3 {
                    "IN_PROGRESS"
                } else {
                    "FINISHED"
                }
            }
        };
        Some(json!({ "status_code": code, "id": id }))
    }

    fn publish(&mut self, container: &str) -> Option<Value> {
        let id = format!("17920{:012}", self.live.len() + 1);
        let (caption, looks) = self.containers.get_mut(container)?;
        looks.take()?;
        self.live.insert(0, (id.clone(), caption.clone()));
        Some(json!({ "id": id }))
    }

    fn list(&self) -> Value {
        let items: Vec<Value> = self
            .live
            .iter()
            .map(|(id, caption)| json!({ "id": id, "caption": caption, "media_product_type": "REELS" }))
            .collect();
        json!({ "data": items })
    }

    fn link(&self, id: &str) -> Option<Value> {
        let found = self.live.iter().any(|(live, _)| live == id);
        found.then(|| json!({ "permalink": format!("https://www.instagram.com/reel/{id}/") }))
    }
}

#[derive(Debug)]
struct NoBytes;

#[async_trait]
impl MediaSource for NoBytes {
    fn len(&self) -> u64 {
        0
    }
    async fn read_from(&self, _: u64) -> std::io::Result<ByteStream> {
        Err(std::io::Error::other("the platform fetches the file"))
    }
}

struct Subject {
    publisher: InstagramPublisher,
    access: Access,
    /// Lives as long as the subject.
    _platform: Platform,
}

#[async_trait]
impl suite::publisher::Subject for Subject {
    fn publisher(&self) -> &dyn Publisher {
        &self.publisher
    }
    fn access(&self) -> Access {
        self.access.clone()
    }
    fn request(&self) -> PublishRequest {
        request("Привет\r\n#demo ")
    }
    fn source(&self) -> Box<dyn MediaSource> {
        Box::new(NoBytes)
    }
    async fn wait(&self) {}
}

#[tokio::test]
async fn the_publisher_keeps_the_contract() {
    suite::publisher::publisher(async || {
        let platform = Platform::new().await;
        let small = SmallInstagram::default();
        platform.mount(Mock::given(any()).respond_with(small)).await;
        Subject {
            publisher: platform.publisher(),
            access: access(),
            _platform: platform,
        }
    })
    .await;
}
