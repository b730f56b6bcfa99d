//! The rooms of the program that the targets drive, taken file by file. In: the sources of the program. Out: the same
//! modules, without what needs a database, a network or a template.

#[path = "../../../../src/accepted/mod.rs"]
pub mod accepted;

#[path = "../../../../src/base/mod.rs"]
pub mod base;

#[path = "../../../../src/model"]
pub mod model {
    //! What a site is made of, as far as reactions go.

    pub mod date;
    pub mod reaction;
}

#[path = "../../../../src/reactions"]
pub mod reactions {
    //! What reads what strangers send.

    pub mod cookies;
    pub mod forms;
    pub mod holds;
}
