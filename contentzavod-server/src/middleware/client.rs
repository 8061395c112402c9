//! From which address somebody calls: the key of limits for callers that nobody knows.
//!
//! It is the peer of the connection. Only a proxy that the operator trusts is believed when it says,
//! in `X-Forwarded-For`, for whom it calls; every other word about addresses is the caller's own.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use ipnet::IpNet;
use poem::http::{HeaderMap, HeaderName};
use poem::{Endpoint, IntoResponse, Middleware, Request, Response, Result};

/// Proxies append to it, so that its end is the only part a trusted one wrote.
const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");
/// One customer of a provider has at least so much of IPv6.
const PREFIX_V6: u32 = 64;

tokio::task_local! {
    static CURRENT: Option<IpAddr>;
}

/// The caller's address; `None` outside of a request, and where a host program tells no peer.
#[must_use]
pub fn current() -> Option<IpAddr> {
    CURRENT.try_with(|address| *address).ok().flatten()
}

/// What the limits of the caller's address are counted under.
#[must_use]
pub fn limit_key() -> String {
    current().map_or_else(|| "nowhere".to_owned(), network)
}

/// An address of IPv4 as it is, and the network of one of IPv6: its owner has all of it.
fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let kept = u128::MAX << (128 - PREFIX_V6);
            let network = Ipv6Addr::from_bits(address.to_bits() & kept);
            format!("{network}/{PREFIX_V6}")
        }
    }
}

/// Finds out from where a request comes.
#[derive(Debug, Clone, Default)]
pub struct Clients(Arc<[IpNet]>);

/// The endpoint behind [`Clients`].
#[derive(Debug)]
pub struct WithClient<E> {
    next: E,
    clients: Clients,
}

impl Clients {
    /// Takes the word of these proxies.
    #[must_use]
    pub fn trusting(proxies: &[IpNet]) -> Self {
        Self(proxies.into())
    }

    /// The caller: the peer, or the last one of the chain that no trusted proxy is.
    fn find(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut caller = peer.to_canonical();
        let mut chain = chain(headers);
        while self.trusts(caller) {
            match chain.next().flatten() {
                Some(before) => caller = before,
                // The start of the chain, or what is no address: nobody vouches for what stands
                // before it.
                None => break,
            }
        }
        caller
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// The hops from the last one to the first, as if all lines of the header were one. `None`: garbage.
fn chain(headers: &HeaderMap) -> impl Iterator<Item = Option<IpAddr>> {
    let lines: Vec<_> = headers.get_all(FORWARDED).iter().collect();
    let lines = lines.into_iter().rev();
    lines.flat_map(|line| {
        let entries = line.as_bytes().rsplit(|byte| *byte == b',');
        entries.map(|entry| hop(std::str::from_utf8(entry).ok()?))
    })
}

/// An address, with brackets and a port where a proxy writes them.
fn hop(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let bare = entry
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let address = bare.unwrap_or(entry).parse().ok();
    let address = address.or_else(|| entry.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    address.map(|address: IpAddr| address.to_canonical())
}

impl<E: Endpoint> Middleware<E> for Clients {
    type Output = WithClient<E>;

    fn transform(&self, next: E) -> Self::Output {
        let clients = self.clone();
        WithClient { next, clients }
    }
}

impl<E: Endpoint> Endpoint for WithClient<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let peer = request.remote_addr().as_socket_addr();
        let caller = peer.map(|peer| self.clients.find(peer.ip(), request.headers()));
        let answer = async {
            self.next
                .call(request)
                .await
                .map(IntoResponse::into_response)
        };
        CURRENT.scope(caller, answer).await
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn headers(lines: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED, line.parse().unwrap());
        }
        headers
    }

    fn behind_proxies() -> Clients {
        let proxies = ["10.0.0.0/8", "fd00::/8", "127.0.0.1/32"];
        Clients::trusting(&proxies.map(|net| net.parse().unwrap()))
    }

    #[test]
    fn a_trusted_proxy_is_believed_as_far_as_it_can_know() {
        for (peer, lines, caller) in [
            ("203.0.113.9", &["198.51.100.1"][..], "203.0.113.9"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("::ffff:10.0.0.1", &["::ffff:198.51.100.1"], "198.51.100.1"),
            // What the caller itself wrote stands before what the proxy added.
            (
                "10.0.0.1",
                &["127.0.0.1, 6.6.6.6, 198.51.100.1"],
                "198.51.100.1",
            ),
            (
                "10.0.0.1",
                &["198.51.100.1, 10.0.0.7", "fd00::5"],
                "198.51.100.1",
            ),
            (
                "10.0.0.1",
                &["6.6.6.6", "198.51.100.1,10.0.0.7"],
                "198.51.100.1",
            ),
            ("10.0.0.1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
            ("10.0.0.1", &["198.51.100.1:4711"], "198.51.100.1"),
            ("10.0.0.1", &["[2001:db8::1]:4711"], "2001:db8::1"),
            ("10.0.0.1", &["[2001:db8::1]"], "2001:db8::1"),
            ("10.0.0.1", &["2001:db8::1"], "2001:db8::1"),
            // Garbage ends the walk: what stands before it was not seen by a trusted one.
            ("10.0.0.1", &["198.51.100.1, unknown"], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.1, unknown, 10.0.0.7"], "10.0.0.7"),
            ("10.0.0.1", &["198.51.100.1, "], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.1", ""], "10.0.0.1"),
        ] {
            let found = behind_proxies().find(peer.parse().unwrap(), &headers(lines));
            assert_eq!(found, caller.parse::<IpAddr>().unwrap(), "{peer} {lines:?}");
        }
    }

    #[test]
    fn nobody_is_believed_unless_the_operator_says_so() {
        let lines = headers(&["198.51.100.1"]);
        let peer: IpAddr = "127.0.0.1".parse().unwrap();
        assert_eq!(Clients::default().find(peer, &lines), peer);
    }

    #[test]
    fn limits_count_a_network_of_ipv6_as_one() {
        let key = |text: &str| network(text.parse().unwrap());
        assert_eq!(key("198.51.100.1"), "198.51.100.1");
        assert_eq!(key("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
    }

    proptest! {
        /// Whoever comes from elsewhere changes nothing by what they write.
        #[test]
        fn what_strangers_write_changes_nothing(
            line in "(([0-9]{1,2}\\.){3}[0-9]{1,2}(:80)?, ?|10\\.0\\.0\\.1,|[ -~]{0,9},){0,4}(([0-9]{1,2}\\.){3}[0-9]{1,2}|::[0-9a-f]{1,4}|[ -~]{0,9})"
        ) {
            let peer: IpAddr = "203.0.113.9".parse().unwrap();
            let lines = headers(&[line.as_str()]);
            prop_assert_eq!(behind_proxies().find(peer, &lines), peer);
            // And what a proxy passes on is no panic.
            behind_proxies().find("10.0.0.1".parse().unwrap(), &lines);
        }
    }
}
