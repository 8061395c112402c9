//! `/healthz` and `/readyz`: for whoever watches the process.

use chrono::{DateTime, Utc};
use contentzavod_core::service::Contentzavod;
use poem::web::Data;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::problem::Refused;
use super::tag::Tag;
use crate::media::Spool;

/// A sign of life.
#[derive(Debug, Object)]
pub struct Health {
    /// `ok`; `disk_full` while the server takes nothing new for want of disk space.
    status: String,
    /// The version that runs.
    version: String,
    /// The server's clock.
    time: DateTime<Utc>,
}

/// The process.
#[derive(Debug)]
pub struct System;

#[OpenApi(tag = "Tag::System")]
impl System {
    /// The process answers. It says nothing about what stands behind it.
    #[oai(path = "/healthz", method = "get", operation_id = "health_get")]
    #[expect(
        clippy::unused_async,
        reason = "poem-openapi takes async handlers only"
    )]
    async fn health(
        &self,
        app: Data<&Contentzavod>,
        spool: Data<&Spool>,
    ) -> Result<Json<Health>, Refused> {
        Ok(Json(alive(&app, &spool)))
    }

    /// The database answers, so work can be done; else 503.
    ///
    /// 200 also while nothing new is taken for want of disk space, which `status` tells: posts
    /// under way go on, and platforms fetch their files from here.
    #[oai(path = "/readyz", method = "get", operation_id = "ready_get")]
    async fn ready(
        &self,
        app: Data<&Contentzavod>,
        spool: Data<&Spool>,
    ) -> Result<Json<Health>, Refused> {
        app.ready().await?;
        Ok(Json(alive(&app, &spool)))
    }
}

fn alive(app: &Contentzavod, spool: &Spool) -> Health {
    let room = spool.room_to_grow().is_ok();
    Health {
        status: if room { "ok" } else { "disk_full" }.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        time: app.time(),
    }
}
