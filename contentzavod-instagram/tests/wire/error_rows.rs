//! Every row of Instagram's error codes and what it must become, written down a second time so
//! that a slip in the table of the code shows.

/// Code, subcode, and the error of: create, container status, another read, publish.
///
/// Words of the calls: T transient, C content, H handle, K token, P permission, R restricted,
/// Q quota, U unreadable. Words of publish: `not_ready`, `quota`, `token`, `permission`,
/// `restricted` (refused for that cause), `spam`, `unknown`.
pub(crate) type Expected = (Option<i64>, Option<i64>, &'static str, &'static str);

const fn at(code: i64, sub: i64, calls: &'static str, publish: &'static str) -> Expected {
    (Some(code), Some(sub), calls, publish)
}

const fn code(code: i64, calls: &'static str, publish: &'static str) -> Expected {
    (Some(code), None, calls, publish)
}

const fn sub(sub: i64, calls: &'static str, publish: &'static str) -> Expected {
    (None, Some(sub), calls, publish)
}

#[rustfmt::skip]
pub(crate) const ROWS: &[Expected] = &[
    // Tokens and permissions.
    code(190, "KKK", "token"),
    at(190, 458, "KKK", "token"),
    at(190, 459, "RRR", "restricted"),
    at(190, 460, "KKK", "token"),
    at(190, 463, "KKK", "token"),
    at(190, 464, "RRR", "restricted"),
    at(190, 467, "KKK", "token"),
    at(190, 492, "KKK", "token"),
    at(190, 999, "KKK", "token"),
    // A dead token comes before anything that a subcode says.
    at(190, 2_207_051, "KKK", "token"),
    code(102, "KKK", "token"),
    code(10, "PPP", "permission"),
    code(200, "PPP", "permission"),
    code(230, "PPP", "permission"),
    code(299, "PPP", "permission"),

    // The account.
    at(4, 2_207_051, "TTT", "spam"),
    sub(2_207_051, "TTT", "spam"),
    at(25, 2_207_050, "RRR", "restricted"),
    code(25, "RRR", "unknown"),
    code(368, "RRR", "restricted"),

    // Limits.
    at(9, 2_207_042, "QQQ", "quota"),
    code(9, "QQQ", "unknown"),
    code(4, "TTT", "unknown"),
    code(17, "TTT", "unknown"),
    code(32, "TTT", "unknown"),
    code(613, "TTT", "unknown"),
    code(80_002, "TTT", "unknown"),

    // The platform itself.
    at(-1, 2_207_001, "TTT", "unknown"),
    at(-1, 2_207_085, "HHT", "unknown"),
    code(-1, "TTT", "unknown"),
    code(1, "TTT", "unknown"),
    code(2, "TTT", "unknown"),
    at(2, 999, "TTT", "unknown"),
    at(100, 33, "UUU", "unknown"),
    at(20, 1_772_107, "UUU", "unknown"),
    code(2635, "TTT", "unknown"),

    // The container.
    at(9007, 2_207_027, "TTT", "not_ready"),
    code(9007, "TTT", "unknown"),
    at(-1, 2_207_032, "HHT", "unknown"),
    at(-1, 2_207_053, "HHT", "unknown"),
    at(-2, 2_207_003, "HHT", "unknown"),
    at(-2, 2_207_020, "HHT", "unknown"),
    code(-2, "HHT", "unknown"),
    at(24, 2_207_006, "HHT", "unknown"),
    at(24, 2_207_008, "HHT", "unknown"),
    code(24, "HHT", "unknown"),
    at(9004, 2_207_052, "HHT", "unknown"),
    code(9004, "HHT", "unknown"),
    // The same failure has been seen under other codes.
    at(100, 2_207_052, "HHT", "unknown"),
    at(1, 2_207_052, "HHT", "unknown"),
    sub(2_207_076, "HHT", "unknown"),
    sub(2_207_077, "HHT", "unknown"),
    sub(2_207_082, "HHT", "unknown"),

    // The content. A read is never refused because of the content.
    at(1, 2_207_057, "CUU", "unknown"),
    at(100, 2_207_023, "CUU", "unknown"),
    at(100, 2_207_028, "CUU", "unknown"),
    at(100, 2_207_035, "CUU", "unknown"),
    at(100, 2_207_036, "CUU", "unknown"),
    at(100, 2_207_037, "CUU", "unknown"),
    at(100, 2_207_040, "CUU", "unknown"),
    at(100, 2_207_089, "CUU", "unknown"),
    code(100, "CUU", "unknown"),
    at(110, 2_207_018, "CUU", "unknown"),
    at(110, 2_207_013, "CUU", "unknown"),
    code(110, "CUU", "unknown"),
    at(352, 2_207_026, "CUU", "unknown"),
    code(352, "CUU", "unknown"),
    code(2500, "CUU", "unknown"),
    at(36_000, 2_207_004, "CUU", "unknown"),
    code(36_000, "CUU", "unknown"),
    at(36_001, 2_207_005, "CUU", "unknown"),
    at(36_001, 2_207_083, "CUU", "unknown"),
    code(36_001, "CUU", "unknown"),
    at(36_003, 2_207_009, "CUU", "unknown"),
    code(36_003, "CUU", "unknown"),
    at(36_004, 2_207_010, "CUU", "unknown"),
    code(36_004, "CUU", "unknown"),
    sub(2_207_073, "CUU", "unknown"),
    sub(2_207_081, "CUU", "unknown"),
];

/// Subcodes in a failed container's status, and whether a new container may cure it.
#[rustfmt::skip]
pub(crate) const STATUS: &[(i64, &str, bool)] = &[
    (2_207_001, "instagram.-1.2207001", true),
    (2_207_003, "instagram.-2.2207003", true),
    (2_207_020, "instagram.-2.2207020", true),
    (2_207_026, "instagram.352.2207026", false),
    (2_207_032, "instagram.-1.2207032", true),
    (2_207_050, "instagram.25.2207050", false),
    (2_207_051, "instagram.4.2207051", false),
    (2_207_052, "instagram.9004.2207052", true),
    (2_207_053, "instagram.-1.2207053", true),
    (2_207_057, "instagram.1.2207057", false),
    (2_207_076, "instagram.2207076", true),
    (2_207_077, "instagram.2207077", true),
    (2_207_081, "instagram.2207081", false),
    (2_207_082, "instagram.2207082", true),
    (2_207_085, "instagram.-1.2207085", true),
    // Nobody has written this one down.
    (2_207_999, "instagram.2207999", true),
];
