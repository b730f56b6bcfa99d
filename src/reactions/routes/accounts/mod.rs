//! Members: how one becomes one, comes in, looks after what is one's own, and leaves. In: visits. Out: pages, and mails
//! that are written down to be sent.
//!
//! | file | what it answers |
//! |---|---|
//! | `start` | the page where one begins |
//! | `register`, `confirm` | becoming a member: an account, and whose mail address it is |
//! | `login`, `second_step` | coming in and going out |
//! | `forgotten` | a new password for who lost the old one |
//! | `profile`, `password`, `address`, `sessions` | what a member changes about itself |
//! | `own_data`, `leaving` | taking along what is one's own, and erasing it |
//! | `participants` | who takes part |
//! | `members` | what beheerders decide about members |
//! | `limits` | about what a moderator decides, as a beheerder ticks it |
//! | `typed` | names, addresses and passwords as they were typed → right, or what is wrong |
//! | `tries` | a password is looked at, as often as is sensible |
//! | `posted` | what is sent by mail and can be used once |
//! | `back` | where to go after the login |
//!
//! Nobody learns here who is a member: whether an address is known or not, status, body and time are the same. What
//! differs goes by mail, to its owner.

mod address;
mod back;
mod confirm;
mod forgotten;
mod leaving;
mod limits;
mod login;
mod members;
mod own_data;
mod participants;
mod password;
mod posted;
mod profile;
mod register;
mod second_step;
mod sessions;
mod start;
mod tries;
mod typed;

#[cfg(test)]
mod tests;

use super::{Route, route};

pub(super) const ROUTES: &[Route] = &[
    route("", Some(start::page), None),
    route("aanmelden", Some(register::page), Some(register::register)),
    route("bevestigen", Some(confirm::page), Some(confirm::confirm)),
    route("inloggen", Some(login::page), Some(login::log_in)),
    route("inloggen/code", Some(second_step::page), Some(second_step::log_in)),
    Route { token: false, ..route("uitloggen", Some(login::way_out), Some(login::log_out)) },
    route("wachtwoord-nogmaals", Some(login::prove_page), Some(login::prove)),
    route("wachtwoord-vergeten", Some(forgotten::ask_page), Some(forgotten::ask)),
    route("wachtwoord-nieuw", Some(forgotten::choose_page), Some(forgotten::choose)),
    route("mijn", Some(profile::page), Some(profile::save)),
    route("mijn/wachtwoord", Some(password::page), Some(password::change)),
    route("mijn/mailadres", Some(address::page), Some(address::change)),
    route("mijn/sessies", Some(sessions::page), Some(sessions::end)),
    route("mijn/stap", Some(second_step::settings), Some(second_step::change)),
    route("mijn/gegevens", Some(own_data::page), Some(own_data::download)),
    route("mijn/verwijderen", Some(leaving::page), Some(leaving::leave)),
    route("deelnemers", Some(participants::page), None),
    route("beheer/leden", Some(members::page), Some(members::decide)),
];
