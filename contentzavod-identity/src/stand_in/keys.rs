//! Keys that sign id tokens: one of RSA and one on a curve, under names that change with them.

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contentzavod_core::model::random;
use serde_json::{Value, json};

/// How something is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Rs256,
    Es256,
}

impl Algorithm {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
        }
    }
}

#[derive(Debug)]
pub(crate) struct Keys {
    rsa: RsaPair,
    curve: EcdsaKeyPair,
    /// What their names begin with.
    series: String,
}

impl Keys {
    pub(crate) fn new() -> Result<Self, aws_lc_rs::error::Unspecified> {
        Ok(Self {
            rsa: RsaPair::generate(KeySize::Rsa2048)?,
            curve: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?,
            series: random::base62(6),
        })
    }

    pub(crate) fn name(&self, algorithm: Algorithm) -> String {
        format!("{}-{}", self.series, algorithm.as_str().to_lowercase())
    }

    pub(crate) fn sign(
        &self,
        algorithm: Algorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, aws_lc_rs::error::Unspecified> {
        let random = SystemRandom::new();
        match algorithm {
            Algorithm::Rs256 => {
                let mut signature = vec![0; self.rsa.public_modulus_len()];
                self.rsa
                    .sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)?;
                Ok(signature)
            }
            Algorithm::Es256 => Ok(self.curve.sign(&random, message)?.as_ref().to_vec()),
        }
    }

    /// The public key of an algorithm.
    pub(crate) fn jwk(&self, algorithm: Algorithm) -> Value {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let mut key = match algorithm {
            Algorithm::Rs256 => {
                let (modulus, exponent) = self.rsa_numbers();
                json!({ "kty": "RSA", "n": text(&modulus), "e": text(&exponent) })
            }
            Algorithm::Es256 => {
                // 4, then both coordinates.
                let point = self.curve.public_key().as_ref();
                let (x, y) = (point.get(1..33), point.get(33..65));
                let [x, y] = [x, y].map(|half| text(half.unwrap_or_default()));
                json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y })
            }
        };
        key["kid"] = self.name(algorithm).into();
        key["alg"] = algorithm.as_str().into();
        key["use"] = "sig".into();
        key
    }

    /// What `jwks_uri` answers; with a key on a curve that many libraries do not know.
    pub(crate) fn jwks(&self) -> Value {
        let odd = json!({ "kty": "EC", "crv": "secp256k1", "alg": "ES256K", "use": "sig",
            "kid": format!("{}-es256k", self.series),
            "x": "WKn-ZIGevcwGIyyrzFoZNBdaq9_TsqzGl96oc0CWuis",
            "y": "y77t-RvAHRKTsSGdIYUfweuOvwrvDD-Q3Hv5J0fSKbE" });
        json!({ "keys": [self.jwk(Algorithm::Rs256), self.jwk(Algorithm::Es256), odd] })
    }

    /// Modulus and exponent, from the key's own encoding (RFC 8017, A.1.1: two integers).
    fn rsa_numbers(&self) -> (Vec<u8>, Vec<u8>) {
        let Ok(der) = self.rsa.public_key().as_der() else {
            return (Vec::new(), Vec::new());
        };
        // SubjectPublicKeyInfo: the two integers stand at its end, within a bit string.
        let bytes = der.as_ref();
        let start = bytes
            .windows(4)
            .rposition(|w| w == [0x02, 0x82, 0x01, 0x01]);
        let start = start.unwrap_or_default() + 4;
        // A zero that says that the number is positive.
        let modulus = bytes.get(start + 1..start + 257).unwrap_or_default();
        let exponent = bytes.get(start + 259..).unwrap_or_default();
        (modulus.to_vec(), exponent.to_vec())
    }
}
