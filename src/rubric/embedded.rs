//! The rubric files that come with the program, as (name, text), in the order in which dimensions are reported.

/// Every embedded file.
pub const EMBEDDED: [(&str, &str); 7] = [
    ("discovery.toml", include_str!("../../rubrics/discovery.toml")),
    ("objection_handling.toml", include_str!("../../rubrics/objection_handling.toml")),
    ("engagement.toml", include_str!("../../rubrics/engagement.toml")),
    ("product_knowledge.toml", include_str!("../../rubrics/product_knowledge.toml")),
    ("roles.toml", include_str!("../../rubrics/roles.toml")),
    ("guidelines.toml", include_str!("../../rubrics/guidelines.toml")),
    ("trackers.toml", include_str!("../../rubrics/trackers.toml")),
];
