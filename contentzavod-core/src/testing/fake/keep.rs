//! A vault and blobs in memory, for tests of everything else.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use secrecy::ExposeSecret;

use crate::model::{MediaId, Sealed, Secret};
use crate::ports::{BlobError, Blobs, ByteStream, SealContext, Vault, VaultError};

/// Keeps secrets by writing them backwards. For tests only: it seals nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct FakeVault;

impl Vault for FakeVault {
    fn seal(&self, plain: &Secret, context: &SealContext<'_>) -> Result<Sealed, VaultError> {
        let backwards: String = plain.expose_secret().chars().rev().collect();
        Ok(Sealed(format!("czv1.fake.{}.{backwards}", context.id)))
    }

    fn open(&self, sealed: &Sealed, context: &SealContext<'_>) -> Result<Secret, VaultError> {
        let prefix = format!("czv1.fake.{}.", context.id);
        let text = sealed.0.strip_prefix(&prefix).ok_or(VaultError::Refused)?;
        Ok(text.chars().rev().collect::<String>().into())
    }
}

/// Keeps bytes in memory.
#[derive(Debug, Default)]
pub struct FakeBlobs(Mutex<HashMap<MediaId, Bytes>>);

impl FakeBlobs {
    fn get(&self, id: MediaId) -> Result<Bytes, BlobError> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&id).cloned().ok_or(BlobError::Missing)
    }

    /// How many files are kept.
    pub fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

#[async_trait]
impl Blobs for FakeBlobs {
    async fn adopt(&self, id: MediaId, spooled: &Path) -> Result<(), BlobError> {
        let bytes = std::fs::read(spooled).map_err(BlobError::Unavailable)?;
        std::fs::remove_file(spooled).map_err(BlobError::Unavailable)?;
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(id).or_insert(bytes.into());
        Ok(())
    }

    async fn length(&self, id: MediaId) -> Result<u64, BlobError> {
        Ok(self.get(id)?.len() as u64)
    }

    async fn range(&self, id: MediaId, range: Range<u64>) -> Result<ByteStream, BlobError> {
        let bytes = self.get(id)?;
        let at = |n: u64| usize::try_from(n).map_err(|_| BlobError::Range);
        let (start, end) = (at(range.start)?, at(range.end)?);
        if start > end || end > bytes.len() {
            return Err(BlobError::Range);
        }
        let part = bytes.slice(start..end);
        Ok(Box::pin(futures::stream::once(async move { Ok(part) })))
    }

    async fn delete(&self, id: MediaId) -> Result<(), BlobError> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(&id);
        Ok(())
    }
}
