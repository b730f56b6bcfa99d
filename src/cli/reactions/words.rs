//! The words of `reactions`.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

/// `reactions`
#[derive(Debug, clap::Args)]
pub struct Reactions {
    /// What to do; without it, the endpoint runs
    #[command(subcommand)]
    pub action: Option<Action>,

    /// Where to listen: unix:PATH, or an address of this machine itself [default: 127.0.0.1:8791]
    #[arg(long, value_name = "WHERE")]
    pub listen: Option<String>,

    /// The address of the site, when it is not the base_url of the settings
    #[arg(long, value_name = "URL", global = true)]
    pub site_url: Option<String>,

    /// How many answers are worked on at once
    #[arg(long, default_value_t = 8, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=256))]
    pub threads: usize,
}

/// What to do with what members left. The database is that of the endpoint: a file, or what DATABASE_URL says
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Print a link with which somebody becomes the first beheerder
    Admin {
        /// Their mail address
        mail: String,
    },
    /// Write all that lasts to a file; the endpoint may go on meanwhile
    Backup {
        /// The file
        file: PathBuf,
    },
    /// Put a backup back; what members deleted since stays deleted
    Restore {
        /// The file
        file: PathBuf,
        /// Also when there is something in the database; that goes
        #[arg(long)]
        replace: bool,
    },
    /// Write everything to a file, to go on with in another database
    Export {
        /// The file
        file: PathBuf,
    },
    /// Take over what `export` wrote, into an empty database
    Import {
        /// The file
        file: PathBuf,
    },
    /// See whether the database is whole; with a file, whether that copy is
    Verify {
        /// A file of `backup` or `export`
        file: Option<PathBuf>,
    },
    /// Print the accepted reactions, as a build takes them
    Publish,
    /// Take away what is old: ended logins, used links, accounts that were never confirmed, old rows of the log
    Prune,
    /// Move the reactions of a page that has another id now
    Remap {
        /// The id they have
        old: String,
        /// The id they should have
        new: String,
    },
    /// Print what a web server or the system needs to run the endpoint
    Config {
        /// For what
        #[arg(value_enum)]
        of: Configuration,
    },
}

/// What a configuration is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Configuration {
    /// nginx: a server block
    Nginx,
    /// Caddy: a Caddyfile
    Caddy,
    /// systemd: a unit of a service
    Systemd,
}
